//! What every format is written from: the hits, what they rest on, and what could not be looked at.

use jiff::civil::Date;
use matching::{Class, Feature};
use screening::{CannotTell, Coverage, Hit};
use watchlist::{Nature, Phrase};

use crate::{Language, order};

/// The result of one screening, borrowed from whoever ran it.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    pub manifest: &'a Manifest,
    pub coverage: &'a Coverage,
    /// In any order; every format sorts them by [`order::compare`].
    pub hits: &'a [Hit],
    pub cannot_tell: CannotTellList<'a>,
    pub problems: ProblemList<'a>,
    /// The table that explains [`matching::Reason::feature`], normally [`matching::FEATURES`].
    pub features: &'a [Feature],
    pub language: Language,
}

/// Customers who cannot be excluded. The list may be shorter than the total.
#[derive(Clone, Copy, Debug, Default)]
pub struct CannotTellList<'a> {
    pub total: u64,
    pub listed: &'a [CannotTell],
}

/// What was wrong in the files that were read. The list may be shorter than the total.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProblemList<'a> {
    pub total: u64,
    pub listed: &'a [Problem],
}

/// One thing that could not be read or understood.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// Line or row, counted from 1, where the problem has one.
    pub line: Option<u64>,
    pub message: Phrase,
    pub hint: Option<Phrase>,
}

impl Problem {
    /// In one line: where, what, and what to do.
    pub fn in_one_line(&self, language: Language) -> String {
        let line = match (self.line, language) {
            (None, _) => String::new(),
            (Some(line), Language::En) => format!(" line {line}"),
            (Some(line), Language::Nl) => format!(" regel {line}"),
        };
        let hint = self.hint.as_ref().map_or_else(String::new, |hint| format!(" ({})", language.of(hint)));
        format!("{}{line}: {}{hint}", self.file, language.of(&self.message))
    }
}

/// Shows the place only: messages may quote a customer.
impl std::fmt::Debug for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Problem({}, line {:?})", self.file, self.line)
    }
}

/// What a screening was made of and what came out. With the same program, files and settings it can be
/// repeated, and the result has the same hash.
#[derive(Clone, Debug)]
pub struct Manifest {
    pub program_version: String,
    /// RFC 3339.
    pub started_at: String,
    /// RFC 3339.
    pub finished_at: String,
    /// Duration of the run.
    pub seconds: f64,
    pub customers_file: FileStamp,
    /// In the order given: [`Hit::list`] is a place in it.
    pub lists: Vec<ListStamp>,
    /// Name and value, in the order in which they are to be read.
    pub settings: Vec<(String, String)>,
    pub settings_sha256: String,
    /// All hits, also those that a shortened report does not show.
    pub counts: ClassCounts,
    pub customers_screened: u64,
    /// Hits below this class were not asked for.
    pub minimum_class: Class,
    pub result_sha256: String,
    /// 0 no hit, 1 at least one hit, 2 something went wrong.
    pub exit_code: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassCounts {
    pub strong: u64,
    pub probable: u64,
    pub weak: u64,
}

/// A file as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileStamp {
    /// Name without folder: a report that is passed on must not tell where it was made.
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
    /// Rows with content, without the headings.
    pub rows: u64,
    /// Rows that could not be screened; each is in the problems.
    pub left_out: u64,
}

/// A list as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListStamp {
    pub title: String,
    pub issuer: String,
    pub nature: Nature,
    /// 0 where the source has no numbers.
    pub edition: u32,
    pub entries: u64,
    pub issued_at: Option<Date>,
    pub valid_until: Option<Date>,
    /// What the issuer says of keeping and passing on (TLP label or own words); may be empty.
    pub handling: String,
    pub origin: Origin,
    pub file_name: String,
    pub sha256: String,
}

/// Whether somebody vouches for where a list came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Opened from a signed delivery.
    Verified,
    /// A file that was handed to the program.
    Unverified,
}

impl ClassCounts {
    pub fn of(hits: &[Hit]) -> Self {
        let mut counts = Self::default();
        for hit in hits {
            match hit.class {
                Class::Strong => counts.strong += 1,
                Class::Probable => counts.probable += 1,
                Class::Weak => counts.weak += 1,
                Class::None => {}
            }
        }
        counts
    }

    pub const fn total(&self) -> u64 {
        self.strong + self.probable + self.weak
    }

    pub const fn of_class(&self, class: Class) -> u64 {
        match class {
            Class::Strong => self.strong,
            Class::Probable => self.probable,
            Class::Weak => self.weak,
            Class::None => 0,
        }
    }
}

impl<'a> Report<'a> {
    pub fn hits_in_order(&self) -> Vec<&'a Hit> {
        order::in_order(self.hits)
    }

    /// The list that a hit was found on.
    pub fn list_of(&self, hit: &Hit) -> Option<&'a ListStamp> {
        self.manifest.lists.get(hit.list)
    }

    /// Day of the screening, where the manifest has a readable one.
    pub fn day(&self) -> Option<Date> {
        self.manifest.started_at.get(..10).and_then(|day| day.parse().ok())
    }
}

impl ListStamp {
    /// Whether the edition was no longer valid on `day`.
    pub fn expired_on(&self, day: Option<Date>) -> bool {
        matches!((self.valid_until, day), (Some(end), Some(day)) if end < day)
    }
}
