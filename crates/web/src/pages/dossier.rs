//! The file for the board: what was screened with what, what was found, what people said and decided, what is open.
//!
//! The same state of the database gives the same paper: it shows no moment of its own, but the act up to which it goes.

use std::collections::HashMap;

use axum::extract::{Extension, State};
use axum::response::Response;
use documents::paper::Section;
use documents::{Paper, numbers};
use operations::hoster::decisions::{self, Listed};
use operations::hoster::queue::Queue;
use operations::hoster::reviews::{self, Queued, ReviewError};
use operations::hoster::screenings::Reviewed;
use operations::hoster::{editions, screenings};
use review::{Answer, Event, Reach, Standing};
use store::BothSides;

use super::hits::state;
use super::screening::last_of;
use super::{Page, day, papers, refused};
use crate::desk::Desk;
use crate::guard::Visitor;

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    match dossier(&desk, &page).await {
        Ok(paper) => papers::as_page(&page, paper, "/dossier.pdf", None),
        Err(error) => refused(&page, &error),
    }
}

pub(crate) async fn pdf(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    match dossier(&desk, &page).await {
        Ok(paper) => papers::as_pdf(&desk, &page, paper, "dossier.pdf").await,
        Err(error) => refused(&page, &error),
    }
}

/// What the dossier says now.
pub(crate) async fn dossier(desk: &Desk, page: &Page) -> Result<Paper, ReviewError> {
    let mut look = desk.store.look().await?;
    let (at, kept) = screenings::last(&mut look).await?.ok_or(ReviewError::NoScreening)?;
    let mut installed = editions::list(&mut look, true).await?;
    // Those that the screening used, however new the installed ones are.
    installed.retain(|one| kept.editions.contains(&(one.list.clone(), one.number)));
    let all = reviews::queue(&mut look).await?;
    let all: HashMap<usize, &Queued> = all.iter().map(|one| (one.number, one)).collect();
    let mut queue = Queue::default();
    queue.refresh(&mut look).await?;
    let decided = decisions::list(&mut look).await?;
    let verified = look.audit().verify(|_| true).await?;
    let screened = last_of(page, at, &kept, at);
    let t = |key: &str| page.t(key);

    let mut facts = vec![
        (t("screened-at"), screened.at),
        (t("customers"), screened.customers),
        (t("cannot-tell"), screened.cannot_tell),
        (t("left-out"), screened.left_out),
        (t("customers-file"), screened.file),
        (t("nav-hits"), numbers::count(screened.hits, page.language)),
        (t("version"), screened.version),
    ];
    facts.extend(screened.hashes.into_iter().map(|(name, hash)| (page.word("hash", name), hash)));
    let coverage = screened.coverage.iter();
    let coverage = coverage.map(|(kind, _, share)| vec![page.word("covered", kind), share.clone()]).collect();
    let lists = installed.iter().map(|one| {
        let origin = if one.verified { "signed-by-issuer" } else { "unverified" };
        let number = numbers::count(one.number, page.language);
        vec![one.title.clone(), number, one.entries.to_string(), t(origin), one.content_root.clone()]
    });
    let hits = queue.rows().iter().map(|row| {
        let found = all.get(&row.number);
        let said = found.map_or_else(Vec::new, |one| said(&one.reviewed, page));
        let mut last = vec![page.word("state", state(row.standing))];
        last.extend(said);
        vec![
            row.number.to_string(),
            format!("{} {}", page.word("class", row.class.word()), numbers::score(row.score, page.language)),
            format!("{}\n{}", row.customer_name, row.customer_id),
            format!("{}\n{} {}", row.entry_name, row.list, row.entry_id),
            last.join("\n"),
        ]
    });
    let open_hits = queue.rows().iter().filter(|row| row.is_open()).count();
    let open_decisions = decided.iter().filter(|one| !one.stands()).count() + undecided(&queue, &decided);
    let column = |key: &str, width| (t(key), width);
    let sections = vec![
        Section::new(format!("1. {}", t("what-was-screened")))
            .facts(facts)
            .table(&[column("coverage", 4), column("share", 1)], coverage, &t("no-hits"))
            .text(t("cannot-tell-why")),
        Section::new(format!("2. {}", t("with-which-lists"))).table(
            &[
                column("list", 4),
                column("edition", 2),
                column("entries", 3),
                column("origin", 3),
                column("content", 5),
            ],
            lists.collect(),
            &t("no-editions"),
        ),
        Section::new(format!("3. {}", t("what-was-found"))).table(
            &[
                ("#".to_owned(), 1),
                column("class", 2),
                column("customer", 4),
                column("entry", 4),
                column("what-people-said", 6),
            ],
            hits.collect(),
            &t("no-hits"),
        ),
        decided_section(&decided, &all, page),
        Section::new(format!("5. {}", t("what-is-open"))).facts(vec![
            (t("to-look-at"), open_hits.to_string()),
            (t("decisions-open"), open_decisions.to_string()),
        ]),
        Section::new(format!("6. {}", t("chain"))).facts(vec![
            (t("acts"), numbers::count(verified.records, page.language)),
            (t("acts-follow"), verified.head.clone()),
        ]),
    ];
    Ok(Paper {
        language: page.language,
        title: t("nav-dossier"),
        lead: t("dossier-why"),
        handling: t("confidential"),
        reference: verified.head,
        dated: day(at),
        sections,
    })
}

