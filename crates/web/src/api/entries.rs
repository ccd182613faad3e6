//! Entries of an issuer: from a draft to a proposal, and new versions of what is listed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use curation::evidence::EvidenceId;
use jiff::civil::Date;
use operations::issuer::entries::{self, Signed, Values};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use watchlist::EntryId;
use watchlist::format::v1;

use super::answers::{Body, Named, Problem, Reading, Writing};
use super::bearer::{Curator, Member};
use super::office::settings;
use crate::desk::Desk;
use crate::pages::day;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_entries, begin_entry))
        .routes(routes!(one_entry, edit_entry))
        .routes(routes!(ground))
        .routes(routes!(propose))
        .routes(routes!(send_back))
        .routes(routes!(revise))
        .routes(routes!(merge))
        .routes(routes!(split))
}

/// One entry.
#[derive(Serialize, ToSchema)]
struct EntryLine {
    id: String,
    title: String,
    /// `draft`, `proposed`, `seconded`, `approved`, `listed`, `suspended` or `withdrawn`.
    state: String,
    /// The state of a version that waits beside the listed one.
    next: Option<&'static str>,
    #[schema(value_type = Option<String>, format = Date)]
    review_by: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    last_observed: Option<Date>,
    evidence: u64,
    voice_waits: bool,
}

fn line(one: &entries::Summary) -> EntryLine {
    EntryLine {
        id: one.id.0.clone(),
        title: one.title.clone(),
        state: one.state.clone(),
        next: one.next,
        review_by: one.review_by,
        last_observed: one.last_observed,
        evidence: one.evidence as u64,
        voice_waits: one.voice_waits,
    }
}

/// Lists the entries, by their ids.
#[utoipa::path(get, path = "/api/v1/office/entries", tag = "office",
    responses((status = 200, body = [EntryLine]), Reading))]
async fn list_entries(
    State(desk): State<Desk>,
    Member(person): Member,
) -> Result<Json<Vec<EntryLine>>, Problem> {
    let all = entries::list(&mut desk.store.look().await?, &person).await?;
    Ok(Json(all.iter().map(line).collect()))
}

/// Everything about one entry.
#[derive(Serialize, ToSchema)]
struct EntryPage {
    #[serde(flatten)]
    line: EntryLine,
    list: String,
    /// The entry in the open list format.
    entry: serde_json::Value,
    /// Evidence that stands behind it.
    evidence_ids: Vec<String>,
    /// Values without evidence.
    without_ground: Vec<String>,
    /// What the criterion still lacks; empty where it is met.
    missing: Vec<String>,
    /// Who had a hand in it.
    contributors: Vec<String>,
    proposed: Option<Step>,
    substance: Option<Step>,
    proportion: Option<Step>,
    /// What approvals of this version sign.
    hash: Option<String>,
}

/// Who took a step, and when.
#[derive(Serialize, ToSchema)]
struct Step {
    person: String,
    at: String,
}

fn step(signed: Option<&Signed>) -> Option<Step> {
    signed.map(|one| Step { person: one.person.to_string(), at: one.at.to_string() })
}

/// Gives everything about one entry.
#[utoipa::path(get, path = "/api/v1/office/entries/{id}", tag = "office", params(("id" = String, Path, description = "Number of the entry")),
    responses((status = 200, body = EntryPage), Writing))]
async fn one_entry(
    State(desk): State<Desk>,
    Member(person): Member,
    Named(id): Named<String>,
) -> Result<Json<EntryPage>, Problem> {
    let (rules, today) = (settings(&desk)?.rules, day((desk.now)()));
    let page = entries::page(&mut desk.store.look().await?, &person, &EntryId(id), &rules, today).await?;
    let values = page.without_ground.iter();
    Ok(Json(EntryPage {
        line: line(&page.summary),
        list: page.list.clone(),
        entry: serde_json::from_str(&v1::write_entry(&page.entry)).unwrap_or_default(),
        evidence_ids: page.evidence.iter().map(|one| one.evidence.id.0.clone()).collect(),
        without_ground: values.map(|one| format!("{}={}", one.kind_name(), one.text())).collect(),
        missing: page.missing.iter().map(ToString::to_string).collect(),
        contributors: page.contributors.iter().map(ToString::to_string).collect(),
        proposed: step(page.proposed.as_ref()),
        substance: step(page.substance.as_ref()),
        proportion: step(page.proportion.as_ref()),
        hash: page.hash.map(|hash| hash.to_string()),
    }))
}

