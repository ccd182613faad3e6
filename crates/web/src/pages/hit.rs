//! One hit: both sides, the reasons, what was said, and the form with which it is judged.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::markup::{self, Markup, Sides, Value};
use documents::{Language, numbers};
use operations::hoster::accounts::{self, DeskRole};
use operations::hoster::editions;
use operations::hoster::queue::{Queue, Waiting};
use operations::hoster::reviews::{self, Queued, ReviewError};
use operations::hoster::screenings::{self, KeptReason, KeptSide, Reviewed};
use operations::hoster::{casework, subjects};
use review::{Answer, Event, ReasonCode, Reopening, Standing};
use serde::Deserialize;
use store::Look;
use watchlist::{Edition, Entry};

use super::form::Checked;
use super::graph::Graph;
use super::hits::{Row, row};
use super::{Page, refused, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

/// Other hits that are shown beside one.
const MOST_RELATED: usize = 12;

#[derive(Template)]
#[template(path = "hit.html")]
struct HitPage {
    page: Page,
    row: Row,
    reasons: Vec<ReasonRow>,
    entry: Option<EntryView>,
    graph: Graph,
    events: Vec<EventRow>,
    seen: usize,
    is_judged: bool,
    /// Whether the visitor gave the answer that waits for somebody else.
    is_mine: bool,
    /// Number of a newer edition in which the entry does not stand any more.
    no_longer_stands: Option<u32>,
    /// Somebody else who looks at it right now.
    taken_by: Option<String>,
    /// Answers with their reasons, each with its key.
    choices: Vec<(&'static str, Vec<(&'static str, char)>)>,
    same_customer: Vec<Row>,
    same_entry: Vec<Row>,
    next: Option<usize>,
    kept: KeptBeside,
}

/// What people keep beside the hit.
#[derive(Default)]
struct KeptBeside {
    assigned_to: String,
    due: Option<String>,
    /// As an input of a form wants it.
    due_on: String,
    is_overdue: bool,
    notes: Vec<EventRow>,
    files: Vec<FileRow>,
    /// Who could work on it.
    reviewers: Vec<String>,
    has_impact: bool,
    is_restricted: bool,
}

struct FileRow {
    id: String,
    name: String,
    size: String,
    by: String,
    at: String,
}

pub(crate) struct ReasonRow {
    pub(crate) words: String,
    pub(crate) remark: Option<String>,
    pub(crate) weight: String,
    pub(crate) speaks_for: bool,
    pub(crate) sides: Sides,
    /// Start and width of the bar in hundredths of the scale, whose middle is 0.
    pub(crate) bar_start: String,
    pub(crate) bar_width: String,
}

/// What the list says of the party.
struct EntryView {
    kind: &'static str,
    is_suspended: bool,
    is_withdrawn: bool,
    names: Vec<Markup>,
    identifiers: Vec<IdentifierRow>,
    addresses: Vec<Markup>,
    note: Option<String>,
    first_observed: Option<String>,
    last_observed: Option<String>,
    review_by: Option<String>,
    edition: u32,
}

struct IdentifierRow {
    kind: &'static str,
    value: Markup,
    from: Option<String>,
    to: Option<String>,
}

struct EventRow {
    what: String,
    by: String,
    at: String,
    note: String,
}

#[derive(Deserialize)]
pub(crate) struct Judged {
    reason: String,
    #[serde(default)]
    note: String,
    seen: usize,
}

pub(crate) async fn show(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<usize>,
) -> Response {
    let page = Page::of(&visitor);
    match opened(&desk, &visitor, number).await {
        Ok(hit) => shown(&hit),
        Err(error) => refused(&page, &error),
    }
}

/// Takes the answer and goes to the next hit that waits.
pub(crate) async fn judge(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<usize>,
    Checked(typed): Checked<Judged>,
) -> Response {
    let page = Page::of(&visitor);
    let Some(reason) = ReasonCode::from_word(&typed.reason) else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-reason");
    };
    let said = (reason, typed.note.trim());
    let judged =
        reviews::dispose(&desk.store, &visitor.person, number, said, Some(typed.seen), (desk.now)()).await;
    if let Err(error) = judged {
        return refused(&page, &error);
    }
    desk.claims.release(number);
    let next = async {
        let mut look = desk.store.look().await?;
        let queue = desk.queue(&mut look).await?;
        Ok::<_, ReviewError>(next_after(&desk, &queue, &visitor, number))
    };
    let next = next.await.ok().flatten();
    next.map_or_else(|| Redirect::to("/hits"), |next| Redirect::to(&format!("/hits/{next}"))).into_response()
}

