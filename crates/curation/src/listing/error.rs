//! Why an act on a listed entry is refused.

use watchlist::EntryId;

use crate::PersonId;
use crate::people::Forbidden;
use crate::statement::StatementError;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListingError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error("entry {id} is a new version, a merge or part of a split, and not a new entry")]
    NotNew { id: EntryId },
    #[error("entry {id} was withdrawn")]
    Withdrawn { id: EntryId },
    #[error("entry {id} is not suspended")]
    NotSuspended { id: EntryId },
    #[error("both statements are of {person}; two people are needed")]
    OneVoiceTwice { person: PersonId },
    #[error("{} must have had no hand in the entry", people(.needed))]
    HandInIt { needed: usize },
    #[error("neither of the two people is of the prosecution")]
    NoProsecution,
    #[error("the approved version is for entry {found}, expected {expected}")]
    OtherEntry { found: EntryId, expected: EntryId },
    #[error("entry {id} was changed after the approved version was begun")]
    ChangedMeanwhile { id: EntryId },
    #[error("the approved version of {id} does not name {other} as taken up in it")]
    NotMerged { id: EntryId, other: EntryId },
    #[error("entry {id} is split into {expected} entries, {found} are approved")]
    SplitIncomplete { id: EntryId, found: usize, expected: usize },
    #[error("an entry is split into at least two, each with an id of its own that is not that of {id}")]
    SplitIds { id: EntryId },
    #[error("an entry cannot be merged with itself: {id}")]
    MergedWithItself { id: EntryId },
    #[error("entries of the lists {first} and {second} cannot be merged")]
    OtherList { first: String, second: String },
    #[error("what the store kept of entry {id} does not fit together: {what}")]
    NotWhole { id: EntryId, what: &'static str },
}

fn people(needed: &usize) -> &'static str {
    if *needed == 2 { "both people" } else { "one of the two people" }
}

impl ListingError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Forbidden(error) => error.hint(),
            Self::Statement(error) => error.hint(),
            Self::NotNew { .. } => "complete the change of the entry that it is based on",
            Self::Withdrawn { .. } => "begin a new entry with a new id",
            Self::NotSuspended { .. } => "nothing is to be lifted",
            Self::OneVoiceTwice { .. } => "let a second person sign",
            Self::HandInIt { .. } => "ask somebody who collected, wrote and merged nothing of it",
            Self::NoProsecution => "let somebody of the prosecution be one of the two",
            Self::OtherEntry { .. } => "choose the entry that the version was made for",
            Self::ChangedMeanwhile { .. } => "begin the change again from the entry as it is now",
            Self::NotMerged { .. } => "merge them first, and have the merge approved",
            Self::SplitIncomplete { .. } => "have all parts approved, then complete the split once",
            Self::SplitIds { .. } => "give each part a new id",
            Self::MergedWithItself { .. } => "choose two different entries",
            Self::OtherList { .. } => "withdraw the one and list the other anew",
            Self::NotWhole { .. } => "restore it from a backup and have the audit log verified",
        }
    }
}
