//! A file that cannot be read at all: what was found, and what to do.

use std::fmt;
use std::path::Path;

use watchlist::{Phrase, phrase};

use crate::table::WEB_PAGE;

/// A file that cannot be read at all.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenError {
    /// The file as the user named it.
    pub file: String,
    pub problem: OpenProblem,
}

/// Why a file cannot be read.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenProblem {
    Missing,
    NotAllowed,
    IsDirectory,
    /// Any other answer of the operating system.
    Io(String),
    Empty,
    /// Bytes of another sort; holds what they look like, as words for a person ("a PDF document").
    Binary(&'static Phrase),
    /// Text, but no table; holds what it looks like ("a web page").
    NotATable(&'static Phrase),
    /// No row among the first ones holds a heading we know. Holds the cells of the widest of them.
    NoKnownHeading(Vec<String>),
    /// A header was found, but nothing in it names or identifies anybody. Holds the headings.
    NoUsableColumn(Vec<String>),
    /// The first row holds values instead of headings.
    NoHeader,
    HeaderOnly,
    /// `--column FIELD=HEADING` names a heading that the file does not have.
    ColumnNotFound {
        field: String,
        heading: String,
        found: Vec<String>,
    },
    /// `--profile` names a program whose headings are not in the file.
    ProfileDoesNotFit {
        profile: String,
        found: Vec<String>,
    },
    TooManyColumns {
        found: usize,
        limit: usize,
    },
    /// A packed file (XLSX, ODS) with a part that unpacks to more than the limit, in bytes.
    UnpacksTooLarge {
        part: String,
        bytes: u64,
        limit: u64,
    },
    /// A packed file with a part that shrinks more than tables do.
    SuspiciousRatio {
        part: String,
        ratio: u64,
        limit: u64,
    },
    BrokenWorkbook(String),
    PasswordProtected,
    BrokenJson {
        line: u64,
        message: Phrase,
    },
}

impl OpenError {
    pub fn at(file: impl AsRef<Path>, problem: OpenProblem) -> Self {
        Self { file: file.as_ref().display().to_string(), problem }
    }

    /// What was found, with the file, in both languages.
    pub fn phrase(&self) -> Phrase {
        let file = &self.file;
        phrase!("{file}: {}", "{file}: {}", self.problem.phrase())
    }

    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<Phrase> {
        self.problem.hint()
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.problem)
    }
}

impl fmt::Debug for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenError({:?}, {:?})", self.file, self.problem)
    }
}

impl std::error::Error for OpenError {}

