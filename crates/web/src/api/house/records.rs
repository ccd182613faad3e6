//! What can be shown of it all: the dossier, the answer to the issuer, the audit chain.

use axum::Json;
use axum::extract::State;
use documents::paper::Part;
use operations::hoster::receipts;
use operations::hoster::tokens::Scope;
use serde::{Deserialize, Serialize};
use store::BothSides;
use utoipa::{IntoParams, ToSchema};

use crate::api::answers::{Asked, Named, Problem, Reading};
use crate::api::bearer::Bearer;
use crate::desk::Desk;
use crate::pages::{day, dossier};

/// Acts of one answer, at most.
const MOST_ACTS: usize = 500;

/// The dossier in words.
#[derive(Serialize, ToSchema)]
pub(super) struct Dossier {
    title: String,
    /// Hash of the last act it rests on.
    reference: String,
    sections: Vec<DossierSection>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct DossierSection {
    heading: String,
    text: Vec<String>,
    /// What, and its value.
    facts: Vec<(String, String)>,
    /// A head with its rows.
    tables: Vec<DossierTable>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct DossierTable {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Gives the dossier as it stands, in the language of `Accept-Language`.
#[utoipa::path(get, path = "/api/v1/dossier", tag = "house",
    responses((status = 200, body = Dossier), Reading))]
pub(super) async fn dossier_now(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<Dossier>, Problem> {
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
