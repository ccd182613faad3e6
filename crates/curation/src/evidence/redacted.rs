//! The copy of evidence that approvers work with.

use jiff::Timestamp;

use super::{CustodyLog, CustodyStep, Observation};
use crate::Sha256Hash;

/// Evidence without collector, account and exit, and without the people who handled it.
///
/// It is a type of its own: nothing restricted is in it, so nothing restricted can come out of it. The
/// seal is the one of the original, and approvals rest on it.
#[derive(Clone, PartialEq, Eq)]
pub struct RedactedEvidence {
    observation: Observation,
    seal: Sha256Hash,
    history: Vec<(CustodyStep, Timestamp)>,
}

impl RedactedEvidence {
    pub(super) fn of(observation: &Observation, seal: Sha256Hash, custody: &CustodyLog) -> Self {
        let history = custody.events().iter().map(|event| (event.step, event.at)).collect();
        Self { observation: observation.clone(), seal, history }
    }

    pub fn observation(&self) -> &Observation {
        &self.observation
    }

    pub fn seal(&self) -> Sha256Hash {
        self.seal
    }

    /// Whether what an approver reads is what was sealed.
    pub fn is_whole(&self) -> bool {
        self.observation.seal() == self.seal
    }

    /// What was done with it and when, without saying by whom.
    pub fn history(&self) -> &[(CustodyStep, Timestamp)] {
        &self.history
    }
}

/// Shows the id only: evidence is confidential.
impl std::fmt::Debug for RedactedEvidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RedactedEvidence({})", self.observation.id)
    }
}
