//! What a hoster's people make of hits: dispositions, suppressions, decisions.
//!
//! Pure: people, times and what is compared are arguments. A hit is what the machine found, a [`disposition`] is what
//! a person says of it, and a [`decision`] is what happens to the contract, on the hoster's own grounds: three things
//! in three types. [`Review::dispose`] is the only way to a judged hit.
#![forbid(unsafe_code)]

pub mod decision;
pub mod disposition;
pub mod impact;
pub mod suppression;

pub use decision::{Decision, DecisionError, Ground, GroundKind, Measure};
pub use disposition::{
    Answer, Class, DisposeError, Disposition, Event, ReasonCode, Reopening, Review, Standing,
};
pub use impact::{Reach, Touched};
pub use suppression::Compared;
