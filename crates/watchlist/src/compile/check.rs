//! What must hold of an edition before it leaves.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::{Dates, Fault};
use crate::format::admission::{admit, admit_text};
use crate::{Edition, Entry, EntryId, ListInfo, ListedValue};

pub(super) fn head(list: &ListInfo, previous: Option<&Edition>, number: u32, dates: Dates) -> Vec<Fault> {
    let mut faults = Vec::new();
    let expected = previous.map_or(number.max(1), |edition| edition.number.saturating_add(1));
    if number != expected {
        faults.push(Fault::NumberOutOfOrder { found: number, expected });
    }
    if let Some(previous) = previous.filter(|previous| previous.list.id != list.id) {
        faults.push(Fault::OtherList { found: previous.list.id.clone(), expected: list.id.clone() });
    }
    let issued_before = previous.and_then(|edition| edition.issued_at);
    let order = [
        ("the day of issue", Some(dates.issued_at), issued_before),
        ("the end of validity", Some(dates.valid_until), Some(dates.issued_at)),
    ];
    faults.extend(
        order.into_iter().filter_map(|(what, later, earlier)| out_of_order(None, what, later, earlier)),
    );
    faults
}

/// What one entry must hold. A withdrawn entry needs a reason only.
pub(super) fn entry(entry: &Entry, issued_at: Date) -> Vec<Fault> {
    let missing = |what| Fault::Missing { id: entry.id.clone(), what };
    if !entry.stands() {
        return entry
            .withdrawal
            .is_none()
            .then(|| missing("the reason of the withdrawal"))
            .into_iter()
            .collect();
    }
    let mut faults = Vec::new();
    if entry.names.is_empty() && entry.identifiers.is_empty() && entry.addresses.is_empty() {
        faults.push(missing("a name or an identifier"));
    }
    if entry.last_observed.is_none() {
        faults.push(missing("the day of the last observation"));
    }
    match entry.review_by {
        None => faults.push(missing("the day of the next review")),
        Some(review_by) if review_by < issued_at => {
            faults.push(Fault::ReviewPassed { id: entry.id.clone(), review_by, issued_at });
        }
        Some(_) => {}
    }
    faults.extend(dates(entry, issued_at));
    faults.extend(values(entry));
    faults
}

fn dates(entry: &Entry, issued_at: Date) -> Vec<Fault> {
    let mut order = vec![
        ("the last observation", entry.last_observed, entry.first_observed),
        ("the day of issue", Some(issued_at), entry.last_observed),
        ("the day of issue", Some(issued_at), entry.first_observed),
        ("the day of the next review", entry.review_by, entry.last_observed),
    ];
    for identifier in &entry.identifiers {
        order.push(("the end of an identifier", identifier.validity.to, identifier.validity.from));
    }
    for relation in &entry.relations {
        order.push(("the end of a relation", relation.to_date, relation.from_date));
    }
    let id = Some(&entry.id);
    order.into_iter().filter_map(|(what, later, earlier)| out_of_order(id, what, later, earlier)).collect()
}

fn out_of_order(
    id: Option<&EntryId>,
    what: &'static str,
    later: Option<Date>,
    earlier: Option<Date>,
) -> Option<Fault> {
    let (found, earlier) = (later?, earlier?);
    (found < earlier).then(|| Fault::DatesOutOfOrder { id: id.cloned(), what, found, earlier })
}

/// Each value must be one that readers take, and none may stand and be retracted at once.
fn values(entry: &Entry) -> Vec<Fault> {
    let retracted: HashSet<&ListedValue> = entry.retracted.iter().map(|retracted| &retracted.value).collect();
    let mut faults = Vec::new();
    for value in entry.values() {
        let admitted = match &value {
            ListedValue::Identifier(kind, text) => admit(*kind, text),
            ListedValue::Name(text) | ListedValue::Address(text) => admit_text(text),
        };
        let (id, kind) = (entry.id.clone(), value.kind_name());
        if let Err(refusal) = admitted {
            faults.push(Fault::NotAdmitted { id: id.clone(), kind, expected: refusal.expected });
        }
        if retracted.contains(&value) {
            faults.push(Fault::StandsAndRetracted { id, kind });
        }
    }
    faults
}

/// Relations lead to entries that stand.
pub(super) fn relations(entries: &BTreeMap<EntryId, Entry>) -> Vec<Fault> {
    let stands = |id: &EntryId| entries.get(id).is_some_and(Entry::stands);
    let mut faults = Vec::new();
    for entry in entries.values() {
        for relation in entry.relations.iter().filter(|relation| !stands(&relation.to)) {
            faults.push(Fault::LeadsNowhere { id: entry.id.clone(), to: relation.to.clone() });
        }
    }
    faults
}
