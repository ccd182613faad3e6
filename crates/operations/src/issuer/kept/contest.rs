//! Contests.

use curation::contest::{Contest, ContestId, ContestParts, Contestant, Decision, Outcome};
use curation::{PersonId, Sha256Hash};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use watchlist::EntryId;
use watchlist::format::v1;

use crate::issuer::Error;

#[derive(Serialize, Deserialize)]
pub(crate) struct KeptContest {
    entry: String,
    version: String,
    contestant: String,
    grounds: String,
    received_by: String,
    received_on: Date,
    acknowledged_on: Option<Date>,
    handler: Option<String>,
    decision: Option<KeptDecision>,
}

#[derive(Serialize, Deserialize)]
struct KeptDecision {
    outcome: String,
    /// Of a withdrawal.
    withdrawal_reason: Option<String>,
    reason: String,
    by: String,
    on: Date,
}

/// The words for who objects.
pub const CONTESTANTS: [(&str, Contestant); 5] = [
    ("listed-party", Contestant::ListedParty),
    ("mistaken-party", Contestant::MistakenParty),
    ("hoster", Contestant::Hoster),
    ("representative", Contestant::Representative),
    ("authority", Contestant::Authority),
];

impl KeptContest {
    pub(crate) fn of(contest: &Contest) -> Self {
        let parts = contest.to_parts();
        let word = CONTESTANTS.iter().find(|(_, one)| *one == parts.contestant).map_or("", |(word, _)| word);
        Self {
            entry: parts.entry.0,
            version: parts.version.to_string(),
            contestant: word.to_owned(),
            grounds: parts.grounds,
            received_by: parts.received_by.to_string(),
            received_on: parts.received_on,
            acknowledged_on: parts.acknowledged_on,
            handler: parts.handler.map(|handler| handler.to_string()),
            decision: parts.decision.as_ref().map(KeptDecision::of),
        }
    }

    pub(crate) fn read(self, id: &str) -> Result<Contest, Error> {
        let parts = self.parts(id).ok_or_else(|| super::not_readable("contest", id))?;
        Ok(Contest::from_parts(parts)?)
    }

    fn parts(self, id: &str) -> Option<ContestParts> {
        let handler = match &self.handler {
            Some(code) => Some(PersonId::new(code)?),
            None => None,
        };
        let decision = match &self.decision {
            Some(kept) => Some(kept.read()?),
            None => None,
        };
        Some(ContestParts {
            id: ContestId(id.to_owned()),
            entry: EntryId(self.entry),
            version: Sha256Hash::from_hex(&self.version)?,
            contestant: CONTESTANTS.iter().find(|(word, _)| *word == self.contestant)?.1,
            grounds: self.grounds,
            received_by: PersonId::new(&self.received_by)?,
            received_on: self.received_on,
            acknowledged_on: self.acknowledged_on,
            handler,
            decision,
        })
    }
}

impl KeptDecision {
    fn of(decision: &Decision) -> Self {
        let (outcome, withdrawal_reason) = match &decision.outcome {
            Outcome::Kept => ("kept", None),
            Outcome::Corrected => ("corrected", None),
            Outcome::Withdrawn { reason } => ("withdrawn", Some(v1::withdrawal_reason(*reason).to_owned())),
        };
        Self {
            outcome: outcome.to_owned(),
            withdrawal_reason,
            reason: decision.reason.clone(),
            by: decision.by.to_string(),
            on: decision.on,
        }
    }

    fn read(&self) -> Option<Decision> {
        let outcome = match (self.outcome.as_str(), &self.withdrawal_reason) {
            ("kept", None) => Outcome::Kept,
            ("corrected", None) => Outcome::Corrected,
            ("withdrawn", Some(reason)) => Outcome::Withdrawn { reason: v1::withdrawal_reason_from(reason)? },
            _ => return None,
        };
        Some(Decision { outcome, reason: self.reason.clone(), by: PersonId::new(&self.by)?, on: self.on })
    }
}
