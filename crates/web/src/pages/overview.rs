//! The first page: what waits, and how old everything is.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use operations::hoster::queue::Waiting;
use operations::hoster::reviews::ReviewError;
use operations::hoster::{decisions, editions, screenings};
use review::{Class, Standing};

use super::screening::{Last, last_of};
use super::{Page, day, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    page: Page,
    screened: bool,
    /// Class, how many there are, how many wait, and the widths of both bars in hundredths.
    classes: Vec<(&'static str, usize, usize, usize, usize)>,
    awaiting_second: usize,
    reopened: usize,
    decisions_waiting: usize,
    stale: Vec<String>,
    editions: usize,
    last: Option<Last>,
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
    let now = (desk.now)();
    let today = day(now);
    let installed = editions::list(&mut look, false).await?;
    let waiting = decisions::list(&mut look).await?;
    let last = screenings::last(&mut look).await?;
    let queue = desk.queue(&mut look).await?;
    let rows = queue.rows();
    let of_class = |class: Class| rows.iter().filter(move |row| row.class == class);
    let most = Class::ALL.iter().map(|class| of_class(*class).count()).max().unwrap_or(0).max(1);
    let class = |class: &Class| {
        let (found, waits) = (of_class(*class).count(), of_class(*class).filter(|row| row.is_open()).count());
        (class.word(), found, waits, found * 100 / most, waits * 100 / most)
    };
    let count = |is_so: fn(&Waiting) -> bool| rows.iter().filter(|row| is_so(row)).count();
    Ok(OverviewPage {
        screened: queue.is_screened(),
        classes: Class::ALL.iter().map(class).collect(),
        awaiting_second: count(|row| matches!(row.standing, Standing::AwaitsSecond(_))),
        reopened: count(|row| matches!(row.standing, Standing::Reopened(_))),
        decisions_waiting: waiting.iter().filter(|one| one.state != "stands").count(),
        stale: installed.iter().filter(|one| one.is_stale(today)).map(|one| one.title.clone()).collect(),
        editions: installed.len(),
        last: last.map(|(at, kept)| last_of(&page, at, &kept, now)),
        page,
    })
}
