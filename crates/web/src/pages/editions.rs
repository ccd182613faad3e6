//! What is installed, and what was withdrawn.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use operations::hoster::editions::{self, Summary};
use operations::hoster::retractions::{self, Withdrawn};

use super::{Page, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "editions.html")]
struct EditionsPage {
    page: Page,
    editions: Vec<(Summary, bool)>,
    withdrawn: Vec<Withdrawn>,
}

pub(crate) async fn list(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    let today = (desk.now)().to_zoned(jiff::tz::TimeZone::UTC).date();
    let all = async {
        let mut look = desk.store.look().await?;
        Ok::<_, store::Error>((editions::list(&mut look, true).await?, retractions::list(&mut look).await?))
    };
    let Ok((installed, withdrawn)) = all.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let editions = installed
        .into_iter()
        .map(|one| {
            let stale = one.is_stale(today);
            (one, stale)
        })
        .collect();
    shown(&EditionsPage { page, editions, withdrawn })
}
