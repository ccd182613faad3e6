//! The way of a party that objects: received, acknowledged, re-checked by somebody else, decided.
//!
//! The clock runs in working days from the day of receipt: two to acknowledge, twenty to decide. The one
//! who handles it had no hand in the entry, neither as maker nor as approver. The outcome is carried out
//! with the means of [`crate::listing`]; here it is only decided, with a reason.

mod clock;
mod letter;

use jiff::Timestamp;
use jiff::civil::Date;
use watchlist::{EntryId, WithdrawalReason};

use crate::listing::{Listing, ListingError};
use crate::people::{Action, Forbidden};
use crate::{Person, PersonId, Sha256Hash};

pub use clock::{ContestClock, ContestTerms, Due};
pub use letter::OutcomeLetter;

/// Number of a contest in the unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContestId(pub String);

impl std::fmt::Display for ContestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contestant {
    /// The party that is meant by the entry.
    ListedParty,
    /// A party that was taken for the listed one.
    MistakenParty,
    /// A hoster, with the consent of a customer.
    Hoster,
    /// Somebody who acts for one of these.
    Representative,
    /// Somebody of the unit, or another authority.
    Authority,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The entry stands as it is.
    Kept,
    /// The entry stands in a new version, which goes the way of all versions.
    Corrected,
    /// The entry is withdrawn for this reason.
    Withdrawn { reason: WithdrawalReason },
}

/// An outcome with its reason.
#[derive(Clone, PartialEq, Eq)]
pub struct Decision {
    pub outcome: Outcome,
    /// For the party: what was re-checked and what came of it.
    pub reason: String,
    pub by: PersonId,
    pub on: Date,
}

/// Shows the outcome only: reasons are confidential.
impl std::fmt::Debug for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Decision({:?}, {})", self.outcome, self.on)
    }
}

/// One contest of one entry.
#[derive(Clone, PartialEq, Eq)]
pub struct Contest(ContestParts);

/// What a store keeps of a contest.
#[derive(Clone, PartialEq, Eq)]
pub struct ContestParts {
    pub id: ContestId,
    pub entry: EntryId,
    /// The version that is contested.
    pub version: Sha256Hash,
    pub contestant: Contestant,
    pub grounds: String,
    pub received_by: PersonId,
    pub received_on: Date,
    pub acknowledged_on: Option<Date>,
    pub handler: Option<PersonId>,
    pub decision: Option<Decision>,
}

/// Shows ids only: grounds are confidential.
impl std::fmt::Debug for ContestParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ContestParts({}, entry {})", self.id, self.entry)
    }
}

/// Shows ids only: grounds are confidential.
impl std::fmt::Debug for Contest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contest({}, entry {})", self.0.id, self.0.entry)
    }
}

/// Why a step of a contest is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContestError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Listing(#[from] ListingError),
    #[error("contest {id} has no grounds")]
    NoGrounds { id: ContestId },
    #[error("contest {id} is about entry {expected}, this is {found}")]
    OtherEntry { id: ContestId, found: EntryId, expected: EntryId },
    #[error("{person} made or approved entry {entry} and cannot handle a contest of it")]
    HandInIt { person: PersonId, entry: EntryId },
    #[error("contest {id} has no handler")]
    NoHandler { id: ContestId },
    #[error("contest {id} is handled by {handler}, not by {person}")]
    OtherHandler { id: ContestId, handler: PersonId, person: PersonId },
    #[error("contest {id} was acknowledged on {on}")]
    AcknowledgedAlready { id: ContestId, on: Date },
    #[error("contest {id} was decided on {on}")]
    DecidedAlready { id: ContestId, on: Date },
    #[error("the decision of contest {id} has no reason")]
    NoReason { id: ContestId },
    #[error("{on} is before the receipt of contest {id} on {received_on}")]
    BeforeReceipt { id: ContestId, on: Date, received_on: Date },
}

impl ContestError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Forbidden(error) => error.hint(),
            Self::Listing(error) => error.hint(),
            Self::NoGrounds { .. } => "write down why the party objects, in its own words",
            Self::OtherEntry { .. } => "choose the entry that is contested",
            Self::HandInIt { .. } => "give it to a contest handler who had nothing to do with the entry",
            Self::NoHandler { .. } => "assign a handler first",
            Self::OtherHandler { .. } => "let the handler decide, or assign the contest anew",
            Self::AcknowledgedAlready { .. } | Self::DecidedAlready { .. } => "nothing is left to do here",
            Self::NoReason { .. } => "write down what was re-checked; the party gets the reason",
            Self::BeforeReceipt { .. } => "correct the date",
        }
    }
}

impl Contest {
    /// Takes a contest in.
    ///
    /// # Errors
    /// If the person may not, or there are no grounds.
    pub fn receive(
        id: ContestId,
        listing: &Listing,
        contestant: Contestant,
        grounds: impl Into<String>,
        by: &Person,
        on: Date,
    ) -> Result<Self, ContestError> {
        by.check(Action::ReceiveContest)?;
        let grounds = grounds.into();
        if grounds.trim().is_empty() {
            return Err(ContestError::NoGrounds { id });
        }
        Ok(Self(ContestParts {
            id,
            entry: listing.id().clone(),
            version: listing.approved().hash(),
            contestant,
            grounds,
            received_by: by.id.clone(),
            received_on: on,
            acknowledged_on: None,
            handler: None,
            decision: None,
        }))
    }

