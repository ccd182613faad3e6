//! What a hoster's programs ask and do.

use axum::Json;
use axum::body::Body as AnyBody;
use axum::extract::State;
use axum::http::StatusCode;
use documents::paper::Part;
use jiff::civil::Date;
use operations::hoster::queue::Waiting;
use operations::hoster::receive::ReceiveError;
use operations::hoster::tokens::Scope;
use operations::hoster::{casework, decisions, editions, receipts, reviews, screenings, subjects};
use review::{Class, Ground, GroundKind, Measure, ReasonCode};
use serde::{Deserialize, Serialize};
use store::{BothSides, PersonId};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Asked, Body, Named, Problem, Reading, Writing};
use super::bearer::{Bearer, Reviewer, Screener};
use super::files;
use crate::desk::Desk;
use crate::pages::{day, dossier, hits, impact};
use crate::receiving::{self, NotInstalled, NotTaken};
use crate::running::{self, NotBegun};
use crate::work::State as Job;

/// Hits of one answer, at most.
const MOST_HITS: usize = 500;
/// Acts of one answer, at most.
const MOST_ACTS: usize = 500;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(state))
        .routes(routes!(list_editions))
        .routes(routes!(list_hits))
        .routes(routes!(one_hit))
        .routes(routes!(dispose))
        .routes(routes!(assign))
        .routes(routes!(note))
        .routes(routes!(list_decisions, decide))
        .routes(routes!(approve))
        .routes(routes!(impact_of))
        .routes(routes!(kept_about))
        .routes(routes!(list_screenings))
        .routes(routes!(running_screening))
        .routes(routes!(manifest))
        .routes(routes!(dossier_now))
        .routes(routes!(receipt))
        .routes(routes!(acts))
}

/// Calls that take a file.
pub(super) fn files() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(take_delivery)).routes(routes!(take_list)).routes(routes!(screen))
}

/// In whose name the token acts.
#[derive(Serialize, ToSchema)]
struct Me {
    person: String,
    /// `reader`, `reviewer` or `member`.
    role: &'static str,
    scopes: Vec<&'static str>,
    /// The last day on which the token opens anything.
    #[schema(value_type = String, format = Date)]
    until: Date,
}

/// Tells in whose name and for what the token acts.
#[utoipa::path(get, path = "/api/v1/me", tag = "house",
    responses((status = 200, body = Me), Reading))]
async fn me(bearer: Bearer) -> Json<Me> {
    Json(Me {
        person: bearer.token.person.0.clone(),
        role: bearer.role.word(),
        scopes: bearer.token.scopes.iter().map(|scope| scope.word()).collect(),
        until: bearer.token.until,
    })
}

/// How everything stands.
#[derive(Serialize, ToSchema)]
struct HouseState {
    /// When the last screening began; none before the first.
    screened_at: Option<String>,
    customers_screened: u64,
    /// Customers of whom nothing can be said.
    cannot_tell: u64,
    hits: Counts,
    /// Hits somebody has to do something about.
    waiting: u64,
    awaiting_second: u64,
    reopened: u64,
    overdue: u64,
    /// Decisions that wait for approval or were opened again.
    decisions_waiting: u64,
    /// Titles of lists beyond their last day that are still in use.
    stale: Vec<String>,
}

/// Hits by class.
#[derive(Serialize, ToSchema, Default)]
struct Counts {
    strong: u64,
    probable: u64,
    weak: u64,
}

/// Tells how everything stands: the last screening, what waits, what is stale.
#[utoipa::path(get, path = "/api/v1/state", tag = "house",
    responses((status = 200, body = HouseState), Reading))]
