//! The steps of an entry, from its evidence to the list and off it again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use curation::criterion::{Answer, Answered, CriterionTest, Question};
use curation::evidence::EvidenceId;
use operations::issuer::entries::{self, Values};
use serde::Deserialize;
use watchlist::format::v1;
use watchlist::{EntryId, ListedValue, Withdrawal, WithdrawalReason};

use super::address;
use crate::desk::Desk;
use crate::pages::day;
use crate::pages::form::{Checked, Sent};
use crate::pages::office::{Member, OwnKey, WITHDRAWALS, back, given, settings, signing_key, words_of};
use crate::pages::upload::Upload;

#[derive(Deserialize)]
pub(crate) struct Grounded {
    #[serde(default)]
    evidence: String,
    /// `KIND=VALUE` in each line; empty stands for all.
    #[serde(default)]
    values: String,
}

#[derive(Deserialize)]
pub(crate) struct Suspended {
    #[serde(default)]
    reason: String,
}

pub(crate) async fn ground(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Grounded>,
) -> Response {
    let Some(values) = values_typed(&typed.values) else {
        return member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "office-values");
    };
    let (entry, evidence) = (EntryId(id.clone()), EvidenceId(typed.evidence.trim().to_owned()));
    let done = entries::ground(&desk.store, &member.id, &entry, &evidence, &values, (desk.now)()).await;
    back(&member.page, &address(&id), done.map(drop))
}

/// `KIND=VALUE` in each line; nothing stands for all values.
fn values_typed(text: &str) -> Option<Values> {
    if text.trim().is_empty() {
        return Some(Values::All);
    }
    let read = |line: &str| {
        let (kind, value) = line.split_once('=')?;
        Some(match kind.trim() {
            "name" => ListedValue::Name(value.trim().to_owned()),
            "address" => ListedValue::Address(value.trim().to_owned()),
            kind => ListedValue::Identifier(
                watchlist::IdentifierKind::from_wire_name(kind)?,
                value.trim().to_owned(),
            ),
        })
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(read).collect::<Option<Vec<_>>>().map(Values::Those)
}

pub(crate) async fn observe(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Grounded>,
) -> Response {
    let rules = match settings(&desk, &member.page) {
        Ok(settings) => settings.rules,
        Err(response) => return response,
    };
    let (entry, evidence) = (EntryId(id.clone()), EvidenceId(typed.evidence.trim().to_owned()));
    let done = entries::observe(&desk.store, &member.id, &entry, &evidence, &rules, (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

/// The five questions, each with its answer, the evidence it rests on, and a remark.
pub(crate) async fn criterion(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Vec<(String, String)>>,
) -> Response {
    let field =
        |name: &str| typed.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim());
    let answered = |question: Question| {
        let name = question.word();
        Answered {
            answer: Answer::from_word(field(name)).unwrap_or_default(),
            evidence: words_of(field(&format!("{name}_evidence"))).into_iter().map(EvidenceId).collect(),
            remark: field(&format!("{name}_remark")).to_owned(),
        }
    };
    let test = CriterionTest {
        presents_itself: answered(Question::PresentsItself),
        dutch_nexus: answered(Question::DutchNexus),
        link: answered(Question::Link),
        wrong_person_test: answered(Question::WrongPersonTest),
        less_intrusive_possible: answered(Question::LessIntrusivePossible),
    };
    let entry = EntryId(id.clone());
    let done = entries::answer(&desk.store, &member.id, &entry, test, (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

pub(crate) async fn propose(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let rules = match settings(&desk, &member.page) {
        Ok(settings) => settings.rules,
        Err(response) => return response,
    };
    let entry = EntryId(id.clone());
    let done = entries::propose(&desk.store, &member.id, &entry, &rules, (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

pub(crate) async fn send_back(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let done = entries::send_back(&desk.store, &member.id, &EntryId(id.clone()), (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

pub(crate) async fn revise(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let done = entries::revise(&desk.store, &member.id, &EntryId(id.clone()), (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

pub(crate) async fn drop_voice(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let done = entries::drop_voice(&desk.store, &member.id, &EntryId(id.clone()), (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

pub(crate) async fn suspend(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Suspended>,
) -> Response {
    let entry = EntryId(id.clone());
    let done = entries::suspend(&desk.store, &member.id, &entry, typed.reason.trim(), (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

/// An approval, signed with the visitor's own key.
pub(crate) async fn approve(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    OwnKey(key): OwnKey,
) -> Response {
    let entry = EntryId(id.clone());
    let done = entries::approve(&desk.store, &member.id, &entry, &key, (desk.now)()).await;
    back(&member.page, &address(&id), done.map(drop))
}

/// One of the two voices that let a suspended entry count again.
pub(crate) async fn lift(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    OwnKey(key): OwnKey,
) -> Response {
    let entry = EntryId(id.clone());
    let done = entries::lift(&desk.store, &member.id, &entry, &key, (desk.now)()).await;
    back(&member.page, &address(&id), done.map(drop))
}

/// One of the two voices that withdraw an entry. Without a reason it agrees with the one that waits.
pub(crate) async fn withdraw(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    upload: Upload,
) -> Response {
    let given = match reason(upload.field("reason")) {
        Ok(reason) => reason.map(|reason| {
            let mut withdrawal = Withdrawal::new(reason, day((desk.now)()));
            withdrawal.note = given(upload.field("note"));
            withdrawal
        }),
        Err(()) => return member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-reason"),
    };
    let key = match signing_key(&upload, &member.page).await {
        Ok(key) => key,
        Err(response) => return response,
    };
    let entry = EntryId(id.clone());
    let done = entries::withdraw(&desk.store, &member.id, &entry, given, &key, (desk.now)()).await;
    back(&member.page, &address(&id), done.map(drop))
}

/// A reason that a person may give; none where nothing was typed.
pub(crate) fn reason(word: &str) -> Result<Option<WithdrawalReason>, ()> {
    match word {
        "" => Ok(None),
        word if WITHDRAWALS.contains(&word) => v1::withdrawal_reason_from(word).map(Some).ok_or(()),
        _ => Err(()),
    }
}
