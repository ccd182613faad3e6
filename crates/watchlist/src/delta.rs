//! What changed between two editions, entry by entry and field by field.
//!
//! The difference is not written into a list: it follows from the two editions, and what does not
//! follow from them (why something was withdrawn) stands in the entries. So it cannot contradict them.

mod entry;
mod fields;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Edition, Entry, EntryId, ListInfo, Status, Withdrawal};

pub use entry::EntryChange;
pub use fields::FieldDifference;
pub use values::{ListChange, Replaced};

/// An entry that stood in the old edition and is withdrawn in the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct WithdrawnEntry {
    /// As it stood.
    pub old: Entry,
    /// What is left of it.
    pub new: Entry,
}

impl WithdrawnEntry {
    pub fn id(&self) -> &EntryId {
        &self.old.id
    }

    /// Why; [`Withdrawal::unstated`] where the issuer says nothing.
    pub fn withdrawal(&self) -> Withdrawal {
        self.new.withdrawal.clone().unwrap_or_else(Withdrawal::unstated)
    }
}

/// The head of the new edition, as far as it does not follow from the entries.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Head {
    list: ListInfo,
    number: u32,
    issued_at: Option<Date>,
    valid_until: Option<Date>,
    replaces: Option<u32>,
}

/// All differences between two editions of a list. Each group is sorted by id.
#[derive(Clone, Debug, PartialEq)]
pub struct Delta {
    from: u32,
    head: Head,
    /// In the new edition only. Usually they stand; an entry may also come as withdrawn, where the
    /// reader skipped the editions that held it.
    pub new: Vec<Entry>,
    pub changed: Vec<EntryChange>,
    pub withdrawn: Vec<WithdrawnEntry>,
    /// In the old edition only: withdrawn entries whose time is over, or, in lists of other makers,
    /// entries that disappeared without a word.
    pub gone: Vec<Entry>,
}

/// Compares two editions.
///
/// Entries are taken by id; of two with the same id the last counts (lists read from a file and lists
/// made by [`crate::compile()`] have none). The order of entries and of values carries no meaning.
pub fn delta(old: &Edition, new: &Edition) -> Delta {
    let (before, after) = (by_id(old), by_id(new));
    let mut delta = Delta {
        from: old.number,
        head: Head {
            list: new.list.clone(),
            number: new.number,
            issued_at: new.issued_at,
            valid_until: new.valid_until,
            replaces: new.replaces,
        },
        new: Vec::new(),
        changed: Vec::new(),
        withdrawn: Vec::new(),
        gone: Vec::new(),
    };
    for (id, entry) in &after {
        match before.get(id) {
            None => delta.new.push((*entry).clone()),
            Some(earlier) if earlier.stands() && !entry.stands() => {
                delta.withdrawn.push(WithdrawnEntry { old: (*earlier).clone(), new: (*entry).clone() });
            }
            Some(earlier) => delta.changed.extend(EntryChange::between(earlier, entry)),
        }
    }
    delta.gone =
        before.iter().filter(|(id, _)| !after.contains_key(*id)).map(|(_, e)| (*e).clone()).collect();
    delta
}

fn by_id(edition: &Edition) -> BTreeMap<&EntryId, &Entry> {
    edition.entries.iter().map(|entry| (&entry.id, entry)).collect()
}

/// Why a difference does not fit an edition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("the difference begins at edition {expected}, this is edition {found}")]
    OtherEdition { found: u32, expected: u32 },
    #[error("entry {id} is not in the edition as the difference expects it")]
    OtherContent { id: EntryId },
}

impl ApplyError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        "compare with the edition from which the difference was made, or take the whole new edition"
    }
}

impl Delta {
    /// Number of the edition it starts from.
    pub fn from(&self) -> u32 {
        self.from
    }

    /// Number of the edition it leads to.
    pub fn to(&self) -> u32 {
        self.head.number
    }

    pub fn list_id(&self) -> &str {
        &self.head.list.id
    }

    /// Whether both editions say the same of every entry.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.withdrawn.is_empty() && self.gone.is_empty()
    }

    /// Entries that stand and were not there before.
    pub fn newly_listed(&self) -> impl Iterator<Item = &Entry> {
        self.new.iter().filter(|entry| entry.stands())
    }

    /// The new edition, from the old one. Entries come in the order of their ids and in
    /// [`crate::compile::normal_form`].
    ///
    /// # Errors
    /// If `old` is not the edition that the difference was made from.
    pub fn apply(&self, old: &Edition) -> Result<Edition, ApplyError> {
        if old.number != self.from {
            return Err(ApplyError::OtherEdition { found: old.number, expected: self.from });
        }
        let mut entries: BTreeMap<EntryId, Entry> =
            old.entries.iter().map(|entry| (entry.id.clone(), entry.clone())).collect();
        for gone in &self.gone {
            entries.remove(&gone.id).ok_or_else(|| other_content(&gone.id))?;
        }
        for change in &self.changed {
            let entry = entries.get_mut(&change.id).ok_or_else(|| other_content(&change.id))?;
            change.apply(entry).ok_or_else(|| other_content(&change.id))?;
        }
        for withdrawn in &self.withdrawn {
            entries.insert(withdrawn.old.id.clone(), withdrawn.new.clone());
        }
        entries.extend(self.new.iter().map(|entry| (entry.id.clone(), entry.clone())));
        let Head { list, number, issued_at, valid_until, replaces } = self.head.clone();
        let entries = entries.into_values().map(crate::compile::normal_form).collect();
        Ok(Edition { list, number, issued_at, valid_until, replaces, entries })
    }

    /// Entries whose review status changed to or from suspended.
    pub fn suspensions(&self) -> impl Iterator<Item = (&EntryId, Status)> {
        self.changed.iter().filter_map(|change| {
            let status = change.status.as_ref()?;
            Some((&change.id, status.new))
        })
    }
}

fn other_content(id: &EntryId) -> ApplyError {
    ApplyError::OtherContent { id: id.clone() }
}
