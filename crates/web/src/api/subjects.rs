//! The rights of customers, and how long what is kept of them stays.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use operations::hoster::retention;
use operations::hoster::subjects::{self, SubjectError};
use operations::hoster::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Body, Named, Problem, Reading, Writing};
use super::bearer::{Bearer, Reviewer};
use crate::desk::Desk;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_restricted))
        .routes(routes!(restrict, lift))
        .routes(routes!(erase))
        .routes(routes!(run_retention))
}

impl From<SubjectError> for Problem {
    fn from(error: SubjectError) -> Self {
        let (title, hint) = (error.to_string(), error.hint().unwrap_or_default());
        let status = match error {
            SubjectError::Store(error) => return error.into(),
            SubjectError::Nothing => StatusCode::NOT_FOUND,
            SubjectError::NoGround => StatusCode::UNPROCESSABLE_ENTITY,
            SubjectError::RestrictedAlready | SubjectError::NotRestricted => StatusCode::CONFLICT,
        };
        Self::new(status, title, hint)
    }
}

/// Lists the customers whose data are restricted now, by their ids.
#[utoipa::path(get, path = "/api/v1/restrictions", tag = "house",
    responses((status = 200, body = [String]), Reading))]
async fn list_restricted(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<Vec<String>>, Problem> {
    bearer.house(Scope::Read)?;
    let all = subjects::restricted(&mut desk.store.look().await?).await?;
    Ok(Json(all.into_iter().collect()))
}

/// Why it is done: who asked for it, and when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    ground: String,
}

/// Restricts the data of a customer: they are kept, and nobody works on them.
#[utoipa::path(put, path = "/api/v1/customers/{id}/restriction", tag = "house", params(("id" = String, Path, description = "The customer's own id")), request_body = Asked,
    responses((status = 204), Writing))]
async fn restrict(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(id): Named<String>,
    Body(asked): Body<Asked>,
) -> Result<StatusCode, Problem> {
    subjects::restrict(&desk.store, &person, &id, asked.ground.trim(), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lifts a restriction.
#[utoipa::path(delete, path = "/api/v1/customers/{id}/restriction", tag = "house", params(("id" = String, Path, description = "The customer's own id")),
    responses((status = 204), Writing))]
async fn lift(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    subjects::lift(&desk.store, &person, &id, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was removed.
#[derive(Serialize, ToSchema)]
struct Removed {
    hits: u64,
    decisions: u64,
    attachments: u64,
    /// Acts whose personal details were erased; the acts stay.
    details: u64,
    /// Whether something went from the base that the house remembers to screen it again.
    of_base: bool,
}

/// Erases everything that is kept about a customer. That it was there stays in the audit chain, without what it held.
#[utoipa::path(post, path = "/api/v1/customers/{id}/erasure", tag = "house", params(("id" = String, Path, description = "The customer's own id")), request_body = Asked,
    responses((status = 200, body = Removed), Writing))]
async fn erase(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(id): Named<String>,
    Body(asked): Body<Asked>,
) -> Result<Json<Removed>, Problem> {
    let erased = subjects::erase(&desk.store, &person, &id, asked.ground.trim(), (desk.now)()).await?;
    Ok(Json(Removed {
        hits: erased.hits as u64,
        decisions: erased.decisions as u64,
        attachments: erased.attachments as u64,
        details: erased.details as u64,
        of_base: erased.of_base,
    }))
}

/// Removes now what was kept long enough. It also goes by itself, once a day.
#[utoipa::path(post, path = "/api/v1/retention/runs", tag = "house",
    responses((status = 200, body = Removed), Writing))]
async fn run_retention(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
) -> Result<Json<Removed>, Problem> {
    let now = (desk.now)();
    let before = retention::before(now, desk.settings.retention_months);
    let removed = retention::run(&desk.store, &person, before, now).await?;
    Ok(Json(Removed {
        hits: removed.hits as u64,
        decisions: removed.decisions as u64,
        attachments: removed.attachments as u64,
        details: removed.details as u64,
        of_base: removed.base,
    }))
}
