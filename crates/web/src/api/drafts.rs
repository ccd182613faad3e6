//! What a draft of an entry rests on: the five questions of the criterion, and that it was seen again.

use axum::extract::State;
use axum::http::StatusCode;
use curation::criterion::{Answer, Answered, CriterionTest};
use curation::evidence::EvidenceId;
use operations::issuer::entries;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use watchlist::EntryId;

use super::answers::{Body, Named, Problem, Writing};
use super::bearer::Curator;
use super::office::settings;
use crate::desk::Desk;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(criterion))
        .routes(routes!(observe))
        .routes(routes!(suspend))
        .routes(routes!(drop_voice))
}

/// Answers to the five questions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Criterion {
    /// Does the party present itself as bulletproof?
    presents_itself: QuestionAnswered,
    /// Does it use, or offer, machines in the Netherlands?
    dutch_nexus: QuestionAnswered,
    /// Is it sure that the values are those of this party?
    link: QuestionAnswered,
    /// Was it tried to show that somebody else is meant?
    wrong_person_test: QuestionAnswered,
    /// Would something less than listing do?
    less_intrusive_possible: QuestionAnswered,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuestionAnswered {
    /// `yes`, `no` or `open`.
    answer: String,
    /// Numbers of evidence that it rests on.
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    remark: String,
}

fn answered(sent: QuestionAnswered) -> Result<Answered, Problem> {
    let answer = Answer::from_word(&sent.answer).ok_or_else(|| {
        let what = "an answer is none that is known";
        Problem::unusable(what, "see the description of the call")
    })?;
    Ok(Answered {
        answer,
        evidence: sent.evidence.into_iter().map(EvidenceId).collect(),
        remark: sent.remark,
    })
}

/// Answers the questions of the criterion for a draft.
#[utoipa::path(put, path = "/api/v1/office/entries/{id}/criterion", tag = "office", params(("id" = String, Path, description = "Number of the entry")), request_body = Criterion,
    responses((status = 204), Writing))]
async fn criterion(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Criterion>,
) -> Result<StatusCode, Problem> {
    let test = CriterionTest {
        presents_itself: answered(sent.presents_itself)?,
        dutch_nexus: answered(sent.dutch_nexus)?,
        link: answered(sent.link)?,
        wrong_person_test: answered(sent.wrong_person_test)?,
        less_intrusive_possible: answered(sent.less_intrusive_possible)?,
    };
    entries::answer(&desk.store, &person, &EntryId(id), test, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sealed evidence that the party was seen again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Seen {
    evidence: String,
}

/// Notes in a draft that the party was seen again.
#[utoipa::path(post, path = "/api/v1/office/entries/{id}/observations", tag = "office", params(("id" = String, Path, description = "Number of the entry")), request_body = Seen,
    responses((status = 204), Writing))]
async fn observe(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Seen>,
) -> Result<StatusCode, Problem> {
    let (rules, evidence) = (settings(&desk)?.rules, EvidenceId(sent.evidence));
    entries::observe(&desk.store, &person, &EntryId(id), &evidence, &rules, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why an entry does not count for now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Suspension {
    reason: String,
}

/// Suspends an entry: it stays on the list and counts for nobody. Lifting that takes two people with their keys.
#[utoipa::path(put, path = "/api/v1/office/entries/{id}/suspension", tag = "office", params(("id" = String, Path, description = "Number of the entry")), request_body = Suspension,
    responses((status = 204), Writing))]
async fn suspend(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Suspension>,
) -> Result<StatusCode, Problem> {
    entries::suspend(&desk.store, &person, &EntryId(id), sent.reason.trim(), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Drops the voice that waits for a second one.
#[utoipa::path(delete, path = "/api/v1/office/entries/{id}/voice", tag = "office", params(("id" = String, Path, description = "Number of the entry")),
    responses((status = 204), Writing))]
async fn drop_voice(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    entries::drop_voice(&desk.store, &person, &EntryId(id), (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}
