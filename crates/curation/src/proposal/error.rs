//! Why a draft is not proposed, an approval does not count, or a kept proposal is not taken back.

use jiff::Timestamp;

use crate::criterion::Missing;
use crate::deconfliction::ContactTeam;
use crate::people::Forbidden;
use crate::statement::StatementError;
use crate::{PersonId, Sha256Hash};

/// What was refused comes back unchanged, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused<T, E = ApprovalError> {
    pub back: T,
    pub why: E,
}

/// Why a draft is not proposed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("another team asks for delay: {contact}")]
    Delayed { contact: ContactTeam },
    #[error("no evidence stands behind {count} of the values, the first of them: {kind}")]
    WithoutEvidence { count: usize, kind: &'static str },
    #[error("the entry has no name, identifier or address")]
    SaysNothing,
    #[error("the criterion is not met: {}", first_of(.missing))]
    CriterionNotMet { missing: Vec<Missing> },
    #[error("the day of the last observation is missing, or later than all evidence")]
    ObservedWithoutEvidence,
    #[error("the next review is missing, or later than {months} months after the last observation")]
    ReviewTooLate { months: i32 },
}

fn first_of(missing: &[Missing]) -> String {
    let first = missing.first().map(ToString::to_string).unwrap_or_default();
    match missing.len() {
        0 | 1 => first,
        count => format!("{first} (and {} more)", count - 1),
    }
}

impl ProposeError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Forbidden(error) => error.hint(),
            Self::Delayed { .. } => "call that team before anything else",
            Self::WithoutEvidence { .. } => "name the evidence for each value, or leave the value out",
            Self::SaysNothing => "add what hosters can compare their customers with",
            Self::CriterionNotMet { .. } => "complete the form; each question says what it needs",
            Self::ObservedWithoutEvidence | Self::ReviewTooLate { .. } => {
                "note the observation with its evidence; both days follow from it"
            }
        }
    }
}

/// Why an approval does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalError {
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error("{person} had a hand in the entry and cannot approve it")]
    OwnWork { person: PersonId },
    #[error("{person} has approved the substance already")]
    ApprovedTwice { person: PersonId },
    #[error("the approval arrived at {received_at}, before the proposal of {proposed_at}")]
    BeforeProposal { received_at: Timestamp, proposed_at: Timestamp },
}

impl ApprovalError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Statement(error) => error.hint(),
            Self::OwnWork { .. } => "ask somebody who collected, wrote and merged nothing of it",
            Self::ApprovedTwice { .. } => "the prosecution must be a third person",
            Self::BeforeProposal { .. } => "look at the clocks and sign again",
        }
    }
}

/// Why a proposal that a store kept is not taken back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    #[error("the kept hash is {stored:?}, the content has {computed:?}")]
    ContentChanged { stored: Sha256Hash, computed: Sha256Hash },
    #[error("an approval of the proportion is kept without one of the substance")]
    StepMissing,
    #[error("a kept approval does not count: {0}")]
    Approval(#[from] ApprovalError),
}

impl RestoreError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::ContentChanged { .. } | Self::StepMissing => {
                "restore it from a backup and have the audit log verified; it must not be published"
            }
            Self::Approval(_) => "take it up as a draft and have it approved again",
        }
    }
}
