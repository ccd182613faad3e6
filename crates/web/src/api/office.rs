//! What programs of the unit that issues a list ask and do. What needs a personal key is done at the desk or by command.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use curation::contest::ContestId;
use curation::deconfliction::Subject;
use jiff::civil::Date;
use operations::issuer::contests::CONTESTANTS;
use operations::issuer::{contests, deconfliction, deliveries, editions, evidence, partners};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use watchlist::EntryId;

use super::answers::{Body, Named, Problem, Reading, Writing};
use super::bearer::{Curator, Member};
use crate::desk::Desk;
use crate::pages::day;
use crate::work::OfficeSettings;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_evidence))
        .routes(routes!(list_editions, assemble))
        .routes(routes!(list_partners))
        .routes(routes!(list_contests, receive_contest))
        .routes(routes!(acknowledge_contest))
        .routes(routes!(ask_teams))
        .routes(routes!(disclosures))
}

/// One piece of evidence.
#[derive(Serialize, ToSchema)]
struct EvidenceLine {
    id: String,
    sealed: bool,
    captured_at: String,
    /// The site, to tell independent sources apart.
    origin: String,
    files: u64,
    /// Of observation, claim and link, by the Admiralty code.
    grades: String,
    /// Entries that rest on it.
    entries: u64,
}

/// Lists the evidence, the newest first.
#[utoipa::path(get, path = "/api/v1/office/evidence", tag = "office",
    responses((status = 200, body = [EvidenceLine]), Reading))]
async fn list_evidence(
    State(desk): State<Desk>,
    Member(person): Member,
) -> Result<Json<Vec<EvidenceLine>>, Problem> {
    let all = evidence::list(&mut desk.store.look().await?, &person).await?;
    let line = |one: evidence::Summary| EvidenceLine {
        id: one.id.0,
        sealed: one.is_sealed,
        captured_at: one.captured_at.to_string(),
        origin: one.origin,
        files: one.files as u64,
        grades: one.grades,
        entries: one.entries as u64,
    };
    Ok(Json(all.into_iter().map(line).collect()))
}

/// The settings of the office.
pub(super) fn settings(desk: &Desk) -> Result<OfficeSettings, Problem> {
    crate::pages::office::office(desk).and_then(crate::work::Office::settings).map_err(Problem::from)
}

/// An edition of the office's list.
#[derive(Serialize, ToSchema)]
struct EditionLine {
    number: u64,
    /// `assembled`, `released`, `prepared`, `sealed` or `published`.
    state: String,
    entries: u64,
    /// Voices that released it, or will.
    voices: u64,
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    content_root: String,
}

fn edition(one: &editions::Summary) -> EditionLine {
    EditionLine {
        number: one.number,
        state: one.state.clone(),
        entries: one.entries as u64,
        voices: one.voices as u64,
        valid_until: one.valid_until,
        content_root: one.content_root.clone(),
    }
}

/// Lists the editions of the office's list.
#[utoipa::path(get, path = "/api/v1/office/editions", tag = "office",
    responses((status = 200, body = [EditionLine]), Writing))]
async fn list_editions(State(desk): State<Desk>, _: Member) -> Result<Json<Vec<EditionLine>>, Problem> {
    let list = settings(&desk)?.list.id;
    let all = editions::list(&mut desk.store.look().await?, &list).await?;
    Ok(Json(all.iter().map(edition).collect()))
}

/// For how long an edition is valid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Assembly {
    /// 1 to 400.
    #[schema(minimum = 1, maximum = 400)]
    valid_days: u16,
}

/// Assembles the next edition from what is listed now. Two people release it, with their keys.
#[utoipa::path(post, path = "/api/v1/office/editions", tag = "office", request_body = Assembly,
    responses((status = 201, body = EditionLine), Writing))]
async fn assemble(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Body(typed): Body<Assembly>,
) -> Result<(StatusCode, Json<EditionLine>), Problem> {
    let list = settings(&desk)?.list;
    let now = (desk.now)();
    let dates = editions::dates(day(now), typed.valid_days).ok_or_else(|| {
        let what = "the number of days cannot be used";
        let hint = format!("choose 1 to {}", editions::MOST_DAYS);
        Problem::unusable(what, hint)
    })?;
    let made = editions::assemble(&desk.store, &person, list, dates, now).await?;
    Ok((StatusCode::CREATED, Json(edition(&made.summary))))
}

/// A partner.
#[derive(Serialize, ToSchema)]
struct PartnerLine {
    id: String,
    name: String,
    role: String,
    /// `invited`, `enrolled` or `suspended`.
    state: String,
    lists: Vec<String>,
    /// Number of the last delivery; 0 before the first.
    sequence: u64,
}

/// Lists the partners.
#[utoipa::path(get, path = "/api/v1/office/partners", tag = "office",
    responses((status = 200, body = [PartnerLine]), Reading))]
async fn list_partners(
    State(desk): State<Desk>,
    Member(person): Member,
) -> Result<Json<Vec<PartnerLine>>, Problem> {
    let all = partners::list(&mut desk.store.look().await?, &person).await?;
    let line = |one: partners::Partner| PartnerLine {
        id: one.id.to_string(),
        name: one.facts.name,
        role: one.facts.role,
        state: one.state.word().to_string(),
        lists: one.facts.lists,
        sequence: one.sequence,
    };
    Ok(Json(all.into_iter().map(line).collect()))
}

