//! From an edition to deliveries: word, state, sign, encrypt, sign, stamp.
//!
//! The order is held by types, since each step consumes the one before:
//! [`prepare`] → [`Prepared`] (approvers sign the statements) → [`Prepared::seal`] → [`Sealed`] (approvers sign
//! the lists of targets) → [`Sealed::release`] → [`Release`]. Where all keys are on one machine,
//! [`publish`] does all of it.
//!
//! A delivery is made from the edition, the partner and the roots alone. Nothing that depends on how many
//! partners there are, or on any other of them, goes into it.

mod batch;
mod folder;
mod here;
pub(crate) mod part;
mod release;
mod sealed_file;

pub use batch::{Addressee, Enclosure, Issue, Lifetimes, Prepared, Sealed, prepare};
pub use folder::{FolderError, write_folder};
pub use here::publish;
pub use part::{EDITION, PADDING_BYTES, PartName, PartNameError, STATEMENT};
pub use release::{OnlineKeys, Release, refresh};

use crate::ceremony::CeremonyError;
use crate::content::ContentError;
use crate::keys::WrongRole;
use crate::mark::WordingError;
use crate::metadata::SignatureError;

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PublishError {
    #[error("the edition has no date until which it is valid")]
    NoValidity,
    #[error("the edition has no number")]
    NoNumber,
    #[error("the edition was valid until {until}, before it is published")]
    Over { until: jiff::civil::Date },
    #[error("the id of the list has a control character or is empty")]
    ListId,
    #[error("a reader would not take {problems} values of the edition as they are; first: entry {entry}")]
    NotReadable { problems: usize, entry: usize },
    #[error("the note of entry {entry} cannot be worded: {cause}")]
    Wording { entry: usize, cause: WordingError },
    #[error("enclosure `{name}` is given twice")]
    RepeatedEnclosure { name: String },
    #[error("a part is larger than {limit} bytes: `{name}`")]
    TooLarge { name: String, limit: u64 },
    #[error("more than {limit} parts")]
    TooManyParts { limit: usize },
    #[error(
        "the number of a delivery begins with 1 and counts up; found {found}, the one before was {before}"
    )]
    Sequence { found: u64, before: u64 },
    #[error("{what}: {cause}")]
    Signatures { what: &'static str, cause: SignatureError },
    #[error("the draft of sealed deliveries cannot be read: {what}")]
    Draft { what: &'static str },
    #[error(transparent)]
    Content(#[from] ContentError),
    #[error(transparent)]
    Ceremony(#[from] CeremonyError),
    #[error(transparent)]
    WrongRole(#[from] WrongRole),
}

impl PublishError {
    /// What the reader can do next, in one sentence.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NoValidity | Self::NoNumber | Self::Over { .. } | Self::ListId => {
                "set number, list id and validity of the edition, then compile it again"
            }
            Self::NotReadable { .. } | Self::Content(_) => {
                "check the edition with `list check` and correct the entries it names"
            }
            Self::Wording { .. } => "write choices as {a|b}, with words that stand nowhere else in the note",
            Self::RepeatedEnclosure { .. } => "give each enclosure its own name",
            Self::TooLarge { .. } | Self::TooManyParts { .. } => "leave enclosures out or make them smaller",
            Self::Sequence { .. } => "take the number that follows the partner's last delivery",
            Self::Signatures { .. } => "two approvers whose keys are in the newest root must sign",
            Self::Draft { .. } => "seal the deliveries again and let the approvers sign again",
            Self::Ceremony(error) => error.hint(),
            Self::WrongRole(_) => "take a key that was made for this role",
        }
    }
}