async fn opened(desk: &Desk, visitor: &Visitor, number: usize) -> Result<HitPage, ReviewError> {
    let mut look = desk.store.look().await?;
    let one = reviews::one(&mut look, number).await?;
    let list = &one.reviewed.hit.list;
    let used = screenings::edition_used(&mut look, list).await?;
    let newest = editions::newest_number(&mut look, list).await?;
    let mut edition_of = async |number: Option<u64>| match number {
        Some(number) => desk.edition(&mut look, list, number).await,
        None => Ok(None),
    };
    let (edition, now) = (edition_of(used).await?, edition_of(newest).await?);
    let no_longer_stands = now.filter(|_| newest > used).and_then(|now| {
        let entry = now.entries.iter().find(|entry| entry.id.0 == one.reviewed.hit.entry_id);
        entry.is_none_or(|entry| !entry.stands()).then_some(now.number)
    });
    let kept = kept_beside(&mut look, desk, visitor, &one.reviewed).await?;
    let queue = desk.queue(&mut look).await?;
    let waiting =
        queue.numbered(number).ok_or(ReviewError::NoHit { found: number, count: queue.rows().len() })?;
    // A new screening came between the two questions: what stands under this number now is another hit.
    if waiting.customer_id != one.reviewed.hit.customer_id || waiting.entry_id != one.reviewed.hit.entry_id {
        return Err(ReviewError::Changed { number });
    }
    let taken_by =
        if visitor.may_change() { desk.claims.take(number, &visitor.person.0, (desk.now)()) } else { None };
    Ok(HitPage {
        no_longer_stands,
        taken_by,
        next: next_after(desk, &queue, visitor, number),
        kept,
        ..hit_page(visitor, &one, waiting, &queue, edition)
    })
}

/// What people keep beside the hit and its customer.
async fn kept_beside(
    look: &mut Look,
    desk: &Desk,
    visitor: &Visitor,
    reviewed: &Reviewed,
) -> Result<KeptBeside, ReviewError> {
    let page = Page::of(visitor);
    let (work, hit) = (&reviewed.work, &reviewed.hit);
    let people = accounts::list(look).await?;
    let reviewers = people.into_iter().filter(|one| one.is_active && one.role == DeskRole::Reviewer);
    let files = casework::attachments(look, &hit.customer_id).await?;
    let restricted = subjects::restricted(look).await?;
    let today = super::day((desk.now)());
    Ok(KeptBeside {
        assigned_to: work.assigned_to.clone().unwrap_or_default(),
        due: work.due_on.map(|day| page.day(day)),
        due_on: work.due_on.map_or_else(String::new, |day| day.to_string()),
        is_overdue: work.due_on.is_some_and(|due| due < today),
        notes: work
            .notes
            .iter()
            .map(|one| EventRow {
                what: String::new(),
                by: one.by.clone(),
                at: page.moment(one.at),
                note: one.text.clone(),
            })
            .collect(),
        files: files
            .into_iter()
            .map(|one| FileRow {
                size: numbers::bytes(one.bytes, page.language),
                at: page.moment(one.at),
                id: one.id,
                name: one.name,
                by: one.by,
            })
            .collect(),
        reviewers: reviewers.map(|one| one.person.0).collect(),
        has_impact: !hit.touched.is_empty() || hit.neighbours().next().is_some(),
        is_restricted: restricted.contains(&hit.customer_id),
    })
}

/// The next hit for this visitor: one that waits, that nobody else looks at, and that does not wait for somebody else
/// than them. After the one that was judged, so that the way through the queue is one way; then from its beginning.
fn next_after(desk: &Desk, queue: &Queue, visitor: &Visitor, number: usize) -> Option<usize> {
    let person = &visitor.person.0;
    let place = queue.rows().iter().position(|row| row.number == number).unwrap_or(0);
    let (before, after) = queue.rows().split_at(place);
    let waits = |row: &&Waiting| {
        row.is_open()
            && row.number != number
            && row.standing != Standing::Judged(Answer::Undecided)
            && !row.waits_for_another_than(person)
            && !desk.claims.is_taken(row.number, person, (desk.now)())
    };
    after.iter().chain(before).find(waits).map(|row| row.number)
}

