//! What a person can do, one file for each thing: what a [`hoster`] does, and what the [`issuer`] does.
//!
//! An operation asks the store what it needs, lets the pure crates decide, and keeps what they made together with
//! its audit record in one act. Time and person are arguments; files, terminal and pages belong to the caller.
#![forbid(unsafe_code)]

pub mod hoster;
pub mod issuer;
