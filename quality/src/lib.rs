//! How good the matching is: labelled sets, the project's own cases, an outside baseline and the last
//! accepted result. See README.md for the procedure; nothing of the product depends on this crate.
#![forbid(unsafe_code)]

pub mod accepted;
pub mod baseline;
pub mod bench;
pub mod engine;
pub mod features;
pub mod figures;
pub mod linking;
pub mod measure;
pub mod noisy;
pub mod planted;
pub mod product;
pub mod random;
pub mod records;
pub mod report;
pub mod run;
pub mod sets;
pub mod split;
pub mod worst;
