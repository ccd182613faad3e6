//! The queue, one hit with its reasons, and what people say of it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::Date;
use operations::hoster::queue::Waiting;
use operations::hoster::tokens::Scope;
use operations::hoster::{casework, reviews, screenings};
use review::{Class, ReasonCode};
use serde::{Deserialize, Serialize};
use store::PersonId;
use utoipa::{IntoParams, ToSchema};

use crate::api::answers::{Asked, Body, Named, Problem, Reading, Writing};
use crate::api::bearer::{Bearer, Reviewer};
use crate::desk::Desk;
use crate::pages::hits;

/// Hits of one answer, at most.
const MOST_HITS: usize = 500;

/// Which hits are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HitsAsked {
    /// Only those that wait for somebody.
    #[serde(default)]
    open: bool,
    /// `strong`, `probable` or `weak`; all without it.
    class: Option<String>,
    /// Words in names or ids of either side.
    #[serde(default)]
    words: String,
    /// How many to leave out.
    #[serde(default)]
    skip: usize,
    /// How many to give, at most 500; 50 without it.
    take: Option<usize>,
}

/// Hits, the surest first.
#[derive(Serialize, ToSchema)]
pub(super) struct Hits {
    /// How many there are in all.
    found: u64,
    hits: Vec<HitLine>,
}

/// One hit, as a line of the queue.
#[derive(Serialize, ToSchema)]
pub(super) struct HitLine {
    /// Within the last screening.
    number: u64,
    class: &'static str,
    /// 0 to 1.
    score: f64,
    /// `open`, `awaits_second`, `same`, `not_the_same`, `undecided` or `reopened`.
    state: &'static str,
    customer_id: String,
    customer_name: String,
    list: String,
    entry_id: String,
    entry_name: String,
    assigned_to: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
}

fn hit_line(row: &Waiting) -> HitLine {
    HitLine {
        number: row.number as u64,
        class: row.class.word(),
        score: row.score,
        state: hits::state(row.standing),
        customer_id: row.customer_id.clone(),
        customer_name: row.customer_name.clone(),
        list: row.list.clone(),
        entry_id: row.entry_id.clone(),
        entry_name: row.entry_name.clone(),
        assigned_to: row.assigned_to.clone(),
        due_on: row.due_on,
    }
}

/// Lists hits of the last screening, the surest first.
#[utoipa::path(get, path = "/api/v1/hits", tag = "house", params(HitsAsked),
    responses((status = 200, body = Hits), Reading))]
pub(super) async fn list_hits(
    State(desk): State<Desk>,
    bearer: Bearer,
    Asked(asked): Asked<HitsAsked>,
) -> Result<Json<Hits>, Problem> {
    bearer.house(Scope::Read)?;
    let class = match asked.class.as_deref() {
        None => None,
        Some(word) => Some(Class::from_word(word).ok_or_else(|| {
            let what = "there is no class of this name";
            Problem::new(StatusCode::BAD_REQUEST, what, "choose strong, probable or weak")
        })?),
    };
    let words = asked.words.trim().to_lowercase();
    let mut look = desk.store.look().await?;
    let queue = desk.queue(&mut look).await?;
    let found: Vec<_> = queue
        .rows()
        .iter()
        .filter(|row| !asked.open || row.is_open())
        .filter(|row| class.is_none_or(|class| row.class == class))
        .filter(|row| row.mentions(&words))
        .collect();
    let take = asked.take.unwrap_or(50).min(MOST_HITS);
    let hits = found.iter().skip(asked.skip).take(take).map(|row| hit_line(row)).collect();
    Ok(Json(Hits { found: found.len() as u64, hits }))
}

/// One hit with its reasons and what was said.
#[derive(Serialize, ToSchema)]
pub(super) struct Hit {
    #[serde(flatten)]
    line: HitLine,
    /// How many answers and reopenings there are: send it along with an answer, so that nobody answers over somebody else.
    seen: u64,
    reasons: Vec<Reason>,
    events: Vec<Event>,
    notes: Vec<Note>,
    /// Customers who share a value: id, and what is shared.
    linked: Vec<Linked>,
}

/// Why a pair is a hit, or what speaks against it.
#[derive(Serialize, ToSchema)]
pub(super) struct Reason {
    feature: String,
    /// Log-likelihood ratio; below 0 speaks against.
    weight: f64,
    customer: Compared,
    entry: Compared,
}

/// One compared value, as found and as compared.
#[derive(Serialize, ToSchema)]
pub(super) struct Compared {
    raw: String,
    clean: String,
}

