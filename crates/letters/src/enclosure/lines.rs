//! An entry as labelled lines, the same for every form of the enclosure.

use std::collections::HashMap;

use watchlist::{Edition, Entry, EntryId, NameKind, Relation, RetractedValue, Status, Withdrawal};

use super::{Change, Enclosure, FieldChange, ListedField, Notes};
use crate::labels::Labels;

/// A label and its values.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) values: Vec<Value>,
}

pub(super) struct Value {
    pub(super) text: String,
    /// Whether it is compared letter by letter.
    pub(super) exact: bool,
    /// Validity, kind of name and the like.
    pub(super) remark: Option<String>,
}

impl Value {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), exact: false, remark: None }
    }
}

/// Titles by id, so that a relation can name the party it points to.
pub(super) struct Titles<'a>(HashMap<&'a EntryId, &'a str>);

impl<'a> Titles<'a> {
    pub(super) fn of(edition: &'a Edition) -> Self {
        Self(edition.entries.iter().map(|entry| (&entry.id, entry.title())).collect())
    }
}

/// Entries of the edition that are shown among the entries: all but those whose withdrawal is told
/// under the changes.
pub(super) fn shown<'a>(enclosure: &'a Enclosure<'_>) -> impl Iterator<Item = &'a Entry> {
    let told: Vec<&EntryId> = enclosure
        .facts
        .changes
        .iter()
        .filter(|change| matches!(change, Change::Withdrawn { .. }))
        .map(Change::entry)
        .collect();
    let entries = enclosure.edition.entries.iter();
    entries.filter(move |entry| entry.status != Status::Withdrawn || !told.contains(&&entry.id))
}

/// Kind, and the status where it is not the usual one.
pub(super) fn kind(entry: &Entry, labels: Labels) -> String {
    let kind = labels.entry_type(entry.entry_type);
    match entry.status {
        Status::Active => kind.into_owned(),
        other => format!("{kind}, {}", labels.status(other)),
    }
}

/// Everything about an entry but its title, kind and id. Empty parts are left out.
pub(super) fn lines(entry: &Entry, titles: &Titles<'_>, notes: Notes, labels: Labels) -> Vec<Line> {
    let mut lines = names(entry, labels);
    let mut line = |key: &'static str, values: Vec<Value>| {
        if !values.is_empty() {
            lines.push(Line { label: labels.get(key).into_owned(), values });
        }
    };
    line("jurisdiction", entry.jurisdiction.iter().map(Value::plain).collect());
    line("countries", joined(&entry.countries));
    line("addresses", entry.addresses.iter().map(|address| Value::plain(address.one_line())).collect());
    line("birth-date", entry.birth_date.iter().map(Value::plain).collect());
    lines.extend(identifiers(entry, labels));
    let mut line = |key: &'static str, values: Vec<Value>| {
        if !values.is_empty() {
            lines.push(Line { label: labels.get(key).into_owned(), values });
        }
    };
    line("relations", entry.relations.iter().map(|one| relation(one, titles, labels)).collect());
    line("claims", entry.claims.bulletproof.iter().map(|claim| Value::plain(format!("‘{claim}’"))).collect());
    line("offences", joined(&entry.claims.offences));
    line(
        "observed",
        labels.period(entry.first_observed, entry.last_observed).map(Value::plain).into_iter().collect(),
    );
    line("review-by", entry.review_by.iter().map(|day| Value::plain(day.to_string())).collect());
    line("criteria", joined(&entry.criteria));
    line("retracted", entry.retracted.iter().map(|one| retracted(one, labels)).collect());
    let withdrawal = entry.withdrawal.iter();
    line("reason", withdrawal.map(|one| Value::plain(reason(one, labels))).collect());
    let note = entry.note.iter().filter(|_| notes == Notes::Shown);
    line("note", note.map(Value::plain).collect());
    lines
}

