//! What a person signs: one step on one subject at one time.
//!
//! A statement counts only if the key belonged to the person and had not been revoked, both when it was
//! signed and when it arrived. So nobody can date a statement back to before a revocation.

use jiff::{SignedDuration, Timestamp};

use crate::people::{Action, Forbidden};
use crate::{Canonical, KeyId, Person, PersonId, Sha256Hash, Unit};

/// How far the clocks of signer and unit may differ.
const CLOCK_DIFFERENCE: SignedDuration = SignedDuration::from_mins(5);

/// Stands before the hash. The delivery's key files sign approvals in this form, so that one key of a person serves
/// for all statements, and nothing else that is signed has the same bytes (a test of `operations` holds both equal).
const APPROVAL_PREFIX: &[u8] = b"havenmeester-entry-approval/1\n";

/// What the signature is for. A signature for one step never counts for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    ApproveSubstance,
    ApproveProportion,
    Withdraw,
    LiftSuspension,
    Release,
    Enrol,
}

impl Step {
    pub const ALL: &[Self] = &[
        Self::ApproveSubstance,
        Self::ApproveProportion,
        Self::Withdraw,
        Self::LiftSuspension,
        Self::Release,
        Self::Enrol,
    ];

    /// The word in the signed bytes and in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ApproveSubstance => "approve substance",
            Self::ApproveProportion => "approve proportion",
            Self::Withdraw => "withdraw",
            Self::LiftSuspension => "lift suspension",
            Self::Release => "release",
            Self::Enrol => "enrol",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.word() == word)
    }

    /// What the signer must be allowed to do.
    const fn action(self) -> Action {
        match self {
            Self::ApproveSubstance => Action::ApproveSubstance,
            Self::ApproveProportion => Action::ApproveProportion,
            Self::Withdraw | Self::LiftSuspension => Action::Withdraw,
            Self::Release => Action::ConfirmRelease,
            Self::Enrol => Action::Administer,
        }
    }
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub step: Step,
    /// The hash of what the step is about.
    pub subject: Sha256Hash,
    pub person: PersonId,
    pub key: KeyId,
    pub at: Timestamp,
}

impl Statement {
    /// The hash of the statement: what a key for entry approvals is asked to approve.
    pub fn digest(&self) -> Sha256Hash {
        Canonical::new("havenmeester statement 1")
            .text("step", self.step.word())
            .field("subject", self.subject.0)
            .text("person", &self.person)
            .text("key", self.key)
            .text("at", self.at)
            .hash()
    }

    /// The bytes to sign with Ed25519: the form in which keys for entry approvals sign a hash.
    pub fn bytes(&self) -> Vec<u8> {
        [APPROVAL_PREFIX, &self.digest().0].concat()
    }

    pub fn signed(self, signature: [u8; 64]) -> SignedStatement {
        SignedStatement { statement: self, signature }
    }
}

/// A statement with its signature, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedStatement {
    pub statement: Statement,
    pub signature: [u8; 64],
}

/// A statement that counts. Only [`Unit::accept`] and [`Unit::recall`] make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    signed: SignedStatement,
    received_at: Timestamp,
}

impl Accepted {
    pub fn person(&self) -> &PersonId {
        &self.signed.statement.person
    }

    pub fn at(&self) -> Timestamp {
        self.signed.statement.at
    }

    pub fn received_at(&self) -> Timestamp {
        self.received_at
    }

    pub fn signed(&self) -> &SignedStatement {
        &self.signed
    }
}

/// Why a statement does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    #[error("the statement is for the step `{}`, expected `{}`", .found.word(), .expected.word())]
    OtherStep { found: Step, expected: Step },
    #[error(
        "the statement is about {found:?}, expected {expected:?}: the content is not the one that was signed"
    )]
    OtherSubject { found: Sha256Hash, expected: Sha256Hash },
    #[error("nobody in the unit has the code {0}")]
    UnknownPerson(PersonId),
    #[error("{person} has no key {key}")]
    UnknownKey { person: PersonId, key: KeyId },
    #[error("the key {key} of {person} does not count at {at}")]
    KeyDoesNotCount { person: PersonId, key: KeyId, at: Timestamp },
    #[error("the statement is of {at}, later than its arrival at {received_at}")]
    FromTheFuture { at: Timestamp, received_at: Timestamp },
    #[error("the signature of {0} is not of this statement")]
    WrongSignature(PersonId),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
}

impl StatementError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::OtherStep { .. } => "sign for the step that is asked",
            Self::OtherSubject { .. } => "look at the content as it is now, and sign it anew if it is right",
            Self::UnknownPerson(_) | Self::UnknownKey { .. } => "have the person and the key entered first",
            Self::KeyDoesNotCount { .. } => "sign with a key that is not revoked",
            Self::FromTheFuture { .. } => "set the clock of the machine where it was signed",
            Self::WrongSignature(_) => "sign it again; the file may have been changed on the way",
            Self::Forbidden(error) => error.hint(),
        }
    }
}

impl Unit {
    /// Checks a statement that arrives now: step, subject, person, role, key, time and signature.
    ///
    /// # Errors
    /// The first of these that is wrong.
    pub fn accept(
        &self,
        signed: SignedStatement,
        step: Step,
        subject: Sha256Hash,
        received_at: Timestamp,
    ) -> Result<Accepted, StatementError> {
        let accepted = self.recall(signed, step, subject, received_at)?;
        let person = self.signer(accepted.person())?;
        person.check(step.action())?;
        Ok(accepted)
    }

    /// Checks a statement that a store kept. Roles are not asked again: people change desks, and what
    /// they approved before still holds. A key that was revoked since, as of a moment before the
    /// statement, makes it void.
    ///
    /// # Errors
    /// As [`Unit::accept`], without the role.
    pub fn recall(
        &self,
        signed: SignedStatement,
        step: Step,
        subject: Sha256Hash,
        received_at: Timestamp,
    ) -> Result<Accepted, StatementError> {
        let Statement { step: found, subject: about, person, key, at } = &signed.statement;
        if *found != step {
            return Err(StatementError::OtherStep { found: *found, expected: step });
        }
        if *about != subject {
            return Err(StatementError::OtherSubject { found: *about, expected: subject });
        }
        if received_at.saturating_add(CLOCK_DIFFERENCE).is_ok_and(|latest| *at > latest) {
            return Err(StatementError::FromTheFuture { at: *at, received_at });
        }
        let known = self.signer(person)?.keys.iter().find(|known| known.id() == *key);
        let known = known.ok_or_else(|| StatementError::UnknownKey { person: person.clone(), key: *key })?;
        if let Some(at) = [*at, received_at].into_iter().find(|at| !known.counts_at(*at)) {
            return Err(StatementError::KeyDoesNotCount { person: person.clone(), key: *key, at });
        }
        if !known.has_signed(&signed.statement.bytes(), &signed.signature) {
            return Err(StatementError::WrongSignature(person.clone()));
        }
        Ok(Accepted { signed, received_at })
    }

    fn signer(&self, id: &PersonId) -> Result<&Person, StatementError> {
        self.person(id).ok_or_else(|| StatementError::UnknownPerson(id.clone()))
    }
}
