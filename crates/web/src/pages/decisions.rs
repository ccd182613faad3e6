//! Decisions: made on own grounds, approved by a colleague.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use operations::hoster::decisions::{self, DecideError, Listed};
use operations::hoster::notices;
use operations::hoster::reviews::ReviewError;
use review::{Answer, DecisionError, Ground, GroundKind, Measure, Standing};
use serde::Deserialize;

use super::form::{Checked, Sent};
use super::{Page, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage {
    page: Page,
    rows: Vec<Row>,
    /// Customers of whom a hit was judged `same`.
    customers: Vec<(String, String)>,
    /// Customers who can be asked for data.
    asked: Vec<(String, String)>,
    measures: Vec<&'static str>,
    grounds: Vec<&'static str>,
}

/// Customers that are proposed for a letter; any other is named by its id.
const MOST_PROPOSED: usize = 200;

struct Row {
    id: String,
    state: String,
    measure: String,
    customer: String,
    customer_id: String,
    grounds: Vec<(String, String)>,
    by: String,
    approved: String,
    at: String,
    /// Whether the visitor may be the second person.
    may_approve: bool,
    /// Whether there is something to give the customer reasons for.
    has_letter: bool,
}

#[derive(Deserialize)]
pub(crate) struct Made {
    customer: String,
    measure: String,
    #[serde(default)]
    ground: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    note: String,
}

pub(crate) async fn list(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    let all = async {
        let mut look = desk.store.look().await?;
        let decisions = decisions::list(&mut look).await?;
        let queue = desk.queue(&mut look).await?;
        let same = queue.rows().iter().filter(|row| row.standing == Standing::Judged(Answer::Same));
        let customers = same.map(|row| (row.customer_id.clone(), row.customer_name.clone()));
        Ok::<_, ReviewError>((decisions, customers.collect::<BTreeSet<_>>(), notices::may_concern(&queue)))
    };
    let Ok((all, customers, asked)) = all.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let rows = all.iter().map(|one| row(one, &visitor, &page)).collect();
    shown(&DecisionsPage {
        page,
        rows,
        customers: customers.into_iter().collect(),
        asked: asked.into_iter().take(MOST_PROPOSED).collect(),
        measures: Measure::ALL.iter().map(|measure| measure.word()).collect(),
        grounds: GroundKind::ALL.iter().map(|kind| kind.word()).collect(),
    })
}

pub(crate) async fn make(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(typed): Checked<Made>,
) -> Response {
    let page = Page::of(&visitor);
    let Some(measure) = Measure::from_word(&typed.measure) else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-measure");
    };
    let grounds = match GroundKind::from_word(&typed.ground) {
        Some(kind) => vec![Ground { kind, text: typed.words.trim().to_owned() }],
        None => Vec::new(),
    };
    let given = (grounds, typed.note.trim().to_owned());
    match decisions::make(&desk.store, &visitor.person, &typed.customer, measure, given, (desk.now)()).await {
        Ok(_) => Redirect::to("/decisions").into_response(),
        Err(error) => refused(&page, &error),
    }
}

pub(crate) async fn approve(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    match decisions::approve(&desk.store, &visitor.person, &id, (desk.now)()).await {
        Ok(_) => Redirect::to("/decisions").into_response(),
        Err(error) => refused(&Page::of(&visitor), &error),
    }
}

fn refused(page: &Page, error: &DecideError) -> Response {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match error {
        DecideError::NotThere(_) | DecideError::NoCustomer(_) => {
            page.problem(StatusCode::NOT_FOUND, "problem-not-found")
        }
        DecideError::Restricted => page.problem(StatusCode::CONFLICT, "problem-restricted"),
        DecideError::Decision(DecisionError::NoOwnGround { .. }) => {
            page.problem(unprocessable, "problem-no-ground")
        }
        DecideError::Decision(DecisionError::EmptyGround) => {
            page.problem(unprocessable, "problem-empty-ground")
        }
        DecideError::Decision(DecisionError::NothingJudged) => {
            page.problem(unprocessable, "problem-nothing-judged")
        }
        DecideError::Decision(DecisionError::Binding { .. }) => {
            page.problem(unprocessable, "problem-binding")
        }
        DecideError::Decision(DecisionError::OwnDecision { .. }) => {
            page.problem(StatusCode::CONFLICT, "problem-own-decision")
        }
        DecideError::Decision(_) | DecideError::Store(store::Error::Conflict { .. }) => {
            page.problem(StatusCode::CONFLICT, "problem-changed")
        }
        DecideError::Store(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

fn row(one: &Listed, visitor: &Visitor, page: &Page) -> Row {
    let decision = &one.kept.decision;
    let grounds = decision.grounds.iter();
    Row {
        id: one.id.clone(),
        state: one.state.clone(),
        measure: decision.measure.word().to_owned(),
        customer: one.kept.customer_name.clone(),
        customer_id: one.kept.customer_id.clone(),
        grounds: grounds
            .map(|ground| (page.word("ground", ground.kind.word()), ground.text.clone()))
            .collect(),
        by: decision.by.clone(),
        approved: decision.approved.as_ref().map_or_else(String::new, |(by, _)| by.clone()),
        at: documents::numbers::date(super::day(decision.at), page.language),
        has_letter: one.stands() && decision.measure != Measure::Continue && visitor.may_change(),
        may_approve: one.state == "proposed" && visitor.may_change() && decision.by != visitor.person.0,
    }
}
