//! The views of the queue that a person saved: filters and search under a name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use operations::hoster::accounts::{self, AccountError};
use operations::hoster::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Body, Named, Problem, Reading, Writing};
use super::bearer::{Bearer, Reviewer};
use crate::desk::Desk;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(save, forget))
}

/// A view of the queue.
#[derive(Serialize, ToSchema)]
struct View {
    name: String,
    /// As the address of the queue's page has it behind its question mark.
    query: String,
}

/// What a view shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// As the address of the queue's page has it behind its question mark, at most 500 signs.
    #[schema(example = "class=strong&view=open", min_length = 1, max_length = 500, pattern = "^[!-~]+$")]
    query: String,
}

/// Lists the views that the token's person saved.
#[utoipa::path(get, path = "/api/v1/views", tag = "house", responses((status = 200, body = [View]), Reading))]
async fn list(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<Vec<View>>, Problem> {
    let person = bearer.house(Scope::Read)?;
    let account = accounts::active(&mut desk.store.look().await?, person).await?;
    let views = account.map(|account| account.views).unwrap_or_default().into_iter();
    Ok(Json(views.map(|(name, query)| View { name, query }).collect()))
}

/// Saves a view under a name, in place of one of that name. Twelve are kept; the oldest goes.
#[utoipa::path(put, path = "/api/v1/views/{name}", tag = "house", params(("name" = String, Path, description = "At most 40 signs")), request_body = Wanted,
    responses((status = 204, description = "It is kept"), Writing))]
async fn save(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(name): Named<String>,
    Body(wanted): Body<Wanted>,
) -> Result<StatusCode, Problem> {
    let query = Some(wanted.query.as_str()).filter(|query| !query.is_empty()).ok_or_else(no_view)?;
    accounts::save_view(&desk.store, &person, (name.trim(), Some(query)), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets a view. One that is not there is gone already.
#[utoipa::path(delete, path = "/api/v1/views/{name}", tag = "house", params(("name" = String, Path, description = "At most 40 signs")),
    responses((status = 204, description = "It is gone"), Writing))]
async fn forget(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(name): Named<String>,
) -> Result<StatusCode, Problem> {
    accounts::save_view(&desk.store, &person, (name.trim(), None), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn no_view() -> Problem {
    Problem::unusable(
        "this is no view",
        "send a name of 1 to 40 signs, and a query as the address of the queue's page has it",
    )
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::View => no_view(),
            AccountError::Store(error) => error.into(),
            _ => Self::missing(),
        }
    }
}
