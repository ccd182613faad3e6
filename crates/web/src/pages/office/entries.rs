//! Entries: the list of them, everything about one on one page, and each step from a draft to the list.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::Action;
use curation::criterion::{Answer, Answered, CriterionTest, Question};
use curation::evidence::EvidenceId;
use documents::Paper;
use documents::paper::Section;
use operations::issuer::entries::{self, Signed, Summary, Values};
use serde::Deserialize;
use watchlist::format::v1;
use watchlist::{EntryId, ListedValue, Withdrawal, WithdrawalReason};

use super::entry_form::{EntryForm, TYPES, Wrong};
use super::{Member, OwnKey, WITHDRAWALS, back, refused, sentences, settings, signing_key, words_of};
use crate::desk::Desk;
use crate::pages::form::{Checked, Sent};
use crate::pages::upload::Upload;
use crate::pages::{Page, day, papers, shown};

/// States of an entry, for the filter.
const STATES: [&str; 7] = ["draft", "proposed", "seconded", "approved", "listed", "suspended", "withdrawn"];

#[derive(Template)]
#[template(path = "office/entries.html")]
struct ListPage {
    page: Page,
    all: Vec<Row>,
    state: String,
    states: [&'static str; 7],
    may_propose: bool,
}

struct Row {
    one: Summary,
    last_observed: String,
    review_by: String,
    is_due: bool,
}

#[derive(Template)]
#[template(path = "office/entry_form.html")]
struct FormPage {
    page: Page,
    form: EntryForm,
    types: Vec<&'static str>,
    is_new: bool,
    /// What cannot be used: the text for it, and the line.
    wrong: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "office/entry.html")]