/// What somebody said, or why the hit was opened again.
#[derive(Serialize, ToSchema)]
pub(super) struct Event {
    at: String,
    /// Nobody where it was opened again.
    by: Option<String>,
    /// `same`, `not_the_same`, `undecided`, `reopened_values` or `reopened_retraction`.
    what: &'static str,
    reason: Option<&'static str>,
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Note {
    at: String,
    by: String,
    text: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Linked {
    customer_id: String,
    shared: String,
}

/// Gives one hit with its reasons.
#[utoipa::path(get, path = "/api/v1/hits/{number}", tag = "house", params(("number" = u64, Path, description = "Number of the hit within the last screening")),
    responses((status = 200, body = Hit), Reading))]
pub(super) async fn one_hit(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(number): Named<usize>,
) -> Result<Json<Hit>, Problem> {
    bearer.house(Scope::Read)?;
    let mut look = desk.store.look().await?;
    let one = reviews::one(&mut look, number).await?.reviewed;
    let queue = desk.queue(&mut look).await?;
    let row = queue.numbered(number).ok_or_else(Problem::missing)?;
    let side = |side: &screenings::KeptSide| Compared { raw: side.raw.clone(), clean: side.clean.clone() };
    let reasons = one.hit.reasons.iter().map(|reason| Reason {
        feature: reason.feature.clone(),
        weight: reason.weight,
        customer: side(&reason.customer),
        entry: side(&reason.entry),
    });
    let notes = one.work.notes.iter();
    Ok(Json(Hit {
        line: hit_line(row),
        seen: one.review.events().len() as u64,
        reasons: reasons.collect(),
        events: one.review.events().iter().map(event).collect(),
        notes: notes
            .map(|one| Note { at: one.at.to_string(), by: one.by.clone(), text: one.text.clone() })
            .collect(),
        linked: one
            .hit
            .linked
            .iter()
            .map(|(id, shared)| Linked { customer_id: id.clone(), shared: shared.clone() })
            .collect(),
    }))
}

fn event(event: &review::Event) -> Event {
    match event {
        review::Event::Disposed(one) => Event {
            at: one.at.to_string(),
            by: Some(one.by.clone()),
            what: one.answer.word(),
            reason: Some(one.reason.word()),
            note: Some(one.note.clone()),
        },
        review::Event::Reopened { cause, at } => Event {
            at: at.to_string(),
            by: None,
            what: match cause {
                review::Reopening::ValuesChanged => "reopened_values",
                review::Reopening::Retraction => "reopened_retraction",
            },
            reason: None,
            note: None,
        },
    }
}

/// An answer to a hit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Disposition {
    /// Such as `identifiers_agree`, `name_only` or `needs_data`; it says the answer, too.
    reason: String,
    #[serde(default)]
    note: String,
    /// What `seen` was when the hit was read.
    seen: usize,
}

/// Where the hit stands after an answer.
#[derive(Serialize, ToSchema)]
pub(super) struct Stands {
    state: &'static str,
}

/// Answers a hit. Where two people are asked, it waits for the second one.
#[utoipa::path(post, path = "/api/v1/hits/{number}/dispositions", tag = "house", params(("number" = u64, Path, description = "Number of the hit")), request_body = Disposition,
    responses((status = 200, body = Stands), Writing))]
pub(super) async fn dispose(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(number): Named<usize>,
    Body(said): Body<Disposition>,
) -> Result<Json<Stands>, Problem> {
    let reason = ReasonCode::from_word(&said.reason).ok_or_else(|| {
        let words: Vec<&str> = ReasonCode::ALL.iter().map(|reason| reason.word()).collect();
        let hint = format!("choose one of {}", words.join(", "));
        Problem::unusable("there is no reason of this name", hint)
    })?;
    let note = said.note.trim();
    let standing =
        reviews::dispose(&desk.store, &person, number, (reason, note), Some(said.seen), (desk.now)()).await?;
    Ok(Json(Stands { state: hits::state(standing) }))
}

/// Who works on a hit, and until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Assignment {
    /// Nobody takes it back.
    to: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
}

/// Says who works on a hit, and until when.
#[utoipa::path(put, path = "/api/v1/hits/{number}/assignment", tag = "house", params(("number" = u64, Path, description = "Number of the hit")), request_body = Assignment,
    responses((status = 204), Writing))]
pub(super) async fn assign(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(number): Named<usize>,
    Body(typed): Body<Assignment>,
) -> Result<StatusCode, Problem> {
    let to = typed.to.map(PersonId);
    casework::assign(&desk.store, &person, number, (to.as_ref(), typed.due_on), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is written down beside a hit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewNote {
    text: String,
}

/// Writes a note beside a hit.
#[utoipa::path(post, path = "/api/v1/hits/{number}/notes", tag = "house", params(("number" = u64, Path, description = "Number of the hit")), request_body = NewNote,
    responses((status = 204), Writing))]
pub(super) async fn note(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(number): Named<usize>,
    Body(typed): Body<NewNote>,
) -> Result<StatusCode, Problem> {
    casework::note(&desk.store, &person, number, typed.text.trim(), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}
