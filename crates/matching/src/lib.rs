//! How alike two parties are, and why.
//!
//! Both sides are cleaned once into one type, [`Party`]; features compare two parties and do not know
//! which side is the list. Pure: no files, no clock, no random source.
#![forbid(unsafe_code)]

pub mod class;
pub mod compare;
pub mod distance;
pub mod explain;
pub mod features;
pub mod identifiers;
pub mod names;
mod own_domain;
pub mod pair;
pub mod party;
pub mod reason;

pub use class::Class;
pub use compare::{Comparison, compare};
pub use explain::{causes, reasons};
pub use features::{FEATURES, Feature};
pub use pair::{PairResult, compare_names};
pub use party::{Context, Party, PartyKind, RawParty};
pub use reason::{About, Cause, Reason, Remark, Side};

/// Pairs with at least this score are hits.
pub const THRESHOLD: f64 = 0.5;
