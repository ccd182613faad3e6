//! Something wrong with one row, and counts of it over a file.

use std::collections::BTreeMap;
use std::fmt;

/// Something wrong with one row. The row itself may still have been read: see [`RowProblem::row_kept`].
#[derive(Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Line of the text file or row of the sheet where the row begins, from 1.
    pub line: u64,
    pub kind: ProblemKind,
    /// Heading of the column, where the problem is in one cell.
    pub column: Option<String>,
    /// What was found, shortened for showing; empty where there is nothing to show. It is the user's
    /// own file: fit for the user's own screen, not for logs.
    pub found: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ProblemKind {
    // The row is lost.
    UnterminatedQuote,
    CellTooLarge,
    RowTooLarge,
    TooManyCells,
    BrokenJson,
    /// Reading stopped here: the rest of the file is lost.
    ReadFailed,
    /// An assignment that belongs to nobody (NetBox: no tenant).
    NoTenant,
    /// An object of a registry without a first line, or without a range, that can be read.
    BrokenObject,
    /// A value that must be refused with its row (a listed 0.0.0.0/0); `found` says why.
    Refused,
    // The row is kept.
    ExtraCells,
    NulBytes,
    OtherEncoding,
    ScientificNumber,
    UnreadDate,
    UnreadNetwork,
    NothingToCompare,
    NoId,
    DuplicateId,
    /// Part of the row was not understood; `found` says which.
    NotUnderstood,
}

impl ProblemKind {
    /// A stable word for machines.
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::UnterminatedQuote => "unterminated_quote",
            Self::CellTooLarge => "cell_too_large",
            Self::RowTooLarge => "row_too_large",
            Self::TooManyCells => "too_many_cells",
            Self::BrokenJson => "broken_json",
            Self::ReadFailed => "read_failed",
            Self::NoTenant => "no_tenant",
            Self::BrokenObject => "broken_object",
            Self::Refused => "refused",
            Self::ExtraCells => "extra_cells",
            Self::NulBytes => "nul_bytes",
            Self::OtherEncoding => "other_encoding",
            Self::ScientificNumber => "scientific_number",
            Self::UnreadDate => "unread_date",
            Self::UnreadNetwork => "unread_network",
            Self::NothingToCompare => "nothing_to_compare",
            Self::NoId => "no_id",
            Self::DuplicateId => "duplicate_id",
            Self::NotUnderstood => "not_understood",
        }
    }

    /// Whether the row was read all the same.
    pub const fn row_kept(self) -> bool {
        !matches!(
            self,
            Self::UnterminatedQuote
                | Self::CellTooLarge
                | Self::RowTooLarge
                | Self::TooManyCells
                | Self::BrokenJson
                | Self::ReadFailed
                | Self::NoTenant
                | Self::BrokenObject
                | Self::Refused
        )
    }

    const fn words(self) -> &'static str {
        match self {
            Self::UnterminatedQuote => "a quote opens here and is not closed",
            Self::CellTooLarge => "a cell is too large",
            Self::RowTooLarge => "the row is too large",
            Self::TooManyCells => "the row has too many cells",
            Self::BrokenJson => "the JSON is damaged",
            Self::ReadFailed => "reading stopped here",
            Self::NoTenant => "no tenant, so no customer",
            Self::BrokenObject => "the object cannot be read",
            Self::Refused => "refused",
            Self::ExtraCells => "more cells than headings",
            Self::NulBytes => "NUL bytes were taken out",
            Self::OtherEncoding => "not UTF-8; read as Windows-1252",
            Self::ScientificNumber => "a spreadsheet program turned this number into",
            Self::UnreadDate => "not a date we can read",
            Self::UnreadNetwork => "not an address or prefix we can read",
            Self::NothingToCompare => "no name and no identifier in this row",
            Self::NoId => "no id; the row number stands for it",
            Self::DuplicateId => "the id stood before",
            Self::NotUnderstood => "not understood",
        }
    }
}

