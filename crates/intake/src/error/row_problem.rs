//! Something wrong with one row, and counts of it over a file.

use std::collections::BTreeMap;
use std::fmt;

use watchlist::{Phrase, phrase};

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
    pub found: Phrase,
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
    /// More ranges lead on from this customer than are followed; `found` says how many.
    ChainCut,
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
            Self::ChainCut => "chain_cut",
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

    const fn words(self) -> Phrase {
        match self {
            Self::UnterminatedQuote => Phrase::new(
                "a quote opens here and is not closed",
                "hier opent een aanhalingsteken dat niet wordt gesloten",
            ),
            Self::CellTooLarge => Phrase::new("a cell is too large", "een cel is te groot"),
            Self::RowTooLarge => Phrase::new("the row is too large", "de rij is te groot"),
            Self::TooManyCells => Phrase::new("the row has too many cells", "de rij heeft te veel cellen"),
            Self::BrokenJson => Phrase::new("the JSON is damaged", "de JSON is beschadigd"),
            Self::ReadFailed => Phrase::new("reading stopped here", "het lezen stopte hier"),
            Self::NoTenant => Phrase::new("no tenant, so no customer", "geen tenant, dus geen klant"),
            Self::BrokenObject => Phrase::new("the object cannot be read", "het object is niet te lezen"),
            Self::Refused => Phrase::new("refused", "geweigerd"),
            Self::ExtraCells => Phrase::new("more cells than headings", "meer cellen dan koppen"),
            Self::NulBytes => Phrase::new("NUL bytes were taken out", "NUL-bytes zijn eruit gehaald"),
            Self::OtherEncoding => {
                Phrase::new("not UTF-8; read as Windows-1252", "geen UTF-8; gelezen als Windows-1252")
            }
            Self::ScientificNumber => Phrase::new(
                "a spreadsheet program turned this number into",
                "een rekenbladprogramma maakte van dit nummer",
            ),
            Self::UnreadDate => Phrase::new("not a date we can read", "geen datum die wij kunnen lezen"),
            Self::UnreadNetwork => Phrase::new(
                "not an address or prefix we can read",
                "geen adres of prefix dat wij kunnen lezen",
            ),
            Self::ChainCut => Phrase::new(
                "not every range of this customer in the registry was followed",
                "niet elk bereik van deze klant in het register is gevolgd",
            ),
            Self::NothingToCompare => Phrase::new(
                "no name and no identifier in this row",
                "geen naam en geen identificatie in deze rij",
            ),
            Self::NoId => Phrase::new(
                "no id; the row number stands for it",
                "geen id; het rijnummer staat ervoor in de plaats",
            ),
            Self::DuplicateId => Phrase::new("the id stood before", "het id kwam al eerder voor"),
            Self::NotUnderstood => Phrase::new("not understood", "niet begrepen"),
        }
    }
}

impl RowProblem {
    pub fn new(line: u64, kind: ProblemKind) -> Self {
        Self { line, kind, column: None, found: Phrase::new("", "") }
    }

    /// A cell of this size in bytes, in the column at this place from 0.
    pub(crate) fn cell_too_large(line: u64, column: usize, bytes: usize) -> Self {
        let column = column + 1;
        let found = phrase!("{bytes} bytes in column {column}", "{bytes} bytes in kolom {column}");
        Self::new(line, ProblemKind::CellTooLarge).with_words(found)
    }

    pub(crate) fn too_many_cells(line: u64, cells: usize) -> Self {
        Self::new(line, ProblemKind::TooManyCells).with_words(phrase!("{cells} cells", "{cells} cellen"))
    }

    #[must_use]
    pub fn with_found(self, found: impl AsRef<str>) -> Self {
        self.with_words(Phrase::same(shortened(found.as_ref())))
    }

    /// With words of the program's own about what was found.
    #[must_use]
    pub fn with_words(mut self, found: Phrase) -> Self {
        self.found = found;
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
    pub fn message(&self) -> Phrase {
        let words = self.kind.words();
        let what = match self.kind {
            _ if self.found.english().is_empty() => words,
            ProblemKind::ScientificNumber => phrase!("{} {}", "{} {}", words, self.found),
            _ => phrase!("{}: {}", "{}: {}", words, self.found),
        };
        match self.column.as_deref().map(shortened) {
            None => what,
            Some(column) => phrase!("column `{column}`: {}", "kolom `{column}`: {}", what),
        }
    }

    /// What the reader can do, where there is something.
    pub fn hint(&self) -> Option<Phrase> {
        Some(match self.kind {
            ProblemKind::UnterminatedQuote => Phrase::new(
                "close the quote, or export again with doubled quotes",
                "sluit het aanhalingsteken, of exporteer opnieuw met dubbele aanhalingstekens",
            ),
            ProblemKind::CellTooLarge | ProblemKind::RowTooLarge | ProblemKind::TooManyCells => Phrase::new(
                "look whether the row is damaged; leave columns with free text out of the export",
                "kijk of de rij beschadigd is; laat kolommen met vrije tekst uit de export",
            ),
            ProblemKind::BrokenJson => Phrase::new(
                "export again; each object must be complete",
                "exporteer opnieuw; elk object moet volledig zijn",
            ),
            ProblemKind::ReadFailed => Phrase::new(
                "copy the file to a local disk and try again",
                "kopieer het bestand naar een eigen schijf en probeer het opnieuw",
            ),
            ProblemKind::NoTenant => Phrase::new(
                "give the address a tenant if a customer uses it",
                "geef het adres een tenant als een klant het gebruikt",
            ),
            ProblemKind::ExtraCells => Phrase::new(
                "look for a delimiter in a text without quotes",
                "zoek een scheidingsteken in een tekst zonder aanhalingstekens",
            ),
            ProblemKind::OtherEncoding => Phrase::new(
                "if names look wrong, export as UTF-8",
                "exporteer als UTF-8 als namen er verkeerd uitzien",
            ),
            ProblemKind::ScientificNumber => {
                Phrase::new("export the column as text", "exporteer de kolom als tekst")
            }
            ProblemKind::DuplicateId => Phrase::new(
                "both rows are screened; check the export",
                "beide rijen worden gescreend; controleer de export",
            ),
            ProblemKind::UnreadDate => {
                Phrase::new("write dates as YYYY-MM-DD", "schrijf datums als JJJJ-MM-DD")
            }
            ProblemKind::ChainCut => Phrase::new(
                "screen the registry itself too: every sub-assignment is a customer there",
                "screen ook het register zelf: daar is elke deeltoewijzing een klant",
            ),
            ProblemKind::BrokenObject => Phrase::new(
                "fetch the file again; if it stays, the registry holds it like that",
                "haal het bestand opnieuw op; blijft het zo, dan staat het zo in het register",
            ),
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
