//! Papers: shown as a page, or handed over as PDF. Both come from the same [`Paper`], so they say the same.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use documents::Paper;
use documents::paper::Part;
use watchlist::Phrase;

use super::{Detail, Page, shown};
use crate::desk::Desk;
use crate::work::Told;

#[derive(Template)]
#[template(path = "paper.html")]
struct PaperPage {
    page: Page,
    paper: Paper,
    /// Where it can be had as PDF.
    pdf: String,
    /// Another form of it: address and key of its name.
    other: Option<(String, &'static str)>,
}

/// The paper as a page.
pub(crate) fn as_page(
    page: &Page,
    paper: Paper,
    pdf: &str,
    other: Option<(String, &'static str)>,
) -> Response {
    shown(&PaperPage { page: page.clone(), paper, pdf: pdf.to_owned(), other })
}

/// The paper as PDF.
pub(crate) async fn as_pdf(desk: &Desk, page: &Page, paper: Paper, name: &str) -> Response {
    match print(desk, paper).await {
        Ok(pdf) => file(pdf, "application/pdf", name),
        Err(told) => page.detailed(
            StatusCode::INTERNAL_SERVER_ERROR,
            "paper-refused",
            Detail::told(&told, page.language),
        ),
    }
}

/// Prints it.
///
/// # Errors
/// Why it was not printed.
pub(crate) async fn print(desk: &Desk, paper: Paper) -> Result<Vec<u8>, Told> {
    let settings = desk.settings.clone();
    let printed = tokio::task::spawn_blocking(move || settings.program.paper(&paper)).await;
    printed.unwrap_or_else(|_| {
        Err(Told::Worded {
            what: Phrase::new("the printing stopped before its time", "het afdrukken stopte voortijdig"),
            hint: Phrase::new("try again", "probeer het opnieuw"),
        })
    })
}

/// Bytes that a browser saves and never shows: what they are was said by whoever made them.
pub(crate) fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let plain: String = name
        .chars()
        .map(|one| if one.is_ascii_alphanumeric() || "-_. ".contains(one) { one } else { '_' })
        .collect();
    let disposition = format!("attachment; filename=\"{plain}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