async fn state(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<HouseState>, Problem> {
    bearer.house(Scope::Read)?;
    let stale = desk.stale().await;
    let today = day((desk.now)());
    let mut look = desk.store.look().await?;
    let last = screenings::last(&mut look).await?;
    let decided = decisions::list(&mut look).await?;
    let queue = desk.queue(&mut look).await?;
    let rows = queue.rows();
    let of = |class| rows.iter().filter(|row| row.class == class).count() as u64;
    let count = |is_so: &dyn Fn(&Waiting) -> bool| rows.iter().filter(|row| is_so(row)).count() as u64;
    Ok(Json(HouseState {
        screened_at: last.as_ref().map(|(at, _)| at.to_string()),
        customers_screened: last.as_ref().map_or(0, |(_, kept)| kept.totals.customers_screened),
        cannot_tell: last.as_ref().map_or(0, |(_, kept)| kept.totals.cannot_tell),
        hits: Counts { strong: of(Class::Strong), probable: of(Class::Probable), weak: of(Class::Weak) },
        waiting: count(&Waiting::is_open),
        awaiting_second: count(&Waiting::awaits_second),
        reopened: count(&Waiting::is_reopened),
        overdue: count(&|row| row.is_overdue(today)),
        decisions_waiting: decided.iter().filter(|one| !one.stands()).count() as u64,
        stale,
    }))
}

/// An installed edition of a list.
#[derive(Serialize, ToSchema)]
struct InstalledEdition {
    list: String,
    title: String,
    issuer: String,
    number: u64,
    /// Entries that stand.
    entries: u64,
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    /// Whether its issuer signed it.
    verified: bool,
    /// Whether its last day is over.
    stale: bool,
    /// The same for all partners who have the same edition.
    content_root: String,
}

/// Lists the installed editions that a screening uses.
#[utoipa::path(get, path = "/api/v1/editions", tag = "house",
    responses((status = 200, body = [InstalledEdition]), Reading))]
async fn list_editions(
    State(desk): State<Desk>,
    bearer: Bearer,
) -> Result<Json<Vec<InstalledEdition>>, Problem> {
    bearer.house(Scope::Read)?;
    let today = day((desk.now)());
    let all = editions::list(&mut desk.store.look().await?, false).await?;
    Ok(Json(all.iter().map(|one| installed(one, today)).collect()))
}

fn installed(one: &editions::Summary, today: Date) -> InstalledEdition {
    InstalledEdition {
        list: one.list.clone(),
        title: one.title.clone(),
        issuer: one.issuer.clone(),
        number: one.number,
        entries: one.entries as u64,
        valid_until: one.valid_until,
        verified: one.verified,
        stale: one.is_stale(today),
        content_root: one.content_root.clone(),
    }
}

/// Which hits are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HitsAsked {
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
struct Hits {
    /// How many there are in all.
    found: u64,
    hits: Vec<HitLine>,
}

/// One hit, as a line of the queue.
#[derive(Serialize, ToSchema)]
struct HitLine {
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
async fn list_hits(
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
struct Hit {
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
struct Reason {
    feature: String,
    /// Log-likelihood ratio; below 0 speaks against.
    weight: f64,
    customer: Compared,
    entry: Compared,
}

/// One compared value, as found and as compared.
#[derive(Serialize, ToSchema)]
struct Compared {
    raw: String,
    clean: String,
}

/// What somebody said, or why the hit was opened again.
#[derive(Serialize, ToSchema)]
struct Event {
    at: String,
    /// Nobody where it was opened again.
    by: Option<String>,
    /// `same`, `not_the_same`, `undecided`, `reopened_values` or `reopened_retraction`.
    what: &'static str,
    reason: Option<&'static str>,
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Note {
    at: String,
    by: String,
    text: String,
}

#[derive(Serialize, ToSchema)]
struct Linked {
    customer_id: String,
    shared: String,
}

/// Gives one hit with its reasons.
#[utoipa::path(get, path = "/api/v1/hits/{number}", tag = "house", params(("number" = u64, Path, description = "Number of the hit within the last screening")),
    responses((status = 200, body = Hit), Reading))]
async fn one_hit(
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
struct Disposition {
    /// Such as `identifiers_agree`, `name_only` or `needs_data`; it says the answer, too.
    reason: String,
    #[serde(default)]
    note: String,
    /// What `seen` was when the hit was read.
    seen: usize,
}

/// Where the hit stands after an answer.
#[derive(Serialize, ToSchema)]
struct Stands {
    state: &'static str,
}

/// Answers a hit. Where two people are asked, it waits for the second one.
#[utoipa::path(post, path = "/api/v1/hits/{number}/dispositions", tag = "house", params(("number" = u64, Path, description = "Number of the hit")), request_body = Disposition,
    responses((status = 200, body = Stands), Writing))]
async fn dispose(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(number): Named<usize>,
    Body(said): Body<Disposition>,
) -> Result<Json<Stands>, Problem> {
    let reason = ReasonCode::from_word(&said.reason).ok_or_else(|| {
        let words: Vec<&str> = ReasonCode::ALL.iter().map(|reason| reason.word()).collect();
        let hint = format!("choose one of {}", words.join(", "));
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "there is no reason of this name", hint)
    })?;
    let note = said.note.trim();
    let standing =
        reviews::dispose(&desk.store, &person, number, (reason, note), Some(said.seen), (desk.now)()).await?;
    Ok(Json(Stands { state: hits::state(standing) }))
}

