//! A file that cannot be read at all: what was found, and what to do.

use std::fmt;
use std::path::Path;

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
    Binary(&'static str),
    /// Text, but no table; holds what it looks like ("a web page").
    NotATable(&'static str),
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
        message: String,
    },
}

impl OpenError {
    pub fn at(file: impl AsRef<Path>, problem: OpenProblem) -> Self {
        Self { file: file.as_ref().display().to_string(), problem }
    }

    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<String> {
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

    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Missing => "check the path; names are case sensitive".to_owned(),
            Self::NotAllowed => {
                "give yourself the right to read it, or copy it to a place of your own".to_owned()
            }
            Self::IsDirectory => "name one file in it".to_owned(),
            Self::Io(_) => return None,
            Self::Empty => "export it again; the export may have failed or found nothing".to_owned(),
            Self::Binary(what) => binary_hint(what),
            Self::NotATable("a web page (HTML)") => {
                "log in and export again: programs answer with their login page when a session has ended"
                    .to_owned()
            }
            Self::NotATable(_) => "export the table as CSV (UTF-8), XLSX, ODS or JSON".to_owned(),
            Self::NoUsableColumn(_) => {
                "map it with --column name=HEADING, --column email=HEADING, --column domain=HEADING ..."
                    .to_owned()
            }
            Self::NoKnownHeading(found) => {
                let example =
                    found.iter().find(|heading| !heading.is_empty()).map_or("HEADING", String::as_str);
                format!("map it with --column name=HEADING, for example --column name={}", quoted(example))
            }
            Self::NoHeader => {
                "put a row with headings on top, for example: id,company,email,phone,domain,ip".to_owned()
            }
            Self::HeaderOnly => "export it again, without a filter".to_owned(),
            Self::ColumnNotFound { field, found, .. } => {
                format!(
                    "use one of the headings above: --column {field}={}",
                    found.first().map_or_else(|| "HEADING".to_owned(), |heading| quoted(heading))
                )
            }
            Self::ProfileDoesNotFit { .. } => {
                "leave --profile out, or map the columns with --column name=HEADING".to_owned()
            }
            Self::TooManyColumns { .. } => {
                "export fewer columns; identifiers and names are enough".to_owned()
            }
            Self::UnpacksTooLarge { .. } | Self::SuspiciousRatio { .. } => {
                "do not open it if you do not know who made it; otherwise save the sheet as CSV (UTF-8)"
                    .to_owned()
            }
            Self::BrokenWorkbook(_) => {
                "open it in a spreadsheet program and save it as CSV (UTF-8)".to_owned()
            }
            Self::PasswordProtected => "save it without a password, or as CSV (UTF-8)".to_owned(),
            Self::BrokenJson { .. } => {
                "export it again, as one JSON array or one object on each line".to_owned()
            }
        };
        Some(hint)
    }
}

fn binary_hint(what: &str) -> String {
    match what {
        _ if what.contains("archive") => "unpack it first and name the file inside".to_owned(),
        _ if what.contains("XLS") => "save it without a password as XLSX or as CSV (UTF-8)".to_owned(),
        _ if what.contains("encrypted") => "decrypt it first".to_owned(),
        _ => "export the table as CSV (UTF-8), XLSX, ODS or JSON".to_owned(),
    }
}

fn quoted(heading: &str) -> String {
    let plain = heading.chars().all(|sign| sign.is_alphanumeric() || "_-.".contains(sign));
    if plain { heading.to_owned() } else { format!("\"{heading}\"") }
}

impl fmt::Display for OpenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file"),
            Self::NotAllowed => f.write_str("you are not allowed to read this file"),
            Self::IsDirectory => f.write_str("this is a directory, not a file"),
            Self::Io(message) => write!(f, "cannot be read: {message}"),
            Self::Empty => f.write_str("the file is empty"),
            Self::Binary(what) => write!(f, "this looks like {what}, not like a table"),
            Self::NotATable(what) => write!(f, "this looks like {what}, not like a table"),
            Self::NoKnownHeading(found) => write!(f, "no heading is known; found: {}", listed(found)),
            Self::NoUsableColumn(found) => {
                write!(f, "no column names or identifies a customer; found: {}", listed(found))
            }
            Self::NoHeader => f.write_str("the first row holds values, not headings"),
            Self::HeaderOnly => f.write_str("there is a header but no row below it"),
            Self::ColumnNotFound { field, heading, found } => {
                write!(f, "no heading `{heading}` for the field `{field}`; found: {}", listed(found))
            }
            Self::ProfileDoesNotFit { profile, found } => {
                write!(f, "the headings are not those of `{profile}`; found: {}", listed(found))
            }
            Self::TooManyColumns { found, limit } => write!(f, "{found} columns, at most {limit} are read"),
            Self::UnpacksTooLarge { part, bytes, limit } => {
                write!(
                    f,
                    "`{part}` in it unpacks to {} or more, at most {} are read",
                    size(*bytes),
                    size(*limit)
                )
            }
            Self::SuspiciousRatio { part, ratio, limit } => write!(
                f,
                "`{part}` in it unpacks to {ratio} times its size, tables stay below {limit}: this may be a zip bomb"
            ),
            Self::BrokenWorkbook(message) => write!(f, "the workbook is damaged: {message}"),
            Self::PasswordProtected => f.write_str("the workbook is protected with a password"),
            Self::BrokenJson { line, message } => write!(f, "line {line}: the JSON is damaged: {message}"),
        }
    }
}

impl fmt::Debug for OpenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Headings in one line: as many as fit a terminal, each shortened.
fn listed(headings: &[String]) -> String {
    const SHOWN: usize = 25;
    let mut line = headings
        .iter()
        .take(SHOWN)
        .map(|heading| super::row_problem::shortened(heading))
        .collect::<Vec<_>>()
        .join(", ");
    if headings.len() > SHOWN {
        line.push_str(&format!(" and {} more", headings.len() - SHOWN));
    }
    line
}

fn size(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}