/// A contest.
#[derive(Serialize, ToSchema)]
struct ContestLine {
    id: String,
    entry: String,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    handler: Option<String>,
    decided: bool,
}

/// Lists the contests, those that wait longest first.
#[utoipa::path(get, path = "/api/v1/office/contests", tag = "office",
    responses((status = 200, body = [ContestLine]), Reading))]
async fn list_contests(
    State(desk): State<Desk>,
    Member(person): Member,
) -> Result<Json<Vec<ContestLine>>, Problem> {
    let today = day((desk.now)());
    let all = contests::list(&mut desk.store.look().await?, &person, today).await?;
    let line = |one: contests::Summary| ContestLine {
        id: one.id.0,
        entry: one.entry.0,
        received_on: one.received_on,
        handler: one.handler.map(|handler| handler.to_string()),
        decided: one.outcome.is_some(),
    };
    Ok(Json(all.into_iter().map(line).collect()))
}

/// Somebody objects.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewContest {
    entry: String,
    /// `listed-party`, `mistaken-party`, `hoster`, `representative` or `authority`.
    from: String,
    grounds: String,
}

/// The number that a contest got.
#[derive(Serialize, ToSchema)]
struct ContestNumber {
    id: String,
    /// The last day to acknowledge it.
    #[schema(value_type = String, format = Date)]
    acknowledge_by: Date,
    /// The last day to decide it.
    #[schema(value_type = String, format = Date)]
    decide_by: Date,
}

/// Takes a contest in.
#[utoipa::path(post, path = "/api/v1/office/contests", tag = "office", request_body = NewContest,
    responses((status = 201, body = ContestNumber), Writing))]
async fn receive_contest(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Body(typed): Body<NewContest>,
) -> Result<(StatusCode, Json<ContestNumber>), Problem> {
    let from = CONTESTANTS.iter().find(|(word, _)| *word == typed.from);
    let (_, contestant) = from.ok_or_else(|| {
        let what = "this is nobody who can object";
        Problem::unusable(what, "see the description of the call")
    })?;
    let entry = EntryId(typed.entry);
    let received =
        contests::receive(&desk.store, &person, &entry, *contestant, typed.grounds.trim(), (desk.now)());
    let (id, clock) = received.await?;
    let number = ContestNumber { id: id.0, acknowledge_by: clock.acknowledge_by, decide_by: clock.decide_by };
    Ok((StatusCode::CREATED, Json(number)))
}

/// Notes that the party was told of the receipt.
#[utoipa::path(post, path = "/api/v1/office/contests/{id}/acknowledgement", tag = "office", params(("id" = String, Path, description = "Number of the contest")),
    responses((status = 204), Writing))]
async fn acknowledge_contest(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    contests::acknowledge(&desk.store, &person, &ContestId(id), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a team is about to touch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Question {
    /// `brand`, `domain` or `handle`.
    kind: String,
    value: String,
}

/// The teams to call.
#[derive(Serialize, ToSchema)]
struct TeamsToCall {
    teams: Vec<String>,
}

/// Asks whether another team works on something. The question is noted, without what it was about.
#[utoipa::path(post, path = "/api/v1/office/deconfliction/questions", tag = "office", request_body = Question,
    responses((status = 200, body = TeamsToCall), Writing))]
async fn ask_teams(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Body(typed): Body<Question>,
) -> Result<Json<TeamsToCall>, Problem> {
    let subject = match typed.kind.as_str() {
        "brand" => Subject::brand(&typed.value),
        "domain" => Subject::domain(&typed.value),
        "handle" => Subject::handle(&typed.value),
        _ => {
            let what = "this is no kind of subject";
            return Err(Problem::unusable(what, "choose brand, domain or handle"));
        }
    };
    let subject = subject.map_err(operations::issuer::Error::from)?;
    let teams = deconfliction::ask(&desk.store, &person, &subject, (desk.now)()).await?;
    Ok(Json(TeamsToCall { teams: teams.iter().map(ToString::to_string).collect() }))
}

/// One line of the disclosure log.
#[derive(Serialize, ToSchema)]
struct Disclosure {
    at: String,
    partner: String,
    list: String,
    edition: u64,
    /// `delivery` or `refresh`.
    what: String,
    sequence: u64,
    ground: String,
    content_hash: String,
}

/// Lists every disclosure, the oldest first.
#[utoipa::path(get, path = "/api/v1/office/disclosures", tag = "office",
    responses((status = 200, body = [Disclosure]), Reading))]
async fn disclosures(
    State(desk): State<Desk>,
    Member(person): Member,
) -> Result<Json<Vec<Disclosure>>, Problem> {
    let log = deliveries::disclosures(&mut desk.store.look().await?, &person).await?;
    let line = |one: deliveries::Disclosed| Disclosure {
        at: one.at.to_string(),
        partner: one.partner,
        list: one.list,
        edition: one.edition,
        what: one.what,
        sequence: one.sequence,
        ground: one.ground,
        content_hash: one.content_hash,
    };
    Ok(Json(log.into_iter().map(line).collect()))
}