impl RowProblem {
    pub fn new(line: u64, kind: ProblemKind) -> Self {
        Self { line, kind, column: None, found: String::new() }
    }

    #[must_use]
    pub fn with_found(mut self, found: impl AsRef<str>) -> Self {
        self.found = shortened(found.as_ref());
        self
    }

    #[must_use]
    pub fn in_column(mut self, heading: impl Into<String>) -> Self {
        self.column = Some(heading.into());
        self
    }

    /// Whether the row was read all the same.
    pub fn row_kept(&self) -> bool {
        self.kind.row_kept()
    }

    /// What was found, without the line.
    pub fn message(&self) -> String {
        let mut message = String::new();
        if let Some(column) = &self.column {
            message.push_str(&format!("column `{}`: ", shortened(column)));
        }
        message.push_str(self.kind.words());
        if !self.found.is_empty() {
            let joint = if self.kind == ProblemKind::ScientificNumber { " " } else { ": " };
            message.push_str(joint);
            message.push_str(&self.found);
        }
        message
    }

    /// What the reader can do, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self.kind {
            ProblemKind::UnterminatedQuote => "close the quote, or export again with doubled quotes",
            ProblemKind::CellTooLarge | ProblemKind::RowTooLarge | ProblemKind::TooManyCells => {
                "look whether the row is damaged; leave columns with free text out of the export"
            }
            ProblemKind::BrokenJson => "export again; each object must be complete",
            ProblemKind::ReadFailed => "copy the file to a local disk and try again",
            ProblemKind::BrokenObject => "fetch the file again; if it stays, the registry holds it like that",
            ProblemKind::NoTenant => "give the address a tenant if a customer uses it",
            ProblemKind::ExtraCells => "look for a delimiter in a text without quotes",
            ProblemKind::OtherEncoding => "if names look wrong, export as UTF-8",
            ProblemKind::ScientificNumber => "export the column as text",
            ProblemKind::DuplicateId => "both rows are screened; check the export",
            ProblemKind::UnreadDate => "write dates as YYYY-MM-DD",
            _ => return None,
        })
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message())
    }
}

/// Shows line and kind only.
impl fmt::Debug for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RowProblem(line {}, {:?})", self.line, self.kind)
    }
}

impl std::error::Error for RowProblem {}

/// A value fit to be shown: one line, at most 80 signs, nothing that steers a terminal.
pub(crate) fn shortened(value: &str) -> String {
    const SIGNS: usize = 80;
    let mut shown: String = value
        .chars()
        .take(SIGNS)
        .map(|sign| if sign.is_control() || is_invisible(sign) { '\u{fffd}' } else { sign })
        .collect();
    if value.chars().nth(SIGNS).is_some() {
        shown.push('…');
    }
    shown
}

const fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Counts of problems by kind, with the first few of each kept as examples. Does not grow with the file.
#[derive(Clone, Default)]
pub struct Problems {
    counts: BTreeMap<ProblemKind, u64>,
    examples: Vec<RowProblem>,
}

impl Problems {
    /// Examples that are kept of each kind: enough to see what they have in common.
    pub const EXAMPLES: u64 = 20;

    pub fn add(&mut self, problem: &RowProblem) {
        let count = self.counts.entry(problem.kind).or_default();
        *count += 1;
        if *count <= Self::EXAMPLES {
            self.examples.push(problem.clone());
        }
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Kinds with their counts, lost rows first.
    pub fn counts(&self) -> impl Iterator<Item = (ProblemKind, u64)> {
        self.counts.iter().map(|(kind, count)| (*kind, *count))
    }

    /// Rows that could not be read.
    pub fn lost(&self) -> u64 {
        self.counts().filter(|(kind, _)| !kind.row_kept()).map(|(_, count)| count).sum()
    }

    /// The first problems of each kind, in the order of the file.
    pub fn examples(&self) -> &[RowProblem] {
        &self.examples
    }
}

/// Shows the counts only.
impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.counts()).finish()
    }
}
