//! Why an edition cannot be made: every fault with the entry it stands in and the way on.

use jiff::civil::Date;

use crate::{EntryId, Phrase};

/// Why no edition was made. Holds all faults, so that one attempt is enough to know what to mend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the edition cannot be made: {}{}", .faults.first().map(ToString::to_string).unwrap_or_default(), further(.faults.len()))]
pub struct CompileError {
    pub faults: Vec<Fault>,
}

fn further(faults: usize) -> String {
    match faults.saturating_sub(1) {
        0 => String::new(),
        1 => " (and 1 more fault)".to_owned(),
        more => format!(" (and {more} more faults)"),
    }
}

/// One thing that stands in the way of an edition. Names entries by id and never shows their content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the edition has number {found}, expected {expected}")]
    NumberOutOfOrder { found: u32, expected: u32 },
    #[error("the edition before belongs to the list `{found}`, expected `{expected}`")]
    OtherList { found: String, expected: String },
    #[error("no entry stands: the edition would be empty")]
    Empty,
    #[error("two entries have the id {id}")]
    DuplicateId { id: EntryId },
    #[error("{what} is {found}, expected a day not before {earlier}{}", of(.id))]
    DatesOutOfOrder { id: Option<EntryId>, what: &'static str, found: Date, earlier: Date },
    #[error("{what} is missing in entry {id}")]
    Missing { id: EntryId, what: &'static str },
    #[error("entry {id} was to be reviewed by {review_by}, and the edition is of {issued_at}")]
    ReviewPassed { id: EntryId, review_by: Date, issued_at: Date },
    #[error("a value of entry {id} cannot be listed: {kind}, expected {expected}")]
    NotAdmitted { id: EntryId, kind: &'static str, expected: Phrase },
    #[error("entry {id} lists a value and retracts it at the same time: {kind}")]
    StandsAndRetracted { id: EntryId, kind: &'static str },
    #[error("entry {id} refers to {to}, which is not in the edition or was withdrawn")]
    LeadsNowhere { id: EntryId, to: EntryId },
    #[error("entry {id} was in the edition before and is neither listed nor withdrawn")]
    Disappeared { id: EntryId },
    #[error("entry {id} was withdrawn in an earlier edition and is listed again")]
    CameBack { id: EntryId },
}

fn of(id: &Option<EntryId>) -> String {
    id.as_ref().map(|id| format!(", in entry {id}")).unwrap_or_default()
}

impl Fault {
    /// What the issuer can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NumberOutOfOrder { .. } => {
                "take the expected number; numbers rise by one so that a hoster sees a gap"
            }
            Self::OtherList { .. } => "choose the last edition of the same list",
            Self::Empty => "an empty list is not sent; tell the partners in a letter instead",
            Self::DuplicateId { .. } => "merge the two entries, or give one of them a new id",
            Self::DatesOutOfOrder { .. } => "correct the date",
            Self::Missing { .. } => "fill it in and have the entry approved again",
            Self::ReviewPassed { .. } => "observe the party again, or withdraw the entry as not seen again",
            Self::NotAdmitted { .. } => "correct the value, or leave it out; a reader would drop it",
            Self::StandsAndRetracted { .. } => "keep one of the two",
            Self::LeadsNowhere { .. } => "remove the relation, or let it lead to an entry that stands",
            Self::Disappeared { .. } => "withdraw it with a reason, so that hosters learn why",
            Self::CameBack { .. } => {
                "list the party under a new id: hosters closed their work on the old one"
            }
        }
    }
}
