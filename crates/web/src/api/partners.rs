//! The address book of partners, and contests on their way to a decision.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use curation::PersonId;
use curation::contest::{Contest, ContestId};
use delivery::keys::PublicHalf;
use delivery::{Fingerprint, PartnerId};
use jiff::civil::Date;
use operations::issuer::contests;
use operations::issuer::partners::{self, Facts, Partner, ROLES};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Body, Named, Problem, Writing};
use super::bearer::{Curator, Member};
use super::files::from_base64;
use crate::desk::Desk;
use crate::pages::office::contests::{outcome, outcome_word};

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(one_partner, set_partner))
        .routes(routes!(enrol))
        .routes(routes!(suspend, take_part))
        .routes(routes!(one_contest))
        .routes(routes!(assign))
        .routes(routes!(decide))
}

/// What is known of a partner.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PartnerFacts {
    name: String,
    /// `hoster`, `trade_body`, `cert` or `foreign_police`.
    role: String,
    attention: Option<String>,
    /// Lines of the postal address.
    #[serde(default)]
    address: Vec<String>,
    email: String,
    /// `en` or `nl`.
    language: String,
    /// Ids of the lists that the partner may get.
    #[serde(default)]
    lists: Vec<String>,
}

/// A partner, and the words of their keys.
#[derive(Serialize, ToSchema)]
struct PartnerPage {
    id: String,
    /// `invited`, `enrolled` or `suspended`.
    state: String,
    facts: PartnerFacts,
    /// Words of the key that deliveries are encrypted for.
    delivery_key: Option<String>,
    /// Words of the key that receipts are checked with.
    receipt_key: Option<String>,
    /// Number of the last delivery; 0 before the first.
    sequence: u64,
}

fn partner_id(text: String) -> Result<PartnerId, Problem> {
    PartnerId::new(text)
        .map_err(|error| Problem::unusable(error.to_string(), "choose small letters, digits and dashes"))
}

fn page(one: Partner) -> PartnerPage {
    PartnerPage {
        id: one.id.to_string(),
        state: one.state.word().to_string(),
        facts: PartnerFacts {
            name: one.facts.name,
            role: one.facts.role,
            attention: one.facts.attention,
            address: one.facts.address,
            email: one.facts.email,
            language: one.facts.language,
            lists: one.facts.lists,
        },
        delivery_key: one.recipient.as_ref().map(|key| Fingerprint::of_recipient(key).words()),
        receipt_key: one.receipt_key.as_ref().map(|key| Fingerprint::of_key(key).words()),
        sequence: one.sequence,
    }
}

async fn known(desk: &Desk, person: &PersonId, id: &PartnerId) -> Result<Option<Partner>, Problem> {
    let all = partners::list(&mut desk.store.look().await?, person).await?;
    Ok(all.into_iter().find(|one| one.id == *id))
}

/// Gives one partner.
#[utoipa::path(get, path = "/api/v1/office/partners/{id}", tag = "office", params(("id" = String, Path, description = "Id of the partner")),
    responses((status = 200, body = PartnerPage), Writing))]
async fn one_partner(
    State(desk): State<Desk>,
    Member(person): Member,
    Named(id): Named<String>,
) -> Result<Json<PartnerPage>, Problem> {
    let id = PartnerId::new(id).map_err(|_| Problem::missing())?;
    let found = known(&desk, &person, &id).await?.ok_or_else(Problem::missing)?;
    Ok(Json(page(found)))
}

/// Puts a partner into the address book, or replaces what is known of them.
#[utoipa::path(put, path = "/api/v1/office/partners/{id}", tag = "office", params(("id" = String, Path, description = "Id of the partner")), request_body = PartnerFacts,
    responses((status = 204), Writing))]
async fn set_partner(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<PartnerFacts>,
) -> Result<StatusCode, Problem> {
    let id = partner_id(id)?;
    if !ROLES.contains(&sent.role.as_str()) || !["en", "nl"].contains(&sent.language.as_str()) {
        return Err(Problem::unusable(
            "the role or the language is none that is known",
            "see the description of the call",
        ));
    }
    if sent.name.trim().is_empty() || sent.email.trim().is_empty() {
        return Err(Problem::unusable("the name or the e-mail address is empty", "send both"));
    }
    let facts = Facts {
        name: sent.name,
        role: sent.role,
        attention: sent.attention,
        address: sent.address,
        email: sent.email,
        language: sent.language,
        lists: sent.lists,
    };
    let now = (desk.now)();
    match known(&desk, &person, &id).await? {
        Some(_) => partners::change(&desk.store, &person, &id, &facts, now).await?,
        None => partners::add(&desk.store, &person, &id, &facts, now).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

/// A partner's public key, and the words that they read out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Enrolment {
    /// The key file, in base64.
    key: String,
    /// The twelve words, as the partner read them out on another way than the file came.
    words: String,
}

/// Takes a partner's public key. The words must be compared by people first.
#[utoipa::path(post, path = "/api/v1/office/partners/{id}/enrolment", tag = "office", params(("id" = String, Path, description = "Id of the partner")), request_body = Enrolment,
    responses((status = 204), Writing))]
