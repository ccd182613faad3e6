//! Letters to customers: printed on demand, never kept, and none tells that there is a list.

use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::Language;
use jiff::civil::Date;
use operations::hoster::notices::{self, Notice, NoticeError};
use serde::Deserialize;
use store::PersonId;

use super::form::Checked;
use super::{Detail, Page, day, day_or_none, papers};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::work::Told;

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

/// Why no letter was printed.
pub(crate) enum NotPrinted {
    Notice(NoticeError),
    /// The program refused it: above all where a ground would give the list away.
    Refused(Told),
    Stopped,
}

impl From<NoticeError> for NotPrinted {
    fn from(error: NoticeError) -> Self {
        Self::Notice(error)
    }
}

impl From<store::Error> for NotPrinted {
    fn from(error: store::Error) -> Self {
        Self::Notice(error.into())
    }
}

/// Prints a letter, and notes that it was printed before it is handed over.
pub(crate) async fn print(
    desk: &Desk,
    person: &PersonId,
    notice: Notice,
    until: Option<Date>,
    language: Language,
) -> Result<Vec<u8>, NotPrinted> {
    let (settings, for_printing, today) = (desk.settings.clone(), notice.clone(), day((desk.now)()));
    let printed =
        tokio::task::spawn_blocking(move || settings.program.letter(&for_printing, until, today, language));
    let pdf = printed.await.map_err(|_| NotPrinted::Stopped)?.map_err(NotPrinted::Refused)?;
    notices::printed(&desk.store, person, &notice, (desk.now)()).await?;
    Ok(pdf)
}

async fn printed(
    desk: &Desk,
    visitor: &Visitor,
    notice: Result<Notice, NoticeError>,
    until: &str,
) -> Response {
    let page = Page::of(visitor);
    let Ok(until) = day_or_none(until) else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-day");
    };
    let broken = || page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    let printed = async { print(desk, &visitor.person, notice?, until, visitor.language).await };
    match printed.await {
        Ok(pdf) => papers::file(pdf, "application/pdf", "letter.pdf"),
        Err(NotPrinted::Refused(told)) => page.detailed(
            StatusCode::UNPROCESSABLE_ENTITY,
            "letter-refused",
            Detail::told(&told, page.language),
        ),
        Err(NotPrinted::Stopped) => broken(),
        Err(NotPrinted::Notice(error)) => match error {
            NoticeError::NothingDone(_) => page.problem(StatusCode::CONFLICT, "problem-no-letter"),
            NoticeError::NoDecision(_) | NoticeError::NoCustomer(_) => {
                page.problem(StatusCode::NOT_FOUND, "problem-not-found")
            }
            NoticeError::Store(_) | NoticeError::Review(_) => broken(),
        },
    }
}
