//! Reads a CSV text: finds dialect and header, then hands out batches of records.

use std::sync::Arc;
use watchlist::phrase;

use super::batch::{RawBatch, Record, TextBatch};
use super::cut::{Cut, cut};
use super::dialect::{self, Dialect};
use super::source::Source;
use super::{About, FileKind, Known, Limits, Row, header, split};
use crate::{OpenProblem, ProblemKind, RowProblem};

/// Bytes that are read before dialect, encoding and header are judged.
const SAMPLE: usize = 256 << 10;

/// Bytes after which a batch goes out, however few rows it has.
const MAX_BATCH_BYTES: usize = 4 << 20;

pub(super) struct TextTable {
    source: Source,
    dialect: Dialect,
    limits: Arc<Limits>,
    line: u64,
    /// The rest of a row that was too large is being left out.
    skipping: bool,
    /// The sample was UTF-8, so a later row that is not is worth a word.
    uniform_encoding: bool,
    stopped: bool,
}

impl TextTable {
    pub(super) fn open(
        mut source: Source,
        encoding: Option<&'static str>,
        known: Known<'_>,
        limits: Arc<Limits>,
    ) -> Result<(Self, About, Vec<String>), OpenProblem> {
        while source.unused().len() < SAMPLE
            && source.fill().map_err(|error| OpenProblem::Io(error.to_string()))?
        {}
        let mut line = 1;
        let sep = sep_line(source.unused());
        if let Some((_, bytes)) = sep {
            source.consume(bytes);
            line = 2;
        }
        let mut dialect = dialect::find(source.unused(), source.at_end(), known, &limits);
        if let Some((delimiter, _)) = sep {
            dialect.delimiter = delimiter;
        }
        let is_utf8 = valid_utf8(source.unused());
        let mut table = Self {
            source,
            dialect,
            limits,
            line,
            skipping: false,
            uniform_encoding: is_utf8,
            stopped: false,
        };
        let found = table.header(known)?;
        let about = About {
            kind: FileKind::Text,
            delimiter: Some(char::from(dialect.delimiter)),
            encoding: Some(encoding.unwrap_or(if is_utf8 { "UTF-8" } else { "Windows-1252" })),
            sheet: None,
            sheets: Vec::new(),
            header_line: found.line(),
            title_lines: found.line() - line,
        };
        Ok((table, about, header::headings(&found)))
    }

    /// Finds the header among the first rows and goes behind it.
    fn header(&mut self, known: Known<'_>) -> Result<Row, OpenProblem> {
        let mut first = Vec::new();
        let (mut place, mut line) = (0, self.line);
        while first.len() < self.limits.max_title_rows {
            let bytes = &self.source.unused()[place..];
            let Cut::Record { end, next, lines } =
                cut(bytes, self.source.at_end(), self.dialect, &self.limits)
            else {
                break;
            };
            let mut row = Row::default();
            let read = split::record(&bytes[..end], line, self.dialect, self.limits.max_cell_bytes, &mut row);
            place += next;
            line += lines;
            if read.is_ok() && !row.is_empty() {
                first.push((row, place, line));
            } else if place > SAMPLE {
                break;
            }
        }
        let rows: Vec<&Row> = first.iter().map(|(row, ..)| row).collect();
        let chosen = header::choose(&rows, known, &self.limits)?;
        let (row, place, line) = first.swap_remove(chosen);
        self.source.consume(place);
        self.line = line;
        Ok(row)
    }

    /// Cuts the next records out of the file; nothing at its end.
    pub(super) fn next_batch(&mut self, rows: usize) -> Option<RawBatch> {
        let mut batch = TextBatch::new(self.dialect, Arc::clone(&self.limits), self.uniform_encoding);
        let mut place = 0;
        while !self.stopped && batch.records.len() < rows && place < MAX_BATCH_BYTES {
            if self.skipping {
                if !self.skip_line(&mut place, &batch) {
                    break;
                }
                continue;
            }
            let bytes = &self.source.unused()[place..];
            match cut(bytes, self.source.at_end(), self.dialect, &self.limits) {
                Cut::Record { end, next, lines } => {
                    batch.records.push(Record {
                        start: place as u32,
                        end: (place + end) as u32,
                        line: self.line,
                    });
                    place += next;
                    self.line += lines;
                }
                Cut::NeedMore if self.source.at_end() => self.stopped = true,
                Cut::NeedMore => self.fill(&mut batch),
                Cut::Unterminated { lines_before, next } => {
                    batch.problem(RowProblem::new(self.line + lines_before, ProblemKind::UnterminatedQuote));
                    self.line += lines_before + u64::from(next.is_some());
                    self.skipping = next.is_none();
                    place += next.unwrap_or(bytes.len());
                }
                Cut::TooLarge => {
                    let limit = self.limits.max_row_bytes;
                    batch.problem(
                        RowProblem::new(self.line, ProblemKind::RowTooLarge)
                            .with_words(phrase!("over {limit} bytes", "meer dan {limit} bytes")),
                    );
                    self.skipping = true;
                }
            }
        }
        batch.bytes.extend_from_slice(&self.source.unused()[..place]);
        self.source.consume(place);
        (!batch.is_empty()).then(|| RawBatch::text(batch))
    }

    /// Goes behind the end of a line that is left out. Gives `false` when what was found so far must
    /// go out first: the bytes left out may be more than fits in memory.
    fn skip_line(&mut self, place: &mut usize, batch: &TextBatch) -> bool {
        let bytes = &self.source.unused()[*place..];
        if let Some(found) = memchr::memchr(self.dialect.line_end, bytes) {
            *place += found + 1;
            self.line += 1;
            self.skipping = false;
            return true;
        }
        *place += bytes.len();
        if !batch.is_empty() {
            return false;
        }
        self.source.consume(*place);
        *place = 0;
        self.stopped = !self.source.fill().unwrap_or(false);
        !self.stopped
    }

    fn fill(&mut self, batch: &mut TextBatch) {
        if let Err(error) = self.source.fill() {
            batch.problem(RowProblem::new(self.line, ProblemKind::ReadFailed).with_found(error.to_string()));
            self.stopped = true;
        }
    }
}

/// The first line `sep=;` that spreadsheet programs write and read: delimiter and length of the line.
fn sep_line(text: &[u8]) -> Option<(u8, usize)> {
    let end = memchr::memchr(b'\n', text)?;
    let line = text[..end].trim_ascii_end();
    let delimiter = line.len() == 5 && line[..4].eq_ignore_ascii_case(b"sep=");
    delimiter.then(|| (line[4], end + 1))
}

/// Whether the text is UTF-8, except that its last sign may be cut off.
fn valid_utf8(text: &[u8]) -> bool {
    std::str::from_utf8(text).map_or_else(|error| error.error_len().is_none(), |_| true)
}
