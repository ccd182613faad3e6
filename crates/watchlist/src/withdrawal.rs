//! What no longer stands, and why: whole entries and single values.
//!
//! A withdrawn entry stays in later editions as an entry without content, and a withdrawn value stays
//! in its entry. So a hoster who skipped editions still learns of every retraction.

use std::fmt;

use jiff::civil::Date;

use crate::{EntryId, IdentifierKind};

/// How long a withdrawn entry stays in later editions, in months. An edition expires long before,
/// so nobody compares with one that still held the entry.
pub const WITHDRAWN_STAYS_MONTHS: i32 = 24;

/// Why an entry or a value was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WithdrawalReason {
    /// The entry or value points to somebody else than was meant.
    WrongParty,
    /// What was stated of the party does not hold.
    Mistaken,
    /// The evidence no longer carries it.
    EvidenceFailed,
    /// The value belongs to another holder now; it is withdrawn because its dates were wrong.
    Reassigned,
    /// It was right, and was not observed again within the term.
    NotSeenAgain,
    /// It was right, and the party has stopped.
    Ceased,
    /// Taken up in another entry.
    Merged,
    /// Replaced by several entries.
    Split,
    /// The issuer gave no reason, or one that this program does not know.
    Unstated,
}

impl WithdrawalReason {
    /// What a hoster should do where the issuer says nothing else: reopen unless it was right before.
    pub const fn usual_advice(self) -> Advice {
        match self {
            Self::WrongParty | Self::Mistaken | Self::EvidenceFailed | Self::Reassigned | Self::Unstated => {
                Advice::Reopen
            }
            Self::NotSeenAgain | Self::Ceased | Self::Merged | Self::Split => Advice::Inform,
        }
    }
}

/// What a hoster does with hits and decisions that rest on what was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Advice {
    /// Review the hit again and reconsider the decision.
    Reopen,
    /// Note it; the decision need not change.
    Inform,
}

/// Why a whole entry no longer stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Withdrawal {
    pub reason: WithdrawalReason,
    pub advice: Advice,
    /// First day on which the entry no longer stands.
    pub since: Option<Date>,
    /// The entries that took its place, after a merge or a split.
    pub successors: Vec<EntryId>,
    /// For the reader of the list; without content of the entry.
    pub note: Option<String>,
}

impl Withdrawal {
    /// A withdrawal with the usual advice for its reason.
    pub fn new(reason: WithdrawalReason, since: Date) -> Self {
        Self { reason, advice: reason.usual_advice(), since: Some(since), successors: Vec::new(), note: None }
    }

    /// What is assumed of a withdrawn entry whose issuer says no more.
    pub fn unstated() -> Self {
        let reason = WithdrawalReason::Unstated;
        Self { reason, advice: reason.usual_advice(), since: None, successors: Vec::new(), note: None }
    }
}

/// Shows reason and advice only: the note may name the party.
impl fmt::Debug for Withdrawal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Withdrawal({:?}, {:?})", self.reason, self.advice)
    }
}

/// One value of an entry, as the list writes it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListedValue {
    Name(String),
    Identifier(IdentifierKind, String),
    /// In one line, as [`crate::Address::one_line`] gives it.
    Address(String),
}

impl ListedValue {
    /// The word for the kind of value in the open list format.
    pub const fn kind_name(&self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::Identifier(kind, _) => kind.wire_name(),
            Self::Address(_) => "address",
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Name(text) | Self::Identifier(_, text) | Self::Address(text) => text,
        }
    }
}

/// Shows the kind only: values are confidential.
impl fmt::Debug for ListedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListedValue({})", self.kind_name())
    }
}

/// Why one value of an entry no longer stands, while the entry does.
#[derive(Clone, PartialEq, Eq)]
pub struct RetractedValue {
    pub value: ListedValue,
    pub reason: WithdrawalReason,
    pub advice: Advice,
    pub since: Option<Date>,
    pub note: Option<String>,
}

impl RetractedValue {
    /// A retraction with the usual advice for its reason.
    pub fn new(value: ListedValue, reason: WithdrawalReason, since: Date) -> Self {
        Self { value, reason, advice: reason.usual_advice(), since: Some(since), note: None }
    }
}

/// Shows kind and reason only: values are confidential.
impl fmt::Debug for RetractedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RetractedValue({}, {:?})", self.value.kind_name(), self.reason)
    }
}
