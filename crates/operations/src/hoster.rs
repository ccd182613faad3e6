//! What a hoster does: make keys, receive, look at what changed, keep a screening, judge hits, decide, answer, and
//! let new customers in. Nothing
//! here knows sources or collectors.

pub mod accounts;
pub mod bases;
pub mod casework;
pub mod changes;
pub mod decisions;
pub mod editions;
pub mod identities;
pub mod keys;
pub mod logins;
pub mod notices;
pub mod outbox;
pub mod queue;
pub mod receipts;
pub mod receive;
pub mod retention;
pub mod retractions;
pub mod reviews;
pub mod schedules;
pub mod screenings;
pub mod second_factor;
pub mod sign_ups;
pub mod subjects;
pub mod tokens;

use serde::de::DeserializeOwned;
use store::{Deed, Payload, PersonId, Word};

/// The role in which a hoster's people act, until the desk knows finer ones.
pub(crate) fn actor(person: &PersonId) -> store::Actor {
    store::Actor { person: person.clone(), role: word("hoster") }
}

/// A word that stands in this code.
pub(crate) fn word(text: &'static str) -> Word {
    Word::new(text).expect("words in the code are plain")
}

/// Reads what was kept of something as JSON.
///
/// # Errors
/// [`store::Error::BadValue`] where it is not what this program writes there.
pub(crate) fn kept<T: DeserializeOwned>(
    kind: &'static str,
    id: &impl ToString,
    payload: &Payload,
) -> Result<T, store::Error> {
    serde_json::from_slice(payload.bytes()).map_err(|_| store::Error::BadValue {
        kind,
        id: id.to_string(),
        column: "payload".to_owned(),
    })
}

/// The note that a person wrote beside what they did: a detail that can be erased later.
pub(crate) fn with_note(deed: Deed, note: &str) -> Deed {
    if note.is_empty() { deed } else { deed.personal("note", note) }
}
