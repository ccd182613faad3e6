//! New versions of listed entries: observed again, corrected, merged, split.
//!
//! Each begins a draft and ends with an approved version. Between the two the entry stands as before,
//! and if somebody else changed it in that time, the version no longer fits and is refused.

use std::collections::BTreeSet;

use jiff::civil::Date;
use watchlist::{Entry, EntryId, Withdrawal, WithdrawalReason};

use super::{Listing, ListingError, State, WithdrawnBy};
use crate::proposal::{ApprovedEntry, Draft};
use crate::{Person, Sha256Hash};

impl Listing {
    /// Begins a new version: after another observation, or as a correction. Everybody who had a hand in
    /// the entry stays on record.
    ///
    /// # Errors
    /// If the entry was withdrawn, or the person may not propose.
    pub fn revise(&self, by: &Person) -> Result<Draft, ListingError> {
        self.check_stands()?;
        let mut draft = self.approved.draft();
        draft.contribute(by)?;
        let content = draft.content_mut();
        content.based_on = BTreeSet::from([self.approved.hash()]);
        content.merges.clear();
        content.split_into.clear();
        Ok(draft)
    }

    /// Puts the approved new version in the place of the old one. A suspension ends: the new version was
    /// approved in knowledge of the doubt.
    ///
    /// # Errors
    /// If the version is for another entry, or the entry was changed meanwhile.
    pub fn replace(&mut self, approved: ApprovedEntry) -> Result<(), ListingError> {
        self.check_fits(&approved)?;
        if !approved.content().merges.is_empty() || !approved.content().split_into.is_empty() {
            return Err(ListingError::NotNew { id: self.id().clone() });
        }
        self.take(approved);
        Ok(())
    }

    fn check_fits(&self, approved: &ApprovedEntry) -> Result<(), ListingError> {
        self.check_stands()?;
        let content = approved.content();
        if content.entry.id != *self.id() || content.list_id != self.list_id() {
            let (found, expected) = (content.entry.id.clone(), self.id().clone());
            return Err(ListingError::OtherEntry { found, expected });
        }
        self.check_based_on(&content.based_on)
    }

    fn check_based_on(&self, based_on: &BTreeSet<Sha256Hash>) -> Result<(), ListingError> {
        if based_on.contains(&self.approved.hash()) {
            return Ok(());
        }
        Err(ListingError::ChangedMeanwhile { id: self.id().clone() })
    }

    fn take(&mut self, approved: ApprovedEntry) {
        self.touched_by.extend(approved.touched_by());
        self.took_up.extend(approved.content().merges.iter().cloned());
        self.approved = approved;
        self.state = State::Active;
    }

    /// Whether an approved version takes the place of this entry, as merge or as part of a split.
    pub(super) fn gives_way_to(&self, successor: &ApprovedEntry, successors: &[EntryId]) -> bool {
        let content = successor.content();
        let is_merge = content.merges.contains(self.id()) && successors == [content.entry.id.clone()];
        let is_split = content.split_into.len() > 1 && content.split_into.iter().eq(successors);
        content.based_on.contains(&self.approved.hash()) && (is_merge || is_split)
    }

    fn give_way(
        &mut self,
        reason: WithdrawalReason,
        since: Date,
        successors: Vec<EntryId>,
        successor: ApprovedEntry,
    ) {
        let withdrawal = Withdrawal { successors, ..Withdrawal::new(reason, since) };
        self.state = State::Withdrawn { withdrawal, by: WithdrawnBy::Successor(Box::new(successor)) };
    }
}

/// Begins to merge two entries: `kept` takes up the names, identifiers, relations and evidence of `other`.
///
/// # Errors
/// If one of them was withdrawn, they are one and the same or of two lists, or the person may not propose.
pub fn merge(kept: &Listing, other: &Listing, by: &Person) -> Result<Draft, ListingError> {
    other.check_stands()?;
    if kept.id() == other.id() {
        return Err(ListingError::MergedWithItself { id: kept.id().clone() });
    }
    if kept.list_id() != other.list_id() {
        let (first, second) = (kept.list_id().to_owned(), other.list_id().to_owned());
        return Err(ListingError::OtherList { first, second });
    }
    let mut draft = kept.revise(by)?;
    draft.record(other.approved.contributors());
    let taken = other.approved.content();
    let content = draft.content_mut();
    content.based_on.insert(other.approved.hash());
    content.merges.insert(other.id().clone());
    for one in &taken.evidence {
        if !content.evidence.iter().any(|known| known.id == one.id) {
            content.evidence.push(one.clone());
        }
    }
    for (value, ids) in &taken.grounds {
        content.grounds.entry(value.clone()).or_default().extend(ids.iter().cloned());
    }
    let merged = merged(content.entry.clone(), &taken.entry);
    draft.edit(by, |entry| *entry = merged)?;
    Ok(draft)
}

