//! Letters to customers: printed on demand, never kept, and none tells that there is a list.

use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use operations::hoster::notices::{self, Notice, NoticeError};
use serde::Deserialize;

use super::form::Checked;
use super::{Page, day};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    customer: String,
    /// Until when an answer is asked for, or data can be taken home: `YYYY-MM-DD`, or empty.
    #[serde(default)]
    until: String,
}

/// A request for data.
pub(crate) async fn ask(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(typed): Checked<Asked>,
) -> Response {
    let notice = async { notices::of_request(&mut desk.store.look().await?, &typed.customer).await };
    printed(&desk, &visitor, notice.await, &typed.until).await
}

/// The reasons for a decision.
pub(crate) async fn reasons(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<Asked>,
) -> Response {
    let notice = async { notices::of_decision(&mut desk.store.look().await?, &id).await };
    printed(&desk, &visitor, notice.await, &typed.until).await
}

async fn printed(
    desk: &Desk,
    visitor: &Visitor,
    notice: Result<Notice, NoticeError>,
    until: &str,
) -> Response {
    let page = Page::of(visitor);
    let notice = match notice {
        Ok(notice) => notice,
        Err(NoticeError::Store(_) | NoticeError::Review(_)) => {
            return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
        }
        Err(NoticeError::NothingDone(_)) => {
            return page.problem(StatusCode::CONFLICT, "problem-no-letter");
        }
        Err(NoticeError::NoDecision(_) | NoticeError::NoCustomer(_)) => {
            return page.problem(StatusCode::NOT_FOUND, "problem-not-found");
        }
    };
    let until: Option<Date> = until.trim().parse().ok();
    let (settings, for_printing, language) = (desk.settings.clone(), notice.clone(), visitor.language);
    let today = day((desk.now)());
    let pdf =
        tokio::task::spawn_blocking(move || settings.program.letter(&for_printing, until, today, language));
    let pdf = match pdf.await {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(told)) => return page.told(StatusCode::UNPROCESSABLE_ENTITY, told.what, told.hint),
        Err(_) => return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    };
    if notices::printed(&desk.store, &visitor.person, &notice, (desk.now)()).await.is_err() {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    }
    let name = "attachment; filename=\"letter.pdf\"";
    ([(CONTENT_TYPE, "application/pdf"), (CONTENT_DISPOSITION, name)], pdf).into_response()
}
