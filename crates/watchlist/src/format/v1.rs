//! The open list format, version 1 (JSON). See docs/format/v1.md.
//!
//! [`read()`] turns bytes into an edition ([`crate::Edition`]) and keeps all that is good of a list with faults in it;
//! [`write()`] makes the same bytes from the same edition. Nothing here says whether the origin was
//! verified: only the delivery of an edition can.

mod dates;
mod error;
mod read;
#[cfg(test)]
mod tests;
mod wire;
mod words;
mod write;

pub use dates::{birth_date, date};
pub use error::{FormatError, Problem};
pub use read::{Reading, read, read_entry};
pub use words::{
    advice, entry_type, name_kind, nature, relation_kind, status, strength, strength_of, withdrawal_reason,
    withdrawal_reason_from,
};
pub use write::{write, write_entry};

/// What stands in the field `format`.
pub const FORMAT: &str = "havenmeester-list/1";

/// The highest version that this program reads.
pub const VERSION: u64 = 1;
