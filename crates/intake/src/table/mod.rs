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

mod batch;
mod cut;
mod dialect;
mod header;
pub mod kind;
mod limits;
mod ods;
mod row;
mod sheet;
pub(crate) mod source;
mod split;
mod text;
mod workbook;
mod zip_guard;

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use batch::RawBatch;
pub use kind::FileKind;
pub(crate) use kind::WEB_PAGE;
pub use limits::Limits;
pub use row::Row;

use crate::{OpenError, OpenProblem, RowProblem};
use sheet::SheetTable;
use source::Source;
use text::TextTable;

/// Bytes by which a file's kind is judged. A workbook names its parts within them.
const FIRST_BYTES: u64 = 64 << 10;

/// Whether a cell of a possible header row is a heading that the caller understands.
pub type Known<'a> = &'a dyn Fn(&str) -> bool;

/// A table that is being read: header known, rows to come.
pub struct Table {
    rows: Rows,
    about: About,
    headings: Vec<String>,
    progress: Arc<Progress>,
    /// Rows that [`Table::next_row`] has taken apart and not yet handed out.
    waiting: std::vec::IntoIter<Result<Row, RowProblem>>,
}

enum Rows {
    Text(Box<TextTable>),
    Sheet(SheetTable),
}

/// What was found out about the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub kind: FileKind,
    /// `,` `;` tab or `|`; none in workbooks.
    pub delimiter: Option<char>,
    /// Name for people: `UTF-8`, `UTF-16LE`, `Windows-1252`; none in workbooks.
    pub encoding: Option<&'static str>,
    /// The sheet that is read, and all that the workbook has.
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
    /// Line or row of the header, from 1.
    pub header_line: u64,
    /// Lines or rows above the header that are not read.
    pub title_lines: u64,
}

/// How far reading has come. Cheap to share with a progress bar.
#[derive(Debug, Default)]
pub struct Progress {
    pub bytes_read: AtomicU64,
    /// 0 where not known.
    pub bytes_total: AtomicU64,
}

/// Reads from a file. `known` finds the header row, the delimiter and the sheet.
pub fn open(path: &Path, limits: &Limits, known: Known<'_>) -> Result<Table, OpenError> {
    let opened = Opened::file(path)?;
    opened.table(limits, known).map_err(|problem| OpenError::at(path, problem))
}

/// Reads from memory; `name` is for messages.
pub fn from_bytes(name: &str, bytes: &[u8], limits: &Limits, known: Known<'_>) -> Result<Table, OpenError> {
    let opened = Opened::bytes(bytes).map_err(|problem| OpenError::at(name, problem))?;
    opened.table(limits, known).map_err(|problem| OpenError::at(name, problem))
}

/// A file whose kind is known and of which nothing else was read.
pub(crate) struct Opened {
    pub(crate) kind: FileKind,
    pub(crate) progress: Arc<Progress>,
    first: Vec<u8>,
    content: Content,
}

enum Content {
    File(File),
    Memory(Cursor<Vec<u8>>),
}

impl Opened {
    pub(crate) fn file(path: &Path) -> Result<Self, OpenError> {
        let fail = |error: std::io::Error| OpenError::at(path, OpenProblem::from_io(&error));
        let about = std::fs::metadata(path).map_err(fail)?;
        if about.is_dir() {
            return Err(OpenError::at(path, OpenProblem::IsDirectory));
        }
        let mut file = File::open(path).map_err(fail)?;
        let mut first = Vec::new();
        (&mut file).take(FIRST_BYTES).read_to_end(&mut first).map_err(fail)?;
        Self::new(first, Content::File(file), about.len()).map_err(|problem| OpenError::at(path, problem))
    }

    pub(crate) fn bytes(bytes: &[u8]) -> Result<Self, OpenProblem> {
        let first = &bytes[..bytes.len().min(FIRST_BYTES as usize)];
        let mut content = Cursor::new(bytes.to_vec());
        content.set_position(first.len() as u64);
        Self::new(first.to_vec(), Content::Memory(content), bytes.len() as u64)
    }

    fn new(first: Vec<u8>, content: Content, total: u64) -> Result<Self, OpenProblem> {
        if first.iter().all(u8::is_ascii_whitespace) && total <= first.len() as u64 {
            return Err(OpenProblem::Empty);
        }
        let progress = Progress::default();
        progress.bytes_total.store(total, Ordering::Relaxed);
        Ok(Self { kind: kind::of(&first), progress: Arc::new(progress), first, content })
    }

    /// The file as text in UTF-8 (or a text that is no UTF-8, unchanged), and its encoding where its
    /// first bytes tell it.
    pub(crate) fn text(self) -> (Source, Option<&'static str>) {
        let utf16 = kind::is_utf16(&self.first);
        let reader: Box<dyn source::Bytes> = match self.content {
            Content::File(file) => Box::new(file),
            Content::Memory(bytes) => Box::new(bytes),
        };
        (Source::new(reader, &self.first, utf16, self.progress), utf16.map(encoding_rs::Encoding::name))
    }

    pub(crate) fn table(self, limits: &Limits, known: Known<'_>) -> Result<Table, OpenProblem> {
        let progress = Arc::clone(&self.progress);
        let (rows, about, headings) = match self.kind {
            FileKind::Text => {
                let (source, encoding) = self.text();
                let (table, about, headings) =
                    TextTable::open(source, encoding, known, Arc::new(limits.clone()))?;
                (Rows::Text(Box::new(table)), about, headings)
            }
            FileKind::Xlsx | FileKind::Ods => {
                let kind = self.kind;
                let (table, about, headings) = match self.content {
                    Content::File(file) => sheet::open(kind, file, &progress, limits, known)?,
                    Content::Memory(bytes) => sheet::open(kind, bytes, &progress, limits, known)?,
                };
                (Rows::Sheet(table), about, headings)
            }
            FileKind::Json => return Err(OpenProblem::NotATable(FileKind::Json.title())),
            FileKind::OtherText(what) => return Err(OpenProblem::NotATable(what)),
            FileKind::Binary(what) => return Err(OpenProblem::Binary(what)),
        };
        Ok(Table { rows, about, headings, progress, waiting: Vec::new().into_iter() })
    }
}

impl Table {
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The headings; "" where a column has none.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// Cuts up to `rows` rows out of the file; nothing at its end.
    pub fn next_batch(&mut self, rows: usize) -> Option<RawBatch> {
        match &mut self.rows {
            Rows::Text(table) => table.next_batch(rows),
            Rows::Sheet(table) => table.next_batch(),
        }
    }

    /// The next row, for readers that need no speed.
    pub fn next_row(&mut self) -> Option<Result<Row, RowProblem>> {
        /// Rows that are taken apart at a time.
        const ROWS: usize = 256;
        loop {
            if let Some(row) = self.waiting.next() {
                return Some(row);
            }
            let mut rows = Vec::new();
            self.next_batch(ROWS)?.each_row(|row| rows.push(row.cloned()));
            self.waiting = rows.into_iter();
        }
    }
}
