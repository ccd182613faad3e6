//! What a list says: entries, identifiers and editions, and their bytes on the wire.
//!
//! First crate of the flow; everything else uses these words. It reads no files and asks no clock:
//! the caller hands over bytes and dates.
#![forbid(unsafe_code)]

pub mod address;
pub mod edition;
pub mod entry;
pub mod format;
pub mod identifier;
pub mod validity;

pub use address::Address;
pub use edition::{Edition, ListInfo, Nature};
pub use entry::{Entry, EntryId, EntryType, Name, NameKind, Relation, RelationKind, Status};
pub use identifier::{Identifier, IdentifierKind, Strength};
pub use validity::Validity;
