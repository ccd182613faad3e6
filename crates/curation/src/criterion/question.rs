//! The questions of the criterion.

use std::fmt;

/// One question of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    PresentsItself,
    DutchNexus,
    Link,
    WrongPersonTest,
    LessIntrusivePossible,
}

impl Question {
    /// In the order of the form.
    pub const ALL: &[Self] = &[
        Self::PresentsItself,
        Self::DutchNexus,
        Self::Link,
        Self::WrongPersonTest,
        Self::LessIntrusivePossible,
    ];

    /// The word for it in forms and texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PresentsItself => "presents_itself",
            Self::DutchNexus => "dutch_nexus",
            Self::Link => "link",
            Self::WrongPersonTest => "wrong_person_test",
            Self::LessIntrusivePossible => "less_intrusive_possible",
        }
    }

    /// The question in English. Approvals sign it with the answer, so it never changes.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::PresentsItself => "presents itself as bulletproof",
            Self::DutchNexus => "has a Dutch nexus",
            Self::Link => "is linked to this party",
            Self::WrongPersonTest => "had a wrong-person test",
            Self::LessIntrusivePossible => "a less intrusive identifier is possible",
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase())
    }
}
