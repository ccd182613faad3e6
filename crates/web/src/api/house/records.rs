//! What can be shown of it all: the answer to the issuer, and the audit chain.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use operations::hoster::receipts;
use operations::hoster::tokens::Scope;
use serde::{Deserialize, Serialize};
use store::BothSides;
use utoipa::{IntoParams, ToSchema};

use crate::answering::{self, NotSent};
use crate::api::answers::{Asked, Named, Problem, Reading, Writing};
use crate::api::bearer::{Bearer, Reviewer};
use crate::desk::Desk;
use crate::pages::day;

/// Acts of one answer, at most.
const MOST_ACTS: usize = 500;

/// Gives the voluntary answer to the issuer of a list, signed: counts in bands, and nothing else. Nothing is sent.
#[utoipa::path(get, path = "/api/v1/receipts/{list}", tag = "house", params(("list" = String, Path, description = "Id of the list")),
    responses((status = 200, body = serde_json::Value, description = "The signed answer, to be sent by your own way"), Reading))]
pub(super) async fn receipt(
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

/// Sends the voluntary answer to where the list says that its issuer takes answers in.
#[utoipa::path(post, path = "/api/v1/receipts/{list}/send", tag = "house", params(("list" = String, Path, description = "Id of the list")),
    responses((status = 204, description = "The issuer has confirmed it"), (status = 502, description = "The issuer did not take it in", body = Problem, content_type = "application/problem+json"), Writing))]
pub(super) async fn send_receipt(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(list): Named<String>,
) -> Result<StatusCode, Problem> {
    match answering::send(&desk, &person, &list).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(NotSent::Nothing) => Err(Problem::missing()),
        Err(NotSent::Store(error)) => Err(error.into()),
        Err(NotSent::Told(told)) => Err(Problem::new(StatusCode::BAD_GATEWAY, told.what(), told.hint())),
    }
}

/// Which acts are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ActsAsked {
    /// Number of the last act that is known.
    #[serde(default)]
    after: u64,
}

/// One act of the audit chain, without personal details.
#[derive(Serialize, ToSchema)]
pub(super) struct Act {
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
pub(super) async fn acts(
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
