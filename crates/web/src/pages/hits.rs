//! The queue, one hit, and the form with which it is judged.

use askama::Template;
use axum::Form;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::Language;
use operations::hoster::reviews::{self, Queued, ReviewError};
use review::{Answer, Event, ReasonCode, Reopening, Standing};
use serde::Deserialize;

use super::{Page, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "hits.html")]
struct HitsPage {
    page: Page,
    rows: Vec<Row>,
    open: usize,
    all: usize,
    shows_all: bool,
    class: String,
    words: String,
}

struct Row {
    number: usize,
    class: String,
    score: String,
    state: String,
    customer: String,
    customer_id: String,
    entry: String,
    list: String,
}

#[derive(Template)]
#[template(path = "hit.html")]
struct HitPage {
    page: Page,
    row: Row,
    entry_id: String,
    /// Words, weight, width of the bar in hundredths, whether it speaks for the hit, the two values.
    reasons: Vec<ReasonRow>,
    events: Vec<EventRow>,
    seen: usize,
    is_judged: bool,
    /// Answers with their reasons.
    choices: Vec<(&'static str, Vec<&'static str>)>,
}

struct ReasonRow {
    words: String,
    weight: String,
    width: usize,
    speaks_for: bool,
    customer: String,
    entry: String,
}

struct EventRow {
    what: String,
    by: String,
    at: String,
    note: String,
}

#[derive(Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    all: Option<String>,
    #[serde(default)]
    class: String,
    #[serde(default)]
    words: String,
}

#[derive(Deserialize)]
pub(crate) struct Judged {
    csrf: String,
    reason: String,
    #[serde(default)]
    note: String,
    seen: usize,
}

pub(crate) async fn list(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<Filter>,
) -> Response {
    let page = Page::of(&visitor);
    let queue = match queue(&desk).await {
        Ok(queue) => queue,
        Err(error) => return refused(&page, &error),
    };
    let (open, all) = (queue.iter().filter(|one| one.is_open()).count(), queue.len());
    let shows_all = filter.all.is_some();
    let words = filter.words.trim().to_lowercase();
    let is_shown = |one: &&Queued| {
        let hit = &one.reviewed.hit;
        let texts = [&hit.customer_id, &hit.customer_name, &hit.entry_id, &hit.entry_name];
        (shows_all || one.is_open())
            && (filter.class.is_empty() || hit.class == filter.class)
            && (words.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&words)))
    };
    let rows = queue.iter().filter(is_shown).map(row).collect();
    let (class, words) = (filter.class.clone(), filter.words.clone());
    shown(&HitsPage { page, rows, open, all, shows_all, class, words })
}

pub(crate) async fn show(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<usize>,
) -> Response {
    let page = Page::of(&visitor);
    match queue(&desk).await {
        Ok(queue) => match queue.iter().find(|one| one.number == number) {
            Some(one) => shown(&hit(page, one)),
            None => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        },
        Err(error) => refused(&page, &error),
    }
}

/// Takes the answer and goes to the next hit that waits.
pub(crate) async fn judge(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<usize>,
    Form(typed): Form<Judged>,
) -> Response {
    if let Some(response) = visitor.refused_form(&typed.csrf) {
        return response;
    }
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
    let waits = |one: &&Queued| one.is_open() && one.number != number && !is_mine(one, &visitor);
    let next = queue(&desk).await.ok().and_then(|queue| queue.iter().find(waits).map(|one| one.number));
    next.map_or_else(|| Redirect::to("/hits"), |next| Redirect::to(&format!("/hits/{next}"))).into_response()
}

/// Whether the visitor gave the answer that waits for somebody else.
fn is_mine(one: &Queued, visitor: &Visitor) -> bool {
    let last = one.reviewed.review.events().last();
    matches!(one.reviewed.review.standing(), Standing::AwaitsSecond(_))
        && matches!(last, Some(Event::Disposed(last)) if last.by == visitor.person.0)
}

async fn queue(desk: &Desk) -> Result<Vec<Queued>, ReviewError> {
    reviews::queue(&mut desk.store.look().await?).await
}

fn refused(page: &Page, error: &ReviewError) -> Response {
    match error {
        ReviewError::NoScreening => page.problem(StatusCode::NOT_FOUND, "problem-no-screening"),
        ReviewError::NoHit { .. } => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        ReviewError::Changed { .. } => page.problem(StatusCode::CONFLICT, "problem-changed"),
        ReviewError::Dispose(review::DisposeError::OwnSecond { .. }) => {
            page.problem(StatusCode::CONFLICT, "problem-own-second")
        }
        ReviewError::Dispose(review::DisposeError::JudgedAlready { .. }) => {
            page.problem(StatusCode::CONFLICT, "problem-judged")
        }
        ReviewError::Dispose(_) => page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-reason"),
        ReviewError::Store(store::Error::Conflict { .. }) => {
            page.problem(StatusCode::CONFLICT, "problem-changed")
        }
        ReviewError::Store(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

fn row(one: &Queued) -> Row {
    let hit = &one.reviewed.hit;
    Row {
        number: one.number,
        class: hit.class.clone(),
        score: format!("{:.2}", hit.score),
        state: one.state.clone(),
        customer: hit.customer_name.clone(),
        customer_id: hit.customer_id.clone(),
        entry: hit.entry_name.clone(),
        list: hit.list.clone(),
    }
}

fn hit(page: Page, one: &Queued) -> HitPage {
    let kept = &one.reviewed.hit;
    let heaviest = kept.reasons.iter().map(|(_, weight, _, _)| weight.abs()).fold(1.0, f64::max);
    let reason = |(feature, weight, customer, entry): &(String, f64, String, String)| ReasonRow {
        words: feature_words(feature, page.language),
        weight: format!("{weight:+.1}"),
        // A share of the heaviest reason, in steps of five hundredths: the style sheet has a class for each.
        width: ((weight.abs() / heaviest * 20.0).round() as usize) * 5,
        speaks_for: *weight >= 0.0,
        customer: customer.clone(),
        entry: entry.clone(),
    };
    let reasons = kept.reasons.iter().map(reason).collect();
    let events = one.reviewed.review.events();
    let standing = one.reviewed.review.standing();
    let choice = |answer: &Answer| {
        let reasons =
            ReasonCode::ALL.iter().filter(|reason| reason.answer() == *answer).map(|reason| reason.word());
        (answer.word(), reasons.collect())
    };
    HitPage {
        row: row(one),
        entry_id: kept.entry_id.clone(),
        reasons,
        events: events.iter().map(|event| event_row(&page, event)).collect(),
        seen: events.len(),
        is_judged: matches!(standing, Standing::Judged(Answer::Same | Answer::NotTheSame)),
        choices: Answer::ALL.iter().map(choice).collect(),
        page,
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
            at: one.at.strftime("%Y-%m-%d %H:%M").to_string(),
            note: one.note.clone(),
        },
        Event::Reopened { cause, at } => EventRow {
            what: page.t(match cause {
                Reopening::ValuesChanged => "reopened-values",
                Reopening::Retraction => "reopened-retraction",
            }),
            by: String::new(),
            at: at.strftime("%Y-%m-%d %H:%M").to_string(),
            note: String::new(),
        },
    }
}

fn feature_words(name: &str, language: Language) -> String {
    match (matching::features::feature(name), language) {
        (Some(feature), Language::Nl) => feature.nl.to_owned(),
        (Some(feature), Language::En) => feature.en.to_owned(),
        (None, _) => name.replace('_', " "),
    }
}
