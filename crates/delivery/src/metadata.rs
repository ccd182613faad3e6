//! The four files of TUF 1.0 and the statement of an edition: their one spelling, and whose signatures count.
//!
//! Every file is OLPC canonical JSON as a whole, so that each metadata has one spelling and a changed byte
//! is never a change without meaning. Keys are Ed25519 and nothing else.

mod chain;
mod form;
mod policy;
mod roles;
mod root;
mod signatures;
mod statement;

pub use chain::{ChainError, Roots, follow};
pub use form::{FormError, Instant, Signature, Signed, canonical, read};
pub use policy::{PolicyError, check as check_policy};
pub use roles::{
    Hashes, Kind, MetaFile, Sha256Hex, Snapshot, SnapshotTag, TargetFile, Targets, TargetsTag, Timestamp,
    TimestampTag,
};
pub use root::{Ed25519Tag, Key, KeyValue, PublicHex, RoleKeys, Roles, Root, RootTag};
pub use signatures::{KeySet, SignatureError, verify};
pub use statement::{Part, Statement, StatementTag};

/// The TUF specification that this is written after.
pub const SPEC_VERSION: &str = "1.0.34";
