//! The issuer's side as its people use it: one test file for each part, and one for all orders of acts.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod cast;
mod contest;
mod listing;
mod proposal;
mod release;
mod separation;
