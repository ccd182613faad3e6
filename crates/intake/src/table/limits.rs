//! Bounds for what one file may ask of the machine.

/// The defaults let every honest export through that we know of; each number says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one cell. A cell of a customer table holds at most some hundred addresses (16 bytes
    /// each); 1 MiB leaves room for sixty thousand.
    pub max_cell_bytes: usize,
    /// Cells of one row: the width of a sheet in spreadsheet programs.
    pub max_columns: usize,
    /// Bytes of one row. Bounds the memory that a quote which nobody closes can take.
    pub max_row_bytes: usize,
    /// Lines of one quoted cell. A cell with more is an open quote, not a note.
    pub max_cell_lines: usize,
    /// Rows at the top of a table among which the header is looked for. Exports put up to three title
    /// lines above it; ten leaves room.
    pub max_title_rows: usize,
    /// Unpacked bytes of a workbook's sheets, which are streamed: about two million rows of 18 columns.
    pub max_unpacked_bytes: u64,
    /// Unpacked bytes of a workbook's parts that must be held in memory (shared texts).
    pub max_held_bytes: u64,
    /// How many times larger than its packed form a part may be. Sheets reach 20, sheets full of the
    /// same text 100; bombs reach 1,000.
    pub max_ratio: u64,
    /// Parts smaller than this, unpacked, are never refused for their ratio.
    pub ratio_free_bytes: u64,
    /// Cells of one sheet, counting those that the file says are repeated.
    pub max_cells: u64,
    /// Bytes of one JSON object, or of a JSON document that is no list of objects.
    pub max_object_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_cell_bytes: 1 << 20,
            max_columns: 16_384,
            max_row_bytes: 4 << 20,
            max_cell_lines: 1_000,
            max_title_rows: 10,
            max_unpacked_bytes: 2 << 30,
            max_held_bytes: 512 << 20,
            max_ratio: 250,
            ratio_free_bytes: 16 << 20,
            max_cells: 100_000_000,
            max_object_bytes: 64 << 20,
        }
    }
}
