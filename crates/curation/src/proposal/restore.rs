//! Proposals as a store keeps them, and the way back, which goes through every check again.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{ApprovalError, ApprovedEntry, Content, Draft, Proposed, RestoreError, Seconded};
use crate::statement::{Accepted, SignedStatement, Step};
use crate::{PersonId, Sha256Hash, Unit};

/// A statement as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedStatement {
    pub signed: SignedStatement,
    pub received_at: Timestamp,
}

impl From<&Accepted> for ReceivedStatement {
    fn from(accepted: &Accepted) -> Self {
        Self { signed: accepted.signed().clone(), received_at: accepted.received_at() }
    }
}

/// What a store keeps of a proposal in any state but draft.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposalParts {
    pub content: Content,
    pub contributors: BTreeSet<PersonId>,
    pub proposed_by: PersonId,
    pub proposed_at: Timestamp,
    pub hash: Sha256Hash,
    pub substance: Option<ReceivedStatement>,
    pub proportion: Option<ReceivedStatement>,
}

/// A proposal in the state it was in.
#[derive(Clone, Debug, PartialEq)]
pub enum Restored {
    Proposed(Proposed),
    Seconded(Seconded),
    Approved(ApprovedEntry),
}

/// Takes a proposal back from a store.
///
/// # Errors
/// If the content does not fit the hash, or an approval does not count: because it is of another
/// content, of somebody who had a hand in it, or of a key that was revoked as of before.
pub fn restore(parts: ProposalParts, unit: &Unit) -> Result<Restored, RestoreError> {
    let ProposalParts {
        content,
        contributors,
        proposed_by,
        proposed_at,
        hash: stored,
        substance,
        proportion,
    } = parts;
    let computed = content.hash(&contributors);
    if computed != stored {
        return Err(RestoreError::ContentChanged { stored, computed });
    }
    let proposed = Proposed { content, contributors, proposed_by, proposed_at, hash: stored };
    let Some(substance) = substance else {
        return if proportion.is_some() {
            Err(RestoreError::StepMissing)
        } else {
            Ok(Restored::Proposed(proposed))
        };
    };
    let substance = recalled(unit, substance, Step::ApproveSubstance, stored)?;
    let substance = proposed.independent(substance)?;
    let seconded = Seconded { proposed, substance };
    let Some(proportion) = proportion else { return Ok(Restored::Seconded(seconded)) };
    let proportion = recalled(unit, proportion, Step::ApproveProportion, stored)?;
    let proportion = seconded.third_person(proportion)?;
    Ok(Restored::Approved(ApprovedEntry { seconded, proportion }))
}

fn recalled(
    unit: &Unit,
    received: ReceivedStatement,
    step: Step,
    subject: Sha256Hash,
) -> Result<Accepted, ApprovalError> {
    Ok(unit.recall(received.signed, step, subject, received.received_at)?)
}

impl Proposed {
    /// For the store.
    pub fn to_parts(&self) -> ProposalParts {
        ProposalParts {
            content: self.content.clone(),
            contributors: self.contributors.clone(),
            proposed_by: self.proposed_by.clone(),
            proposed_at: self.proposed_at,
            hash: self.hash,
            substance: None,
            proportion: None,
        }
    }
}

impl Seconded {
    /// For the store.
    pub fn to_parts(&self) -> ProposalParts {
        ProposalParts { substance: Some((&self.substance).into()), ..self.proposed.to_parts() }
    }
}

impl ApprovedEntry {
    /// For the store.
    pub fn to_parts(&self) -> ProposalParts {
        ProposalParts { proportion: Some(self.proportion().into()), ..self.seconded.to_parts() }
    }

    /// A draft with the same content and the same people on record, to be changed and approved anew.
    pub(crate) fn draft(&self) -> Draft {
        Draft::again(self.content().clone(), self.contributors().clone())
    }
}
