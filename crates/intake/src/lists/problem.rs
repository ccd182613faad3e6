//! One fault in a list that did not stop the reading.

use std::fmt;

use watchlist::{Phrase, phrase};

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

    /// In both languages.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Line(line) => phrase!("line {line}", "regel {line}"),
            Self::Row(row) => phrase!("row {row}", "rij {row}"),
            Self::List => Phrase::new("the whole list", "de hele lijst"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

/// What was found where something else was expected.
#[derive(Clone, PartialEq, Eq)]
pub struct ListProblem {
    pub at: Place,
    pub entry_id: Option<String>,
    pub found: Phrase,
    pub expected: Phrase,
    /// What was done with it and what the reader can do next.
    pub hint: Phrase,
}

impl ListProblem {
    /// What was found and what was expected, with the entry it belongs to and without the place in the file.
    pub fn message(&self) -> Phrase {
        let what = phrase!("found {}, expected {}", "gevonden {}, verwacht {}", self.found, self.expected);
        match &self.entry_id {
            None => what,
            Some(id) => phrase!("entry {id}: {}", "vermelding {id}: {}", what),
        }
    }

    /// Everything in one sentence: where, what was found and expected, and what to do.
    pub fn phrase(&self) -> Phrase {
        let entry = match &self.entry_id {
            None => Phrase::new("", ""),
            Some(id) => phrase!(", entry {id}", ", vermelding {id}"),
        };
        phrase!(
            "{}{}: found {}, expected {}; {}",
            "{}{}: gevonden {}, verwacht {}; {}",
            self.at.phrase(),
            entry,
            self.found,
            self.expected,
            self.hint
        )
    }
}

/// For the person who imports the list: it shows contents, so it must not go into a log.
impl fmt::Display for ListProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

/// Shows the place only: what was found is content of the list.
impl fmt::Debug for ListProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListProblem({})", self.at)
    }
}

pub(super) const READ_AS_ORGANISATION: Phrase = Phrase::new(
    "the party was kept and read as an organisation",
    "de partij is gebleven en gelezen als organisatie",
);
pub(super) const LEFT_OUT: Phrase = Phrase::new("it was left out", "het is weggelaten");
pub(super) const ROW_LEFT_OUT: Phrase = Phrase::new(
    "the row was left out; fetch the file again",
    "de rij is weggelaten; haal het bestand opnieuw op",
);

/// The type that a party has in the file, for a message.
pub(super) fn the_type(word: &str) -> Phrase {
    phrase!("the type {}", "het type {}", shown(word))
}

/// A value for a message: quoted, on one line and not too long.
pub(super) fn shown(text: &str) -> Phrase {
    if text.trim().is_empty() {
        return Phrase::new("nothing", "niets");
    }
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.trim().chars().take(SHOWN_CHARS).map(visible).collect();
    if text.trim().chars().nth(SHOWN_CHARS).is_some() {
        shown.push_str(" ...");
    }
    Phrase::same(format!("`{shown}`"))
}
