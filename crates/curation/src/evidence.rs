//! One observation from an open source: what stood where, when, captured unchanged, graded.
//!
//! Evidence is first captured, then sealed. Sealed evidence never changes: its seal is the hash of its
//! canonical form, and approvals rest on it. Who collected it under which account is [`Restricted`]
//! and stays in the unit; approvers work with a [`RedactedEvidence`].

mod custody;
mod grade;
mod observation;
mod redacted;
mod restricted;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::people::{Action, Forbidden};
use crate::{Person, PersonId, Sha256Hash};

pub use custody::{CustodyError, CustodyEvent, CustodyLog, CustodyStep};
pub use grade::{Grade, Grades, InformationCredibility, SourceReliability};
pub use observation::{EvidenceId, Observation, ObservationError, Place, Quote, Translation};
pub use redacted::RedactedEvidence;
pub use restricted::{Restricted, RestrictedFields};

/// Why something cannot be done with a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Observation(#[from] ObservationError),
    #[error(transparent)]
    Custody(#[from] CustodyError),
    #[error("the seal of evidence {id} is {stored:?}, its content has {computed:?}")]
    SealBroken { id: EvidenceId, stored: Sha256Hash, computed: Sha256Hash },
}

impl EvidenceError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Forbidden(error) => error.hint(),
            Self::Observation(error) => error.hint(),
            Self::Custody(error) => error.hint(),
            Self::SealBroken { .. } => {
                "the stored evidence was changed: restore it from a backup and have the audit log verified"
            }
        }
    }
}

/// Evidence that may still be completed: quote, translation, grades.
pub struct Evidence {
    observation: Observation,
    restricted: Restricted,
    custody: CustodyLog,
}

/// Evidence that never changes again. Only the custody log grows.
pub struct SealedEvidence {
    observation: Observation,
    restricted: Restricted,
    custody: CustodyLog,
    seal: Sha256Hash,
}

/// What a store keeps of sealed evidence. The restricted fields come apart, so that they can be kept apart.
pub struct EvidenceParts {
    pub observation: Observation,
    pub restricted: Restricted,
    pub custody: CustodyLog,
    pub seal: Sha256Hash,
}

impl Evidence {
    /// Begins evidence at the moment of capture.
    ///
    /// # Errors
    /// If the person may not handle evidence.
    pub fn capture(
        observation: Observation,
        restricted: Restricted,
        by: &Person,
    ) -> Result<Self, EvidenceError> {
        by.check(Action::HandleEvidence)?;
        let custody = CustodyLog::begin(by.id.clone(), observation.captured_at);
        Ok(Self { observation, restricted, custody })
    }

    /// Evidence as a store kept it before it was sealed.
    pub fn from_parts(observation: Observation, restricted: Restricted, custody: CustodyLog) -> Self {
        Self { observation, restricted, custody }
    }

    /// For the store.
    pub fn into_parts(self) -> (Observation, Restricted, CustodyLog) {
        (self.observation, self.restricted, self.custody)
    }

    pub fn observation(&self) -> &Observation {
        &self.observation
    }

    pub fn custody(&self) -> &CustodyLog {
        &self.custody
    }

    /// Completes the observation. Files and the moment of capture stay as they were captured.
    ///
    /// # Errors
    /// If the person may not handle evidence, or `change` touched what was captured.
    pub fn complete(
        &mut self,
        by: &Person,
        at: Timestamp,
        change: impl FnOnce(&mut Observation),
    ) -> Result<(), EvidenceError> {
        by.check(Action::HandleEvidence)?;
        let mut changed = self.observation.clone();
        change(&mut changed);
        if !changed.same_capture(&self.observation) {
            return Err(ObservationError::CaptureChanged.into());
        }
        self.custody.add(CustodyStep::Described, by.id.clone(), at)?;
        self.observation = changed;
        Ok(())
    }

