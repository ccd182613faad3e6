//! What a list says: entries, identifiers and editions, and their bytes on the wire.
//!
//! First crate of the flow; everything else uses these words. It reads no files and asks no clock:
//! the caller hands over bytes and dates.
#![forbid(unsafe_code)]

pub mod address;
pub mod compile;
pub mod delta;
pub mod edition;
pub mod entry;
pub mod format;
pub mod identifier;
mod phrase;
pub mod quality;
pub mod retraction;
pub mod validity;
pub mod withdrawal;

pub use address::Address;
pub use compile::{CompileError, Dates, Fault, compile};
pub use delta::{Delta, EntryChange, ListChange, Replaced, WithdrawnEntry, delta};
pub use edition::{Edition, ListInfo, Nature};
pub use entry::{Entry, EntryId, EntryType, Name, NameKind, Relation, RelationKind, Status};
pub use identifier::{Identifier, IdentifierKind, Strength};
pub use phrase::Phrase;
pub use quality::{QualityFigures, quality};
pub use retraction::{RetractedItem, Retraction, Target, retraction};
pub use validity::Validity;
pub use withdrawal::{Advice, ListedValue, RetractedValue, Withdrawal, WithdrawalReason};
