//! Letter day, second half: the customer base is screened, and what the last screening saw is shown.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::numbers;
use jiff::Timestamp;
use operations::hoster::bases;
use operations::hoster::editions::{self, Summary};
use operations::hoster::screenings::{self, KeptScreening};
use serde_json::Value;

use super::form::{Checked, Sent};
use super::{Detail, Page, papers, shown, store_refused};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::handed_in::HandedIn;
use crate::running::{self, Manner, NotBegun};
use crate::work::{Progress, Remarks, State as Job};

#[derive(Template)]
#[template(path = "screening.html")]
struct ScreeningPage {
    page: Page,
    runs: Option<Running>,
    failed: Option<Detail>,
    remarks: Remarks,
    last: Option<Last>,
    /// How many customers are remembered, from which file, and since when.
    remembered: Option<(String, String, String)>,
    /// Titles of the lists that a screening would use, with what is stale.
    lists: Vec<(String, u64, bool)>,
}

struct Running {
    customers: String,
    percent: u64,
}

/// What the last screening saw.
pub(crate) struct Last {
    pub(crate) at: String,
    /// Whole days since.
    pub(crate) age: i64,
    pub(crate) file: String,
    pub(crate) customers: String,
    pub(crate) left_out: String,
    pub(crate) cannot_tell: String,
    pub(crate) has_cannot_tell: bool,
    pub(crate) hits: u64,
    /// Kind, share in hundredths, as a text.
    pub(crate) coverage: Vec<(&'static str, String, String)>,
    /// List and edition.
    pub(crate) editions: Vec<(String, u64)>,
    /// What proves the result: name and SHA-256.
    pub(crate) hashes: Vec<(&'static str, String)>,
    pub(crate) version: String,
}

/// Columns of a customer base, as the manifest counts them.
const COVERED: [&str; 7] = ["name", "email", "phone", "domain", "address", "ip", "register_number"];

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    let now = (desk.now)();
    let asked = async {
        let mut look = desk.store.look().await?;
        let last = screenings::last(&mut look).await?;
        let remembered = bases::head(&mut look).await?;
        Ok::<_, store::Error>((last, editions::list(&mut look, false).await?, remembered))
    };
    let Ok((last, installed, remembered)) = asked.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let (runs, failed, remarks) = match desk.job.state() {
        Job::None => (None, None, Remarks::default()),
        Job::Runs(progress) => (Some(running(progress, &page)), None, Remarks::default()),
        Job::Done(remarks) => (None, None, remarks),
        Job::Failed(told) => (None, Some(Detail::told(&told, page.language)), Remarks::default()),
    };
    let today = super::day(now);
    let list = |one: &Summary| (one.title.clone(), one.number, one.is_stale(today));
    shown(&ScreeningPage {
        runs,
        failed,
        remarks,
        last: last.map(|(at, kept)| last_of(&page, at, &kept, now)),
        lists: installed.iter().map(list).collect(),
        remembered: remembered.map(|head| {
            (numbers::count(head.customers, page.language), head.file, page.moment(head.taken_at))
        }),
        page,
    })
}

fn running(progress: Progress, page: &Page) -> Running {
    let percent = (progress.bytes_read * 100).checked_div(progress.bytes_total).unwrap_or(0).min(100);
    Running { customers: numbers::count(progress.customers, page.language), percent }
}

pub(crate) fn last_of(page: &Page, at: Timestamp, kept: &KeptScreening, now: Timestamp) -> Last {
    let manifest = &kept.manifest;
    let number = |value: &Value| value.as_u64().unwrap_or(0);
    let text = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    let count = |value: &Value| numbers::count(number(value), page.language);
    let customers = number(&manifest["coverage"]["customers"]);
    let covered = |kind: &'static str| {
        let part = number(&manifest["coverage"][kind]);
        let share = (part * 1000).checked_div(customers).unwrap_or(0);
        let shown = format!("{}.{}", share / 10, share % 10);
        (kind, shown, numbers::percent(part, customers, page.language))
    };
    let (run, outcome) = (&manifest["manifest"], &manifest["outcome"]);
    Last {
        at: page.moment(at),
        age: now.duration_since(at).as_hours() / 24,
        file: text(&run["customers_file"]["name"]),
        customers: numbers::count(kept.totals.customers_screened, page.language),
        left_out: count(&run["customers_file"]["left_out"]),
        cannot_tell: numbers::count(kept.totals.cannot_tell, page.language),
        has_cannot_tell: kept.totals.cannot_tell > 0,
        hits: number(&outcome["hits"]),
        coverage: COVERED.into_iter().map(covered).collect(),
        editions: kept.editions.clone(),
        hashes: vec![
            ("customers-file", text(&run["customers_file"]["sha256"])),
            ("settings", text(&run["settings_sha256"])),
            ("result", text(&run["result_sha256"])),
        ],
        version: text(&run["program_version"]),
    }
}

/// Begins to screen a customer file. The page shows how far it is.
pub(crate) fn begin(desk: &Desk, visitor: &Visitor, file: &HandedIn, manner: Manner<'_>) -> Response {
    begun(visitor, running::begin(desk, file.path(), manner, &visitor.person))
}

/// Screens the remembered customers again.
pub(crate) async fn again(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(_): Checked<Sent>,
) -> Response {
    begun(&visitor, running::begin_again(&desk, &visitor.person))
}

/// Lets the remembered customers go.
pub(crate) async fn forget(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(_): Checked<Sent>,
) -> Response {
    match bases::forget(&desk.store, &visitor.person, (desk.now)()).await {
        Ok(_) => Redirect::to("/screening").into_response(),
        Err(error) => store_refused(&Page::of(&visitor), &error),
    }
}

fn begun(visitor: &Visitor, begun: Result<(), NotBegun>) -> Response {
    let page = Page::of(visitor);
    match begun {
        Ok(()) => Redirect::to("/screening").into_response(),
        Err(NotBegun::Runs) => page.problem(StatusCode::CONFLICT, "problem-runs"),
        Err(NotBegun::Unwritten(_)) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-upload"),
    }
}

/// The manifest of the last screening, to keep and to verify later.
pub(crate) async fn manifest(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    let last = async { screenings::last(&mut desk.store.look().await?).await };
    match last.await {
        Ok(Some((_, kept))) => {
            let text = serde_json::to_string_pretty(&kept.manifest).unwrap_or_default() + "\n";
            papers::file(text.into_bytes(), "application/json", "screening.manifest.json")
        }
        Ok(None) => page.problem(StatusCode::NOT_FOUND, "problem-no-screening"),
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}
