//! A changed entry as rows of field, old and new value: what `edition diff` shows to a person.

use std::fmt;

use super::entry::EntryChange;
use super::values::{ListChange, Replaced};
use crate::format::v1;
use crate::{Identifier, Name, Relation, RetractedValue};

/// One field of one entry, as text. `old` is empty for what is new, `new` for what is gone.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldDifference {
    /// Name of the field in the open list format.
    pub field: &'static str,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Shows the field only: values are confidential.
impl fmt::Debug for FieldDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldDifference({})", self.field)
    }
}

impl EntryChange {
    /// Every difference in the order of the fields of the format, without the revision, which changes
    /// with everything else.
    pub fn differences(&self) -> Vec<FieldDifference> {
        let mut rows = Rows(Vec::new());
        rows.one("status", &self.status, |status| Some(v1::status(*status).to_owned()));
        rows.one("type", &self.entry_type, |kind| Some(v1::entry_type(*kind).to_owned()));
        rows.list("names", &self.names, name);
        rows.one("jurisdiction", &self.jurisdiction, Clone::clone);
        rows.list("countries", &self.countries, Clone::clone);
        rows.list("identifiers", &self.identifiers, identifier);
        rows.list("identifiers", &self.addresses, |address| format!("address {}", address.one_line()));
        rows.one("birth_date", &self.birth_date, Clone::clone);
        rows.list("relations", &self.relations, relation);
        rows.one("claims.bulletproof", &self.bulletproof, Clone::clone);
        rows.list("claims.offences", &self.offences, Clone::clone);
        rows.one("first_observed", &self.first_observed, |date| date.map(|date| date.to_string()));
        rows.one("last_observed", &self.last_observed, |date| date.map(|date| date.to_string()));
        rows.one("review_by", &self.review_by, |date| date.map(|date| date.to_string()));
        rows.one("note", &self.note, Clone::clone);
        rows.list("criteria", &self.criteria, Clone::clone);
        rows.one("withdrawal", &self.withdrawal, |withdrawal| {
            withdrawal.as_ref().map(|one| v1::withdrawal_reason(one.reason).to_owned())
        });
        rows.list("retracted", &self.retracted, retracted);
        rows.0
    }
}

struct Rows(Vec<FieldDifference>);

impl Rows {
    fn one<T>(
        &mut self,
        field: &'static str,
        change: &Option<Replaced<T>>,
        text: impl Fn(&T) -> Option<String>,
    ) {
        let row =
            |change: &Replaced<T>| FieldDifference { field, old: text(&change.old), new: text(&change.new) };
        self.0.extend(change.as_ref().map(row));
    }

    fn list<T>(&mut self, field: &'static str, change: &ListChange<T>, text: impl Fn(&T) -> String) {
        let row = |old: Option<&T>, new: Option<&T>| FieldDifference {
            field,
            old: old.map(&text),
            new: new.map(&text),
        };
        self.0.extend(change.removed.iter().map(|old| row(Some(old), None)));
        self.0.extend(change.changed.iter().map(|change| row(Some(&change.old), Some(&change.new))));
        self.0.extend(change.added.iter().map(|new| row(None, Some(new))));
    }
}

fn name(name: &Name) -> String {
    format!("{} {}", v1::name_kind(name.kind), name.text)
}

fn identifier(identifier: &Identifier) -> String {
    let mut text = format!("{} {}", identifier.kind.wire_name(), identifier.value);
    let (from, to) = (identifier.validity.from, identifier.validity.to);
    if from.is_some() || to.is_some() {
        let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        text.push_str(&format!(" [{}..{}]", day(from), day(to)));
    }
    let strength = identifier.strength.map(v1::strength);
    for more in [identifier.country.as_deref(), strength].into_iter().flatten() {
        text.push_str(&format!(", {more}"));
    }
    text
}

fn relation(relation: &Relation) -> String {
    format!("{} {}", v1::relation_kind(relation.kind), relation.to)
}

fn retracted(retracted: &RetractedValue) -> String {
    let reason = v1::withdrawal_reason(retracted.reason);
    format!("{} {} ({reason})", retracted.value.kind_name(), retracted.value.text())
}
