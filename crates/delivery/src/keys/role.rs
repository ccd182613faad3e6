//! What a signing key is for. One key has one role, so that an online key can never count among approvers.

/// The one thing that a signing key may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Says which keys count. Offline, two of three.
    Root,
    /// Releases editions: statements and lists of targets. Offline, two of several people.
    Approver,
    /// Says which files belong together. On the publishing machine.
    Snapshot,
    /// Says that this is still the newest. On the publishing machine.
    Timestamp,
    /// Approves one entry of the list.
    EntryApproval,
    /// A hoster's answer to the issuer: counts only.
    Receipt,
}

impl Role {
    pub const ALL: &[Self] =
        &[Self::Root, Self::Approver, Self::Snapshot, Self::Timestamp, Self::EntryApproval, Self::Receipt];

    /// The word in key files and messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Approver => "approver",
            Self::Snapshot => "snapshot",
            Self::Timestamp => "timestamp",
            Self::EntryApproval => "entry-approval",
            Self::Receipt => "receipt",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.word() == word)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
