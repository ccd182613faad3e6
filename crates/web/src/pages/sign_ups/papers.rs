//! Papers for somebody who sells on, to be sent to them.

use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::reseller::{ResellerPaper, register_form};

use super::message::Asked;
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::pages::{Page, day, papers};

/// The form of a register, which is a table.
const REGISTER: &str = "register";

pub(crate) async fn show(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(which): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = Page::of(&visitor);
    let language = asked.language(page.language);
    if which == REGISTER {
        let form = register_form(language).into_bytes();
        return papers::file(form, "text/csv; charset=utf-8", "register.csv");
    }
    match ResellerPaper::from_word(&which) {
        Some(paper) => {
            let paper = paper.paper(language, day((desk.now)()));
            papers::as_pdf(&desk, &page, paper, &format!("{which}.pdf")).await
        }
        None => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
    }
}
