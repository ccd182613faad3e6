//! Tables: CSV, XLSX and ODS into rows, whatever the rows mean.
//!
//! ```text
//! let mut table = table::open(path, &Limits::default(), &|heading| my_headings.contains(heading))?;
//! table.headings();                               // the header row, blanks and invisible signs gone
//! while let Some(row) = table.next_row() {        // Result<Row, RowProblem>
//!     let row = row?;
//!     row.line(); row.get(3);                     // "" where the row is too short
//! }
//! ```
//! For speed, one thread takes [`Table::next_batch`] and others call [`RawBatch::each_row`].

pub mod kind;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::{OpenError, RowProblem};
pub use kind::FileKind;

/// Bounds for what one file may ask of the machine.
#[derive(Clone, Debug)]
pub struct Limits {
    pub max_cell_bytes: usize,
    pub max_columns: usize,
    pub max_row_bytes: usize,
    pub max_unpacked_bytes: u64,
}

/// Whether a cell of a possible header row is a heading that the caller understands.
pub type Known<'a> = &'a dyn Fn(&str) -> bool;

/// A table that is being read: header known, rows to come.
pub struct Table {}

/// What was found out about the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub kind: FileKind,
    /// `,` `;` tab or `|`; none in workbooks.
    pub delimiter: Option<char>,
    /// Name for people: `UTF-8`, `UTF-16 LE`, `Windows-1252`; none in workbooks.
    pub encoding: Option<&'static str>,
    /// The sheet that is read, and all that the workbook has.
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
    /// Line or row of the header, from 1.
    pub header_line: u64,
}

/// How far reading has come. Cheap to share with a progress bar.
#[derive(Debug, Default)]
pub struct Progress {
    pub bytes_read: AtomicU64,
    /// 0 where not known.
    pub bytes_total: AtomicU64,
}

/// One row with its cells as text.
pub struct Row {}

/// Rows that are cut out of the file but not yet taken apart.
pub struct RawBatch {}

/// Reads from a file. `known` finds the header row, the delimiter and the sheet.
pub fn open(path: &Path, limits: &Limits, known: Known<'_>) -> Result<Table, OpenError> { todo!() }

/// Reads from memory; `name` is for messages and for its ending.
pub fn from_bytes(name: &str, bytes: &[u8], limits: &Limits, known: Known<'_>) -> Result<Table, OpenError> { todo!() }

impl Table {
    pub fn about(&self) -> &About { todo!() }
    pub fn headings(&self) -> &[String] { todo!() }
    pub fn progress(&self) -> Arc<Progress> { todo!() }
    pub fn next_row(&mut self) -> Option<Result<Row, RowProblem>> { todo!() }
    pub fn next_batch(&mut self, rows: usize) -> Option<RawBatch> { todo!() }
}

impl Row {
    pub fn line(&self) -> u64 { todo!() }
    /// The cell, trimmed; "" where the row is too short.
    pub fn get(&self, column: usize) -> &str { todo!() }
    pub fn len(&self) -> usize { todo!() }
    pub fn is_empty(&self) -> bool { todo!() }
    pub fn cells(&self) -> impl Iterator<Item = &str> { std::iter::empty() }
}

impl RawBatch {
    /// Takes the rows apart, in order. Pure and `Send`: may run on any thread.
    pub fn each_row(&self, take: impl FnMut(Result<&Row, RowProblem>)) { todo!() }
}