/// Who works on a hit, and until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Assignment {
    /// Nobody takes it back.
    to: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
}

/// Says who works on a hit, and until when.
#[utoipa::path(put, path = "/api/v1/hits/{number}/assignment", tag = "house", params(("number" = u64, Path, description = "Number of the hit")), request_body = Assignment,
    responses((status = 204), Writing))]
async fn assign(
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
struct NewNote {
    text: String,
}

/// Writes a note beside a hit.
#[utoipa::path(post, path = "/api/v1/hits/{number}/notes", tag = "house", params(("number" = u64, Path, description = "Number of the hit")), request_body = NewNote,
    responses((status = 204), Writing))]
async fn note(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(number): Named<usize>,
    Body(typed): Body<NewNote>,
) -> Result<StatusCode, Problem> {
    casework::note(&desk.store, &person, number, typed.text.trim(), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A decision on a customer.
#[derive(Serialize, ToSchema)]
struct DecisionLine {
    id: String,
    /// `proposed`, `stands` or `reopened`.
    state: String,
    customer_id: String,
    customer_name: String,
    measure: &'static str,
    grounds: Vec<GroundLine>,
    by: String,
    at: String,
    approved_by: Option<String>,
}

/// One of the hoster's own grounds.
#[derive(Serialize, Deserialize, ToSchema)]
struct GroundLine {
    /// `contract_clause`, `aup_breach`, `kyc_failure`, `observed_abuse` or `sanctions`.
    kind: String,
    text: String,
}

fn decision(one: &decisions::Listed) -> DecisionLine {
    let made = &one.kept.decision;
    let grounds = made.grounds.iter();
    DecisionLine {
        id: one.id.clone(),
        state: one.state.clone(),
        customer_id: one.kept.customer_id.clone(),
        customer_name: one.kept.customer_name.clone(),
        measure: made.measure.word(),
        grounds: grounds
            .map(|ground| GroundLine { kind: ground.kind.word().to_owned(), text: ground.text.clone() })
            .collect(),
        by: made.by.clone(),
        at: made.at.to_string(),
        approved_by: made.approved.as_ref().map(|(by, _)| by.clone()),
    }
}

/// Lists the decisions, the newest first.
#[utoipa::path(get, path = "/api/v1/decisions", tag = "house",
    responses((status = 200, body = [DecisionLine]), Reading))]
async fn list_decisions(
    State(desk): State<Desk>,
    bearer: Bearer,
) -> Result<Json<Vec<DecisionLine>>, Problem> {
    bearer.house(Scope::Read)?;
    let all = decisions::list(&mut desk.store.look().await?).await?;
    Ok(Json(all.iter().map(decision).collect()))
}

/// What is to happen to a contract.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDecision {
    customer_id: String,
    /// `continue`, `conditions`, `suspend`, `end_at_term` or `end_now`.
    measure: String,
    /// Own grounds; that a party is on a list is none.
    #[serde(default)]
    grounds: Vec<GroundLine>,
    #[serde(default)]
    note: String,
}

/// Makes a decision on a customer. Where servers are taken away it waits for somebody else's approval.
#[utoipa::path(post, path = "/api/v1/decisions", tag = "house", request_body = NewDecision,
    responses((status = 201, body = DecisionLine), Writing))]
async fn decide(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Body(typed): Body<NewDecision>,
) -> Result<(StatusCode, Json<DecisionLine>), Problem> {
    let unprocessable = |what: &str, hint: &str| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what, hint);
    let measure = Measure::from_word(&typed.measure).ok_or_else(|| {
        unprocessable("there is no measure of this name", "see the description of the call")
    })?;
    let grounds = typed.grounds.into_iter().map(|one| {
        let kind = GroundKind::from_word(&one.kind)?;
        Some(Ground { kind, text: one.text })
    });
    let grounds: Option<Vec<Ground>> = grounds.collect();
    let grounds = grounds
        .ok_or_else(|| unprocessable("there is no ground of this kind", "see the description of the call"))?;
    let given = (grounds, typed.note.trim().to_owned());
    let made =
        decisions::make(&desk.store, &person, &typed.customer_id, measure, given, (desk.now)()).await?;
    Ok((StatusCode::CREATED, Json(decision(&made))))
}

/// Approves somebody else's decision.
#[utoipa::path(post, path = "/api/v1/decisions/{id}/approval", tag = "house", params(("id" = String, Path, description = "Number of the decision")),
    responses((status = 200, body = DecisionLine), Writing))]
