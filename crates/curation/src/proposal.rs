//! From a draft to an approved entry: proposed, seconded by another analyst, approved by the prosecution.
//!
//! Each step is a type of its own, and only the step before makes it. Whoever had a hand in the content
//! is remembered with it and approves nothing of it; whoever approved the substance does not approve the
//! proportion. An approval is a signature over the hash of everything that is decided on: a change
//! leads back to a draft, and the approvals are gone.

mod content;
mod draft;
mod error;
mod restore;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::people::{Action, Forbidden};
use crate::statement::{Accepted, SignedStatement, Step};
use crate::{Person, PersonId, Sha256Hash, Unit};

pub use content::Content;
pub use draft::{Draft, NotProposed, Proposing, Terms};
pub use error::{ApprovalError, ProposeError, Refused, RestoreError};
pub use restore::{ProposalParts, ReceivedStatement, Restored, restore};

/// Content that waits for a second analyst. It cannot be changed in this state.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    content: Content,
    contributors: BTreeSet<PersonId>,
    proposed_by: PersonId,
    proposed_at: Timestamp,
    hash: Sha256Hash,
}

/// Content that a second analyst approved, and that waits for the prosecution.
#[derive(Clone, Debug, PartialEq)]
pub struct Seconded {
    proposed: Proposed,
    substance: Accepted,
}

/// An entry that two people approved who had no hand in it, one of them of the prosecution.
///
/// There is no other way to make one than [`Seconded::approve_proportion`], and [`restore()`], which
/// goes the same way again over what a store kept.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovedEntry {
    seconded: Seconded,
    proportion: Accepted,
}

impl Proposed {
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What approvals sign.
    pub fn hash(&self) -> Sha256Hash {
        self.hash
    }

    pub fn contributors(&self) -> &BTreeSet<PersonId> {
        &self.contributors
    }

    pub fn proposed_by(&self) -> &PersonId {
        &self.proposed_by
    }

    pub fn proposed_at(&self) -> Timestamp {
        self.proposed_at
    }

    /// The second analyst approves the substance.
    ///
    /// # Errors
    /// Gives the proposal back, with why the statement does not count.
    pub fn approve_substance(
        self,
        signed: SignedStatement,
        received_at: Timestamp,
        unit: &Unit,
    ) -> Result<Seconded, Box<Refused<Self>>> {
        let accepted = unit.accept(signed, Step::ApproveSubstance, self.hash, received_at);
        let checked = accepted.map_err(ApprovalError::from).and_then(|accepted| self.independent(accepted));
        match checked {
            Ok(substance) => Ok(Seconded { proposed: self, substance }),
            Err(why) => Err(Box::new(Refused { back: self, why })),
        }
    }

    /// Sends the proposal back, or takes it back, to be changed.
    ///
    /// # Errors
    /// If the person may neither propose nor approve.
    pub fn send_back(self, by: &Person) -> Result<Draft, Box<Refused<Self, Forbidden>>> {
        match may_send_back(by) {
            Ok(()) => Ok(Draft::again(self.content, self.contributors)),
            Err(why) => Err(Box::new(Refused { back: self, why })),
        }
    }

    /// Who had a hand in it, or approves before it was proposed, does not count.
    fn independent(&self, accepted: Accepted) -> Result<Accepted, ApprovalError> {
        let person = accepted.person();
        if self.contributors.contains(person) || *person == self.proposed_by {
            return Err(ApprovalError::OwnWork { person: person.clone() });
        }
        if accepted.received_at() < self.proposed_at {
            let (received_at, proposed_at) = (accepted.received_at(), self.proposed_at);
            return Err(ApprovalError::BeforeProposal { received_at, proposed_at });
        }
        Ok(accepted)
    }
}

impl Seconded {
    pub fn proposed(&self) -> &Proposed {
        &self.proposed
    }

    pub fn hash(&self) -> Sha256Hash {
        self.proposed.hash
    }

    pub fn substance(&self) -> &Accepted {
        &self.substance
    }

    /// The prosecution approves proportion and ground.
    ///
    /// # Errors
    /// Gives the proposal back, with why the statement does not count.
    pub fn approve_proportion(
        self,
        signed: SignedStatement,
        received_at: Timestamp,
        unit: &Unit,
    ) -> Result<ApprovedEntry, Box<Refused<Self>>> {
        let accepted = unit.accept(signed, Step::ApproveProportion, self.hash(), received_at);
        match accepted.map_err(ApprovalError::from).and_then(|accepted| self.third_person(accepted)) {
            Ok(proportion) => Ok(ApprovedEntry { seconded: self, proportion }),
            Err(why) => Err(Box::new(Refused { back: self, why })),
        }
    }

    /// Sends the proposal back; the approval of the substance is gone.
    ///
    /// # Errors
    /// If the person may neither propose nor approve.
    pub fn send_back(self, by: &Person) -> Result<Draft, Box<Refused<Self, Forbidden>>> {
        match may_send_back(by) {
            Ok(()) => Ok(Draft::again(self.proposed.content, self.proposed.contributors)),
            Err(why) => Err(Box::new(Refused { back: self, why })),
        }
    }

    fn third_person(&self, accepted: Accepted) -> Result<Accepted, ApprovalError> {
        let accepted = self.proposed.independent(accepted)?;
        if accepted.person() == self.substance.person() {
            return Err(ApprovalError::ApprovedTwice { person: accepted.person().clone() });
        }
        Ok(accepted)
    }
}

impl ApprovedEntry {
    /// What was approved. The entry that is listed comes from [`crate::listing::Listing::entry`].
    pub fn content(&self) -> &Content {
        &self.seconded.proposed.content
    }

    pub fn hash(&self) -> Sha256Hash {
        self.seconded.proposed.hash
    }

    pub fn contributors(&self) -> &BTreeSet<PersonId> {
        &self.seconded.proposed.contributors
    }

    pub fn substance(&self) -> &Accepted {
        &self.seconded.substance
    }

    pub fn proportion(&self) -> &Accepted {
        &self.proportion
    }

    /// Everybody who made or approved it: none of them handles a contest of it.
    pub fn touched_by(&self) -> BTreeSet<PersonId> {
        let proposed = &self.seconded.proposed;
        let approvers = [self.substance().person(), self.proportion.person(), &proposed.proposed_by];
        proposed.contributors.iter().chain(approvers).cloned().collect()
    }
}

fn may_send_back(by: &Person) -> Result<(), Forbidden> {
    if by.may(Action::ApproveSubstance) || by.may(Action::ApproveProportion) {
        return Ok(());
    }
    by.check(Action::Propose)
}
