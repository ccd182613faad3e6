//! What the issuer's people do: from evidence to a delivered edition, and back again.
//!
//! Every operation loads what it is about through the checks of `curation`, lets it decide, and keeps the result with
//! its audit record in one act. The store refuses own work once more.

pub mod contests;
pub mod deconfliction;
pub mod deliveries;
pub mod editions;
pub mod entries;
pub mod error;
pub mod evidence;
mod kept;
pub mod machine;
pub mod partners;
pub mod people;
pub mod receipts;
pub mod signing;
pub mod tracing;

use curation::{Action, Person, Role};
use store::Word;

pub use error::Error;

/// Who acts, in the role that lets them.
pub(crate) fn actor(person: &Person, action: Action) -> store::Actor {
    let role = person.roles.iter().find(|role| role.may(action)).map_or("none", |role| role.word());
    store::Actor { person: store_id(&person.id), role: word(role) }
}

pub(crate) fn founder(id: &curation::PersonId) -> store::Actor {
    store::Actor { person: store_id(id), role: word(Role::Administrator.word()) }
}

pub(crate) fn store_id(id: &curation::PersonId) -> store::PersonId {
    store::PersonId(id.as_str().to_owned())
}

/// A word that stands in this code or is a word of a fixed vocabulary.
pub(crate) fn word(text: &str) -> Word {
    Word::new(text).expect("words in the code are plain")
}