async fn approve(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(id): Named<String>,
) -> Result<Json<DecisionLine>, Problem> {
    let approved = decisions::approve(&desk.store, &person, &id, (desk.now)()).await?;
    Ok(Json(decision(&approved)))
}

/// What an end of a contract, or a seizure of its machines, would touch.
#[derive(Serialize, ToSchema)]
struct Impact {
    customer_id: String,
    services: Vec<String>,
    machines: Vec<String>,
    addresses: Vec<String>,
    /// As the customer file writes it.
    monthly: Option<String>,
    /// Other customers on the same machines; none where no machine is known.
    others_on_machines: Option<u64>,
    /// The first of them, by their ids.
    neighbours: Vec<String>,
}

/// Tells what an end of a customer's contract, or a seizure of its machines, would touch.
#[utoipa::path(get, path = "/api/v1/customers/{id}/impact", tag = "house", params(("id" = String, Path, description = "The customer's own id")),
    responses((status = 200, body = Impact), Reading))]
async fn impact_of(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(id): Named<String>,
) -> Result<Json<Impact>, Problem> {
    bearer.house(Scope::Read)?;
    let found = impact::of(&desk, &id).await?.ok_or_else(Problem::missing)?;
    let others = match found.touched.reach() {
        review::Reach::Unknown => None,
        review::Reach::Alone => Some(0),
        review::Reach::Others(count) => Some(count),
    };
    Ok(Json(Impact {
        customer_id: found.customer_id,
        services: found.touched.services,
        machines: found.touched.machines,
        addresses: found.touched.addresses,
        monthly: found.touched.monthly,
        others_on_machines: others,
        neighbours: found.neighbours,
    }))
}

/// How much is kept about a customer.
#[derive(Serialize, ToSchema)]
struct Kept {
    hits: u64,
    decisions: u64,
    attachments: u64,
    acts: u64,
    restricted: bool,
}

/// Counts what is kept about a customer. Of one without a hit nothing is.
#[utoipa::path(get, path = "/api/v1/customers/{id}/kept", tag = "house", params(("id" = String, Path, description = "The customer's own id")),
    responses((status = 200, body = Kept), Reading))]
async fn kept_about(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(id): Named<String>,
) -> Result<Json<Kept>, Problem> {
    bearer.house(Scope::Read)?;
    let held = subjects::held(&mut desk.store.look().await?, &id).await?;
    Ok(Json(Kept {
        hits: held.hits.len() as u64,
        decisions: held.decisions.len() as u64,
        attachments: held.attachments.len() as u64,
        acts: held.acts.len() as u64,
        restricted: held.restrictions.iter().any(|one| one.lifted.is_none()),
    }))
}

/// A screening of the past. Its counts stay when its hits are gone.
#[derive(Serialize, ToSchema)]
struct PastScreening {
    at: String,
    customers: u64,
    cannot_tell: u64,
    hits: Counts,
}

/// Lists the screenings so far, the oldest first.
#[utoipa::path(get, path = "/api/v1/screenings", tag = "house",
    responses((status = 200, body = [PastScreening]), Reading))]
async fn list_screenings(
    State(desk): State<Desk>,
    bearer: Bearer,
) -> Result<Json<Vec<PastScreening>>, Problem> {
    bearer.house(Scope::Read)?;
    let all = screenings::history(&mut desk.store.look().await?, usize::MAX).await?;
    let line = |one: &screenings::Past| PastScreening {
        at: one.at.to_string(),
        customers: one.customers,
        cannot_tell: one.cannot_tell,
        hits: Counts { strong: one.strong, probable: one.probable, weak: one.weak },
    };
    Ok(Json(all.iter().map(line).collect()))
}

/// How far a screening is.
#[derive(Serialize, ToSchema)]
struct Running {
    /// `none`, `runs`, `done` or `failed`.
    state: &'static str,
    customers: u64,
    bytes_read: u64,
    /// 0 where it is not known.
    bytes_total: u64,
    /// Rows and values that could not be used as they stand.
    problems: u64,
    /// Why it failed.
    failure: Option<String>,
}

/// Tells how far the screening is that runs, or ran last since the program began.
#[utoipa::path(get, path = "/api/v1/screenings/running", tag = "house",
    responses((status = 200, body = Running), Reading))]