fn hit_page(
    visitor: &Visitor,
    one: &Queued,
    waiting: &Waiting,
    queue: &Queue,
    edition: Option<Arc<Edition>>,
) -> HitPage {
    let page = Page::of(visitor);
    let kept = &one.reviewed.hit;
    let heaviest = kept.reasons.iter().map(|reason| reason.weight.abs()).fold(1.0, f64::max);
    let entry = edition.as_ref().and_then(|edition| {
        edition.entries.iter().find(|entry| entry.id.0 == kept.entry_id).map(|entry| (entry, edition.number))
    });
    let others = |is_related: &dyn Fn(&Waiting) -> bool| -> Vec<Row> {
        let related = queue.rows().iter().filter(|row| row.number != waiting.number && is_related(row));
        related.take(MOST_RELATED).map(|other| row(other, &page, false)).collect()
    };
    let same_customer = others(&|row| row.customer_id == waiting.customer_id);
    let same_entry = others(&|row| row.list == waiting.list && row.entry_id == waiting.entry_id);
    let events = one.reviewed.review.events();
    // Neighbours on the same machine stand on the page about the impact.
    let linked: Vec<(String, String)> = kept.sharing().cloned().collect();
    HitPage {
        row: row(waiting, &page, false),
        reasons: kept.reasons.iter().map(|reason| reason_row(reason, heaviest, &page)).collect(),
        entry: entry.map(|(entry, number)| entry_view(entry, number, page.language)),
        graph: Graph::of(waiting, &linked, entry.map(|(entry, _)| entry), edition.as_deref(), &page),
        events: events.iter().map(|event| event_row(&page, event)).collect(),
        seen: events.len(),
        is_judged: matches!(waiting.standing, Standing::Judged(Answer::Same | Answer::NotTheSame)),
        is_mine: waiting.waits_for_another_than(&visitor.person.0),
        taken_by: None,
        no_longer_stands: None,
        kept: KeptBeside::default(),
        choices: choices(),
        same_customer,
        same_entry,
        next: None,
        page,
    }
}

/// Answers with their reasons. The keys go through all of them in their order.
pub(crate) fn choices() -> Vec<(&'static str, Vec<(&'static str, char)>)> {
    let mut keys = "123456789abc".chars();
    let mut of_answer = |answer: &Answer| {
        let reasons = ReasonCode::ALL.iter().filter(|reason| reason.answer() == *answer);
        let keyed = reasons.map(|reason| (reason.word(), keys.next().unwrap_or(' '))).collect();
        (answer.word(), keyed)
    };
    Answer::ALL.iter().map(&mut of_answer).collect()
}

pub(crate) fn reason_row(reason: &KeptReason, heaviest: f64, page: &Page) -> ReasonRow {
    // The bar of a reason that hardly weighs anything is still a line.
    let width = (reason.weight.abs() / heaviest * 50.0).clamp(0.8, 50.0);
    let speaks_for = reason.weight >= 0.0;
    ReasonRow {
        words: feature_words(&reason.feature, page.language),
        remark: reason.remark.as_ref().map(|(word, day)| {
            let day = day.map_or_else(String::new, |day| numbers::date(day, page.language));
            format!("{} {day}", page.word("remark", word)).trim_end().to_owned()
        }),
        weight: numbers::weight(reason.weight, page.language),
        speaks_for,
        sides: markup::sides(value(&reason.customer), value(&reason.entry), page.language),
        bar_start: format!("{:.1}", if speaks_for { 50.0 } else { 50.0 - width }),
        bar_width: format!("{width:.1}"),
    }
}

fn value(side: &KeptSide) -> Value<'_> {
    Value { raw: &side.raw, clean: &side.clean }
}

fn entry_view(entry: &Entry, edition: u32, language: Language) -> EntryView {
    let text = |text: &str| markup::text(text, language);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| numbers::date(day, language));
    let identifier = |one: &watchlist::Identifier| IdentifierRow {
        kind: one.kind.wire_name(),
        value: text(&one.value),
        from: day(one.validity.from),
        to: day(one.validity.to),
    };
    EntryView {
        kind: match entry.entry_type {
            watchlist::EntryType::Brand => "brand",
            watchlist::EntryType::LegalEntity => "legal_entity",
            watchlist::EntryType::Person => "person",
            watchlist::EntryType::Network => "network",
        },
        is_suspended: entry.status == watchlist::Status::Suspended,
        is_withdrawn: entry.status == watchlist::Status::Withdrawn,
        names: entry.names.iter().map(|name| text(&name.text)).collect(),
        identifiers: entry.identifiers.iter().map(identifier).collect(),
        addresses: entry.addresses.iter().map(|one| text(&one.one_line())).collect(),
        note: entry.note.clone(),
        first_observed: day(entry.first_observed),
        last_observed: day(entry.last_observed),
        review_by: day(entry.review_by),
        edition,
    }
}

fn event_row(page: &Page, event: &Event) -> EventRow {
    match event {
        Event::Disposed(one) => EventRow {
            what: format!(
                "{}: {}",
                page.word("answer", one.answer.word()),
                page.word("reason", one.reason.word())
            ),
            by: one.by.clone(),
            at: page.moment(one.at),
            note: one.note.clone(),
        },
        Event::Reopened { cause, at } => EventRow {
            what: page.t(match cause {
                Reopening::ValuesChanged => "reopened-values",
                Reopening::Retraction => "reopened-retraction",
            }),
            by: String::new(),
            at: page.moment(*at),
            note: String::new(),
        },
    }
}

pub(crate) fn feature_words(name: &str, language: Language) -> String {
    match (matching::features::feature(name), language) {
        (Some(feature), Language::Nl) => feature.nl.to_owned(),
        (Some(feature), Language::En) => feature.en.to_owned(),
        (None, _) => name.replace('_', " "),
    }
}