struct EntryPage {
    page: Page,
    id: String,
    title: String,
    state: String,
    next: Option<&'static str>,
    versions: u64,
    /// Kind, value, period, and the evidence behind it.
    values: Vec<ValueRow>,
    facts: Vec<(String, String)>,
    evidence: Vec<EvidenceRow>,
    /// Question, answer, evidence, remark.
    criterion: Vec<QuestionRow>,
    missing: Vec<String>,
    contributors: String,
    /// Step, who, when.
    signed: Vec<(&'static str, String, String)>,
    hash: Option<String>,
    suspended: Option<(String, String, String)>,
    voice_waits: bool,
    may: May,
    withdrawals: [&'static str; 6],
}

struct ValueRow {
    kind: String,
    value: String,
    period: String,
    evidence: String,
}

struct EvidenceRow {
    id: String,
    captured: String,
    origin: String,
    grades: String,
    values: String,
}

struct QuestionRow {
    key: &'static str,
    answer: &'static str,
    evidence: String,
    remark: String,
}

/// What the visitor could do with the entry as it stands.
#[derive(Clone, Copy, Default)]
struct May {
    edit: bool,
    send_back: bool,
    approve: bool,
    revise: bool,
    suspend: bool,
    lift: bool,
    withdraw: bool,
}

#[derive(Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    state: String,
}

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

pub(crate) async fn list(State(desk): State<Desk>, member: Member, Query(filter): Query<Filter>) -> Response {
    let page = member.page.clone();
    let today = day((desk.now)());
    let all = async { entries::list(&mut desk.store.look().await?, &member.id).await };
    let all = match all.await {
        Ok(all) => all,
        Err(error) => return refused(&page, &error),
    };
    let fits = |one: &Summary| {
        filter.state.is_empty() || one.state == filter.state || one.next == Some(filter.state.as_str())
    };
    let row = |one: Summary| Row {
        last_observed: one.last_observed.map_or_else(String::new, |day| page.day(day)),
        review_by: one.review_by.map_or_else(String::new, |day| page.day(day)),
        is_due: one.review_by.is_some_and(|by| by <= today),
        one,
    };
    shown(&ListPage {
        all: all.into_iter().filter(fits).map(row).collect(),
        state: filter.state,
        states: STATES,
        may_propose: member.may(Action::Propose),
        page: page.clone(),
    })
}

pub(crate) async fn new(member: Member) -> Response {
    let form = EntryForm { kind: "brand".to_owned(), ..EntryForm::default() };
    form_page(&member.page, form, true, Vec::new())
}

fn form_page(page: &Page, form: EntryForm, is_new: bool, wrong: Vec<Wrong>) -> Response {
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let wrong = wrong.into_iter().map(|one| (page.t(one.key), one.line)).collect();
    let types = TYPES.iter().map(|one| v1::entry_type(*one)).collect();
    (status, shown(&FormPage { page: page.clone(), form, types, is_new, wrong })).into_response()
}

pub(crate) async fn begin(
    State(desk): State<Desk>,
    member: Member,
    Checked(typed): Checked<EntryForm>,
) -> Response {
    let page = &member.page;
    let entry = match typed.read(None) {
        Ok(entry) => entry,
        Err(wrong) => return form_page(page, typed, true, wrong),
    };
    let list = match settings(&desk, page) {
        Ok(settings) => settings.list.id,
        Err(response) => return response,
    };
    match entries::begin(&desk.store, &member.id, &list, entry, (desk.now)()).await {
        Ok(id) => Redirect::to(&address(&id.0)).into_response(),
        Err(error) => refused(page, &error),
    }
}

pub(crate) async fn edit_form(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    let entry = match opened(&desk, &member, &id).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    form_page(&member.page, EntryForm::of(&entry.entry), false, Vec::new())
}

pub(crate) async fn edit(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<EntryForm>,
) -> Response {
    let before = match opened(&desk, &member, &id).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let typed = EntryForm { id: id.clone(), ..typed };
    let entry = match typed.read(Some(&before.entry)) {
        Ok(entry) => entry,
        Err(wrong) => return form_page(&member.page, typed, false, wrong),
    };
    let done = entries::edit(&desk.store, &member.id, &EntryId(id.clone()), entry, (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

fn address(id: &str) -> String {
    format!("/office/entries/{}", crate::pages::hits::query_escaped(id))
}

/// Everything about one entry. The answer is the page that says why it is not shown.
async fn opened(desk: &Desk, member: &Member, id: &str) -> Result<entries::Page, Response> {
    let rules = settings(desk, &member.page)?.rules;
    let today = day((desk.now)());
    let id = EntryId(id.to_owned());
    let entry = async { entries::page(&mut desk.store.look().await?, &member.id, &id, &rules, today).await };
    match entry.await {
        Ok(entry) => Ok(entry),
        Err(error) => Err(refused(&member.page, &error)),
    }
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    match opened(&desk, &member, &id).await {
        Ok(entry) => shown(&entry_page(&member, &entry)),
        Err(response) => response,
    }
}

fn entry_page(member: &Member, one: &entries::Page) -> EntryPage {
    let page = &member.page;
    let state = one.summary.next.unwrap_or(&one.summary.state);
    let is_listed = matches!(one.summary.state.as_str(), "listed" | "suspended");
    // Whoever had a hand in it is not asked; the operation would refuse them, too.
    let has_hand = one.contributors.contains(&member.id);
    let can_approve = !has_hand
        && match state {
            "proposed" => member.may(Action::ApproveSubstance),
            "seconded" => member.may(Action::ApproveProportion),
            _ => false,
        };
    EntryPage {
        id: one.summary.id.0.clone(),
        title: one.summary.title.clone(),
        state: one.summary.state.clone(),
        next: one.summary.next,
        versions: one.versions,
        values: values(one),
        facts: facts(one, page),
        evidence: evidence(one, page),
        criterion: criterion_rows(&one.criterion),
        missing: one.missing.iter().map(|one| sentences::missing(one).words(page)).collect(),
        contributors: people(one),
        signed: signed(one, page),
        hash: one.hash.map(|hash| hash.to_string()),
        suspended: one
            .suspended
            .as_ref()
            .map(|(by, at, reason)| (by.to_string(), page.moment(*at), reason.clone())),
        voice_waits: one.summary.voice_waits,
        may: May {
            edit: state == "draft" && member.may(Action::Propose),
            send_back: matches!(state, "proposed" | "seconded")
                && (member.may(Action::Propose) || can_approve),
            approve: can_approve,
            revise: is_listed && one.summary.next.is_none() && member.may(Action::Propose),
            suspend: one.summary.state == "listed" && member.may(Action::Suspend),
            lift: one.summary.state == "suspended" && member.may(Action::Withdraw),
            withdraw: is_listed && member.may(Action::Withdraw),
        },
        withdrawals: WITHDRAWALS,
        page: page.clone(),
    }
}

fn people(one: &entries::Page) -> String {
    one.contributors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn values(one: &entries::Page) -> Vec<ValueRow> {
    let row = |value: ListedValue| {
        let behind = one.evidence.iter().filter(|line| line.values.contains(&value));
        let behind: Vec<&str> = behind.map(|line| line.evidence.id.0.as_str()).collect();
        let identifier = one
            .entry
            .identifiers
            .iter()
            .find(|known| matches!(&value, ListedValue::Identifier(kind, text) if known.kind == *kind && known.value == *text));
        let period =
            identifier.map_or_else(String::new, |known| match (known.validity.from, known.validity.to) {
                (None, None) => String::new(),
                (from, to) => {
                    let text =
                        |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
                    format!("{} – {}", text(from), text(to))
                }
            });
        ValueRow {
            kind: value.kind_name().to_owned(),
            value: value.text().to_owned(),
            period,
            evidence: behind.join(", "),
        }
    };
    one.entry.values().map(row).collect()
}

/// What else the entry says.
fn facts(one: &entries::Page, page: &Page) -> Vec<(String, String)> {
    let entry = &one.entry;
    let mut facts = vec![
        (page.t("list"), one.list.clone()),
        (page.t("kind"), page.word("entry", v1::entry_type(entry.entry_type))),
    ];
    let days = [
        ("first-observed", entry.first_observed),
        ("last-observed", entry.last_observed),
        ("review-by", entry.review_by),
    ];
    facts.extend(days.into_iter().filter_map(|(key, day)| Some((page.t(key), page.day(day?)))));
    let texts = [
        ("jurisdiction", entry.jurisdiction.clone()),
        ("claims-bulletproof", entry.claims.bulletproof.clone()),
        ("ev-offences", super::given(&entry.claims.offences.join(", "))),
        ("note", entry.note.clone()),
    ];
    facts.extend(texts.into_iter().filter_map(|(key, text)| Some((page.t(key), text?))));
    let relations = entry.relations.iter();
    facts.extend(relations.map(|one| (page.word("relation", v1::relation_kind(one.kind)), one.to.0.clone())));
    facts
}

fn evidence(one: &entries::Page, page: &Page) -> Vec<EvidenceRow> {
    let row = |line: &entries::EvidenceLine| {
        let grades = line.evidence.grades;
        let values: Vec<&str> = line.values.iter().map(ListedValue::text).collect();
        EvidenceRow {
            id: line.evidence.id.0.clone(),
            captured: page.day(line.evidence.captured_on),
            origin: line.evidence.origin.clone(),
            grades: format!("{} {} {}", grades.observation, grades.claim, grades.link),
            values: values.join(", "),
        }
    };
    one.evidence.iter().map(row).collect()
}

fn criterion_rows(test: &CriterionTest) -> Vec<QuestionRow> {
    let row = |(question, answered): (Question, &Answered)| QuestionRow {
        key: question.word(),
        answer: answered.answer.word(),
        evidence: answered.evidence.iter().map(|id| id.0.clone()).collect::<Vec<_>>().join(", "),
        remark: answered.remark.clone(),
    };
    test.questions().map(row).into()
}

fn signed(one: &entries::Page, page: &Page) -> Vec<(&'static str, String, String)> {
    let steps = [
        ("signed-proposed", &one.proposed),
        ("signed-substance", &one.substance),
        ("signed-proportion", &one.proportion),
    ];
    let row = |(step, signed): (&'static str, &Option<Signed>)| {
        let signed = signed.as_ref()?;
        Some((step, signed.person.to_string(), page.moment(signed.at)))
    };
    steps.into_iter().filter_map(row).collect()
}

/// The page that the prosecution files: what was decided on, by whom, and the hash that their keys signed.
pub(crate) async fn pdf(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    let one = match opened(&desk, &member, &id).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let page = &member.page;
    let dated = [&one.proportion, &one.substance, &one.proposed]
        .into_iter()
        .find_map(|signed| signed.as_ref().map(|signed| day(signed.at)));
    let paper = paper(&one, page, dated.unwrap_or_else(|| day((desk.now)())));
    papers::as_pdf(&desk, page, paper, &format!("{id}.pdf")).await
}

fn paper(one: &entries::Page, page: &Page, dated: jiff::civil::Date) -> Paper {
    let t = |key: &str| page.t(key);
    let column = |key: &str, width| (t(key), width);
    let values = values(one).into_iter().map(|one| vec![one.kind, one.value, one.period, one.evidence]);
    let evidence =
        evidence(one, page).into_iter().map(|one| vec![one.id, one.captured, one.origin, one.grades]);
    let criterion = criterion_rows(&one.criterion).into_iter().map(|one| {
        vec![page.word("question", one.key), page.word("answered", one.answer), one.evidence, one.remark]
    });
    let signed = signed(one, page).into_iter().map(|(step, who, when)| vec![t(step), who, when]);
    let mut signing = Section::new(t("signed")).table(
        &[column("act", 4), column("who", 2), column("when", 3)],
        signed.collect(),
        &t("nobody-signed"),
    );
    if let Some(hash) = one.hash {
        signing = signing.facts(vec![(t("signed-hash"), hash.to_string())]);
    }
    let signing = signing.facts(vec![(t("hand-in-it"), people(one))]).text(t("sign-here"));
    Paper {
        language: page.language,
        title: format!("{} {}", one.summary.id, one.summary.title),
        lead: format!("{}: {}", t("state"), page.word("entry-state", &one.summary.state)),
        handling: t("confidential"),
        reference: one.hash.map_or_else(|| one.summary.id.0.clone(), |hash| hash.to_string()),
        dated,
        sections: vec![
            Section::new(t("entry")).facts(facts(one, page)).table(
                &[column("kind", 2), column("value", 4), column("period", 2), column("nav-evidence", 2)],
                values.collect(),
                "",
            ),
            Section::new(t("nav-evidence")).table(
                &[
                    ("#".to_owned(), 2),
                    column("ev-captured", 2),
                    column("ev-site", 4),
                    column("ev-grades", 2),
                ],
                evidence.collect(),
                &t("no-evidence"),
            ),
            Section::new(t("criterion")).table(
                &[column("question", 4), column("answered", 1), column("nav-evidence", 2), column("note", 4)],
                criterion.collect(),
                "",
            ),
            signing,
        ],
    }
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
            withdrawal.note = super::given(upload.field("note"));
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
