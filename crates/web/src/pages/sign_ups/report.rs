//! What the gate did with orders of the last days, or would have done while it only kept a log; and the rules.

use askama::Template;
use axum::extract::{Extension, Query, State as Given};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;
use kyc::report::Report;
use kyc::{Level, Mode, Policy, Trigger};
use operations::hoster::sign_ups;
use serde::Deserialize;

use crate::desk::Desk;
use crate::guard::Visitor;
use crate::pages::{Page, shown};

/// The time that a house first only looks: two weeks.
const DEFAULT_DAYS: i64 = 14;
const MOST_DAYS: i64 = 3_660;

#[derive(Template)]
#[template(path = "sign_ups/report.html")]
struct ReportPage {
    page: Page,
    days: i64,
    is_log_only: bool,
    report: Report,
    held: u64,
    /// In hundredths of all orders.
    held_share: u64,
    causes: Vec<(String, u64)>,
    levels: Vec<LevelRow>,
    triggers: Vec<TriggerRow>,
}

struct LevelRow {
    level: &'static str,
    count: u64,
    /// What it asks for beside what the levels before it ask for.
    asks: Vec<String>,
    review_after_days: u32,
}

struct TriggerRow {
    words: String,
    /// None where it is switched off.
    level: Option<&'static str>,
    count: u64,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    days: String,
}

pub(crate) async fn show(
    Given(desk): Given<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = Page::of(&visitor);
    let days = asked.days.trim().parse().unwrap_or(DEFAULT_DAYS).clamp(1, MOST_DAYS);
    let since = (desk.now)() - SignedDuration::from_hours(24 * days);
    let report = async { sign_ups::report(&mut desk.store.look().await?, since).await };
    let Ok(report) = report.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let mut causes: Vec<_> =
        report.causes.iter().map(|(word, count)| (page.word("cause", word), *count)).collect();
    causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    shown(&ReportPage {
        days,
        is_log_only: desk.settings.policy.mode == Mode::LogOnly,
        held: report.held(),
        held_share: (report.held() * 100).checked_div(report.applications).unwrap_or_default(),
        causes,
        levels: levels(&report, &desk.settings.policy, &page),
        triggers: triggers(&report, &desk.settings.policy, &page),
        report,
        page,
    })
}

fn levels(report: &Report, policy: &Policy, page: &Page) -> Vec<LevelRow> {
    let row = |level: &Level| LevelRow {
        level: level.word(),
        count: report.levels.get(level).copied().unwrap_or_default(),
        asks: policy.asks(*level).iter().map(|kind| page.word("check", kind.word())).collect(),
        review_after_days: policy.review_after_days(*level),
    };
    Level::ALL.iter().map(row).collect()
}

fn triggers(report: &Report, policy: &Policy, page: &Page) -> Vec<TriggerRow> {
    let row = |trigger: &Trigger| TriggerRow {
        words: page.word("trigger", trigger.word()),
        level: policy.level_for(*trigger).map(Level::word),
        count: report.triggers.get(trigger).copied().unwrap_or_default(),
    };
    Trigger::ALL.iter().map(row).collect()
}
