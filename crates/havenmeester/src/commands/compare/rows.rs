//! One batch of pairs into the lines of the result.

use std::io::{self, Write};

use intake::RowProblem;
use intake::table::{RawBatch, Row};
use matching::names::Buffers;
use matching::{Context, PartyKind, Reason, compare_names};

use super::columns::{self, Columns};

/// What came of a batch.
pub(super) struct Scored {
    lines: Vec<u8>,
    /// For each line where it ends in `lines`, and the place of its row in the batch.
    ends: Vec<(usize, u64)>,
    /// Rows in the batch, those that could not be read included.
    rows: u64,
    pub(super) problems: Vec<RowProblem>,
}

/// Bytes of result for each pair to begin with; reasons take most of it.
const BYTES_PER_PAIR: usize = 160;

pub(super) fn score(batch: RawBatch, columns: &Columns, context: &Context) -> Scored {
    let pairs = batch.len();
    let lines = Vec::with_capacity(pairs * BYTES_PER_PAIR);
    let mut scored = Scored { lines, ends: Vec::with_capacity(pairs), rows: 0, problems: Vec::new() };
    let mut buffers = Buffers::default();
    batch.each_row(|row| {
        match row {
            Ok(row) => scored.add(row, columns, context, &mut buffers),
            Err(problem) => scored.problems.push(problem),
        }
        scored.rows += 1;
    });
    scored
}

impl Scored {
    fn add(&mut self, row: &Row, columns: &Columns, context: &Context, buffers: &mut Buffers) {
        let kind = columns.kind.map_or(PartyKind::Unknown, |place| columns::kind(row.get(place)));
        let comparison =
            compare_names(row.get(columns.name1), row.get(columns.name2), kind, context, buffers);
        if let Some(place) = columns.pair_id {
            write_cell(&mut self.lines, row.get(place));
        }
        let out = &mut self.lines;
        write!(out, ",{:.4},{},", comparison.score, comparison.class.name())
            .expect("memory takes every byte");
        write_reasons(out, &comparison.reasons);
        out.push(b'\n');
        self.ends.push((self.lines.len(), self.rows));
    }

    /// Writes the lines. Where the file has no ids, the number of the row goes before each; `rows_before`
    /// is the number of rows in earlier batches.
    pub(super) fn write(&self, columns: &Columns, rows_before: u64, out: &mut dyn Write) -> io::Result<()> {
        if columns.pair_id.is_some() {
            return out.write_all(&self.lines);
        }
        let mut start = 0;
        for (end, place) in &self.ends {
            write!(out, "{}", rows_before + place + 1)?;
            out.write_all(&self.lines[start..*end])?;
            start = *end;
        }
        Ok(())
    }

    pub(super) const fn rows(&self) -> u64 {
        self.rows
    }
}

/// `similar_name +3.20: Orchard Nine Ltd = Orchard 9; ...`, strongest first, in quotes.
fn write_reasons(out: &mut Vec<u8>, reasons: &[Reason]) {
    if reasons.is_empty() {
        return;
    }
    out.push(b'"');
    for (place, reason) in reasons.iter().enumerate() {
        if place > 0 {
            out.extend_from_slice(b"; ");
        }
        write!(out, "{} {:+.2}: ", reason.feature, reason.weight).expect("memory takes every byte");
        write_quoted(out, &reason.customer.raw);
        out.extend_from_slice(b" ~ ");
        write_quoted(out, &reason.entry.raw);
    }
    out.push(b'"');
}

/// A cell that a spreadsheet can neither take apart nor run.
fn write_cell(out: &mut Vec<u8>, text: &str) {
    let text = documents::csv::disarmed(text);
    if text.contains([',', '"', '\n', '\r']) {
        out.push(b'"');
        write_quoted(out, &text);
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

fn write_quoted(out: &mut Vec<u8>, text: &str) {
    for (place, piece) in text.split('"').enumerate() {
        if place > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(piece.as_bytes());
    }
}
