//! The bytes of a list on the wire.
//!
//! [`v1`] is the open list format (docs/format/v1.md). What a single value must look like to be taken
//! into a list at all is in [`admission`], so that every reader of lists refuses the same values.

pub mod admission;
pub mod unique_ids;
pub mod v1;
