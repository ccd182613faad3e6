//! What can be wrong with a file, and with one row of it.

/// A file that cannot be read at all.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenError {
    /// The file as the user named it.
    pub file: String,
    pub problem: OpenProblem,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenProblem {
    Missing,
    NotAllowed,
    IsDirectory,
    /// Any other answer of the operating system.
    Io(String),
    Empty,
    /// A file of another sort; holds what it looks like, as words for a person ("a PDF document").
    Binary(&'static str),
    /// Text, but no table: holds what it looks like ("a web page").
    NotATable(&'static str),
    /// No row among the first ones holds a heading we know. Holds the cells of the first row.
    NoKnownHeading(Vec<String>),
    /// A header was found, but nothing in it names or identifies a customer. Holds the headings.
    NoUsableColumn(Vec<String>),
    /// The first row holds values instead of headings.
    NoHeader,
    HeaderOnly,
    /// `--column FIELD=HEADING` names a heading that the file does not have.
    ColumnNotFound { field: String, heading: String, found: Vec<String> },
    /// `--profile` names a program whose headings are not in the file.
    ProfileDoesNotFit { profile: String, found: Vec<String> },
    TooManyColumns { found: usize, limit: usize },
    /// A packed file (XLSX, ODS) that unpacks to more than the limit.
    UnpacksTooLarge { part: String, bytes: u64, limit: u64 },
    /// A packed file with a part that shrinks more than tables do.
    SuspiciousRatio { part: String, ratio: u64, limit: u64 },
    BrokenWorkbook(String),
    PasswordProtected,
    BrokenJson { line: u64, message: String },
    RecordTooLarge { line: u64, limit: usize },
}

/// Something wrong with one row. The row itself may still have been read: see [`RowProblem::row_kept`].
#[derive(Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Line of the text file or row of the sheet where the row begins, from 1.
    pub line: u64,
    pub kind: ProblemKind,
    /// Heading of the column, where the problem is in one cell.
    pub column: Option<String>,
    /// What was found, shortened for showing; empty where there is nothing to show.
    pub found: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ProblemKind {
    UnterminatedQuote,
    CellTooLarge,
    RowTooLarge,
    TooManyCells,
    ExtraCells,
    NulBytes,
    BrokenJson,
    NoCustomerName,
    ScientificNumber,
    EmptyId,
    DuplicateId,
    EmptyRow,
}

/// Counts of problems by kind, with the first few of each kept as examples.
#[derive(Clone, Default)]
pub struct Problems {
    counts: std::collections::BTreeMap<ProblemKind, u64>,
    examples: Vec<RowProblem>,
}
