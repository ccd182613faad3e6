//! Orders that wait, the one whose time is over first comes first.

use askama::Template;
use axum::extract::{Extension, Query, State as Given};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use kyc::{Mode, Policy, State};
use operations::hoster::sign_ups::{self, Application};
use serde::Deserialize;

use super::{Clock, cause_words, clock, tag};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::pages::{Page, day, shown};

/// The most orders on one page.
const MOST: usize = 200;
/// How far the view of all orders looks back.
const ALL_DAYS: i64 = 90;
/// Causes that are named in a row; the page of the order names all.
const MOST_CAUSES: usize = 2;

#[derive(Template)]
#[template(path = "sign_ups/queue.html")]
struct QueuePage {
    page: Page,
    views: Vec<View>,
    rows: Vec<Row>,
    /// Orders that are not shown, since there are too many.
    more: usize,
    /// Whether everything goes through, and only a log is kept.
    is_log_only: bool,
}

struct View {
    word: &'static str,
    /// None where counting would open every customer.
    count: Option<u64>,
    is_shown: bool,
}

struct Row {
    id: String,
    name: String,
    order: String,
    shop: String,
    state: &'static str,
    tag: &'static str,
    level: &'static str,
    causes: Vec<String>,
    more_causes: usize,
    received: String,
    /// When a customer who was let in is looked at again.
    review: Option<String>,
    /// None where nobody waits any more.
    clock: Option<Clock>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    view: String,
}

const VIEWS: [&str; 5] = ["held", "hold-for-review", "hold-for-data", "due", "all"];
/// Customers who are to be looked at again within so many days.
const DUE_DAYS: i64 = 30;

pub(crate) async fn show(
    Given(desk): Given<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = Page::of(&visitor);
    let now = (desk.now)();
    let since = now - SignedDuration::from_hours(24 * ALL_DAYS);
    let all = async {
        let mut look = desk.store.look().await?;
        let waiting = sign_ups::queue(&mut look).await?;
        let by = now + SignedDuration::from_hours(24 * DUE_DAYS);
        // Those who do not wait are many: they are opened only where they are shown.
        let others = match asked.view.as_str() {
            "due" => sign_ups::due(&mut look, &desk.settings.policy, by).await?,
            "all" => sign_ups::since(&mut look, since).await?,
            _ => Vec::new(),
        };
        Ok::<_, store::Error>((waiting, others, sign_ups::count_since(&mut look, since).await?))
    };
    let Ok((waiting, others, came)) = all.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let view = VIEWS.into_iter().find(|view| *view == asked.view).unwrap_or("held");
    let of = |view: &str| -> Vec<&Application> {
        let state = |one: &&Application| one.kept.course.state();
        match view {
            "all" | "due" => others.iter().collect(),
            "hold-for-review" => waiting.iter().filter(|one| state(one) == State::HoldForReview).collect(),
            "hold-for-data" => waiting.iter().filter(|one| state(one) == State::HoldForData).collect(),
            _ => waiting.iter().collect(),
        }
    };
    let shown_now = of(view);
    let view_of = |word: &'static str| View {
        word,
        count: match word {
            "all" => Some(came),
            "due" if view != "due" => None,
            _ => Some(of(word).len() as u64),
        },
        is_shown: word == view,
    };
    shown(&QueuePage {
        views: VIEWS.into_iter().map(view_of).collect(),
        more: shown_now.len().saturating_sub(MOST),
        rows: shown_now
            .into_iter()
            .take(MOST)
            .map(|one| row(one, now, &desk.settings.policy, &page))
            .collect(),
        is_log_only: desk.settings.policy.mode == Mode::LogOnly,
        page,
    })
}

fn row(one: &Application, now: Timestamp, policy: &Policy, page: &Page) -> Row {
    let course = &one.kept.course;
    let is_hold = course.state().is_hold();
    let causes = if is_hold { course.causes(now) } else { Vec::new() };
    Row {
        id: one.id.clone(),
        name: one.kept.applicant.name().to_owned(),
        order: one.kept.order.clone(),
        shop: one.kept.shop.label.clone(),
        state: course.state().word(),
        tag: tag(course.state()),
        level: course.level().word(),
        causes: causes.iter().take(MOST_CAUSES).map(|cause| cause_words(*cause, page)).collect(),
        more_causes: causes.len().saturating_sub(MOST_CAUSES),
        received: page.moment(course.received_at()),
        review: course.review_at(policy).map(|at| page.day(day(at))),
        clock: is_hold.then(|| clock(course.expires_at(), now, page)),
    }
}
