//! The forms in which the store keeps what `curation` hands out, and the way back.
//!
//! JSON with names, so that a payload can be read in ten years. What comes back goes through the checks of `curation`
//! again; a form that cannot be read is never guessed.

pub(crate) mod content;
pub(crate) mod contest;
pub(crate) mod edition;
pub(crate) mod entry;
pub(crate) mod evidence;
pub(crate) mod partner;
pub(crate) mod person;
pub(crate) mod statement;

use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Payload;

use super::Error;

/// As a payload.
pub(crate) fn payload(kept: &impl Serialize) -> Payload {
    Payload::new(serde_json::to_vec(kept).expect("texts, numbers and lists are JSON"))
}

/// Back from a payload.
pub(crate) fn read<T: DeserializeOwned>(what: &'static str, id: &str, payload: &Payload) -> Result<T, Error> {
    serde_json::from_slice(payload.bytes()).map_err(|_| not_readable(what, id))
}

pub(crate) fn not_readable(what: &'static str, id: &str) -> Error {
    Error::NotReadable { what, id: id.to_owned() }
}
