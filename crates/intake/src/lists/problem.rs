//! One fault in a list that did not stop the reading.

use std::fmt;

/// Longest piece of a value that a message shows, in characters.
const SHOWN_CHARS: usize = 80;

/// Where something stands in a file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Line of a text file.
    Line(u64),
    /// Row of a sheet.
    Row(u64),
    /// The list as a whole.
    List,
}

impl Place {
    /// The line or row, where there is one.
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Line(number) | Self::Row(number) => Some(number),
            Self::List => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Row(row) => write!(f, "row {row}"),
            Self::List => f.write_str("the whole list"),
        }
    }
}

/// What was found where something else was expected.
#[derive(Clone, PartialEq, Eq)]
pub struct ListProblem {
    pub at: Place,
    pub entry_id: Option<String>,
    pub found: String,
    pub expected: String,
    /// What was done with it and what the reader can do next.
    pub hint: String,
}

/// For the person who imports the list: it shows contents, so it must not go into a log.
impl fmt::Display for ListProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at)?;
        if let Some(id) = &self.entry_id {
            write!(f, ", entry {id}")?;
        }
        write!(f, ": found {}, expected {}; {}", self.found, self.expected, self.hint)
    }
}

/// Shows the place only: what was found is content of the list.
impl fmt::Debug for ListProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListProblem({})", self.at)
    }
}

/// A value for a message: quoted, on one line and not too long.
pub(super) fn shown(text: &str) -> String {
    if text.trim().is_empty() {
        return "nothing".to_owned();
    }
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.trim().chars().take(SHOWN_CHARS).map(visible).collect();
    if text.trim().chars().nth(SHOWN_CHARS).is_some() {
        shown.push_str(" ...");
    }
    format!("`{shown}`")
}
