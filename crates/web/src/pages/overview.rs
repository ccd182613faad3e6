//! The first page: what waits, and how old everything is.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use operations::hoster::reviews::{self, ReviewError};
use operations::hoster::{decisions, editions};

use super::{Page, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    page: Page,
    screened: bool,
    /// Class, how many there are, how many wait, and the width of the bar in hundredths.
    classes: Vec<(&'static str, usize, usize, usize)>,
    awaiting_second: usize,
    reopened: usize,
    decisions_waiting: usize,
    stale: Vec<String>,
    editions: usize,
}

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    match overview(&desk, page.clone()).await {
        Ok(overview) => shown(&overview),
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

async fn overview(desk: &Desk, page: Page) -> Result<OverviewPage, ReviewError> {
    let mut look = desk.store.look().await?;
    let queue = match reviews::queue(&mut look).await {
        Ok(queue) => Some(queue),
        Err(ReviewError::NoScreening) => None,
        Err(error) => return Err(error),
    };
    let screened = queue.is_some();
    let queue = queue.unwrap_or_default();
    let today = (desk.now)().to_zoned(jiff::tz::TimeZone::UTC).date();
    let installed = editions::list(&mut look, false).await?;
    let waiting = decisions::list(&mut look).await?;
    let most = queue.len().max(1);
    let class = |word: &'static str| {
        let of_class = || queue.iter().filter(|one| one.reviewed.hit.class == word);
        let waits = of_class().filter(|one| one.is_open()).count();
        (word, of_class().count(), waits, waits * 100 / most)
    };
    let in_state = |state: &str| queue.iter().filter(|one| one.state == state).count();
    Ok(OverviewPage {
        page,
        screened,
        classes: ["strong", "probable", "weak"].map(class).to_vec(),
        awaiting_second: in_state("awaits_second"),
        reopened: in_state("reopened"),
        decisions_waiting: waiting.iter().filter(|one| one.state != "stands").count(),
        stale: installed.iter().filter(|one| one.is_stale(today)).map(|one| one.title.clone()).collect(),
        editions: installed.len(),
    })
}
