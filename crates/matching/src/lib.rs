//! How alike two parties are, and why.
//!
//! Both sides are cleaned once into one type, [`Party`]; features compare two parties and do not know
//! which side is the list. Pure: no files, no clock, no random source.
#![forbid(unsafe_code)]

pub mod class;
pub mod distance;
pub mod names;
pub mod party;
pub mod reason;

pub use class::Class;
pub use reason::{Reason, Remark, Side};

/// Pairs with at least this score are hits.
pub const THRESHOLD: f64 = 0.5;

/// A feature that can speak for or against. The explanations are what a reviewer reads.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    pub name: &'static str,
    pub en: &'static str,
    pub nl: &'static str,
}

/// Every feature, strongest first.
pub const FEATURES: &[Feature] = &[
    Feature { name: "same_email", en: "same e-mail address", nl: "zelfde e-mailadres" },
    Feature { name: "similar_name", en: "similar name", nl: "gelijkende naam" },
];