    /// Notes that the party was told of the receipt.
    ///
    /// # Errors
    /// If the person may not, or it was done already.
    pub fn acknowledge(&mut self, by: &Person, on: Date) -> Result<(), ContestError> {
        by.check(Action::ReceiveContest)?;
        self.check_after_receipt(on)?;
        if let Some(on) = self.0.acknowledged_on {
            return Err(ContestError::AcknowledgedAlready { id: self.0.id.clone(), on });
        }
        self.0.acknowledged_on = Some(on);
        Ok(())
    }

    /// Gives the contest to a handler, or to another one.
    ///
    /// # Errors
    /// If the person may not decide contests, or made or approved any version of the entry.
    pub fn assign(&mut self, handler: &Person, listing: &Listing) -> Result<(), ContestError> {
        handler.check(Action::DecideContest)?;
        self.check_open()?;
        self.check_entry(listing)?;
        check_no_hand(handler, listing)?;
        self.0.handler = Some(handler.id.clone());
        Ok(())
    }

    /// Marks the entry as under review while the contest is open.
    ///
    /// # Errors
    /// If the person may not suspend entries, or the entry was withdrawn.
    pub fn suspend(&self, listing: &mut Listing, by: &Person, at: Timestamp) -> Result<(), ContestError> {
        self.check_open()?;
        self.check_entry(listing)?;
        Ok(listing.suspend(by, at, format!("contest {}", self.0.id))?)
    }

    /// Decides the contest. The handler must still be without a hand in the entry as it is now.
    ///
    /// # Errors
    /// If the person is not the handler, the reason is empty, or it was decided already.
    pub fn decide(
        &mut self,
        outcome: Outcome,
        reason: impl Into<String>,
        by: &Person,
        listing: &Listing,
        on: Date,
    ) -> Result<&Decision, ContestError> {
        by.check(Action::DecideContest)?;
        self.check_open()?;
        self.check_entry(listing)?;
        self.check_after_receipt(on)?;
        self.check_handler(by)?;
        check_no_hand(by, listing)?;
        let reason = reason.into();
        if reason.trim().is_empty() {
            return Err(ContestError::NoReason { id: self.0.id.clone() });
        }
        Ok(self.0.decision.insert(Decision { outcome, reason, by: by.id.clone(), on }))
    }

    pub fn id(&self) -> &ContestId {
        &self.0.id
    }

    pub fn entry(&self) -> &EntryId {
        &self.0.entry
    }

    pub fn contestant(&self) -> Contestant {
        self.0.contestant
    }

    /// Why the party objects, in its own words.
    pub fn grounds(&self) -> &str {
        &self.0.grounds
    }

    pub fn received_on(&self) -> Date {
        self.0.received_on
    }

    pub fn acknowledged_on(&self) -> Option<Date> {
        self.0.acknowledged_on
    }

    pub fn handler(&self) -> Option<&PersonId> {
        self.0.handler.as_ref()
    }

    pub fn decision(&self) -> Option<&Decision> {
        self.0.decision.as_ref()
    }

    /// For the store.
    pub fn to_parts(&self) -> ContestParts {
        self.0.clone()
    }

    /// A contest as a store kept it.
    ///
    /// # Errors
    /// If it was decided by somebody who is not its handler, without a reason, or before its receipt.
    pub fn from_parts(parts: ContestParts) -> Result<Self, ContestError> {
        let contest = Self(parts);
        if let Some(decision) = &contest.0.decision {
            contest.check_handled_by(&decision.by)?;
            contest.check_after_receipt(decision.on)?;
            if decision.reason.trim().is_empty() {
                return Err(ContestError::NoReason { id: contest.0.id });
            }
        }
        Ok(contest)
    }

    fn check_open(&self) -> Result<(), ContestError> {
        match &self.0.decision {
            Some(decision) => Err(ContestError::DecidedAlready { id: self.0.id.clone(), on: decision.on }),
            None => Ok(()),
        }
    }

    fn check_entry(&self, listing: &Listing) -> Result<(), ContestError> {
        if *listing.id() == self.0.entry {
            return Ok(());
        }
        let (found, expected) = (listing.id().clone(), self.0.entry.clone());
        Err(ContestError::OtherEntry { id: self.0.id.clone(), found, expected })
    }

    fn check_handler(&self, by: &Person) -> Result<(), ContestError> {
        self.check_handled_by(&by.id)
    }

    fn check_handled_by(&self, person: &PersonId) -> Result<(), ContestError> {
        let handler =
            self.0.handler.as_ref().ok_or_else(|| ContestError::NoHandler { id: self.0.id.clone() })?;
        if handler == person {
            return Ok(());
        }
        let (handler, person) = (handler.clone(), person.clone());
        Err(ContestError::OtherHandler { id: self.0.id.clone(), handler, person })
    }

    fn check_after_receipt(&self, on: Date) -> Result<(), ContestError> {
        if on >= self.0.received_on {
            return Ok(());
        }
        Err(ContestError::BeforeReceipt { id: self.0.id.clone(), on, received_on: self.0.received_on })
    }
}

fn check_no_hand(person: &Person, listing: &Listing) -> Result<(), ContestError> {
    if listing.touched_by().contains(&person.id) {
        let (person, entry) = (person.id.clone(), listing.id().clone());
        return Err(ContestError::HandInIt { person, entry });
    }
    Ok(())
}
