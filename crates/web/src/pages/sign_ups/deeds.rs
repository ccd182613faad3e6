//! What people do with an order: ask for more, note what was checked, judge a hit, let in, refuse.

use std::collections::BTreeMap;

use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kyc::facts::Source;
use kyc::{CheckKind, Outcome};
use operations::hoster::sign_ups::reviewing::{self, Doing, Noted};
use operations::hoster::sign_ups::{self, SignUpError, ending};
use review::{Ground, GroundKind, ReasonCode};
use serde::Deserialize;

use super::refused;
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::pages::Page;
use crate::pages::form::Checked;

#[derive(Deserialize)]
pub(crate) struct Typed {
    /// How much had happened when the page was shown.
    seen: usize,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
pub(crate) struct TypedCheck {
    seen: usize,
    kind: String,
    outcome: String,
    source: String,
    #[serde(default)]
    proof: String,
}

#[derive(Deserialize)]
pub(crate) struct TypedRegister {
    seen: usize,
    #[serde(default)]
    register: String,
}

#[derive(Deserialize)]
pub(crate) struct TypedAnswer {
    seen: usize,
    list: String,
    entry: String,
    reason: String,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
pub(crate) struct TypedRefusal {
    seen: usize,
    ground: String,
    words: String,
}

/// Notes that the applicant is asked for what was ticked.
pub(crate) async fn ask(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<BTreeMap<String, String>>,
) -> Response {
    let kinds: Vec<CheckKind> =
        CheckKind::ALL.iter().copied().filter(|kind| typed.contains_key(kind.word())).collect();
    let seen = typed.get("seen").and_then(|seen| seen.parse().ok()).unwrap_or_default();
    let doing = doing(&desk, &visitor, &id, seen);
    answered(&visitor, &id, reviewing::ask(&desk.store, doing, &kinds).await)
}

/// Notes what was checked.
pub(crate) async fn check(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<TypedCheck>,
) -> Response {
    let read = CheckKind::from_word(&typed.kind).zip(Outcome::from_word(&typed.outcome));
    let Some((kind, outcome)) = read else {
        return Page::of(&visitor).problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-check");
    };
    let proof = Some(typed.proof.trim()).filter(|proof| !proof.is_empty());
    let noted = Noted { kind, source: &typed.source, outcome, proof, named: None };
    let doing = doing(&desk, &visitor, &id, typed.seen);
    answered(&visitor, &id, reviewing::note_check(&desk.store, doing, noted, &desk.settings.policy).await)
}

/// Asks a register, and notes what it says.
pub(crate) async fn register(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<TypedRegister>,
) -> Response {
    let page = Page::of(&visitor);
    let Some(source) = Source::from_word(&typed.register) else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-check");
    };
    let found = async { sign_ups::one(&mut desk.store.look().await?, &id).await };
    let applicant = match found.await {
        Ok(application) => application.kept.applicant,
        Err(error) => return refused(&page, &error),
    };
    let settings = std::sync::Arc::clone(&desk.settings);
    let asked = tokio::task::spawn_blocking(move || settings.program.ask_register(source, &applicant));
    let Ok(Some(said)) = asked.await else {
        return page.problem(StatusCode::CONFLICT, "problem-no-register");
    };
    let doing = doing(&desk, &visitor, &id, typed.seen);
    let noted = Noted::of(source, &said);
    answered(&visitor, &id, reviewing::note_check(&desk.store, doing, noted, &desk.settings.policy).await)
}

/// Takes an answer to a hit.
pub(crate) async fn judge(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<TypedAnswer>,
) -> Response {
    let Some(reason) = ReasonCode::from_word(&typed.reason) else {
        return Page::of(&visitor).problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-reason");
    };
    let doing = doing(&desk, &visitor, &id, typed.seen);
    let hit = (typed.list.as_str(), typed.entry.as_str());
    answered(&visitor, &id, reviewing::judge(&desk.store, doing, hit, reason, typed.note.trim()).await)
}

/// Lets the applicant in.
pub(crate) async fn release(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let doing = doing(&desk, &visitor, &id, typed.seen);
    answered(
        &visitor,
        &id,
        reviewing::release(&desk.store, doing, typed.note.trim(), &desk.settings.policy).await,
    )
}

/// Refuses, or proposes it where a second person is asked.
pub(crate) async fn refuse(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<TypedRefusal>,
) -> Response {
    let Some(kind) = GroundKind::from_word(&typed.ground) else {
        return Page::of(&visitor).problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-empty-ground");
    };
    let ground = Ground { kind, text: typed.words.trim().to_owned() };
    let doing = doing(&desk, &visitor, &id, typed.seen);
    answered(&visitor, &id, reviewing::refuse(&desk.store, doing, ground).await)
}

/// Agrees to a refusal.
pub(crate) async fn second(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let doing = doing(&desk, &visitor, &id, typed.seen);
    answered(&visitor, &id, reviewing::second(&desk.store, doing).await)
}

/// Objects to a refusal.
pub(crate) async fn object(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let doing = doing(&desk, &visitor, &id, typed.seen);
    answered(&visitor, &id, reviewing::object(&desk.store, doing, typed.note.trim()).await)
}

/// Looks at a customer again who was let in.
pub(crate) async fn again(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(typed): Checked<Typed>,
) -> Response {
    let doing = doing(&desk, &visitor, &id, typed.seen);
    answered(&visitor, &id, reviewing::look_again(&desk.store, doing, &desk.settings.policy).await)
}

/// Notes that the contract ended.
pub(crate) async fn ended(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Checked(_): Checked<Typed>,
) -> Response {
    let done = ending::contract_ended(&desk.store, &visitor.person, None, &id, (desk.now)()).await;
    answered(&visitor, &id, done)
}

fn doing<'a>(desk: &Desk, visitor: &'a Visitor, id: &'a str, seen: usize) -> Doing<'a> {
    Doing { person: &visitor.person, id, seen: Some(seen), now: (desk.now)() }
}

fn answered<T>(visitor: &Visitor, id: &str, done: Result<T, SignUpError>) -> Response {
    match done {
        Ok(_) => Redirect::to(&format!("/applications/{id}")).into_response(),
        Err(error) => refused(&Page::of(visitor), &error),
    }
}
