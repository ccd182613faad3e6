//! The first page of the issuer's side: what waits for whom.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use curation::Action;
use curation::contest::Due;
use jiff::ToSpan;
use operations::issuer::{contests, editions, entries, partners};

use super::{Member, settings};
use crate::desk::Desk;
use crate::pages::{Page, day, shown};

/// Days before its review in which an entry is shown as due.
const DUE_SOON_DAYS: i64 = 30;

#[derive(Template)]
#[template(path = "office/overview.html")]
struct OverviewPage {
    page: Page,
    /// State and how many entries are in it.
    states: Vec<(String, usize)>,
    /// Entries that wait for an approval the visitor could give: id and title.
    to_approve: Vec<(String, String)>,
    /// Entries whose review comes: id, title, day.
    due: Vec<(String, String, String)>,
    /// Contests that wait: id, until when, whether that is over.
    contests: Vec<(String, String, bool)>,
    /// The last edition: number, state, last day, whether that is over.
    edition: Option<(u64, String, String, bool)>,
    partners: usize,
    problem: bool,
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member) -> Response {
    let page = member.page.clone();
    let Ok(mut look) = desk.store.look().await else {
        return page.problem(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let today = day((desk.now)());
    let soon = today.saturating_add(DUE_SOON_DAYS.days());
    // What somebody may not read is not shown to them; the rest is.
    let all = entries::list(&mut look, &member.id).await.unwrap_or_default();
    let due = entries::due(&mut look, &member.id, soon).await.unwrap_or_default();
    let waiting = contests::list(&mut look, &member.id, today).await.unwrap_or_default();
    let partners = partners::list(&mut look, &member.id).await.unwrap_or_default();
    let list = settings(&desk, &page).ok().map(|settings| settings.list.id);
    let edition = match &list {
        Some(list) => {
            editions::list(&mut look, list).await.unwrap_or_default().into_iter().max_by_key(|one| one.number)
        }
        None => None,
    };
    let mut states: Vec<(String, usize)> = Vec::new();
    for one in &all {
        match states.iter_mut().find(|(state, _)| *state == one.state) {
            Some((_, count)) => *count += 1,
            None => states.push((one.state.clone(), 1)),
        }
    }
    let waits_for_me = |one: &&entries::Summary| {
        let state = one.next.unwrap_or(&one.state);
        (state == "proposed" && member.may(Action::ApproveSubstance))
            || (state == "seconded" && member.may(Action::ApproveProportion))
    };
    shown(&OverviewPage {
        to_approve: all
            .iter()
            .filter(waits_for_me)
            .map(|one| (one.id.0.clone(), one.title.clone()))
            .collect(),
        due: due
            .into_iter()
            .map(|one| (one.id.0, one.title, one.review_by.map_or_else(String::new, |day| page.day(day))))
            .collect(),
        contests: waiting
            .iter()
            .filter_map(|one| match one.due {
                Due::Acknowledge { by, is_late } | Due::Decide { by, is_late } => {
                    Some((one.id.0.clone(), page.day(by), is_late))
                }
                Due::Nothing => None,
            })
            .collect(),
        edition: edition.map(|one| {
            let is_over = one.valid_until.is_some_and(|last| last < today);
            let last = one.valid_until.map_or_else(String::new, |day| page.day(day));
            (one.number, one.state, last, is_over)
        }),
        partners: partners.len(),
        problem: list.is_none(),
        states,
        page,
    })
}
