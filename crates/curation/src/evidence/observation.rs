//! What was seen: the part of the evidence that is sealed and that approvers see.

use std::fmt;

use jiff::Timestamp;

use super::Grades;
use crate::capture::CapturedFile;
use crate::{Canonical, Sha256Hash};

/// Number of a piece of evidence in the unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EvidenceId(pub String);

impl fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where it stood.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    Url(String),
    /// A channel, a folder at a fair, a letter: in words.
    Described(String),
}

impl Place {
    /// As a person writes it: what begins like an address of the web is one.
    pub fn written(text: String) -> Self {
        let is_url = text.starts_with("http://") || text.starts_with("https://");
        if is_url { Self::Url(text) } else { Self::Described(text) }
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        match self {
            Self::Url(text) | Self::Described(text) => text,
        }
    }

    /// The site, as far as it tells two sources apart: the host of a URL, or the whole description.
    pub fn origin(&self) -> String {
        match self {
            Self::Url(url) => {
                let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
                let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
                let host = authority.rsplit('@').next().unwrap_or_default();
                let host = host.split(':').next().unwrap_or_default().to_lowercase();
                host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.').to_owned()
            }
            Self::Described(text) => text.trim().to_lowercase(),
        }
    }
}

/// The exact words, in their language.
#[derive(Clone, PartialEq, Eq)]
pub struct Quote {
    pub text: String,
    /// BCP 47 tag, such as `ru`.
    pub language: String,
    pub translation: Option<Translation>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Translation {
    pub text: String,
    pub language: String,
    /// A tool with its version, or `person`. The code of the person is in the custody log.
    pub made_with: String,
}

/// One observation. Any value can be put in; [`super::Evidence::seal`] checks that it is complete.
#[derive(Clone, PartialEq, Eq)]
pub struct Observation {
    pub id: EvidenceId,
    pub place: Place,
    pub captured_at: Timestamp,
    /// How: `browser`, `crawler`, `register query` ...
    pub method: String,
    /// With what: name and version.
    pub tool: String,
    /// The captured files; the bytes live elsewhere and are found by their hash.
    pub files: Vec<CapturedFile>,
    pub quote: Option<Quote>,
    pub claimed_services: Vec<String>,
    pub offence_categories: Vec<String>,
    pub grades: Grades,
}

/// Shows the id only: observations are confidential.
impl fmt::Debug for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Observation({})", self.id)
    }
}

/// What an observation lacks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObservationError {
    #[error("{what} of the evidence is empty")]
    Empty { what: &'static str },
    #[error("the evidence has no captured file")]
    NoFile,
    #[error("two captured files have the name of file {0}")]
    SameFileName(usize),
    #[error("place, time, tool and files are what was captured; they cannot be changed afterwards")]
    CaptureChanged,
}

impl ObservationError {
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "fill it in before sealing",
            Self::NoFile => "add at least one captured file: a picture, a page, a WARC",
            Self::SameFileName(_) => "rename one of them before import",
            Self::CaptureChanged => "capture it again as new evidence",
        }
    }
}

impl Observation {
    pub(super) fn same_capture(&self, other: &Self) -> bool {
        self.id == other.id
            && self.place == other.place
            && self.captured_at == other.captured_at
            && self.method == other.method
            && self.tool == other.tool
            && self.files == other.files
    }

    pub(super) fn check(&self) -> Result<(), ObservationError> {
        let place = match &self.place {
            Place::Url(text) | Place::Described(text) => text,
        };
        let mut needed = vec![("the id", &self.id.0), ("the place", place), ("the method", &self.method)];
        needed.push(("the tool", &self.tool));
        if let Some(quote) = &self.quote {
            needed.extend([("the quote", &quote.text), ("the language of the quote", &quote.language)]);
        }
        if let Some((what, _)) = needed.into_iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(ObservationError::Empty { what });
        }
        if self.files.is_empty() {
            return Err(ObservationError::NoFile);
        }
        let repeated =
            |place: &usize| self.files[..*place].iter().any(|file| file.name() == self.files[*place].name());
        match (0..self.files.len()).find(repeated) {
            Some(place) => Err(ObservationError::SameFileName(place + 1)),
            None => Ok(()),
        }
    }

    /// The hash of everything in it.
    pub(super) fn seal(&self) -> Sha256Hash {
        let (kind, place) = match &self.place {
            Place::Url(url) => ("url", url),
            Place::Described(text) => ("described", text),
        };
        let mut canonical = Canonical::new("havenmeester evidence 1")
            .text("id", &self.id)
            .text("place kind", kind)
            .text("place", place)
            .text("captured at", self.captured_at)
            .text("method", &self.method)
            .text("tool", &self.tool)
            .list("files", self.files.iter().map(|file| file.canonical().into_bytes()))
            .list("claimed services", &self.claimed_services)
            .list("offence categories", &self.offence_categories)
            .text("grade of observation", self.grades.observation)
            .text("grade of claim", self.grades.claim)
            .text("grade of link", self.grades.link);
        if let Some(quote) = &self.quote {
            canonical = canonical.text("quote", &quote.text).text("language", &quote.language);
            if let Some(translation) = &quote.translation {
                canonical = canonical
                    .text("translation", &translation.text)
                    .text("language of translation", &translation.language)
                    .text("made with", &translation.made_with);
            }
        }
        canonical.hash()
    }
}
