//! An edition whose origin, completeness and addressee were verified.

use std::collections::BTreeMap;

use watchlist::Edition;
use watchlist::format::v1::{Problem, Reading};

use crate::content::ContentRoot;
use crate::keys::KeyId;
use crate::metadata::{Sha256Hex, Statement};
use crate::partner::PartnerId;

/// A received edition. Only [`crate::open()`] makes one.
pub struct VerifiedEdition {
    statement: Statement,
    edition: Edition,
    problems: Vec<Problem>,
    bytes: Vec<u8>,
    enclosures: BTreeMap<String, Vec<u8>>,
    signers: Vec<KeyId>,
}

impl VerifiedEdition {
    pub(super) fn new(
        statement: Statement,
        reading: Reading,
        bytes: Vec<u8>,
        enclosures: BTreeMap<String, Vec<u8>>,
        signers: Vec<KeyId>,
    ) -> Self {
        Self { statement, edition: reading.edition, problems: reading.problems, bytes, enclosures, signers }
    }

    pub const fn edition(&self) -> &Edition {
        &self.edition
    }

    pub fn into_edition(self) -> Edition {
        self.edition
    }

    pub const fn number(&self) -> u32 {
        self.statement.edition
    }

    /// The line that two partners can compare.
    pub const fn content_root(&self) -> ContentRoot {
        self.statement.content_root
    }

    pub const fn partner(&self) -> &PartnerId {
        &self.statement.partner
    }

    pub const fn published_at(&self) -> jiff::Timestamp {
        self.statement.published_at.timestamp()
    }

    /// The edition as it came, in the open list format.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of [`Self::bytes`], for manifests. It differs between partners, the content root does not.
    pub fn sha256(&self) -> String {
        Sha256Hex::of(&self.bytes).hex()
    }

    /// What this program did not understand of the edition, for instance because it is older than the issuer's.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Letters and readable lists by name, as they came.
    pub const fn enclosures(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.enclosures
    }

    /// The approvers' keys that signed the statement.
    pub fn signers(&self) -> &[KeyId] {
        &self.signers
    }
}

/// Shows the number and how much there is of it.
impl std::fmt::Debug for VerifiedEdition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedEdition({}, {} entries)", self.number(), self.edition.entries.len())
    }
}
