//! What is kept beside a hit: who works on it until when, notes, files; and the views of the queue that a person saved.

use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use operations::hoster::accounts::{self, AccountError};
use operations::hoster::casework::{self, CaseworkError, LARGEST_ATTACHMENT};
use serde::Deserialize;
use store::PersonId;

use super::form::{Checked, Own, Sent};
use super::upload::Upload;
use super::{Page, day_or_none, papers, refused as review_refused, store_refused};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Deserialize)]
pub(crate) struct Assigned {
    #[serde(default)]
    to: String,
    #[serde(default)]
    due: String,
}

#[derive(Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
pub(crate) struct SavedView {
    #[serde(default)]
    name: String,
    /// The query of the address; the view goes where there is none.
    #[serde(default)]
    query: String,
}

pub(crate) async fn assign(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<usize>,
    Checked(typed): Checked<Assigned>,
) -> Response {
    let to = Some(typed.to.trim()).filter(|to| !to.is_empty()).map(|to| PersonId(to.to_owned()));
    let Ok(due) = day_or_none(&typed.due) else {
        return Page::of(&visitor).problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-day");
    };
    let done = casework::assign(&desk.store, &visitor.person, number, (to.as_ref(), due), (desk.now)()).await;
    back_to_hit(&visitor, number, done)
}

pub(crate) async fn note(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<usize>,
    Checked(typed): Checked<Written>,
) -> Response {
    let done = casework::note(&desk.store, &visitor.person, number, typed.text.trim(), (desk.now)()).await;
    back_to_hit(&visitor, number, done)
}

pub(crate) async fn attach(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<usize>,
    upload: Upload,
) -> Response {
    let page = Page::of(&visitor);
    let Ok(files) = upload.read_files(LARGEST_ATTACHMENT).await else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-attachment");
    };
    if files.is_empty() {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-no-file");
    }
    for (name, bytes) in files {
        let kept =
            casework::attach(&desk.store, &visitor.person, number, (&name, &bytes), (desk.now)()).await;
        if let Err(error) = kept {
            return refused(&page, &error);
        }
    }
    Redirect::to(&format!("/hits/{number}#kept")).into_response()
}

/// A file that was attached. It is saved, never shown: it came from outside.
pub(crate) async fn file(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path((_, id)): Path<(usize, String)>,
) -> Response {
    match casework::open(&desk.store, &visitor.person, &id, (desk.now)()).await {
        Ok((attachment, bytes)) => papers::file(bytes, "application/octet-stream", &attachment.name),
        Err(error) => refused(&Page::of(&visitor), &error),
    }
}

pub(crate) async fn detach(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path((number, id)): Path<(usize, String)>,
    Checked(_): Checked<Sent>,
) -> Response {
    let done = casework::detach(&desk.store, &visitor.person, &id, (desk.now)()).await;
    back_to_hit(&visitor, number, done)
}

/// Saves a view of the queue, or forgets it.
pub(crate) async fn view(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Own(typed): Own<SavedView>,
) -> Response {
    let query = Some(typed.query.as_str()).filter(|query| !query.is_empty());
    let saved =
        accounts::save_view(&desk.store, &visitor.person, (typed.name.trim(), query), (desk.now)()).await;
    match saved {
        Ok(()) => Redirect::to(&format!("/hits?{}", typed.query)).into_response(),
        Err(AccountError::View) => {
            Page::of(&visitor).problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-view")
        }
        Err(_) => Page::of(&visitor).problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

fn back_to_hit(visitor: &Visitor, number: usize, done: Result<(), CaseworkError>) -> Response {
    match done {
        Ok(()) => Redirect::to(&format!("/hits/{number}#kept")).into_response(),
        Err(error) => refused(&Page::of(visitor), &error),
    }
}

fn refused(page: &Page, error: &CaseworkError) -> Response {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match error {
        CaseworkError::NoReviewer(_) => page.problem(unprocessable, "problem-no-reviewer"),
        CaseworkError::Note { .. } => page.problem(unprocessable, "problem-note"),
        CaseworkError::File { .. } => page.problem(unprocessable, "problem-attachment"),
        CaseworkError::NoAttachment(_) => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        CaseworkError::Review(error) => review_refused(page, error),
        CaseworkError::Store(error) => store_refused(page, error),
    }
}
