//! Screenings: those of the past, the one that runs, and a new one.

use axum::Json;
use axum::body::Body as AnyBody;
use axum::extract::State;
use axum::http::StatusCode;
use operations::hoster::tokens::Scope;
use operations::hoster::{bases, screenings};
use serde::Serialize;
use utoipa::ToSchema;

use super::Counts;
use super::lists::FileAsked;
use crate::api::answers::{Asked, Problem, Reading, Writing};
use crate::api::bearer::{Bearer, Screener};
use crate::api::files;
use crate::desk::Desk;
use crate::running::{self, Manner, NotBegun};
use crate::work::{Customers, State as Job};

/// A screening of the past. Its counts stay when its hits are gone.
#[derive(Serialize, ToSchema)]
pub(super) struct PastScreening {
    at: String,
    customers: u64,
    cannot_tell: u64,
    hits: Counts,
}

/// Lists the screenings so far, the oldest first.
#[utoipa::path(get, path = "/api/v1/screenings", tag = "house",
    responses((status = 200, body = [PastScreening]), Reading))]
pub(super) async fn list_screenings(
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
pub(super) struct Running {
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
pub(super) async fn running_screening(
    State(desk): State<Desk>,
    bearer: Bearer,
) -> Result<Json<Running>, Problem> {
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
        Job::Failed(told) => Running { state: "failed", failure: Some(told.what().to_owned()), ..at },
    }))
}

/// Gives the manifest of the last screening: hashes, counts and versions that prove it.
#[utoipa::path(get, path = "/api/v1/screenings/last/manifest", tag = "house",
    responses((status = 200, body = serde_json::Value, description = "The manifest, as `havenmeester screen --manifest` writes it"), Reading))]
pub(super) async fn manifest(
    State(desk): State<Desk>,
    bearer: Bearer,
) -> Result<Json<serde_json::Value>, Problem> {
    bearer.house(Scope::Read)?;
    let last = screenings::last(&mut desk.store.look().await?).await?;
    last.map(|(_, kept)| Json(kept.manifest)).ok_or_else(Problem::missing)
}

/// What was understood of a customer file.
#[derive(Serialize, ToSchema)]
pub(super) struct Looked {
    /// Whose export it looks like.
    profile: String,
    customers: u64,
    /// Whether only the beginning was read, as of a very large file.
    is_beginning: bool,
    /// Headings that are read, each with the field that it holds.
    read: Vec<(String, String)>,
    /// Headings that are never read: passwords, notes, shared values.
    left_out: Vec<String>,
    not_known: Vec<String>,
    /// Kind of value, and how many customers have one.
    coverage: Vec<(&'static str, u64)>,
    /// What the file as a whole asks to know, in the language of `Accept-Language`.
    notes: Vec<String>,
    /// The first rows that cannot be used as they stand, in the same language.
    problems: Vec<String>,
    problems_in_all: u64,
}

/// Looks what a customer file holds, without screening it. The file is removed at once.
#[utoipa::path(post, path = "/api/v1/screenings/look", tag = "house", params(FileAsked), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Looked), Writing))]
pub(super) async fn look(
    State(desk): State<Desk>,
    bearer: Bearer,
    Screener(_): Screener,
    Asked(asked): Asked<FileAsked>,
    body: AnyBody,
) -> Result<Json<Looked>, Problem> {
    let file = files::keep(&desk, &asked.name, body).await?;
    let settings = desk.settings.clone();
    let looked = tokio::task::spawn_blocking(move || {
        let customers =
            Customers { file: file.path(), name: &asked.name, columns: &asked.columns, remember: false };
        settings.program.look(&customers)
    });
    let look = looked.await.map_err(|_| Problem::stopped())??;
    let page = bearer.page();
    Ok(Json(Looked {
        profile: look.profile,
        customers: look.customers,
        is_beginning: look.is_beginning,
        read: look.read,
        left_out: look.left_out,
        not_known: look.not_known,
        coverage: look.coverage,
        notes: look.notes.iter().map(|note| page.language.of(note).to_owned()).collect(),
        problems: look.remarks.shown.iter().map(|one| page.remark(one)).collect(),
        problems_in_all: look.remarks.total,
    }))
}

/// Begins to screen a customer file. The file is removed when the screening is done.
#[utoipa::path(post, path = "/api/v1/screenings", tag = "house", params(FileAsked), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "It runs; ask `/api/v1/screenings/running`"), Writing))]
pub(super) async fn screen(
    State(desk): State<Desk>,
    Screener(person): Screener,
    Asked(asked): Asked<FileAsked>,
    body: AnyBody,
) -> Result<StatusCode, Problem> {
    let file = files::keep(&desk, &asked.name, body).await?;
    let manner = Manner { columns: &asked.columns, remember: asked.remember };
    running::begin(&desk, file.path(), manner, &person)?;
    Ok(StatusCode::ACCEPTED)
}

/// Screens the remembered customers again, where an edition changed.
#[utoipa::path(post, path = "/api/v1/screenings/again", tag = "house",
    responses((status = 202, description = "It runs; ask `/api/v1/screenings/running`"), Writing))]
pub(super) async fn screen_again(
    State(desk): State<Desk>,
    Screener(person): Screener,
) -> Result<StatusCode, Problem> {
    bases::head(&mut desk.store.look().await?).await?.ok_or_else(Problem::missing)?;
    running::begin_again(&desk, &person)?;
    Ok(StatusCode::ACCEPTED)
}

/// The customers that the house remembers.
#[derive(Serialize, ToSchema)]
pub(super) struct Remembered {
    customers: u64,
    /// The name of the file they came from.
    file: String,
    taken_at: String,
}

/// Tells what is remembered to be screened again, without a customer.
#[utoipa::path(get, path = "/api/v1/base", tag = "house", responses((status = 200, body = Remembered), Reading))]
pub(super) async fn remembered(
    State(desk): State<Desk>,
    bearer: Bearer,
) -> Result<Json<Remembered>, Problem> {
    bearer.house(Scope::Read)?;
    let head = bases::head(&mut desk.store.look().await?).await?.ok_or_else(Problem::missing)?;
    let taken_at = head.taken_at.to_string();
    Ok(Json(Remembered { customers: head.customers, file: head.file, taken_at }))
}

/// Lets the remembered customers go.
#[utoipa::path(delete, path = "/api/v1/base", tag = "house",
    responses((status = 204, description = "Nothing is remembered any more"), Writing))]
pub(super) async fn forget(
    State(desk): State<Desk>,
    Screener(person): Screener,
) -> Result<StatusCode, Problem> {
    bases::forget(&desk.store, &person, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<NotBegun> for Problem {
    fn from(error: NotBegun) -> Self {
        match error {
            NotBegun::Runs => {
                let what = "a screening is running";
                Self::new(StatusCode::CONFLICT, what, "wait until it has ended, then begin the next")
            }
            NotBegun::Unwritten(error) => files::unwritten(&error),
        }
    }
}
