//! What programs of the unit that issues a list ask and do. What needs a personal key is done at the desk or by command.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use curation::contest::ContestId;
use curation::deconfliction::Subject;
use curation::evidence::EvidenceId;
use jiff::civil::Date;
use operations::issuer::contests::CONTESTANTS;
use operations::issuer::entries::{self, Signed, Values};
use operations::issuer::{contests, deconfliction, deliveries, editions, evidence, partners};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use watchlist::EntryId;
use watchlist::format::v1;

use super::answers::{Body, Named, Problem, Reading, Writing};
use super::bearer::{Curator, Member};
use crate::desk::Desk;
use crate::pages::day;
use crate::work::OfficeSettings;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_evidence))
        .routes(routes!(list_entries, begin_entry))
        .routes(routes!(one_entry, edit_entry))
        .routes(routes!(ground))
        .routes(routes!(propose))
        .routes(routes!(send_back))
        .routes(routes!(revise))
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

/// The settings of the office.
pub(super) fn settings(desk: &Desk) -> Result<OfficeSettings, Problem> {
    crate::pages::office::office(desk).and_then(crate::work::Office::settings).map_err(Problem::from)
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
