//! What can be wrong with a list: as a whole (refused) or in one place (listed, the rest is kept).

use std::fmt;

use crate::{Phrase, phrase};

/// Why a file was not read at all.
#[derive(Debug, PartialEq, Eq)]
pub enum FormatError {
    NotUtf8 {
        line: u64,
        byte: usize,
    },
    NotJson {
        line: u64,
        what: String,
    },
    /// The text ends before the list does.
    CutOff {
        line: u64,
    },
    OtherFormat {
        found: Phrase,
    },
    NewerFormat {
        found: u64,
    },
    Head {
        line: u64,
        what: Phrase,
    },
}

impl FormatError {
    /// What was found, in both languages.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NotUtf8 { line, byte } => phrase!(
                "the list is not UTF-8 text: byte {byte} on line {line}",
                "de lijst is geen UTF-8-tekst: byte {byte} op regel {line}"
            ),
            Self::NotJson { line, what } => phrase!(
                "the list is not JSON: {what} on line {line}",
                "de lijst is geen JSON: {what} op regel {line}"
            ),
            Self::CutOff { line } => phrase!(
                "the list breaks off on line {line}, before its end",
                "de lijst breekt af op regel {line}, voor haar einde"
            ),
            Self::OtherFormat { found } => phrase!(
                "no list in the open format: the field `format` is {}, expected \"havenmeester-list/1\"",
                "geen lijst in het open formaat: het veld `format` is {}, verwacht \"havenmeester-list/1\"",
                found
            ),
            Self::NewerFormat { found } => {
                let known = super::VERSION;
                phrase!(
                    "the list is in format {found}, this program reads up to {known}",
                    "de lijst is in formaat {found}, dit programma leest tot en met {known}"
                )
            }
            Self::Head { line, what } => phrase!(
                "the head of the list is wrong on line {line}: {}",
                "het hoofd van de lijst is fout op regel {line}: {}",
                what
            ),
        }
    }

    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Phrase {
        match self {
            Self::NotUtf8 { .. } => Phrase::new(
                "save the file as UTF-8, or ask the issuer for it again",
                "sla het bestand op als UTF-8, of vraag de uitgever er opnieuw om",
            ),
            Self::NotJson { .. } => Phrase::new(
                "ask the issuer for the file again; do not edit it by hand",
                "vraag de uitgever opnieuw om het bestand; bewerk het niet met de hand",
            ),
            Self::CutOff { .. } => Phrase::new(
                "the transfer was not finished: fetch the file again and compare its size",
                "de overdracht is niet afgemaakt: haal het bestand opnieuw op en vergelijk de grootte",
            ),
            Self::NewerFormat { .. } => Phrase::new(
                "update havenmeester, then read the list again",
                "werk havenmeester bij en lees de lijst dan opnieuw",
            ),
            Self::OtherFormat { .. } | Self::Head { .. } => Phrase::new(
                "see docs/format/v1.md for the fields that a list needs",
                "zie docs/format/v1.md voor de velden die een lijst nodig heeft",
            ),
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::error::Error for FormatError {}

/// One fault that did not stop the reading.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, counted from 1.
    pub line: u64,
    /// Place of the entry in the list, counted from 1.
    pub entry_number: usize,
    pub entry_id: Option<String>,
    pub found: Phrase,
    pub expected: Phrase,
    /// What was done with it and what the reader can do next.
    pub hint: Phrase,
}

impl Problem {
    /// What was found and what was expected, with the entry and without the line.
    pub fn message(&self) -> Phrase {
        let number = self.entry_number;
        let id = self.entry_id.as_ref().map_or_else(|| format!("#{number}"), Clone::clone);
        phrase!(
            "entry {id}: found {}, expected {}",
            "vermelding {id}: gevonden {}, verwacht {}",
            self.found,
            self.expected
        )
    }
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
