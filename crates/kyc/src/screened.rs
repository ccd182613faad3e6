//! What the lists said of an applicant, as far as the gate needs it.

use review::{Class, Compared};
use serde::{Deserialize, Serialize};
use watchlist::Nature;

/// What a list can do to an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// A legal stop: nobody lets the party in who is meant.
    Binding,
    /// A warning: opens a review.
    Advisory,
    /// Context only: makes the look closer.
    Context,
}

impl Force {
    pub const fn of(nature: Nature) -> Self {
        match nature {
            Nature::Binding => Self::Binding,
            Nature::Advisory | Nature::Internal | Nature::Foreign => Self::Advisory,
            Nature::Reputation => Self::Context,
        }
    }
}

/// One entry that the applicant is like.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub list: String,
    pub entry: String,
    pub class: Class,
    pub force: Force,
    /// What an answer to it is given for.
    pub compared: Compared,
}

/// An edition that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionUsed {
    pub list: String,
    pub number: u64,
    /// Whether it was past its day.
    pub is_stale: bool,
}

/// Why there is no screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    NoEdition,
    /// The lists could not be read, or the screening broke off.
    BrokeOff,
}

/// What came of asking the lists.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screened {
    Done {
        editions: Vec<EditionUsed>,
        found: Vec<Found>,
        /// Whether there is too little of the applicant to exclude a hit.
        cannot_tell: bool,
    },
    Failed(Failure),
}

impl Screened {
    pub fn found(&self) -> &[Found] {
        match self {
            Self::Done { found, .. } => found,
            Self::Failed(_) => &[],
        }
    }

    pub fn is_stale(&self) -> bool {
        match self {
            Self::Done { editions, .. } => editions.iter().any(|edition| edition.is_stale),
            Self::Failed(_) => false,
        }
    }

    /// Whether the same editions would be used again, and nothing was missing.
    pub fn is_of(&self, now: &[EditionUsed]) -> bool {
        matches!(self, Self::Done { editions, .. } if editions == now)
    }
}

/// Shows ids only.
impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Found({}, {})", self.entry, self.class.word())
    }
}

/// Shows counts only.
impl std::fmt::Debug for Screened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Done { editions, found, .. } => {
                write!(f, "Done({} editions, {} found)", editions.len(), found.len())
            }
            Self::Failed(why) => write!(f, "Failed({why:?})"),
        }
    }
}
