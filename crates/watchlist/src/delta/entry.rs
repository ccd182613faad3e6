//! What changed in one entry.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::values::{ListChange, Replaced};
use crate::{
    Address, Entry, EntryId, EntryType, Identifier, ListedValue, Name, Relation, RetractedValue, Status,
    Withdrawal,
};

/// What changed in one entry that stands in both editions. A field without a change is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryChange {
    pub id: EntryId,
    pub revision: Option<Replaced<u32>>,
    pub status: Option<Replaced<Status>>,
    pub entry_type: Option<Replaced<EntryType>>,
    pub names: ListChange<Name>,
    pub jurisdiction: Option<Replaced<Option<String>>>,
    pub countries: ListChange<String>,
    pub identifiers: ListChange<Identifier>,
    pub addresses: ListChange<Address>,
    pub birth_date: Option<Replaced<Option<String>>>,
    pub relations: ListChange<Relation>,
    pub bulletproof: Option<Replaced<Option<String>>>,
    pub offences: ListChange<String>,
    pub first_observed: Option<Replaced<Option<Date>>>,
    pub last_observed: Option<Replaced<Option<Date>>>,
    pub review_by: Option<Replaced<Option<Date>>>,
    pub note: Option<Replaced<Option<String>>>,
    pub criteria: ListChange<String>,
    pub withdrawal: Option<Replaced<Option<Withdrawal>>>,
    pub retracted: ListChange<RetractedValue>,
    /// Names, identifiers and addresses of which nothing is left in the entry. A value that stands with
    /// other dates or particulars is not among them.
    pub gone_values: Vec<ListedValue>,
}

impl EntryChange {
    /// Nothing where both say the same; the order of values carries no meaning.
    pub(super) fn between(old: &Entry, new: &Entry) -> Option<Self> {
        let change = Self {
            id: old.id.clone(),
            revision: Replaced::between(&old.revision, &new.revision),
            status: Replaced::between(&old.status, &new.status),
            entry_type: Replaced::between(&old.entry_type, &new.entry_type),
            names: ListChange::between(&old.names, &new.names, |name| name.text.clone()),
            jurisdiction: Replaced::between(&old.jurisdiction, &new.jurisdiction),
            countries: ListChange::between(&old.countries, &new.countries, String::clone),
            identifiers: ListChange::between(&old.identifiers, &new.identifiers, |identifier| {
                (identifier.kind, identifier.value.clone())
            }),
            addresses: ListChange::between(&old.addresses, &new.addresses, Address::one_line),
            birth_date: Replaced::between(&old.birth_date, &new.birth_date),
            relations: ListChange::between(&old.relations, &new.relations, |relation| {
                (relation.kind, relation.to.clone())
            }),
            bulletproof: Replaced::between(&old.claims.bulletproof, &new.claims.bulletproof),
            offences: ListChange::between(&old.claims.offences, &new.claims.offences, String::clone),
            first_observed: Replaced::between(&old.first_observed, &new.first_observed),
            last_observed: Replaced::between(&old.last_observed, &new.last_observed),
            review_by: Replaced::between(&old.review_by, &new.review_by),
            note: Replaced::between(&old.note, &new.note),
            criteria: ListChange::between(&old.criteria, &new.criteria, String::clone),
            withdrawal: Replaced::between(&old.withdrawal, &new.withdrawal),
            retracted: ListChange::between(&old.retracted, &new.retracted, |one| one.value.clone()),
            gone_values: gone_values(old, new),
        };
        (!change.is_empty()).then_some(change)
    }

    fn is_empty(&self) -> bool {
        let single = self.revision.is_none()
            && self.status.is_none()
            && self.entry_type.is_none()
            && self.jurisdiction.is_none()
            && self.birth_date.is_none()
            && self.bulletproof.is_none()
            && self.first_observed.is_none()
            && self.last_observed.is_none()
            && self.review_by.is_none()
            && self.note.is_none()
            && self.withdrawal.is_none();
        let lists = self.names.is_empty()
            && self.countries.is_empty()
            && self.identifiers.is_empty()
            && self.addresses.is_empty()
            && self.relations.is_empty()
            && self.offences.is_empty()
            && self.criteria.is_empty()
            && self.retracted.is_empty();
        single && lists
    }

    /// Changes the entry; nothing where it is not the one that the change was made from.
    pub(super) fn apply(&self, entry: &mut Entry) -> Option<()> {
        Replaced::apply(&self.revision, &mut entry.revision)?;
        Replaced::apply(&self.status, &mut entry.status)?;
        Replaced::apply(&self.entry_type, &mut entry.entry_type)?;
        self.names.apply(&mut entry.names)?;
        Replaced::apply(&self.jurisdiction, &mut entry.jurisdiction)?;
        self.countries.apply(&mut entry.countries)?;
        self.identifiers.apply(&mut entry.identifiers)?;
        self.addresses.apply(&mut entry.addresses)?;
        Replaced::apply(&self.birth_date, &mut entry.birth_date)?;
        self.relations.apply(&mut entry.relations)?;
        Replaced::apply(&self.bulletproof, &mut entry.claims.bulletproof)?;
        self.offences.apply(&mut entry.claims.offences)?;
        Replaced::apply(&self.first_observed, &mut entry.first_observed)?;
        Replaced::apply(&self.last_observed, &mut entry.last_observed)?;
        Replaced::apply(&self.review_by, &mut entry.review_by)?;
        Replaced::apply(&self.note, &mut entry.note)?;
        self.criteria.apply(&mut entry.criteria)?;
        Replaced::apply(&self.withdrawal, &mut entry.withdrawal)?;
        self.retracted.apply(&mut entry.retracted)
    }
}

fn gone_values(old: &Entry, new: &Entry) -> Vec<ListedValue> {
    let stands: BTreeSet<ListedValue> = new.values().collect();
    let gone: BTreeSet<ListedValue> = old.values().filter(|value| !stands.contains(value)).collect();
    gone.into_iter().collect()
}
