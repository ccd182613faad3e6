//! What a hoster does: make keys, receive, look at what changed, keep a screening, judge hits, decide, answer. Nothing
//! here knows sources or collectors.

pub mod accounts;
pub mod decisions;
pub mod editions;
pub mod keys;
pub mod receipts;
pub mod receive;
pub mod retractions;
pub mod reviews;
pub mod screenings;

use store::{PersonId, Word};

/// The role in which a hoster's people act, until the desk knows finer ones.
pub(crate) fn actor(person: &PersonId) -> store::Actor {
    store::Actor { person: person.clone(), role: word("hoster") }
}

/// A word that stands in this code.
pub(crate) fn word(text: &'static str) -> Word {
    Word::new(text).expect("words in the code are plain")
}
