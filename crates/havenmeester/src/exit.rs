//! The exit codes, the same for every command. They are in the help text and in the tests.

/// How a command ended, when nothing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No hit, or nothing to say about hits.
    Nothing,
    /// At least one hit.
    Hits,
    /// The result is there, but not all that was given could be used.
    Problems,
}

impl Outcome {
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Hits => 1,
            Self::Problems => WRONG,
        }
    }
}

/// Something went wrong.
pub(crate) const WRONG: u8 = 2;

/// A person pressed Ctrl-C: 128 and the number of the signal, as shells expect it.
pub(crate) const INTERRUPTED: u8 = 130;