async fn running_screening(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<Running>, Problem> {
    bearer.house(Scope::Read)?;
    let at =
        Running { state: "none", customers: 0, bytes_read: 0, bytes_total: 0, problems: 0, failure: None };
    Ok(Json(match desk.job.state() {
        Job::None => at,
        Job::Runs(progress) => Running {
            state: "runs",
            customers: progress.customers,
            bytes_read: progress.bytes_read,
            bytes_total: progress.bytes_total,
            ..at
        },
        Job::Done(remarks) => Running { state: "done", problems: remarks.total, ..at },
        Job::Failed(told) => Running { state: "failed", failure: Some(told.what), ..at },
    }))
}

/// Gives the manifest of the last screening: hashes, counts and versions that prove it.
#[utoipa::path(get, path = "/api/v1/screenings/last/manifest", tag = "house",
    responses((status = 200, body = serde_json::Value, description = "The manifest, as `havenmeester screen --manifest` writes it"), Reading))]
async fn manifest(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<serde_json::Value>, Problem> {
    bearer.house(Scope::Read)?;
    let last = screenings::last(&mut desk.store.look().await?).await?;
    last.map(|(_, kept)| Json(kept.manifest)).ok_or_else(Problem::missing)
}

/// The dossier in words.
#[derive(Serialize, ToSchema)]
struct Dossier {
    title: String,
    /// Hash of the last act it rests on.
    reference: String,
    sections: Vec<DossierSection>,
}

#[derive(Serialize, ToSchema)]
struct DossierSection {
    heading: String,
    text: Vec<String>,
    /// What, and its value.
    facts: Vec<(String, String)>,
    /// A head with its rows.
    tables: Vec<DossierTable>,
}

#[derive(Serialize, ToSchema)]
struct DossierTable {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Gives the dossier as it stands, in the language of `Accept-Language`.
#[utoipa::path(get, path = "/api/v1/dossier", tag = "house",
    responses((status = 200, body = Dossier), Reading))]
async fn dossier_now(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<Dossier>, Problem> {
    bearer.house(Scope::Read)?;
    let paper = dossier::dossier(&desk, &bearer.page()).await?;
    let section = |one: documents::paper::Section| {
        let (mut text, mut facts, mut tables) = (Vec::new(), Vec::new(), Vec::new());
        for part in one.parts {
            match part {
                Part::Text(words) => text.push(words),
                Part::Facts(some) => facts.extend(some),
                Part::Table(table) => tables.push(DossierTable { head: table.head, rows: table.rows }),
            }
        }
        DossierSection { heading: one.heading, text, facts, tables }
    };
    let sections = paper.sections.into_iter().map(section).collect();
    Ok(Json(Dossier { title: paper.title, reference: paper.reference, sections }))
}

/// Gives the voluntary answer to the issuer of a list, signed: counts in bands, and nothing else. Nothing is sent.
#[utoipa::path(get, path = "/api/v1/receipts/{list}", tag = "house", params(("list" = String, Path, description = "Id of the list")),
    responses((status = 200, body = serde_json::Value, description = "The signed answer, to be sent by your own way"), Reading))]
async fn receipt(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(list): Named<String>,
) -> Result<Json<serde_json::Value>, Problem> {
    bearer.house(Scope::Review)?;
    let today = day((desk.now)());
    let made = receipts::make(&mut desk.store.look().await?, &list, today).await;
    let made = made.map_err(|error| match error {
        receipts::MakeError::Store(error) => error.into(),
        _ => Problem::missing(),
    })?;
    serde_json::from_slice(&made.file).map(Json).map_err(|_| Problem::missing())
}

/// Which acts are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ActsAsked {
    /// Number of the last act that is known.
    #[serde(default)]
    after: u64,
}

/// One act of the audit chain, without personal details.
#[derive(Serialize, ToSchema)]
struct Act {
    seq: u64,
    at: String,
    actor: String,
    role: String,
    action: String,
    object_kind: String,
    object_id: String,
    ground: String,
}

/// Lists acts of the audit chain, at most 500 of them.
#[utoipa::path(get, path = "/api/v1/audit", tag = "house", params(ActsAsked),
    responses((status = 200, body = [Act]), Reading))]
async fn acts(
    State(desk): State<Desk>,
    bearer: Bearer,
    Asked(asked): Asked<ActsAsked>,
) -> Result<Json<Vec<Act>>, Problem> {
    bearer.house(Scope::Read)?;
    let mut look = desk.store.look().await?;
    // Beyond the end there is nothing, however far.
    if asked.after >= look.audit().count().await? {
        return Ok(Json(Vec::new()));
    }
    let some = look.audit().after(asked.after).await?;
    let line = |one: store::audit::Noted| Act {
        seq: one.seq,
        at: one.at,
        actor: one.actor,
        role: one.role,
        action: one.action,
        object_kind: one.object_kind,
        object_id: one.object_id,
        ground: one.ground,
    };
    Ok(Json(some.into_iter().take(MOST_ACTS).map(line).collect()))
}

