//! What a hoster must look at again because it no longer stands on the list.
//!
//! Made from the difference of two editions, so nothing that was withdrawn can be forgotten. A hoster
//! asks it for each hit and each decision; it never adds anything to a list.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::withdrawal::{Advice, WithdrawalReason};
use crate::{Delta, Edition, Entry, EntryChange, EntryId, ListedValue, Withdrawal, delta};

/// What no longer stands: an entry as a whole, or one of its values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    WholeEntry,
    Value(ListedValue),
}

/// One thing that no longer stands.
#[derive(Clone, PartialEq, Eq)]
pub struct RetractedItem {
    pub entry: EntryId,
    pub target: Target,
    pub reason: WithdrawalReason,
    pub advice: Advice,
    pub since: Option<Date>,
    /// The entries that took its place, after a merge or a split.
    pub successors: Vec<EntryId>,
    pub note: Option<String>,
}

/// Shows ids and reasons only: values are confidential.
impl std::fmt::Debug for RetractedItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RetractedItem({}, {:?}, {:?})", self.entry, self.reason, self.advice)
    }
}

/// Everything that stood in one edition and no longer stands in a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retraction {
    pub list_id: String,
    pub from_edition: u32,
    pub to_edition: u32,
    /// Sorted by entry; within an entry, the whole entry or its values.
    pub items: Vec<RetractedItem>,
}

impl Retraction {
    /// What touches a hit on `entry` that rests on `values`.
    ///
    /// Values are compared as the list writes them. A hit that rests on other values of the entry is
    /// not touched by the retraction of one value.
    pub fn touching<'a>(
        &'a self,
        entry: &'a EntryId,
        values: &'a [ListedValue],
    ) -> impl Iterator<Item = &'a RetractedItem> {
        self.items.iter().filter(move |item| {
            item.entry == *entry
                && match &item.target {
                    Target::WholeEntry => true,
                    Target::Value(value) => values.contains(value),
                }
        })
    }

    /// What to do with such a hit: the strongest advice, or nothing where it stands as before.
    pub fn advice_for(&self, entry: &EntryId, values: &[ListedValue]) -> Option<Advice> {
        // `Reopen` comes first in the order of advices.
        self.touching(entry, values).map(|item| item.advice).min()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// What no longer stands according to a difference.
pub fn retraction(delta: &Delta) -> Retraction {
    let withdrawn = delta.withdrawn.iter().map(|entry| whole(entry.id(), entry.withdrawal()));
    // A standing entry that disappeared without a word: of a withdrawn one the hoster already knows.
    let disappeared = delta.gone.iter().filter(|entry| entry.stands());
    let disappeared = disappeared.map(|entry| whole(&entry.id, Withdrawal::unstated()));
    let already = delta.new.iter().filter(|entry| !entry.stands());
    let already = already.map(|entry| whole(&entry.id, withdrawal_of(entry)));
    let mut items: Vec<RetractedItem> = withdrawn.chain(disappeared).chain(already).collect();
    for change in &delta.changed {
        items.extend(values_of(change));
    }
    items.sort_by(|left, right| left.entry.cmp(&right.entry));
    Retraction {
        list_id: delta.list_id().to_owned(),
        from_edition: delta.from(),
        to_edition: delta.to(),
        items,
    }
}

/// What no longer stands between two editions; also where editions between them were skipped.
pub fn retraction_between(old: &Edition, new: &Edition) -> Retraction {
    retraction(&delta(old, new))
}

fn withdrawal_of(entry: &Entry) -> Withdrawal {
    entry.withdrawal.clone().unwrap_or_else(Withdrawal::unstated)
}

fn whole(id: &EntryId, withdrawal: Withdrawal) -> RetractedItem {
    let Withdrawal { reason, advice, since, successors, note } = withdrawal;
    RetractedItem { entry: id.clone(), target: Target::WholeEntry, reason, advice, since, successors, note }
}

/// Values that the issuer retracted, and values that are gone without a word.
fn values_of(change: &EntryChange) -> Vec<RetractedItem> {
    let new_words = change.retracted.changed.iter().map(|change| &change.new);
    let stated: Vec<RetractedItem> = change
        .retracted
        .added
        .iter()
        .chain(new_words)
        .map(|one| RetractedItem {
            entry: change.id.clone(),
            target: Target::Value(one.value.clone()),
            reason: one.reason,
            advice: one.advice,
            since: one.since,
            successors: Vec::new(),
            note: one.note.clone(),
        })
        .collect();
    let said: HashSet<Target> = stated.iter().map(|item| item.target.clone()).collect();
    let silent =
        change.gone_values.iter().cloned().map(Target::Value).filter(|target| !said.contains(target));
    let silent = silent.map(|target| RetractedItem { target, ..whole(&change.id, Withdrawal::unstated()) });
    let silent: Vec<RetractedItem> = silent.collect();
    stated.into_iter().chain(silent).collect()
}

#[cfg(test)]
mod tests;
