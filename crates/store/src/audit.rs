//! The audit chain: what every act did, in a form that shows any later change.
//!
//! `docs/format/audit.md` describes the export for whoever wants to check one without this program.
//!
//! * `record` and `canonical` are the records and their bytes, `verify` checks an export alone; none does I/O.
//! * `chain` is the chain in the database.
//!
//! Every record holds the hash of the one before it. Who and what is pseudonymous there (ids), so the chain can stay
//! whole when a person's details have to go: details are apart, the record holds a salted commitment to them only,
//! and their erasure is itself an act in the chain.

pub(crate) mod canonical;
pub(crate) mod chain;
pub(crate) mod record;
mod verify;

use std::collections::BTreeMap;
use std::fmt;

pub use verify::{Break, Checkpoint, Fault, Verified, Verifier, verify};

use crate::error::Error;
use crate::session::Session;
use crate::values::Word;

/// What an act did, in the words of the audit chain. Its changes are noted by the act itself.
#[derive(Clone)]
pub struct Deed {
    pub(crate) action: Word,
    pub(crate) object_kind: String,
    pub(crate) object_id: String,
    pub(crate) ground: String,
    pub(crate) personal: BTreeMap<String, String>,
}

impl Deed {
    /// * `action`: a word, such as `approve_entry`.
    /// * `object_kind`, `object_id`: what it was mainly about, such as `entry` and its id.
    /// * `ground`: purpose or legal ground, 1 to 300 characters, without personal details: it stays for good.
    ///
    /// # Errors
    /// [`Error::BadWord`], [`Error::BadId`] if one of them is not of that form.
    pub fn new(
        action: &str,
        object_kind: &'static str,
        object_id: &str,
        ground: &str,
    ) -> Result<Self, Error> {
        crate::values::check_id(object_kind, object_id)?;
        let length = ground.chars().count();
        if length == 0 || length > 300 || ground.chars().any(char::is_control) {
            return Err(Error::BadGround { length });
        }
        Ok(Self {
            action: Word::new(action)?,
            object_kind: object_kind.to_owned(),
            object_id: object_id.to_owned(),
            ground: ground.to_owned(),
            personal: BTreeMap::new(),
        })
    }

    /// Adds a personal detail, such as `name` or `reason`. It can be erased later without breaking the chain.
    ///
    /// # Panics
    /// If the key, which stands in the code, is not ASCII.
    #[must_use]
    pub fn personal(mut self, key: &'static str, value: &str) -> Self {
        assert!(key.is_ascii(), "names of details are ASCII, so that their order has one meaning");
        self.personal.insert(key.to_owned(), value.to_owned());
        self
    }
}

/// Shows what and about which id, no details.
impl fmt::Debug for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Deed({} {} {})", self.action, self.object_kind, self.object_id)
    }
}

/// Where an act stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// From 1, without gaps.
    pub seq: u64,
    /// SHA-256 of the record, 64 digits.
    pub hash: String,
}

/// A signature over a checkpoint, made by whoever holds the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Names the key; the verifier looks it up.
    pub key: String,
    pub bytes: Vec<u8>,
}

/// One act as the chain keeps it, for people to read.
#[derive(Clone, PartialEq, Eq)]
pub struct Noted {
    pub seq: u64,
    /// As RFC 3339, in UTC.
    pub at: String,
    pub actor: String,
    pub role: String,
    pub action: String,
    pub object_kind: String,
    pub object_id: String,
    pub ground: String,
    /// Kind and id of everything that the act changed, the object first.
    pub touched: Vec<(String, String)>,
    /// The personal details, where the act has any that were not erased.
    pub details: Option<BTreeMap<String, String>>,
    /// Whether it had details that were erased.
    pub is_erased: bool,
}

/// Shows what and about which id, no details.
impl fmt::Debug for Noted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Noted({} {} {} {})", self.seq, self.action, self.object_kind, self.object_id)
    }
}

/// Questions about the audit chain.
pub struct Audit<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Audit<'_, S> {
    /// The acts after `seq`, oldest first, at most 500 of them: ask again with the number of the last one.
    ///
    /// # Errors
    /// What the database says, and a record that is not what its hash says.
    pub async fn after(&mut self, seq: u64) -> Result<Vec<Noted>, Error> {
        let records = chain::after(self.0, seq).await?;
        Ok(records.into_iter().map(|(record, personal)| noted(record, personal)).collect())
    }

    /// How many acts there are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count(&mut self) -> Result<u64, Error> {
        chain::count(self.0).await
    }

    /// Writes the whole chain with its checkpoints as JSON lines, in the form of `docs/format/audit.md`.
    ///
    /// # Errors
    /// What the database says, and [`Error::DumpNotWritten`].
    pub async fn export(&mut self, out: &mut (impl std::io::Write + Send)) -> Result<(), Error> {
        let mut write = |line: &[u8]| {
            out.write_all(line)
                .and_then(|()| out.write_all(b"\n"))
                .map_err(|source| Error::DumpNotWritten { source })
        };
        chain::lines(self.0, &mut write).await
    }

    /// Verifies the chain as it stands in the database.
    ///
    /// # Errors
    /// [`Error::AuditBroken`] with the first break.
    pub async fn verify(
        &mut self,
        signature_holds: impl Fn(&Checkpoint) -> bool + Send,
    ) -> Result<Verified, Error> {
        let mut verifier = Verifier::new(signature_holds);
        chain::lines(self.0, &mut |line| verifier.line(line).map_err(Error::from)).await?;
        Ok(verifier.finish()?)
    }
}

fn noted(record: record::Record, personal: Option<record::Personal>) -> Noted {
    let objects = std::iter::once(&record.object).chain(&record.also);
    let touched = objects.map(|object| (object.kind.clone(), object.id.clone())).collect();
    Noted {
        touched,
        seq: record.seq,
        at: record.at,
        actor: record.actor,
        role: record.role,
        action: record.action,
        object_kind: record.object.kind,
        object_id: record.object.id,
        ground: record.ground,
        is_erased: record.commitment.is_some() && personal.is_none(),
        details: personal.map(|personal| personal.details),
    }
}