/// An entry in the open list format.
fn entry_of(body: &serde_json::Value) -> Result<watchlist::Entry, Problem> {
    let (entry, problems) = v1::read_entry(&body.to_string());
    let hint = "docs/format/v1.md describes an entry";
    let refused = |what: String| Problem::unusable(what, hint);
    if let Some(problem) = problems.first() {
        return Err(refused(problem.to_string()));
    }
    entry.ok_or_else(|| refused("this is not an entry".to_owned()))
}

/// Begins an entry as a draft, in the open list format.
#[utoipa::path(post, path = "/api/v1/office/entries", tag = "office", request_body(content = serde_json::Value, description = "An entry in the open list format"),
    responses((status = 201, body = EntryLine), Writing))]
async fn begin_entry(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Body(body): Body<serde_json::Value>,
) -> Result<(StatusCode, Json<EntryLine>), Problem> {
    let (entry, settings, now) = (entry_of(&body)?, settings(&desk)?, (desk.now)());
    let id = entries::begin(&desk.store, &person, &settings.list.id, entry, now).await?;
    let made = entries::page(&mut desk.store.look().await?, &person, &id, &settings.rules, day(now)).await?;
    Ok((StatusCode::CREATED, Json(line(&made.summary))))
}

/// Replaces what the draft of an entry says, in the open list format.
#[utoipa::path(put, path = "/api/v1/office/entries/{id}", tag = "office", params(("id" = String, Path, description = "Number of the entry")), request_body(content = serde_json::Value, description = "An entry in the open list format"),
    responses((status = 204), Writing))]
async fn edit_entry(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(body): Body<serde_json::Value>,
) -> Result<StatusCode, Problem> {
    entries::edit(&desk.store, &person, &EntryId(id), entry_of(&body)?, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Evidence that stands behind all values of a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Grounds {
    evidence: String,
}

/// Names sealed evidence that stands behind all values of a draft.
#[utoipa::path(post, path = "/api/v1/office/entries/{id}/grounds", tag = "office", params(("id" = String, Path, description = "Number of the entry")), request_body = Grounds,
    responses((status = 204), Writing))]
async fn ground(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(typed): Body<Grounds>,
) -> Result<StatusCode, Problem> {
    let (entry, named) = (EntryId(id), EvidenceId(typed.evidence));
    entries::ground(&desk.store, &person, &entry, &named, &Values::All, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a draft before a second analyst.
#[utoipa::path(post, path = "/api/v1/office/entries/{id}/proposal", tag = "office", params(("id" = String, Path, description = "Number of the entry")),
    responses((status = 204), Writing))]
async fn propose(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    let rules = settings(&desk)?.rules;
    entries::propose(&desk.store, &person, &EntryId(id), &rules, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a proposal back to be changed; its approvals are gone.
#[utoipa::path(delete, path = "/api/v1/office/entries/{id}/proposal", tag = "office", params(("id" = String, Path, description = "Number of the entry")),
    responses((status = 204), Writing))]
async fn send_back(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    entries::send_back(&desk.store, &person, &EntryId(id), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins a new version of a listed entry.
#[utoipa::path(post, path = "/api/v1/office/entries/{id}/revision", tag = "office", params(("id" = String, Path, description = "Number of the entry")),
    responses((status = 204), Writing))]
async fn revise(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    entries::revise(&desk.store, &person, &EntryId(id), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which entry another one takes up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Merging {
    /// Number of the entry that will give way.
    other: String,
}

/// Begins to merge another listed entry into this one: the draft holds what both say. When it is approved, the other
/// one is withdrawn and points to this.
#[utoipa::path(post, path = "/api/v1/office/entries/{id}/merge", tag = "office", params(("id" = String, Path, description = "Number of the entry that stays")), request_body = Merging,
    responses((status = 204, description = "The draft is there"), Writing))]
async fn merge(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Merging>,
) -> Result<StatusCode, Problem> {
    let other = EntryId(sent.other);
    entries::merge(&desk.store, &person, &EntryId(id), &other, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an entry becomes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Splitting {
    /// Two or more entries in the open list format, with new numbers.
    parts: Vec<serde_json::Value>,
}

/// Begins to split a listed entry: a draft for each part, with all evidence of the entry. When all of them are approved,
/// the entry is withdrawn and points to them.
#[utoipa::path(post, path = "/api/v1/office/entries/{id}/split", tag = "office", params(("id" = String, Path, description = "Number of the entry")), request_body = Splitting,
    responses((status = 204, description = "The drafts are there"), Writing))]
async fn split(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Splitting>,
) -> Result<StatusCode, Problem> {
    let parts = sent.parts.iter().map(entry_of).collect::<Result<Vec<_>, _>>()?;
    entries::split(&desk.store, &person, &EntryId(id), parts, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}
