//! A customer asks what is kept about them, wants it left alone, or gone.

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::Paper;
use documents::paper::Section;
use operations::hoster::subjects::{self, Erased, Held, SubjectError};
use serde::Deserialize;

use super::dossier::said;
use super::form::Checked;
use super::impact::Asked;
use super::{Page, day, papers, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "subjects.html")]
struct SubjectsPage {
    page: Page,
    customer: String,
    /// Whether something was asked; what is kept then.
    held: Option<Kept>,
    /// Whose data are restricted now.
    restricted: Vec<String>,
    erased: Option<Erased>,
}

/// How much is kept.
struct Kept {
    hits: usize,
    decisions: usize,
    attachments: usize,
    acts: usize,
    /// Whether the customer is in the base that is remembered to be screened again.
    in_base: bool,
    is_restricted: bool,
}

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    customer: String,
    #[serde(default)]
    ground: String,
}

pub(crate) async fn show(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    page_of(&desk, &visitor, asked.customer.trim(), None).await
}

async fn page_of(desk: &Desk, visitor: &Visitor, customer: &str, erased: Option<Erased>) -> Response {
    let page = Page::of(visitor);
    let asked = async {
        let mut look = desk.store.look().await?;
        let restricted = subjects::restricted(&mut look).await?;
        let held = match customer {
            "" => None,
            customer => Some(subjects::held(&mut look, customer).await?),
        };
        Ok::<_, store::Error>((restricted, held))
    };
    let Ok((restricted, held)) = asked.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let is_restricted = restricted.contains(customer);
    let kept = |held: Held| Kept {
        hits: held.hits.len(),
        decisions: held.decisions.len(),
        attachments: held.attachments.len(),
        acts: held.acts.len(),
        in_base: held.in_base,
        is_restricted,
    };
    shown(&SubjectsPage {
        page,
        customer: customer.to_owned(),
        held: held.map(kept),
        restricted: restricted.into_iter().collect(),
        erased,
    })
}

/// Everything that is kept about a customer, for the answer to them. What stands on the list is not theirs to see here:
/// a lawyer looks at it before it goes out.
pub(crate) async fn paper(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = Page::of(&visitor);
    let held = async { subjects::held(&mut desk.store.look().await?, &asked.customer).await };
    let Ok(held) = held.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let paper = answer(&held, &asked.customer, &page, day((desk.now)()));
    papers::as_pdf(&desk, &page, paper, "kept.pdf").await
}

fn answer(held: &Held, customer: &str, page: &Page, today: jiff::civil::Date) -> Paper {
    let t = |key: &str| page.t(key);
    let hits = held.hits.iter().map(|(screening, one)| {
        let compared: Vec<String> =
            one.hit.reasons.iter().map(|reason| reason.customer.raw.clone()).collect();
        let class = page.word("class", &one.hit.class);
        vec![screening.clone(), class, compared.join("\n"), said(one, page).join("\n")]
    });
    let decisions = held.decisions.iter().map(|(id, state, kept)| {
        let decision = &kept.decision;
        let grounds = decision.grounds.iter();
        let grounds: Vec<String> = grounds
            .map(|ground| format!("{}: {}", page.word("ground", ground.kind.word()), ground.text))
            .collect();
        vec![
            id.clone(),
            format!("{}, {}", page.word("measure", decision.measure.word()), page.word("decision", state)),
            format!("{}, {}", page.day(day(decision.at)), decision.by),
            grounds.join("\n"),
        ]
    });
    let files = held.attachments.iter();
    let files = files.map(|one| vec![one.name.clone(), page.moment(one.at), one.by.clone()]);
    let acts = held.acts.iter();
    let acts = acts.map(|act| vec![act.at.clone(), act.actor.clone(), act.action.clone()]);
    let column = |key: &str, width| (t(key), width);
    let nothing = t("subject-nothing");
    Paper {
        language: page.language,
        title: format!("{}: {customer}", t("subject-paper")),
        lead: if held.in_base {
            format!("{} {}", t("subject-paper-why"), t("subject-in-base"))
        } else {
            t("subject-paper-why")
        },
        handling: t("confidential"),
        reference: customer.to_owned(),
        dated: today,
        sections: vec![
            Section::new(t("subject-compared")).table(
                &[
                    column("last-screening", 3),
                    column("class", 2),
                    column("value", 4),
                    column("what-people-said", 5),
                ],
                hits.collect(),
                &nothing,
            ),
            Section::new(t("nav-decisions")).table(
                &[("#".to_owned(), 2), column("measure", 3), column("when-and-who", 3), column("grounds", 5)],
                decisions.collect(),
                &nothing,
            ),
            Section::new(t("attachments")).table(
                &[column("name", 4), column("when", 3), column("who", 2)],
                files.collect(),
                &nothing,
            ),
            Section::new(t("acts")).table(
                &[column("when", 3), column("who", 2), column("act", 3)],
                acts.collect(),
                &nothing,
            ),
        ],
    }
}

pub(crate) async fn restrict(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let (customer, now) = (typed.customer.trim(), (desk.now)());
    let done = subjects::restrict(&desk.store, &visitor.person, customer, typed.ground.trim(), now).await;
    answered(&visitor, customer, done)
}

pub(crate) async fn lift(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let customer = typed.customer.trim();
    let done = subjects::lift(&desk.store, &visitor.person, customer, (desk.now)()).await;
    answered(&visitor, customer, done)
}

pub(crate) async fn erase(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let (customer, now) = (typed.customer.trim(), (desk.now)());
    match subjects::erase(&desk.store, &visitor.person, customer, typed.ground.trim(), now).await {
        Ok(erased) => page_of(&desk, &visitor, customer, Some(erased)).await,
        Err(error) => refused(&visitor, &error),
    }
}

fn answered(visitor: &Visitor, customer: &str, done: Result<(), SubjectError>) -> Response {
    match done {
        Ok(()) => {
            let address = format!("/subjects?customer={}", super::hits::query_escaped(customer));
            Redirect::to(&address).into_response()
        }
        Err(error) => refused(visitor, &error),
    }
}

fn refused(visitor: &Visitor, error: &SubjectError) -> Response {
    let page = Page::of(visitor);
    match error {
        SubjectError::Nothing => page.problem(StatusCode::NOT_FOUND, "problem-subject-nothing"),
        SubjectError::NoGround => page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-empty-ground"),
        SubjectError::RestrictedAlready | SubjectError::NotRestricted => {
            page.problem(StatusCode::CONFLICT, "problem-changed")
        }
        SubjectError::Store(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}
