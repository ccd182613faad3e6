//! One row: its line, and its cells as text.

/// One row with its cells, blanks around them gone. Holds its text in one piece, so that a reader
/// can use the same row again for the next line.
#[derive(Clone, Default)]
pub struct Row {
    pub(super) line: u64,
    pub(super) text: String,
    /// Begin and end of each cell in `text`.
    pub(super) bounds: Vec<(u32, u32)>,
    pub(super) had_nul: bool,
    pub(super) other_encoding: bool,
}

impl Row {
    /// Line of the text file or row of the sheet where the row begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The cell; "" where the row is too short.
    pub fn get(&self, column: usize) -> &str {
        self.bounds.get(column).map_or("", |(from, to)| &self.text[*from as usize..*to as usize])
    }

    /// Number of cells, empty ones too.
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.bounds.iter().all(|(from, to)| from == to)
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.get(column))
    }

    /// Whether NUL bytes were taken out.
    pub fn had_nul(&self) -> bool {
        self.had_nul
    }

    /// Whether the row is not in the encoding of the file's beginning and was read as Windows-1252.
    pub fn other_encoding(&self) -> bool {
        self.other_encoding
    }

    pub(super) fn clear(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.bounds.clear();
        self.had_nul = false;
        self.other_encoding = false;
    }

    /// Adds a cell, blanks around it gone.
    pub(super) fn push(&mut self, cell: &str) {
        let cell = cell.trim();
        let from = self.text.len();
        self.text.push_str(cell);
        self.bounds.push((from as u32, self.text.len() as u32));
    }
}

/// Shows the line only: rows are confidential.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row(line {}, {} cells)", self.line, self.len())
    }
}
