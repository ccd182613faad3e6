//! Listed entries as a store keeps them, and the way back.

use std::collections::BTreeSet;

use watchlist::{EntryId, Withdrawal};

use super::{Listing, ListingError, State, Suspension, WithdrawnBy, voices};
use crate::proposal::{ApprovedEntry, ReceivedStatement};
use crate::statement::Step;
use crate::{PersonId, Unit};

/// What a store keeps of the state of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum KeptState {
    Active,
    Suspended(Suspension),
    WithdrawnByVoices {
        withdrawal: Withdrawal,
        voices: Box<[ReceivedStatement; 2]>,
    },
    /// After a merge or a split, with the approved version that took its place. A store keeps a reference
    /// to it and restores it like any other.
    WithdrawnForSuccessor {
        withdrawal: Withdrawal,
        successor: Box<ApprovedEntry>,
    },
}

/// What a store keeps of a listed entry. The approved version is kept as [`crate::proposal::ProposalParts`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListingParts {
    pub approved: ApprovedEntry,
    pub state: KeptState,
    pub touched_by: BTreeSet<PersonId>,
    pub took_up: BTreeSet<EntryId>,
}

impl Listing {
    /// For the store.
    pub fn to_parts(&self) -> ListingParts {
        let state = match &self.state {
            State::Active => KeptState::Active,
            State::Suspended(suspension) => KeptState::Suspended(suspension.clone()),
            State::Withdrawn { withdrawal, by } => {
                let withdrawal = withdrawal.clone();
                match by {
                    WithdrawnBy::Voices(voices) => {
                        let voices = Box::new(voices.each_ref().map(ReceivedStatement::from));
                        KeptState::WithdrawnByVoices { withdrawal, voices }
                    }
                    WithdrawnBy::Successor(successor) => {
                        KeptState::WithdrawnForSuccessor { withdrawal, successor: successor.clone() }
                    }
                }
            }
        };
        let (touched_by, took_up) = (self.touched_by.clone(), self.took_up.clone());
        ListingParts { approved: self.approved.clone(), state, touched_by, took_up }
    }

    /// Takes a listed entry back from a store.
    ///
    /// # Errors
    /// If somebody who made or approved it is missing on record, or a withdrawal is not signed by two
    /// people.
    pub fn from_parts(parts: ListingParts, unit: &Unit) -> Result<Self, ListingError> {
        let ListingParts { approved, state, touched_by, took_up } = parts;
        let mut listing = Self { approved, state: State::Active, touched_by, took_up };
        let not_whole = |listing: &Self, what| ListingError::NotWhole { id: listing.id().clone(), what };
        if !listing.approved.touched_by().is_subset(&listing.touched_by) {
            return Err(not_whole(&listing, "somebody who made or approved it is missing"));
        }
        if !listing.approved.content().merges.is_subset(&listing.took_up) {
            return Err(not_whole(&listing, "an entry that it took up is missing"));
        }
        listing.state = match state {
            KeptState::Active => State::Active,
            KeptState::Suspended(suspension) => State::Suspended(suspension),
            KeptState::WithdrawnByVoices { withdrawal, voices } => {
                let by = listing.recalled(&withdrawal, *voices, unit)?;
                State::Withdrawn { withdrawal, by }
            }
            KeptState::WithdrawnForSuccessor { withdrawal, successor } => {
                if !listing.gives_way_to(&successor, &withdrawal.successors) {
                    return Err(not_whole(&listing, "the version that took its place is not for it"));
                }
                State::Withdrawn { withdrawal, by: WithdrawnBy::Successor(successor) }
            }
        };
        Ok(listing)
    }

    fn recalled(
        &self,
        withdrawal: &Withdrawal,
        voices: [ReceivedStatement; 2],
        unit: &Unit,
    ) -> Result<WithdrawnBy, ListingError> {
        let subject = self.withdrawal_subject(withdrawal);
        let [first, second] =
            voices.map(|voice| unit.recall(voice.signed, Step::Withdraw, subject, voice.received_at));
        let voices = voices::different([first?, second?])?;
        voices::without_hand_in(&voices, self.approved.contributors(), 1)?;
        Ok(WithdrawnBy::Voices(Box::new(voices)))
    }
}
