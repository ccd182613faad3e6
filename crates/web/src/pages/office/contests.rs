//! Contests: a party objects, somebody without a hand in the entry decides.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::contest::{Contest, ContestId, Due, Outcome};
use curation::{Action, PersonId};
use operations::issuer::contests::{self, CONTESTANTS, Summary};
use serde::Deserialize;
use watchlist::EntryId;
use watchlist::format::v1;

use super::entries::reason;
use super::{Member, WITHDRAWALS, back, refused};
use crate::desk::Desk;
use crate::pages::form::{Checked, Sent};
use crate::pages::{Page, day, shown};

#[derive(Template)]
#[template(path = "office/contests.html")]
struct ListPage {
    page: Page,
    all: Vec<Row>,
    contestants: Vec<&'static str>,
    may_receive: bool,
}

struct Row {
    id: String,
    entry: String,
    contestant: &'static str,
    received_on: String,
    handler: String,
    due: String,
    is_late: bool,
    outcome: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "office/contest.html")]
struct ContestPage {
    page: Page,
    id: String,
    entry: String,
    contestant: &'static str,
    received_on: String,
    grounds: String,
    acknowledged_on: Option<String>,
    handler: Option<String>,
    /// Outcome, its reason, who and when.
    decision: Option<(&'static str, String, String, String)>,
    withdrawals: [&'static str; 6],
    may_receive: bool,
    may_decide: bool,
}

#[derive(Deserialize)]
pub(crate) struct Received {
    #[serde(default)]
    entry: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    grounds: String,
}

#[derive(Deserialize)]
pub(crate) struct Assigned {
    #[serde(default)]
    handler: String,
}

#[derive(Deserialize)]
pub(crate) struct Decided {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    withdrawal: String,
    #[serde(default)]
    reason: String,
}

fn contestant_word(contestant: curation::contest::Contestant) -> &'static str {
    CONTESTANTS.iter().find(|(_, one)| *one == contestant).map_or("authority", |(word, _)| word)
}

pub(crate) const fn outcome_word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "kept",
        Outcome::Corrected => "corrected",
        Outcome::Withdrawn { .. } => "withdrawn",
    }
}

/// The outcome of its word; one that withdraws the entry needs the reason of that, too.
pub(crate) fn outcome(word: &str, withdrawal: &str) -> Option<Outcome> {
    match (word, reason(withdrawal)) {
        ("kept", _) => Some(Outcome::Kept),
        ("corrected", _) => Some(Outcome::Corrected),
        ("withdrawn", Ok(Some(reason))) => Some(Outcome::Withdrawn { reason }),
        _ => None,
    }
}

pub(crate) async fn list(State(desk): State<Desk>, member: Member) -> Response {
    let today = day((desk.now)());
    let all = async { contests::list(&mut desk.store.look().await?, &member.id, today).await };
    let all = match all.await {
        Ok(all) => all,
        Err(error) => return refused(&member.page, &error),
    };
    let page = &member.page;
    let row = |one: Summary| {
        let (due, is_late) = match one.due {
            Due::Acknowledge { by, is_late } => {
                (format!("{} {}", page.t("acknowledge-by"), page.day(by)), is_late)
            }
            Due::Decide { by, is_late } => (format!("{} {}", page.t("decide-by"), page.day(by)), is_late),
            Due::Nothing => (String::new(), false),
        };
        Row {
            id: one.id.0,
            entry: one.entry.0,
            contestant: contestant_word(one.contestant),
            received_on: page.day(one.received_on),
            handler: one.handler.map_or_else(String::new, |handler| handler.to_string()),
            due,
            is_late,
            outcome: one.outcome.as_ref().map(outcome_word),
        }
    };
    shown(&ListPage {
        all: all.into_iter().map(row).collect(),
        contestants: CONTESTANTS.iter().map(|(word, _)| *word).collect(),
        may_receive: member.may(Action::ReceiveContest),
        page: page.clone(),
    })
}

pub(crate) async fn receive(
    State(desk): State<Desk>,
    member: Member,
    Checked(typed): Checked<Received>,
) -> Response {
    let from = CONTESTANTS.iter().find(|(word, _)| *word == typed.from);
    let Some((_, contestant)) = from else {
        return member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-reason");
    };
    let (entry, grounds) = (EntryId(typed.entry.trim().to_owned()), typed.grounds.trim());
    let received =
        contests::receive(&desk.store, &member.id, &entry, *contestant, grounds, (desk.now)()).await;
    match received {
        Ok((id, _)) => Redirect::to(&format!("/office/contests/{id}")).into_response(),
        Err(error) => refused(&member.page, &error),
    }
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    let contest = async { contests::show(&mut desk.store.look().await?, &member.id, &ContestId(id)).await };
    match contest.await {
        Ok(contest) => shown(&contest_page(&member, &contest)),
        Err(error) => refused(&member.page, &error),
    }
}

fn contest_page(member: &Member, one: &Contest) -> ContestPage {
    let page = &member.page;
    let decision = one.decision().map(|decision| {
        let reason = match &decision.outcome {
            Outcome::Withdrawn { reason } => {
                format!("{}. {}", page.word("withdrawal", v1::withdrawal_reason(*reason)), decision.reason)
            }
            _ => decision.reason.clone(),
        };
        (outcome_word(&decision.outcome), reason, decision.by.to_string(), page.day(decision.on))
    });
    ContestPage {
        id: one.id().0.clone(),
        entry: one.entry().0.clone(),
        contestant: contestant_word(one.contestant()),
        received_on: page.day(one.received_on()),
        grounds: one.grounds().to_owned(),
        acknowledged_on: one.acknowledged_on().map(|day| page.day(day)),
        handler: one.handler().map(ToString::to_string),
        decision,
        withdrawals: WITHDRAWALS,
        may_receive: member.may(Action::ReceiveContest),
        may_decide: member.may(Action::DecideContest),
        page: page.clone(),
    }
}

pub(crate) async fn acknowledge(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let done = contests::acknowledge(&desk.store, &member.id, &ContestId(id.clone()), (desk.now)()).await;
    back(&member.page, &format!("/office/contests/{id}"), done)
}

pub(crate) async fn assign(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Assigned>,
) -> Response {
    let Some(handler) = PersonId::new(typed.handler.trim()) else {
        return member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "office-refused");
    };
    let contest = ContestId(id.clone());
    let done = contests::assign(&desk.store, &member.id, &contest, &handler, (desk.now)()).await;
    back(&member.page, &format!("/office/contests/{id}"), done)
}

pub(crate) async fn decide(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Decided>,
) -> Response {
    let Some(outcome) = outcome(&typed.outcome, &typed.withdrawal) else {
        return member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-reason");
    };
    let (contest, why) = (ContestId(id.clone()), typed.reason.trim());
    let done = contests::decide(&desk.store, &member.id, &contest, outcome, why, (desk.now)()).await;
    back(&member.page, &format!("/office/contests/{id}"), done.map(drop))
}