/// Facts of both; where only one can stand, that of the kept entry.
fn merged(mut kept: Entry, other: &Entry) -> Entry {
    let primary = watchlist::NameKind::Primary;
    for name in &other.names {
        let mut name = name.clone();
        if name.kind == primary && kept.names.iter().any(|known| known.kind == primary) {
            name.kind = watchlist::NameKind::Alias;
        }
        if !kept.names.iter().any(|known| known.text == name.text) {
            kept.names.push(name);
        }
    }
    kept.identifiers.extend(other.identifiers.iter().cloned());
    kept.addresses.extend(other.addresses.iter().cloned());
    kept.countries.extend(other.countries.iter().cloned());
    kept.relations.extend(other.relations.iter().cloned());
    let ids = [kept.id.clone(), other.id.clone()];
    kept.relations.retain(|relation| !ids.contains(&relation.to));
    kept.retracted.extend(other.retracted.iter().cloned());
    kept.criteria.extend(other.criteria.iter().cloned());
    kept.claims.offences.extend(other.claims.offences.iter().cloned());
    kept.claims.bulletproof = kept.claims.bulletproof.or_else(|| other.claims.bulletproof.clone());
    kept.first_observed = kept.first_observed.into_iter().chain(other.first_observed).min();
    kept.last_observed = kept.last_observed.max(other.last_observed);
    kept.review_by = kept.review_by.into_iter().chain(other.review_by).min();
    kept
}

/// Completes a merge: `kept` takes the approved version, `other` is withdrawn and points to it.
///
/// # Errors
/// If the version is not the merge of these two as they are now. Then nothing is changed.
pub fn complete_merge(
    kept: &mut Listing,
    other: &mut Listing,
    approved: ApprovedEntry,
    on: Date,
) -> Result<(), ListingError> {
    kept.check_fits(&approved)?;
    other.check_stands()?;
    other.check_based_on(&approved.content().based_on)?;
    if approved.content().merges != BTreeSet::from([other.id().clone()]) {
        let (id, other) = (kept.id().clone(), other.id().clone());
        return Err(ListingError::NotMerged { id, other });
    }
    other.give_way(WithdrawalReason::Merged, on, vec![kept.id().clone()], approved.clone());
    kept.took_up.extend(other.took_up.iter().cloned());
    kept.touched_by.extend(other.touched_by.iter().cloned());
    kept.take(approved);
    Ok(())
}

/// Begins to split an entry: one draft for each part, with all evidence of the earlier entry. What of it
/// belongs to a part is for its maker to say.
///
/// # Errors
/// If the entry was withdrawn, there are not two parts with new ids, or the person may not propose.
pub fn split(listing: &Listing, parts: Vec<Entry>, by: &Person) -> Result<Vec<Draft>, ListingError> {
    let ids: BTreeSet<EntryId> = parts.iter().map(|part| part.id.clone()).collect();
    if ids.len() < 2 || ids.len() != parts.len() || ids.contains(listing.id()) {
        return Err(ListingError::SplitIds { id: listing.id().clone() });
    }
    let one = |part: Entry| -> Result<Draft, ListingError> {
        let mut draft = listing.revise(by)?;
        draft.edit(by, |entry| *entry = part)?;
        draft.content_mut().split_into = ids.clone();
        Ok(draft)
    };
    parts.into_iter().map(one).collect()
}

/// Completes a split: the earlier entry is withdrawn and points to the parts.
///
/// # Errors
/// If not all parts are approved, or the entry was changed meanwhile. Then nothing is changed.
pub fn complete_split(
    listing: &mut Listing,
    approved: Vec<ApprovedEntry>,
    on: Date,
) -> Result<Vec<Listing>, ListingError> {
    listing.check_stands()?;
    let found: BTreeSet<EntryId> = approved.iter().map(|part| part.content().entry.id.clone()).collect();
    for part in &approved {
        listing.check_based_on(&part.content().based_on)?;
        let expected = &part.content().split_into;
        if found != *expected
            || approved.len() != expected.len()
            || part.content().list_id != listing.list_id()
        {
            let id = listing.id().clone();
            return Err(ListingError::SplitIncomplete {
                id,
                found: approved.len(),
                expected: expected.len(),
            });
        }
    }
    let Some(first) = approved.first() else {
        return Err(ListingError::SplitIncomplete { id: listing.id().clone(), found: 0, expected: 2 });
    };
    let successor = first.clone();
    let parts = approved.into_iter().map(Listing::of).map(|mut part| {
        part.touched_by.extend(listing.touched_by.iter().cloned());
        part
    });
    let parts = parts.collect();
    listing.give_way(WithdrawalReason::Split, on, found.into_iter().collect(), successor);
    Ok(parts)
}
