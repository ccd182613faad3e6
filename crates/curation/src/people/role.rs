//! Roles and what each of them may do, in one table.

use std::fmt;

/// What a person is in the unit. A person may have several; rules about who made what hold all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Collector,
    Analyst,
    Prosecution,
    Publisher,
    DeliveryDesk,
    ContestHandler,
    Auditor,
    Administrator,
}

/// What can be done on the issuer's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Capture, seal, copy, redact and destroy evidence.
    HandleEvidence,
    /// See evidence without its restricted fields.
    ViewEvidence,
    /// See who collected under which account.
    ViewRestricted,
    /// Write, change, merge and split drafts, and propose them.
    Propose,
    /// Approve the substance of an entry.
    ApproveSubstance,
    /// Approve proportion and ground.
    ApproveProportion,
    /// Mark an entry as in doubt.
    Suspend,
    /// One of the two voices that withdraw an entry, or lift a suspension.
    Withdraw,
    /// Make an edition, and one of the two voices that release it.
    Release,
    /// The second voice of a release, without making one.
    ConfirmRelease,
    /// Encrypt and hand over deliveries, and keep the disclosure log.
    Deliver,
    /// Take in a contest and acknowledge it.
    ReceiveContest,
    /// Re-check and decide a contest.
    DecideContest,
    /// Read records of all acts.
    Audit,
    /// One of the two voices that take a person up or change their roles and keys.
    Administer,
}

impl Role {
    pub const ALL: &[Self] = &[
        Self::Collector,
        Self::Analyst,
        Self::Prosecution,
        Self::Publisher,
        Self::DeliveryDesk,
        Self::ContestHandler,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The table of permissions.
    pub const fn may(self, action: Action) -> bool {
        match action {
            Action::HandleEvidence => matches!(self, Self::Collector | Self::Analyst),
            Action::ViewEvidence => {
                matches!(self, Self::Collector | Self::Analyst | Self::Prosecution | Self::ContestHandler)
            }
            // An auditor sees that evidence was handled, not who stands behind it.
            Action::ViewRestricted => matches!(self, Self::Collector),
            Action::Propose | Action::ApproveSubstance => matches!(self, Self::Analyst),
            Action::ApproveProportion => matches!(self, Self::Prosecution),
            Action::Suspend | Action::Withdraw => {
                matches!(self, Self::Analyst | Self::Prosecution | Self::ContestHandler)
            }
            Action::Release => matches!(self, Self::Publisher),
            Action::ConfirmRelease => matches!(self, Self::Publisher | Self::Prosecution),
            Action::Deliver => matches!(self, Self::DeliveryDesk),
            Action::ReceiveContest => matches!(self, Self::ContestHandler | Self::DeliveryDesk),
            Action::DecideContest => matches!(self, Self::ContestHandler),
            Action::Audit => matches!(self, Self::Auditor),
            Action::Administer => matches!(self, Self::Administrator),
        }
    }

    /// The word in settings and in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Collector => "collector",
            Self::Analyst => "analyst",
            Self::Prosecution => "prosecution",
            Self::Publisher => "publisher",
            Self::DeliveryDesk => "delivery-desk",
            Self::ContestHandler => "contest-handler",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.word() == word)
    }

    pub(super) fn words_that_may(action: Action) -> String {
        let words: Vec<&str> =
            Self::ALL.iter().filter(|role| role.may(action)).map(|role| role.word()).collect();
        words.join(" or ")
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HandleEvidence => "handle evidence",
            Self::ViewEvidence => "view evidence",
            Self::ViewRestricted => "view who collected evidence",
            Self::Propose => "propose an entry",
            Self::ApproveSubstance => "approve the substance of an entry",
            Self::ApproveProportion => "approve the proportion of an entry",
            Self::Suspend => "suspend an entry",
            Self::Withdraw => "withdraw an entry or lift its suspension",
            Self::Release => "release an edition",
            Self::ConfirmRelease => "confirm the release of an edition",
            Self::Deliver => "deliver an edition",
            Self::ReceiveContest => "receive a contest",
            Self::DecideContest => "decide a contest",
            Self::Audit => "audit",
            Self::Administer => "take up people or change their roles and keys",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_may_both_propose_and_approve_proportion() {
        for role in Role::ALL {
            assert!(!(role.may(Action::Propose) && role.may(Action::ApproveProportion)), "{role:?}");
            assert_eq!(Role::from_word(role.word()), Some(*role));
        }
    }

    #[test]
    fn an_auditor_only_reads() {
        let may = |action| Role::Auditor.may(action);

        assert!(may(Action::Audit));
        assert!(!may(Action::ViewRestricted) && !may(Action::Release) && !may(Action::Withdraw));
    }
}
