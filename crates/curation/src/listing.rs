//! The life of an approved entry on the list: renewed, corrected, merged, split, suspended, withdrawn.
//!
//! Whatever changes the content that leaves goes the whole way again: a draft, a second analyst, the
//! prosecution. Two steps are quicker, because doubt must reach hosters fast and harms nobody:
//!
//! - **Suspending** takes one person. The entry stays on the list, marked as in doubt.
//! - **Withdrawing** takes two people, one of whom had no hand in the entry. Its makers may be the other
//!   one: they know best that they were wrong. Two, so that nobody takes a friend off the list alone.
//!
//! **Lifting** a suspension lets the content count again, so it takes two people without a hand in the
//! entry, one of the prosecution.

mod error;
mod revise;
mod store;
mod voices;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use watchlist::{Entry, EntryId, Status, Withdrawal};

use crate::people::Action;
use crate::proposal::ApprovedEntry;
use crate::statement::{Accepted, SignedStatement, Step};
use crate::{Canonical, Person, PersonId, Sha256Hash, Unit};

pub use error::ListingError;
pub use revise::{complete_merge, complete_split, merge, split};
pub use store::{KeptState, ListingParts};

/// An approved entry on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    approved: ApprovedEntry,
    state: State,
    /// Everybody who ever made or approved a version of it.
    touched_by: BTreeSet<PersonId>,
    /// Ids of entries that were taken up in this one.
    took_up: BTreeSet<EntryId>,
}

/// How an entry stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Active,
    /// Under review: still on the list, and marked.
    Suspended(Suspension),
    /// Off the list for good; its id is not used again.
    Withdrawn {
        withdrawal: Withdrawal,
        by: WithdrawnBy,
    },
}

/// Who marked an entry as in doubt, and why.
#[derive(Clone, PartialEq, Eq)]
pub struct Suspension {
    pub by: PersonId,
    pub at: Timestamp,
    /// For the unit only.
    pub reason: String,
}

/// Shows person and time only: the reason is confidential.
impl std::fmt::Debug for Suspension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Suspension({}, {})", self.by, self.at)
    }
}

/// What a withdrawal rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum WithdrawnBy {
    /// Two people.
    Voices(Box<[Accepted; 2]>),
    /// The approved version that took its place; of a split, the first part.
    Successor(Box<ApprovedEntry>),
}

impl Listing {
    /// Puts an approved new entry on the list.
    ///
    /// # Errors
    /// If the entry is a new version, a merge or part of a split: those complete the earlier entry.
    pub fn new(approved: ApprovedEntry) -> Result<Self, ListingError> {
        let content = approved.content();
        if !content.based_on.is_empty() || !content.split_into.is_empty() || !content.merges.is_empty() {
            return Err(ListingError::NotNew { id: content.entry.id.clone() });
        }
        Ok(Self::of(approved))
    }

    fn of(approved: ApprovedEntry) -> Self {
        let touched_by = approved.touched_by();
        Self { approved, state: State::Active, touched_by, took_up: BTreeSet::new() }
    }

    pub fn id(&self) -> &EntryId {
        &self.approved.content().entry.id
    }

    pub fn list_id(&self) -> &str {
        &self.approved.content().list_id
    }

    pub fn approved(&self) -> &ApprovedEntry {
        &self.approved
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// Everybody who made or approved a version of it: none of them handles a contest of it.
    pub fn touched_by(&self) -> &BTreeSet<PersonId> {
        &self.touched_by
    }

    /// Ids of entries that were taken up in this one.
    pub fn took_up(&self) -> &BTreeSet<EntryId> {
        &self.took_up
    }

    /// The entry as it leaves in the next edition.
    pub fn entry(&self) -> Entry {
        let mut entry = self.approved.content().plain_entry();
        match &self.state {
            State::Active => {}
            State::Suspended(_) => entry.status = Status::Suspended,
            State::Withdrawn { withdrawal, .. } => {
                entry = Entry::withdrawn(entry.id, 1, entry.entry_type, withdrawal.clone());
            }
        }
        entry
    }

    /// The day by which it must be observed again; nothing for a withdrawn entry.
    pub fn review_by(&self) -> Option<Date> {
        if self.is_withdrawn() { None } else { self.approved.content().entry.review_by }
    }

    /// Whether the review is due on this day: the entry can no longer be published.
    pub fn is_due(&self, today: Date) -> bool {
        self.review_by().is_some_and(|review_by| review_by < today)
    }

    pub fn is_withdrawn(&self) -> bool {
        matches!(self.state, State::Withdrawn { .. })
    }

    /// Marks the entry as in doubt. One person is enough.
    ///
    /// # Errors
    /// If the person may not, or the entry was withdrawn. An entry that is suspended already stays so,
    /// with its first reason.
    pub fn suspend(
        &mut self,
        by: &Person,
        at: Timestamp,
        reason: impl Into<String>,
    ) -> Result<(), ListingError> {
        by.check(Action::Suspend)?;
        self.check_stands()?;
        if self.state == State::Active {
            self.state = State::Suspended(Suspension { by: by.id.clone(), at, reason: reason.into() });
        }
        Ok(())
    }

    /// What two people sign to lift the suspension.
    ///
    /// # Errors
    /// If the entry is not suspended.
    pub fn lifting_subject(&self) -> Result<Sha256Hash, ListingError> {
        let State::Suspended(suspension) = &self.state else {
            return Err(ListingError::NotSuspended { id: self.id().clone() });
        };
        let canonical = Canonical::new("havenmeester lifting 1").text("entry", self.id());
        let canonical = canonical.field("version", self.approved.hash().0);
        Ok(canonical.text("suspended by", &suspension.by).text("suspended at", suspension.at).hash())
    }

    /// Lets the entry count again.
    ///
    /// # Errors
    /// If the statements are not of two people without a hand in it, one of the prosecution.
    pub fn lift(
        &mut self,
        statements: [SignedStatement; 2],
        received_at: Timestamp,
        unit: &Unit,
    ) -> Result<[Accepted; 2], ListingError> {
        let subject = self.lifting_subject()?;
        let voices = voices::two(statements, Step::LiftSuspension, subject, received_at, unit)?;
        voices::without_hand_in(&voices, self.approved.contributors(), 2)?;
        voices::one_of_prosecution(&voices, unit)?;
        self.state = State::Active;
        Ok(voices)
    }

    /// What two people sign to withdraw the entry.
    pub fn withdrawal_subject(&self, withdrawal: &Withdrawal) -> Sha256Hash {
        voices::withdrawal_subject(self.id(), self.approved.hash(), withdrawal)
    }

    /// Takes the entry off the list for good.
    ///
    /// # Errors
    /// If it was withdrawn already, or the statements are not of two people, one of them without a hand
    /// in it.
    pub fn withdraw(
        &mut self,
        withdrawal: Withdrawal,
        statements: [SignedStatement; 2],
        received_at: Timestamp,
        unit: &Unit,
    ) -> Result<(), ListingError> {
        self.check_stands()?;
        let subject = self.withdrawal_subject(&withdrawal);
        let voices = voices::two(statements, Step::Withdraw, subject, received_at, unit)?;
        voices::without_hand_in(&voices, self.approved.contributors(), 1)?;
        self.state = State::Withdrawn { withdrawal, by: WithdrawnBy::Voices(Box::new(voices)) };
        Ok(())
    }

    fn check_stands(&self) -> Result<(), ListingError> {
        if self.is_withdrawn() { Err(ListingError::Withdrawn { id: self.id().clone() }) } else { Ok(()) }
    }
}