/// A change as lines: one for each part, or the reason.
pub(super) fn change_lines(change: &Change, notes: Notes, labels: Labels) -> Vec<Line> {
    match change {
        Change::New { .. } => Vec::new(),
        Change::Withdrawn { withdrawal, .. } => {
            let reason = Value::plain(reason(withdrawal, labels));
            vec![Line { label: labels.get("reason").into_owned(), values: vec![reason] }]
        }
        Change::Changed { fields, .. } => shown_fields(fields, notes)
            .map(|field| {
                let (before, after) =
                    (field.before.as_deref().unwrap_or("–"), field.after.as_deref().unwrap_or("–"));
                let values = vec![Value::plain(format!("{before} → {after}"))];
                Line { label: labels.get(field.field.word()).into_owned(), values }
            })
            .collect(),
    }
}

/// Fields without the notes, where those are left out.
pub(super) fn shown_fields(fields: &[FieldChange], notes: Notes) -> impl Iterator<Item = &FieldChange> {
    fields.iter().filter(move |field| notes == Notes::Shown || field.field != ListedField::Note)
}

/// Why an entry no longer stands, since when, and what took its place.
pub(super) fn reason(withdrawal: &Withdrawal, labels: Labels) -> String {
    let successors: Vec<&str> = withdrawal.successors.iter().map(|id| id.0.as_str()).collect();
    let reason = labels.withdrawal(withdrawal.reason).into_owned();
    let rest = [
        labels.period(withdrawal.since, None),
        (!successors.is_empty()).then(|| format!("→ {}", successors.join(", "))),
        withdrawal.note.clone(),
    ];
    std::iter::once(reason).chain(rest.into_iter().flatten()).collect::<Vec<_>>().join("; ")
}

fn retracted(value: &RetractedValue, labels: Labels) -> Value {
    let reason = labels.withdrawal(value.reason).into_owned();
    let rest = [labels.period(value.since, None), value.note.clone()];
    let remark = std::iter::once(reason).chain(rest.into_iter().flatten()).collect::<Vec<_>>().join("; ");
    Value { text: value.value.text().to_owned(), exact: true, remark: Some(remark) }
}

/// Names beside the one in the title, with their kind in words.
pub(super) fn other_names(entry: &Entry, labels: Labels) -> impl Iterator<Item = (String, &str)> {
    let title = entry.names.iter().position(|name| name.kind == NameKind::Primary).unwrap_or(0);
    let others = entry.names.iter().enumerate().filter(move |(place, _)| *place != title);
    others.map(move |(_, name)| (labels.name_kind(name.kind).into_owned(), name.text.as_str()))
}

/// Names of one kind under one label.
fn names(entry: &Entry, labels: Labels) -> Vec<Line> {
    let mut lines = Vec::new();
    for (label, name) in other_names(entry, labels) {
        gather(&mut lines, label, Value::plain(name));
    }
    lines
}

fn gather(lines: &mut Vec<Line>, label: String, value: Value) {
    match lines.iter_mut().find(|line| line.label == label) {
        Some(line) => line.values.push(value),
        None => lines.push(Line { label, values: vec![value] }),
    }
}

/// Identifiers of one kind under one label, in the order of the list.
fn identifiers(entry: &Entry, labels: Labels) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for identifier in &entry.identifiers {
        let label = labels.identifier(identifier.kind);
        let period = labels.period(identifier.validity.from, identifier.validity.to);
        let remarks: Vec<String> = identifier.country.clone().into_iter().chain(period).collect();
        let remark = (!remarks.is_empty()).then(|| remarks.join(", "));
        let value = Value { text: identifier.value.clone(), exact: true, remark };
        gather(&mut lines, label, value);
    }
    lines
}

fn relation(relation: &Relation, titles: &Titles<'_>, labels: Labels) -> Value {
    let kind = labels.relation(relation.kind);
    let id = &relation.to;
    let text = match titles.0.get(id) {
        Some(title) if *title != id.0 => format!("{kind} {title} ({id})"),
        _ => format!("{kind} {id}"),
    };
    Value { text, exact: false, remark: labels.period(relation.from_date, relation.to_date) }
}

fn joined(texts: &[String]) -> Vec<Value> {
    if texts.is_empty() { Vec::new() } else { vec![Value::plain(texts.join(", "))] }
}