impl OpenProblem {
    pub fn from_io(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::PermissionDenied => Self::NotAllowed,
            std::io::ErrorKind::IsADirectory => Self::IsDirectory,
            _ => Self::Io(error.to_string()),
        }
    }

    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<Phrase> {
        let hint = match self {
            Self::Missing => Phrase::new(
                "check the path; names are case sensitive",
                "controleer het pad; hoofdletters en kleine letters verschillen",
            ),
            Self::NotAllowed => Phrase::new(
                "give yourself the right to read it, or copy it to a place of your own",
                "geef uzelf het recht om het te lezen, of kopieer het naar een eigen plek",
            ),
            Self::IsDirectory => Phrase::new("name one file in it", "noem één bestand daarin"),
            Self::Io(_) => return None,
            Self::Empty => Phrase::new(
                "export it again; the export may have failed or found nothing",
                "exporteer het opnieuw; de export kan mislukt zijn of niets hebben gevonden",
            ),
            Self::Binary(what) => binary_hint(what.english()),
            Self::NotATable(what) if **what == WEB_PAGE => Phrase::new(
                "log in and export again: programs answer with their login page when a session has ended",
                "log in en exporteer opnieuw: programma’s antwoorden met hun inlogpagina als een sessie voorbij is",
            ),
            Self::NotATable(_) => EXPORT_A_TABLE,
            Self::NoUsableColumn(_) => Phrase::new(
                "map it with --column name=HEADING, --column email=HEADING, --column domain=HEADING ...",
                "wijs kolommen aan: name=KOP, email=KOP, domain=KOP (op de opdrachtregel: --column name=KOP ...)",
            ),
            Self::NoKnownHeading(found) => {
                let example = found.iter().find(|heading| !heading.is_empty());
                let example = quoted(example.map_or("HEADING", String::as_str));
                phrase!(
                    "map it with --column name=HEADING, for example --column name={example}",
                    "wijs een kolom aan, bijvoorbeeld name={example} (op de opdrachtregel: --column name={example})"
                )
            }
            Self::NoHeader => Phrase::new(
                "put a row with headings on top, for example: id,company,email,phone,domain,ip",
                "zet er een rij met koppen boven, bijvoorbeeld: id,company,email,phone,domain,ip",
            ),
            Self::HeaderOnly => {
                Phrase::new("export it again, without a filter", "exporteer het opnieuw, zonder filter")
            }
            Self::ColumnNotFound { field, found, .. } => {
                let heading = found.first().map_or_else(|| "HEADING".to_owned(), |heading| quoted(heading));
                phrase!(
                    "use one of the headings above: --column {field}={heading}",
                    "gebruik een van de koppen hierboven: {field}={heading}"
                )
            }
            Self::ProfileDoesNotFit { .. } => Phrase::new(
                "leave --profile out, or map the columns with --column name=HEADING",
                "laat --profile weg, of wijs de kolommen aan met --column name=KOP",
            ),
            Self::TooManyColumns { .. } => Phrase::new(
                "export fewer columns; identifiers and names are enough",
                "exporteer minder kolommen; identificaties en namen zijn genoeg",
            ),
            Self::UnpacksTooLarge { .. } | Self::SuspiciousRatio { .. } => Phrase::new(
                "do not open it if you do not know who made it; otherwise save the sheet as CSV (UTF-8)",
                "open het niet als u niet weet wie het maakte; sla het blad anders op als CSV (UTF-8)",
            ),
            Self::BrokenWorkbook(_) => Phrase::new(
                "open it in a spreadsheet program and save it as CSV (UTF-8)",
                "open het in een rekenbladprogramma en sla het op als CSV (UTF-8)",
            ),
            Self::PasswordProtected => Phrase::new(
                "save it without a password, or as CSV (UTF-8)",
                "sla het op zonder wachtwoord, of als CSV (UTF-8)",
            ),
            Self::BrokenJson { .. } => Phrase::new(
                "export it again, as one JSON array or one object on each line",
                "exporteer het opnieuw, als één JSON-lijst of met één object op elke regel",
            ),
        };
        Some(hint)
    }

    /// What was found, in both languages.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Missing => Phrase::new("there is no such file", "dit bestand is er niet"),
            Self::NotAllowed => {
                Phrase::new("you are not allowed to read this file", "u mag dit bestand niet lezen")
            }
            Self::IsDirectory => {
                Phrase::new("this is a directory, not a file", "dit is een map, geen bestand")
            }
            Self::Io(message) => phrase!("cannot be read: {message}", "kan niet worden gelezen: {message}"),
            Self::Empty => Phrase::new("the file is empty", "het bestand is leeg"),
            Self::Binary(what) | Self::NotATable(what) => {
                phrase!("this looks like {}, not like a table", "dit lijkt op {}, niet op een tabel", what)
            }
            Self::NoKnownHeading(found) => {
                phrase!("no heading is known; found: {}", "geen kop is bekend; gevonden: {}", listed(found))
            }
            Self::NoUsableColumn(found) => phrase!(
                "no column names or identifies a customer; found: {}",
                "geen kolom noemt of identificeert een klant; gevonden: {}",
                listed(found)
            ),
            Self::NoHeader => Phrase::new(
                "the first row holds values, not headings",
                "de eerste rij bevat waarden, geen koppen",
            ),
            Self::HeaderOnly => Phrase::new(
                "there is a header but no row below it",
                "er staan koppen, maar er staat geen rij onder",
            ),
            Self::ColumnNotFound { field, heading, found } => phrase!(
                "no heading `{heading}` for the field `{field}`; found: {}",
                "geen kop `{heading}` voor het veld `{field}`; gevonden: {}",
                listed(found)
            ),
            Self::ProfileDoesNotFit { profile, found } => phrase!(
                "the headings are not those of `{profile}`; found: {}",
                "de koppen zijn niet die van `{profile}`; gevonden: {}",
                listed(found)
            ),
            Self::TooManyColumns { found, limit } => phrase!(
                "{found} columns, at most {limit} are read",
                "{found} kolommen, hoogstens {limit} worden gelezen"
            ),
            Self::UnpacksTooLarge { part, bytes, limit } => {
                let (bytes, limit) = (size(*bytes), size(*limit));
                phrase!(
                    "`{part}` in it unpacks to {bytes} or more, at most {limit} are read",
                    "`{part}` daarin wordt uitgepakt {bytes} of meer, hoogstens {limit} wordt gelezen"
                )
            }
            Self::SuspiciousRatio { part, ratio, limit } => phrase!(
                "`{part}` in it unpacks to {ratio} times its size, tables stay below {limit}: this may be a zip bomb",
                "`{part}` daarin wordt uitgepakt {ratio} keer zo groot, tabellen blijven onder {limit}: dit kan een zipbom zijn"
            ),
            Self::BrokenWorkbook(message) => {
                phrase!("the workbook is damaged: {message}", "de werkmap is beschadigd: {message}")
            }
            Self::PasswordProtected => Phrase::new(
                "the workbook is protected with a password",
                "de werkmap is beveiligd met een wachtwoord",
            ),
            Self::BrokenJson { line, message } => phrase!(
                "line {line}: the JSON is damaged: {}",
                "regel {line}: de JSON is beschadigd: {}",
                message
            ),
        }
    }
}

const EXPORT_A_TABLE: Phrase = Phrase::new(
    "export the table as CSV (UTF-8), XLSX, ODS or JSON",
    "exporteer de tabel als CSV (UTF-8), XLSX, ODS of JSON",
);

fn binary_hint(what: &str) -> Phrase {
    match what {
        _ if what.contains("archive") => Phrase::new(
            "unpack it first and name the file inside",
            "pak het eerst uit en noem het bestand dat erin zit",
        ),
        _ if what.contains("XLS") => Phrase::new(
            "save it without a password as XLSX or as CSV (UTF-8)",
            "sla het zonder wachtwoord op als XLSX of als CSV (UTF-8)",
        ),
        _ if what.contains("encrypted") => Phrase::new("decrypt it first", "ontsleutel het eerst"),
        _ => EXPORT_A_TABLE,
    }
}

fn quoted(heading: &str) -> String {
    let plain = heading.chars().all(|sign| sign.is_alphanumeric() || "_-.".contains(sign));
    if plain { heading.to_owned() } else { format!("\"{heading}\"") }
}

/// In English.
impl fmt::Display for OpenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl fmt::Debug for OpenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Headings in one line: as many as fit a terminal, each shortened.
fn listed(headings: &[String]) -> Phrase {
    const SHOWN: usize = 25;
    let line = headings
        .iter()
        .take(SHOWN)
        .map(|heading| super::row_problem::shortened(heading))
        .collect::<Vec<_>>()
        .join(", ");
    match headings.len().checked_sub(SHOWN) {
        Some(more @ 1..) => phrase!("{line} and {more} more", "{line} en nog {more}"),
        _ => Phrase::same(line),
    }
}

fn size(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}
