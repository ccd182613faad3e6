//! What a person can do, one file for each thing: what a [`hoster`] does, what the [`issuer`] does, and the look at the
//! [`records`] that both leave.
//!
//! An operation asks the store what it needs, lets the pure crates decide, and keeps what they made together with
//! its audit record in one act. Time and person are arguments; files, terminal and pages belong to the caller.
#![forbid(unsafe_code)]

pub mod hoster;
pub mod issuer;
pub mod records;

/// The day of a moment, in UTC, as days stand in the store.
pub(crate) fn day_of(at: jiff::Timestamp) -> jiff::civil::Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}
