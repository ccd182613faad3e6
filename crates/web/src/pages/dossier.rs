//! The file for the board: what was screened with what, what was found, what people said and decided, what is open.
//!
//! The same state of the database gives the same page: it shows no moment of its own, but the act up to which it goes.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use documents::numbers;
use operations::hoster::decisions::{self, Listed};
use operations::hoster::queue::Queue;
use operations::hoster::reviews::{self, Queued, ReviewError};
use operations::hoster::{editions, screenings};
use review::{Answer, Event, Standing};
use store::BothSides;

use super::hits::state;
use super::screening::{Last, last_of};
use super::{Page, day, refused, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "dossier.html")]
struct DossierPage {
    page: Page,
    last: Option<Last>,
    editions: Vec<editions::Summary>,
    hits: Vec<HitRow>,
    decisions: Vec<DecisionRow>,
    /// Hits that wait, and decisions that wait.
    open_hits: usize,
    open_decisions: usize,
    acts: u64,
    head: String,
}

struct HitRow {
    number: usize,
    class: &'static str,
    score: String,
    customer: String,
    customer_id: String,
    entry: String,
    entry_id: String,
    list: String,
    state: &'static str,
    said: Vec<String>,
}

struct DecisionRow {
    id: String,
    customer: String,
    customer_id: String,
    measure: &'static str,
    state: String,
    grounds: Vec<(&'static str, String)>,
    note: String,
    by: String,
    at: String,
    approved: Option<(String, String)>,
}

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    match dossier(&desk, page.clone()).await {
        Ok(dossier) => shown(&dossier),
        Err(error) => refused(&page, &error),
    }
}

async fn dossier(desk: &Desk, page: Page) -> Result<DossierPage, ReviewError> {
    let mut look = desk.store.look().await?;
    let (at, kept) = screenings::last(&mut look).await?.ok_or(ReviewError::NoScreening)?;
    let mut installed = editions::list(&mut look, true).await?;
    // Those that the screening used, however new the installed ones are.
    installed.retain(|one| kept.editions.contains(&(one.list.clone(), one.number)));
    let all = reviews::queue(&mut look).await?;
    let all: HashMap<usize, &Queued> = all.iter().map(|one| (one.number, one)).collect();
    let mut queue = Queue::default();
    queue.refresh(&mut look).await?;
    let mut hits = Vec::new();
    for row in queue.rows() {
        let events = all.get(&row.number).map_or(&[][..], |one| one.reviewed.review.events());
        hits.push(HitRow {
            number: row.number,
            class: row.class.word(),
            score: numbers::score(row.score, page.language),
            customer: row.customer_name.clone(),
            customer_id: row.customer_id.clone(),
            entry: row.entry_name.clone(),
            entry_id: row.entry_id.clone(),
            list: row.list.clone(),
            state: state(row.standing),
            said: events.iter().map(|event| said(event, &page)).collect(),
        });
    }
    let decided = decisions::list(&mut look).await?;
    let verified = look.audit().verify(|_| true).await?;
    Ok(DossierPage {
        // Ages depend on the day on which one asks, so the dossier shows none.
        last: Some(last_of(&page, at, &kept, at)),
        editions: installed,
        open_hits: queue.rows().iter().filter(|row| row.is_open()).count(),
        open_decisions: decided.iter().filter(|one| one.state != "stands").count()
            + undecided(&queue, &decided),
        hits,
        decisions: decided.iter().map(|one| decision_row(one, &page)).collect(),
        acts: verified.records,
        head: verified.head,
        page,
    })
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

fn said(event: &Event, page: &Page) -> String {
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

fn decision_row(one: &Listed, page: &Page) -> DecisionRow {
    let decision = &one.kept.decision;
    DecisionRow {
        id: one.id.clone(),
        customer: one.kept.customer_name.clone(),
        customer_id: one.kept.customer_id.clone(),
        measure: decision.measure.word(),
        state: one.state.clone(),
        grounds: decision.grounds.iter().map(|ground| (ground.kind.word(), ground.text.clone())).collect(),
        note: decision.note.clone(),
        by: decision.by.clone(),
        at: numbers::date(day(decision.at), page.language),
        approved: decision
            .approved
            .as_ref()
            .map(|(by, at)| (by.clone(), numbers::date(day(*at), page.language))),
    }
}
