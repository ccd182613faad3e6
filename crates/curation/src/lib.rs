//! From evidence to a released edition; the issuer's side only.
//!
//! This crate holds sources, collectors and doubts, which never leave the unit. It comes after every
//! crate of the hoster's path, so that none of them can name its types. Pure: time, keys, random
//! numbers and file contents are arguments, and the store keeps what the types hand out as parts.
//!
//! The way of an entry: [`evidence`] is captured and sealed, a [`proposal`] collects it and is approved
//! by a second analyst and by the prosecution, [`listing`] is its life on the list, [`release`] makes
//! the next edition of it. [`contest`] is the way of a party that objects.
#![forbid(unsafe_code)]

pub mod canonical;
pub mod capture;
pub mod contest;
pub mod criterion;
pub mod deconfliction;
pub mod evidence;
pub mod listing;
pub mod people;
pub mod proposal;
pub mod release;
pub mod statement;
pub mod timestamp;
pub mod working_days;

pub use canonical::{Canonical, Sha256Hash};
pub use people::{Action, Key, KeyId, Person, PersonId, Role, TeamId, Unit};
