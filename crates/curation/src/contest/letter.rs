//! What the letter to the party must say, as data. The words are made where letters are made.

use jiff::civil::Date;
use watchlist::EntryId;

use super::{Contest, ContestId, Contestant, Outcome};

/// The facts of an outcome letter. It names neither makers nor handler nor sources.
#[derive(Clone, PartialEq, Eq)]
pub struct OutcomeLetter {
    pub contest: ContestId,
    pub entry: EntryId,
    pub contestant: Contestant,
    pub received_on: Date,
    pub acknowledged_on: Option<Date>,
    pub decided_on: Date,
    pub outcome: Outcome,
    pub reason: String,
    /// Whether all hosters are told: a kept entry changes nothing for them.
    pub retraction_follows: bool,
}

/// Shows ids only: reasons are confidential.
impl std::fmt::Debug for OutcomeLetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OutcomeLetter({})", self.contest)
    }
}

impl Contest {
    /// The facts for the letter; nothing while the contest is open.
    pub fn outcome_letter(&self) -> Option<OutcomeLetter> {
        let decision = self.decision()?;
        Some(OutcomeLetter {
            contest: self.id().clone(),
            entry: self.entry().clone(),
            contestant: self.contestant(),
            received_on: self.received_on(),
            acknowledged_on: self.acknowledged_on(),
            decided_on: decision.on,
            outcome: decision.outcome.clone(),
            reason: decision.reason.clone(),
            retraction_follows: decision.outcome != Outcome::Kept,
        })
    }
}
