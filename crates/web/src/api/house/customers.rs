//! What is decided on a customer, what that touches, and how much is kept about them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use operations::hoster::tokens::Scope;
use operations::hoster::{decisions, subjects};
use review::{Ground, GroundKind, Measure};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answers::{Body, Named, Problem, Reading, Writing};
use crate::api::bearer::{Bearer, Reviewer};
use crate::desk::Desk;
use crate::pages::impact;

/// A decision on a customer.
#[derive(Serialize, ToSchema)]
pub(super) struct DecisionLine {
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
pub(super) struct GroundLine {
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
pub(super) async fn list_decisions(
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
pub(super) struct NewDecision {
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
pub(super) async fn decide(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Body(typed): Body<NewDecision>,
) -> Result<(StatusCode, Json<DecisionLine>), Problem> {
    let measure = Measure::from_word(&typed.measure).ok_or_else(|| {
        Problem::unusable("there is no measure of this name", "see the description of the call")
    })?;
    let grounds = typed.grounds.into_iter().map(|one| {
        let kind = GroundKind::from_word(&one.kind)?;
        Some(Ground { kind, text: one.text })
    });
    let grounds: Option<Vec<Ground>> = grounds.collect();
    let grounds = grounds.ok_or_else(|| {
        Problem::unusable("there is no ground of this kind", "see the description of the call")
    })?;
    let given = (grounds, typed.note.trim().to_owned());
    let made =
        decisions::make(&desk.store, &person, &typed.customer_id, measure, given, (desk.now)()).await?;
    Ok((StatusCode::CREATED, Json(decision(&made))))
}

/// Approves somebody else's decision.
#[utoipa::path(post, path = "/api/v1/decisions/{id}/approval", tag = "house", params(("id" = String, Path, description = "Number of the decision")),
    responses((status = 200, body = DecisionLine), Writing))]
pub(super) async fn approve(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(id): Named<String>,
) -> Result<Json<DecisionLine>, Problem> {
    let approved = decisions::approve(&desk.store, &person, &id, (desk.now)()).await?;
    Ok(Json(decision(&approved)))
}

/// What an end of a contract, or a seizure of its machines, would touch.
#[derive(Serialize, ToSchema)]
pub(super) struct Impact {
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
pub(super) async fn impact_of(
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
pub(super) struct Kept {
    hits: u64,
    decisions: u64,
    attachments: u64,
    acts: u64,
    /// Whether the customer is in the base that the house remembers to screen it again.
    in_base: bool,
    restricted: bool,
}

/// Counts what is kept about a customer. Of one without a hit nothing is, unless the base is remembered.
#[utoipa::path(get, path = "/api/v1/customers/{id}/kept", tag = "house", params(("id" = String, Path, description = "The customer's own id")),
    responses((status = 200, body = Kept), Reading))]
pub(super) async fn kept_about(
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
        in_base: held.in_base,
        restricted: held.restrictions.iter().any(|one| one.lifted.is_none()),
    }))
}
