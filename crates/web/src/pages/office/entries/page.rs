//! Everything about one entry on one page, and what the visitor could do with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use curation::Action;
use curation::criterion::{Answered, CriterionTest, Question};
use operations::issuer::entries::{self, Signed};
use watchlist::ListedValue;
use watchlist::format::v1;

use super::opened;
use crate::desk::Desk;
use crate::pages::office::{Member, WITHDRAWALS, given, sentences};
use crate::pages::{Page, shown};

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

pub(super) struct ValueRow {
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) period: String,
    pub(super) evidence: String,
}

pub(super) struct EvidenceRow {
    pub(super) id: String,
    pub(super) captured: String,
    pub(super) origin: String,
    pub(super) grades: String,
    pub(super) values: String,
}

pub(super) struct QuestionRow {
    pub(super) key: &'static str,
    pub(super) answer: &'static str,
    pub(super) evidence: String,
    pub(super) remark: String,
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

pub(super) fn people(one: &entries::Page) -> String {
    one.contributors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

pub(super) fn values(one: &entries::Page) -> Vec<ValueRow> {
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
pub(super) fn facts(one: &entries::Page, page: &Page) -> Vec<(String, String)> {
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
        ("ev-offences", given(&entry.claims.offences.join(", "))),
        ("note", entry.note.clone()),
    ];
    facts.extend(texts.into_iter().filter_map(|(key, text)| Some((page.t(key), text?))));
    let relations = entry.relations.iter();
    facts.extend(relations.map(|one| (page.word("relation", v1::relation_kind(one.kind)), one.to.0.clone())));
    facts
}

pub(super) fn evidence(one: &entries::Page, page: &Page) -> Vec<EvidenceRow> {
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

pub(super) fn criterion_rows(test: &CriterionTest) -> Vec<QuestionRow> {
    let row = |(question, answered): (Question, &Answered)| QuestionRow {
        key: question.word(),
        answer: answered.answer.word(),
        evidence: answered.evidence.iter().map(|id| id.0.clone()).collect::<Vec<_>>().join(", "),
        remark: answered.remark.clone(),
    };
    test.questions().map(row).into()
}

pub(super) fn signed(one: &entries::Page, page: &Page) -> Vec<(&'static str, String, String)> {
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