fn decided_section(decided: &[Listed], all: &HashMap<usize, &Queued>, page: &Page) -> Section {
    let t = |key: &str| page.t(key);
    let rows = decided.iter().map(|one| {
        let decision = &one.kept.decision;
        let mut grounds: Vec<String> = decision
            .grounds
            .iter()
            .map(|ground| format!("{}: {}", page.word("ground", ground.kind.word()), ground.text))
            .collect();
        if !decision.note.is_empty() {
            grounds.push(decision.note.clone());
        }
        let touched = all.values().find(|hit| hit.reviewed.hit.customer_id == one.kept.customer_id);
        grounds.extend(touched.and_then(|hit| touches(&hit.reviewed, page)));
        let mut who = format!("{}, {}", page.day(day(decision.at)), decision.by);
        if let Some((by, at)) = &decision.approved {
            who += &format!("; {} {by}, {}", t("approved-by"), page.day(day(*at)));
        }
        vec![
            one.id.clone(),
            format!("{}\n{}", one.kept.customer_name, one.kept.customer_id),
            format!(
                "{}, {}\n{who}",
                page.word("measure", decision.measure.word()),
                page.word("decision", &one.state)
            ),
            grounds.join("\n"),
        ]
    });
    let column = |key: &str, width| (t(key), width);
    Section::new(format!("4. {}", t("what-was-decided"))).text(t("own-grounds")).table(
        &[("#".to_owned(), 2), column("customer", 4), column("measure", 5), column("grounds", 6)],
        rows.collect(),
        &t("no-decisions"),
    )
}

/// How many others lose their service with this customer, where the data say so.
fn touches(reviewed: &Reviewed, page: &Page) -> Option<String> {
    match reviewed.hit.touched.reach() {
        Reach::Unknown => None,
        Reach::Alone => Some(page.t("reach-alone")),
        Reach::Others(count) => {
            Some(format!("{} {}", page.t("reach-others"), numbers::count(count, page.language)))
        }
    }
}

/// Customers of whom a hit was judged `same`, and about whom nothing was decided.
fn undecided(queue: &Queue, decided: &[Listed]) -> usize {
    let same = queue.rows().iter().filter(|row| row.standing == Standing::Judged(Answer::Same));
    let mut customers: Vec<&str> = same.map(|row| row.customer_id.as_str()).collect();
    customers.sort_unstable();
    customers.dedup();
    customers.retain(|customer| !decided.iter().any(|one| one.kept.customer_id == *customer));
    customers.len()
}

/// What people said of a hit and wrote beside it.
pub(crate) fn said(reviewed: &Reviewed, page: &Page) -> Vec<String> {
    let events = reviewed.review.events().iter().map(|event| event_words(event, page));
    let notes = reviewed.work.notes.iter();
    let notes = notes.map(|one| format!("{}, {}: {}", page.moment(one.at), one.by, one.text));
    events.chain(notes).collect()
}

fn event_words(event: &Event, page: &Page) -> String {
    match event {
        Event::Disposed(one) => {
            let note = if one.note.is_empty() { String::new() } else { format!(" — {}", one.note) };
            let (answer, reason) =
                (page.word("answer", one.answer.word()), page.word("reason", one.reason.word()));
            format!("{}, {}: {answer}, {reason}{note}", page.moment(one.at), one.by)
        }
        Event::Reopened { cause, at } => {
            let cause = page.t(match cause {
                review::Reopening::ValuesChanged => "reopened-values",
                review::Reopening::Retraction => "reopened-retraction",
            });
            format!("{}: {cause}", page.moment(*at))
        }
    }
}
