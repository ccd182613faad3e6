//! Rows that were cut out of a file and not yet taken apart: the part of reading that many threads can share.

use std::sync::Arc;

use super::dialect::Dialect;
use super::{Limits, Row, split};
use crate::RowProblem;

/// Rows in the order of the file. Taking them apart is pure, so any thread may do it.
pub struct RawBatch(Rows);

enum Rows {
    Text(TextBatch),
    Sheet(Vec<Result<Row, RowProblem>>),
}

/// Place of one record in the bytes of its batch.
pub(super) struct Record {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) line: u64,
}

pub(super) struct TextBatch {
    pub(super) bytes: Vec<u8>,
    pub(super) records: Vec<Record>,
    /// Each with the number of records that stand before it.
    problems: Vec<(usize, RowProblem)>,
    dialect: Dialect,
    limits: Arc<Limits>,
    expects_utf8: bool,
}

impl TextBatch {
    pub(super) fn new(dialect: Dialect, limits: Arc<Limits>, expects_utf8: bool) -> Self {
        Self { bytes: Vec::new(), records: Vec::new(), problems: Vec::new(), dialect, limits, expects_utf8 }
    }

    pub(super) fn problem(&mut self, problem: RowProblem) {
        self.problems.push((self.records.len(), problem));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.problems.is_empty()
    }

    fn each_row(self, mut take: impl FnMut(Result<&Row, RowProblem>)) {
        let mut row = Row::default();
        let mut problems = self.problems.into_iter().peekable();
        for (place, record) in self.records.iter().enumerate() {
            while let Some((_, problem)) = problems.next_if(|(before, _)| *before <= place) {
                take(Err(problem));
            }
            let bytes = &self.bytes[record.start as usize..record.end as usize];
            let read = split::record(bytes, record.line, self.dialect, self.limits.max_cell_bytes, &mut row);
            row.other_encoding &= self.expects_utf8;
            match read {
                Err(problem) => take(Err(problem)),
                Ok(()) if row.len() > self.limits.max_columns => take(Err(too_many(&row))),
                // A row without any content has nothing to lose: sheets end in thousands of them.
                Ok(()) if row.is_empty() => {}
                Ok(()) => take(Ok(&row)),
            }
        }
        problems.for_each(|(_, problem)| take(Err(problem)));
    }
}

fn too_many(row: &Row) -> RowProblem {
    RowProblem::too_many_cells(row.line(), row.len())
}

impl RawBatch {
    pub(super) fn text(batch: TextBatch) -> Self {
        Self(Rows::Text(batch))
    }

    pub(super) fn sheet(rows: Vec<Result<Row, RowProblem>>) -> Self {
        Self(Rows::Sheet(rows))
    }

    /// Number of records, broken ones too.
    pub fn len(&self) -> usize {
        match &self.0 {
            Rows::Text(batch) => batch.records.len() + batch.problems.len(),
            Rows::Sheet(rows) => rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes the rows apart, in order. Rows without any content are left out.
    pub fn each_row(self, mut take: impl FnMut(Result<&Row, RowProblem>)) {
        match self.0 {
            Rows::Text(batch) => batch.each_row(take),
            Rows::Sheet(rows) => {
                for row in rows {
                    match row {
                        Ok(row) if row.is_empty() => {}
                        Ok(row) => take(Ok(&row)),
                        Err(problem) => take(Err(problem)),
                    }
                }
            }
        }
    }
}

/// Shows the number of rows only: rows are confidential.
impl std::fmt::Debug for RawBatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RawBatch({} rows)", self.len())
    }
}
