//! The first page: what waits, and how old everything is.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::numbers;
use operations::hoster::queue::Waiting;
use operations::hoster::reviews::ReviewError;
use operations::hoster::screenings::Past;
use operations::hoster::{decisions, editions, screenings, sign_ups};
use review::Class;

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
    editions: usize,
    /// Orders of new customers that are held.
    applications: u64,
    overdue: usize,
    mine: usize,
    last: Option<Last>,
    /// The screenings of the past, where there were several.
    trend: Vec<PastRow>,
}

/// One screening of the past, as a column of the picture and a row of its table.
struct PastRow {
    at: String,
    customers: String,
    cannot_tell: String,
    /// Class, how many, and where its part of the column begins and how high it is, in hundredths of the picture.
    parts: Vec<(&'static str, u64, u64, u64)>,
    x: usize,
}

/// Screenings of the past that are drawn.
const MOST_PAST: usize = 12;
/// Width of one column with its gap, in units of the picture.
const COLUMN: usize = 60;

/// People of an issuing unit have an overview of their own.
pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    if visitor.is_of_office() {
        return Redirect::to("/office").into_response();
    }
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
    let past = screenings::history(&mut look, MOST_PAST).await?;
    let applications = sign_ups::waiting(&mut look).await?;
    let person = page.name().to_owned();
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
        awaiting_second: count(Waiting::awaits_second),
        reopened: count(Waiting::is_reopened),
        decisions_waiting: waiting.iter().filter(|one| !one.stands()).count(),
        editions: installed.len(),
        applications,
        overdue: rows.iter().filter(|row| row.is_overdue(today)).count(),
        mine: rows.iter().filter(|row| row.is_mine(&person)).count(),
        trend: if past.len() > 1 { trend(&past, &page) } else { Vec::new() },
        last: last.map(|(at, kept)| last_of(&page, at, &kept, now)),
        page,
    })
}

fn trend(past: &[Past], page: &Page) -> Vec<PastRow> {
    let most = past.iter().map(|one| one.strong + one.probable + one.weak).max().unwrap_or(0).max(1);
    let row = |(place, one): (usize, &Past)| {
        let mut parts = Vec::new();
        let mut top = 100;
        for (class, count) in [("strong", one.strong), ("probable", one.probable), ("weak", one.weak)] {
            let height = count * 100 / most;
            top -= height;
            parts.push((class, count, top, height));
        }
        PastRow {
            at: page.day(day(one.at)),
            customers: numbers::count(one.customers, page.language),
            cannot_tell: numbers::count(one.cannot_tell, page.language),
            parts,
            x: place * COLUMN,
        }
    };
    past.iter().enumerate().map(row).collect()
}
