//! From approved entries to the next edition of a list.
//!
//! The same entries give the same edition, whatever order they come in. Everything that a hoster
//! could not use, or that would silently disappear from him, is refused before it leaves.

mod check;
mod error;
mod normal;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::withdrawal::WITHDRAWN_STAYS_MONTHS;
use crate::{Edition, Entry, EntryId, ListInfo, Status, Withdrawal};

pub use error::{CompileError, Fault};
pub use normal::normal_form;

/// From when to when an edition holds. Both days belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    pub issued_at: Date,
    pub valid_until: Date,
}

/// Makes the next edition of a list.
///
/// - `number` must be one more than that of `previous`, or any number from 1 where there is none.
/// - Entries are brought into [`normal_form`] and sorted by id. Their revision is set here: 1 for a new
///   entry, one more than before where anything else changed, the same otherwise.
/// - Every entry of `previous` must be among `entries`, or be there with the status `Withdrawn` and a
///   reason. Of a withdrawn entry only id, type and reason leave; it stays in later editions for
///   [`WITHDRAWN_STAYS_MONTHS`] without being named again.
/// - A withdrawn entry that `previous` does not hold is left out: no hoster ever had it.
///
/// # Errors
/// All faults at once. Nothing is left out to make an edition possible.
pub fn compile(
    list: ListInfo,
    entries: Vec<Entry>,
    previous: Option<&Edition>,
    number: u32,
    dates: Dates,
) -> Result<Edition, CompileError> {
    let mut faults = check::head(&list, previous, number, dates);
    let before = by_id(previous);
    let mut next: BTreeMap<EntryId, Entry> = BTreeMap::new();
    for entry in entries {
        let entry = normal_form(entry);
        if entry.status == Status::Withdrawn && !before.contains_key(&entry.id) {
            continue;
        }
        faults.extend(check::entry(&entry, dates.issued_at));
        let id = entry.id.clone();
        if next.insert(id.clone(), leaving(entry)).is_some() {
            faults.push(Fault::DuplicateId { id });
        }
    }
    faults.extend(carry_over(&before, &mut next, dates.issued_at));
    faults.extend(check::relations(&next));
    if !next.values().any(Entry::stands) {
        faults.push(Fault::Empty);
    }
    if !faults.is_empty() {
        return Err(CompileError { faults });
    }
    let entries = next.into_values().map(|entry| with_revision(entry, &before)).collect();
    Ok(Edition {
        list,
        number,
        issued_at: Some(dates.issued_at),
        valid_until: Some(dates.valid_until),
        replaces: previous.map(|edition| edition.number),
        entries,
    })
}

fn by_id(previous: Option<&Edition>) -> BTreeMap<&EntryId, &Entry> {
    previous.into_iter().flat_map(|edition| &edition.entries).map(|entry| (&entry.id, entry)).collect()
}

/// What leaves the issuer: of a withdrawn entry nothing but the fact.
fn leaving(entry: Entry) -> Entry {
    if entry.stands() {
        return entry;
    }
    let withdrawal = entry.withdrawal.unwrap_or_else(Withdrawal::unstated);
    Entry::withdrawn(entry.id, entry.revision, entry.entry_type, withdrawal)
}

/// Keeps what was withdrawn earlier, and looks for entries that disappeared or came back.
fn carry_over(
    before: &BTreeMap<&EntryId, &Entry>,
    next: &mut BTreeMap<EntryId, Entry>,
    issued_at: Date,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (id, old) in before {
        match next.get(*id) {
            Some(new) if new.stands() && !old.stands() => faults.push(Fault::CameBack { id: (*id).clone() }),
            // What was said of a withdrawal stays: the first reason holds.
            _ if !old.stands() => {
                next.remove(*id);
                if stays(old, issued_at) {
                    next.insert((*id).clone(), leaving((*old).clone()));
                }
            }
            Some(_) => {}
            None => faults.push(Fault::Disappeared { id: (*id).clone() }),
        }
    }
    faults
}

fn stays(withdrawn: &Entry, issued_at: Date) -> bool {
    let since = withdrawn.withdrawal.as_ref().and_then(|withdrawal| withdrawal.since);
    since.is_none_or(|since| {
        let until = since.saturating_add(jiff::Span::new().months(WITHDRAWN_STAYS_MONTHS));
        issued_at <= until
    })
}

fn with_revision(mut entry: Entry, before: &BTreeMap<&EntryId, &Entry>) -> Entry {
    let Some(old) = before.get(&entry.id) else {
        entry.revision = 1;
        return entry;
    };
    entry.revision = old.revision;
    if entry != **old {
        entry.revision = old.revision.saturating_add(1);
    }
    entry
}
