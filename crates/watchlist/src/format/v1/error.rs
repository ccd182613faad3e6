//! What can be wrong with a list: as a whole (refused) or in one place (listed, the rest is kept).

use std::fmt;

/// Why a file was not read at all.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FormatError {
    #[error("the list is not UTF-8 text: byte {byte} on line {line}")]
    NotUtf8 { line: u64, byte: usize },
    #[error("the list is not JSON: {what} on line {line}")]
    NotJson { line: u64, what: String },
    #[error("the list breaks off on line {line}, before its end")]
    CutOff { line: u64 },
    #[error("no list in the open format: the field `format` is {found}, expected \"havenmeester-list/1\"")]
    OtherFormat { found: String },
    #[error("the list is in format {found}, this program reads up to {}", super::VERSION)]
    NewerFormat { found: u64 },
    #[error("the head of the list is wrong on line {line}: {what}")]
    Head { line: u64, what: String },
}

impl FormatError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotUtf8 { .. } => "save the file as UTF-8, or ask the issuer for it again",
            Self::NotJson { .. } => "ask the issuer for the file again; do not edit it by hand",
            Self::CutOff { .. } => "the transfer was not finished: fetch the file again and compare its size",
            Self::OtherFormat { .. } => "see docs/format/v1.md for the fields that a list needs",
            Self::NewerFormat { .. } => "update havenmeester, then read the list again",
            Self::Head { .. } => "see docs/format/v1.md for the fields that a list needs",
        }
    }
}

/// One fault that did not stop the reading.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, counted from 1.
    pub line: u64,
    /// Place of the entry in the list, counted from 1.
    pub entry_number: usize,
    pub entry_id: Option<String>,
    pub found: String,
    pub expected: String,
    /// What was done with it and what the reader can do next.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, entry {}", self.line, self.entry_number)?;
        if let Some(id) = &self.entry_id {
            write!(f, " ({id})")?;
        }
        write!(f, ": found {}, expected {}; {}", self.found, self.expected, self.hint)
    }
}

/// Shows the place only: what was found is content of the list.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Problem(line {})", self.line)
    }
}
