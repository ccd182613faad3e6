//! The database of both sides: SQLite in the program, PostgreSQL by address, one code for both.
//!
//! [`Store::open`] opens it. A [`Look`] asks questions, an [`Act`] changes things and can only be kept together with
//! its record in the audit chain. Questions are grouped by subject, in [`issuer`] and [`hoster`]:
//! `look.entries().due_for_review(day)`, `act.entries().propose(&entry, &maker)`.
//!
//! # What is stored of a subject
//!
//! Its id, revision and state, the few columns that are asked for, and its payload: the canonical bytes of the
//! object as the crate that owns it writes them. The store never looks into a payload.
//!
//! # What is encrypted, and why fields and not the file
//!
//! Encrypted are every payload (evidence, entries, editions, letters, contests, receipts ...), every captured file,
//! every column that says who or what (names, teams, fingerprints, handles, grounds), and the records of the audit
//! chain with their personal parts. Plain are ids (random or numbered, never a name), states, roles, numbers of
//! editions, days, links between rows, and hashes of what partners compare in the open. So who holds the file but not
//! the key learns how many there are of what and when things happened, and how long each field is, nothing more.
//!
//! Fields, because the same code then serves SQLite and PostgreSQL, where there is no file of ours; because dumps,
//! backups and replicas carry ciphertexts, too; and because the administrator of a database server is not somebody
//! who may read the list. A confidential value that must be found has a blind index beside it: HMAC-SHA256 under a
//! key of the keyring. It finds equal values and tells nothing else, but it does tell that two rows have the same
//! value; where that matters the column is unique.
//!
//! The cipher and its binding to a place are in `seal.rs`, the keys in `keys.rs`.
//!
//! # What holds
//!
//! - A change without its audit record cannot be committed, nor the other way round.
//! - Acts come one after the other. What an act reads cannot change before it is committed.
//! - Whoever changes a row says which revision they saw; a stale one is a [`Error::Conflict`].
//! - When an act is confirmed it is on the disk. When it fails, nothing happened.
//! - No statement and no value is ever logged.
#![forbid(unsafe_code)]

mod act;
mod address;
pub mod audit;
mod dialect;
mod doctor;
mod dump;
mod error;
mod files;
mod hash;
pub mod hoster;
pub mod issuer;
mod keyring;
mod keys;
mod migrate;
pub mod own_keys;
mod rows;
mod seal;
mod sealed_log;
mod session;
mod store;
mod tables;
mod values;

pub use act::{Act, Actor};
pub use address::Address;
pub use audit::{Audit, Committed, Deed, Signature};
pub use doctor::{Check, Finding};
pub use error::Error;
pub use files::{Files, LARGEST_FILE_BYTES, Sha256};
pub use hoster::HosterSide;
pub use issuer::IssuerSide;
pub use keys::MasterKey;
pub use sealed_log::{SealedLog, SealedLogError};
pub use session::{Look, Session};
pub use store::Store;
pub use values::{Payload, PersonId, Revision, Word};

/// What both sides have.
pub trait BothSides: Session + Sized {
    fn audit(&mut self) -> Audit<'_, Self> {
        Audit(self)
    }

    fn files(&mut self) -> Files<'_, Self> {
        Files(self)
    }

    fn own_keys(&mut self) -> own_keys::OwnKeys<'_, Self> {
        own_keys::OwnKeys(self)
    }
}

impl<S: Session> BothSides for S {}