async fn enrol(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Enrolment>,
) -> Result<StatusCode, Problem> {
    let id = PartnerId::new(id).map_err(|_| Problem::missing())?;
    let file = from_base64(&sent.key)?;
    let half = PublicHalf::read(&file);
    let half = half.map_err(|error| {
        Problem::unusable(error.to_string(), "ask the partner for the public half of their keys")
    })?;
    let words = Fingerprint::parse(&sent.words);
    let words = words
        .map_err(|error| Problem::unusable(error.to_string(), "send all twelve words in their order"))?;
    partners::enrol(&desk.store, &person, &id, &half, words, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Suspends a partner: they get no delivery until they take part again.
#[utoipa::path(put, path = "/api/v1/office/partners/{id}/suspension", tag = "office", params(("id" = String, Path, description = "Id of the partner")),
    responses((status = 204), Writing))]
async fn suspend(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    let id = PartnerId::new(id).map_err(|_| Problem::missing())?;
    partners::suspend(&desk.store, &person, &id, true, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a partner take part again.
#[utoipa::path(delete, path = "/api/v1/office/partners/{id}/suspension", tag = "office", params(("id" = String, Path, description = "Id of the partner")),
    responses((status = 204), Writing))]
async fn take_part(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    let id = PartnerId::new(id).map_err(|_| Problem::missing())?;
    partners::suspend(&desk.store, &person, &id, false, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A contest.
#[derive(Serialize, ToSchema)]
struct ContestPage {
    id: String,
    entry: String,
    grounds: String,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    #[schema(value_type = Option<String>, format = Date)]
    acknowledged_on: Option<Date>,
    handler: Option<String>,
    decision: Option<ContestDecision>,
}

/// What became of a contest.
#[derive(Serialize, ToSchema)]
struct ContestDecision {
    /// `kept`, `corrected` or `withdrawn`.
    outcome: &'static str,
    reason: String,
    by: String,
    #[schema(value_type = String, format = Date)]
    on: Date,
}

fn contest(one: &Contest) -> ContestPage {
    let decision = one.decision().map(|decision| ContestDecision {
        outcome: outcome_word(&decision.outcome),
        reason: decision.reason.clone(),
        by: decision.by.to_string(),
        on: decision.on,
    });
    ContestPage {
        id: one.id().0.clone(),
        entry: one.entry().0.clone(),
        grounds: one.grounds().to_owned(),
        received_on: one.received_on(),
        acknowledged_on: one.acknowledged_on(),
        handler: one.handler().map(ToString::to_string),
        decision,
    }
}

/// Gives one contest.
#[utoipa::path(get, path = "/api/v1/office/contests/{id}", tag = "office", params(("id" = String, Path, description = "Number of the contest")),
    responses((status = 200, body = ContestPage), Writing))]
async fn one_contest(
    State(desk): State<Desk>,
    Member(person): Member,
    Named(id): Named<String>,
) -> Result<Json<ContestPage>, Problem> {
    let found = contests::show(&mut desk.store.look().await?, &person, &ContestId(id)).await?;
    Ok(Json(contest(&found)))
}

/// Who handles a contest.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Handler {
    /// Somebody without a hand in the entry.
    person: String,
}

/// Says who handles a contest.
#[utoipa::path(put, path = "/api/v1/office/contests/{id}/handler", tag = "office", params(("id" = String, Path, description = "Number of the contest")), request_body = Handler,
    responses((status = 204), Writing))]
async fn assign(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Handler>,
) -> Result<StatusCode, Problem> {
    let handler = PersonId::new(sent.person.trim());
    let handler = handler
        .ok_or_else(|| Problem::unusable("this is no code of a person", "`person list` shows them"))?;
    contests::assign(&desk.store, &person, &ContestId(id), &handler, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What becomes of a contest.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Decision {
    /// `kept`, `corrected` or `withdrawn`.
    outcome: String,
    /// Why the entry no longer stands, where it is withdrawn: `wrong_party`, `mistaken`, `evidence_failed`, `reassigned`,
    /// `not_seen_again` or `ceased`.
    withdrawal: Option<String>,
    reason: String,
}

/// Decides a contest.
#[utoipa::path(post, path = "/api/v1/office/contests/{id}/decision", tag = "office", params(("id" = String, Path, description = "Number of the contest")), request_body = Decision,
    responses((status = 204), Writing))]
async fn decide(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Decision>,
) -> Result<StatusCode, Problem> {
    let outcome = outcome(&sent.outcome, sent.withdrawal.as_deref().unwrap_or_default());
    let outcome = outcome.ok_or_else(|| {
        let what = "this is no outcome, or it lacks its withdrawal";
        Problem::unusable(what, "see the description of the call")
    })?;
    let why = sent.reason.trim();
    contests::decide(&desk.store, &person, &ContestId(id), outcome, why, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}