/// For the first delivery of an issuer.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeliveryAsked {
    /// The twelve words of the issuer, as compared by phone.
    #[serde(default)]
    words: String,
    /// Your own id, from the letter.
    #[serde(default)]
    partner: String,
}

/// Takes a delivery: verified and installed, or refused with the reason.
#[utoipa::path(post, path = "/api/v1/deliveries", tag = "house", params(DeliveryAsked), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = InstalledEdition), Writing))]
async fn take_delivery(
    State(desk): State<Desk>,
    Screener(person): Screener,
    Asked(asked): Asked<DeliveryAsked>,
    body: AnyBody,
) -> Result<Json<InstalledEdition>, Problem> {
    let refused = |what: String, hint: &str| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what, hint);
    let contact = receiving::first_contact(&asked.words, &asked.partner).map_err(|what| {
        refused(what, "send all twelve words in their order, and your own id from the letter")
    })?;
    let file = files::keep(&desk, "sent.delivery", body).await?;
    let received =
        receiving::delivery(&desk, &person, &file, contact).await.map_err(|error| match error {
            NotTaken::TooLarge => {
                let what = format!("a delivery has at most {} bytes", delivery::limits::ONE_FILE_BYTES);
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, what, "send the file that ends in .delivery")
            }
            NotTaken::Unread(error) => files::unwritten(&error),
            NotTaken::Refused(error) => {
                let status = match &error {
                    ReceiveError::FirstContact(_) | ReceiveError::UnknownIssuer(_) => StatusCode::CONFLICT,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                Problem::new(status, error.to_string(), error.hint().unwrap_or_default())
            }
        })?;
    let (list, number) = (received.edition.edition().list.id.clone(), received.edition.number());
    let all = editions::list(&mut desk.store.look().await?, false).await?;
    let one = all.iter().find(|one| one.list == list && one.number == u64::from(number));
    one.map(|one| Json(installed(one, day((desk.now)())))).ok_or_else(Problem::missing)
}

/// A file with its name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FileAsked {
    /// The name of the file: its ending tells what it is.
    name: String,
    /// Columns by `FIELD=HEADING`, one in each line, where headings are not recognised.
    #[serde(default)]
    columns: String,
}

/// Takes a list that nobody signed, in any form that the program reads, as not verified.
#[utoipa::path(post, path = "/api/v1/lists", tag = "house", params(FileAsked), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = InstalledEdition), Writing))]
async fn take_list(
    State(desk): State<Desk>,
    Screener(person): Screener,
    Asked(asked): Asked<FileAsked>,
    body: AnyBody,
) -> Result<Json<InstalledEdition>, Problem> {
    let file = files::keep(&desk, &asked.name, body).await?;
    let refused = |what: String, hint: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what, hint);
    match receiving::list(&desk, &person, &file).await {
        Ok((summary, _)) => Ok(Json(installed(&summary, day((desk.now)())))),
        Err(NotInstalled::Unread(told)) => Err(refused(told.what, told.hint)),
        Err(NotInstalled::Stopped) => Err(Problem::stopped()),
        Err(NotInstalled::Refused(error)) => Err(refused(
            error.to_string(),
            "a list that comes as a delivery is renewed by one; any other needs a higher number".to_owned(),
        )),
    }
}

/// Begins to screen a customer file. The file is removed when the screening is done.
#[utoipa::path(post, path = "/api/v1/screenings", tag = "house", params(FileAsked), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "It runs; ask `/api/v1/screenings/running`"), Writing))]
async fn screen(
    State(desk): State<Desk>,
    Screener(person): Screener,
    Asked(asked): Asked<FileAsked>,
    body: AnyBody,
) -> Result<StatusCode, Problem> {
    let file = files::keep(&desk, &asked.name, body).await?;
    running::begin(&desk, file.path(), &asked.columns, &person).map_err(|error| match error {
        NotBegun::Runs => {
            let what = "a screening is running";
            Problem::new(StatusCode::CONFLICT, what, "wait until it has ended, then begin the next")
        }
        NotBegun::Unwritten(error) => files::unwritten(&error),
    })?;
    Ok(StatusCode::ACCEPTED)
}