    /// Seals the evidence.
    ///
    /// # Errors
    /// If the person may not handle evidence, or the observation is not complete.
    pub fn seal(mut self, by: &Person, at: Timestamp) -> Result<SealedEvidence, EvidenceError> {
        by.check(Action::HandleEvidence)?;
        self.observation.check()?;
        self.custody.add(CustodyStep::Sealed, by.id.clone(), at)?;
        let seal = self.observation.seal();
        let Self { observation, restricted, custody } = self;
        Ok(SealedEvidence { observation, restricted, custody, seal })
    }
}

impl SealedEvidence {
    /// Sealed evidence as a store kept it.
    ///
    /// # Errors
    /// If the content does not fit the seal, or the custody log knows of no sealing.
    pub fn from_parts(parts: EvidenceParts) -> Result<Self, EvidenceError> {
        let EvidenceParts { observation, restricted, custody, seal } = parts;
        let computed = observation.seal();
        if computed != seal {
            return Err(EvidenceError::SealBroken { id: observation.id, stored: seal, computed });
        }
        if !custody.has(CustodyStep::Sealed) {
            return Err(CustodyError::NotSealed.into());
        }
        Ok(Self { observation, restricted, custody, seal })
    }

    pub fn into_parts(self) -> EvidenceParts {
        let Self { observation, restricted, custody, seal } = self;
        EvidenceParts { observation, restricted, custody, seal }
    }

    pub fn id(&self) -> &EvidenceId {
        &self.observation.id
    }

    pub fn seal(&self) -> Sha256Hash {
        self.seal
    }

    pub fn custody(&self) -> &CustodyLog {
        &self.custody
    }

    /// For rules and for the store. A person gets it through [`SealedEvidence::view`], which is noted.
    pub fn observation(&self) -> &Observation {
        &self.observation
    }

    /// Whether the files still exist.
    pub fn is_destroyed(&self) -> bool {
        self.custody.has(CustodyStep::Destroyed)
    }

    /// Everybody whose hand is in the content: they cannot approve what rests on it.
    pub fn touched_by(&self) -> BTreeSet<PersonId> {
        self.custody.touched_by()
    }

    /// Shows the evidence to a person of the unit.
    ///
    /// # Errors
    /// If the person may not view evidence.
    pub fn view(&mut self, by: &Person, at: Timestamp) -> Result<&Observation, EvidenceError> {
        by.check(Action::ViewEvidence)?;
        self.custody.add(CustodyStep::Viewed, by.id.clone(), at)?;
        Ok(&self.observation)
    }

    /// Shows who collected under which account.
    ///
    /// # Errors
    /// If the person may not see it.
    pub fn view_restricted(
        &mut self,
        by: &Person,
        at: Timestamp,
    ) -> Result<&RestrictedFields, EvidenceError> {
        by.check(Action::ViewRestricted)?;
        self.custody.add(CustodyStep::ViewedRestricted, by.id.clone(), at)?;
        Ok(self.restricted.fields())
    }

    /// A copy for approvers: without the restricted fields and without the names of those who handled it.
    ///
    /// # Errors
    /// If the person may not handle evidence.
    pub fn redact(&mut self, by: &Person, at: Timestamp) -> Result<RedactedEvidence, EvidenceError> {
        by.check(Action::HandleEvidence)?;
        self.custody.add(CustodyStep::Redacted, by.id.clone(), at)?;
        Ok(RedactedEvidence::of(&self.observation, self.seal, &self.custody))
    }

    /// Notes that a copy was made, left the store, or that the files were destroyed.
    ///
    /// # Errors
    /// If the person may not handle evidence, or the step is one that has its own function.
    pub fn note(&mut self, step: CustodyStep, by: &Person, at: Timestamp) -> Result<(), EvidenceError> {
        by.check(Action::HandleEvidence)?;
        if !matches!(step, CustodyStep::Copied | CustodyStep::Exported | CustodyStep::Destroyed) {
            return Err(CustodyError::NotByHand { step }.into());
        }
        Ok(self.custody.add(step, by.id.clone(), at)?)
    }
}

/// Shows the id only: evidence is confidential.
impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Evidence({})", self.observation.id)
    }
}

/// Shows the id only: evidence is confidential.
impl std::fmt::Debug for SealedEvidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedEvidence({})", self.observation.id)
    }
}
