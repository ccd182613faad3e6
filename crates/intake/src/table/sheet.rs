//! A sheet of a workbook as rows. A thread of its own unpacks the sheet and hands over rows in
//! batches, so that memory does not grow with the sheet and unpacking runs beside everything else.

use std::io::{Read, Seek};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::batch::RawBatch;
use super::{About, FileKind, Known, Limits, Progress, Row, header, ods, workbook, zip_guard};
use crate::{OpenProblem, ProblemKind, RowProblem};

/// Rows that the unpacking thread hands over at a time, and how many such batches may wait.
const BATCH_ROWS: usize = 1024;
const WAITING_BATCHES: usize = 4;

/// What a workbook reader gives to for each row; it stops when the answer is `false`.
pub(super) type TakeRow<'a> = &'a mut dyn FnMut(Row) -> bool;

/// A workbook of one format.
pub(super) trait Workbook: Send + 'static {
    fn sheets(&self) -> Vec<String>;
    /// Reads the rows of one sheet, in order, until its end or until `take` has enough.
    fn read(&mut self, sheet: &str, take: TakeRow<'_>) -> Result<(), String>;
}

pub(super) struct SheetTable {
    rows: Receiver<Vec<Result<Row, RowProblem>>>,
}

impl SheetTable {
    pub(super) fn next_batch(&mut self) -> Option<RawBatch> {
        self.rows.recv().ok().map(RawBatch::sheet)
    }
}

pub(super) fn open<R: Read + Seek + Send + 'static>(
    kind: FileKind,
    mut content: R,
    progress: &Arc<Progress>,
    limits: &Limits,
    known: Known<'_>,
) -> Result<(SheetTable, About, Vec<String>), OpenProblem> {
    content.rewind().map_err(|error| OpenProblem::from_io(&error))?;
    zip_guard::check(&mut content, limits)?;
    content.rewind().map_err(|error| OpenProblem::from_io(&error))?;
    let mut book: Box<dyn Workbook> = match kind {
        FileKind::Ods => Box::new(ods::open(content, limits)?),
        _ => Box::new(workbook::open(content, limits)?),
    };
    let (sheet, header) = choose_sheet(book.as_mut(), known, limits)?;
    let about = About {
        kind,
        delimiter: None,
        encoding: None,
        sheet: Some(sheet.clone()),
        sheets: book.sheets(),
        header_line: header.line(),
        title_lines: header.line() - 1,
    };
    let headings = header::headings(&header);
    let rows = read_beside(book, sheet, header.line(), Arc::clone(progress), limits);
    Ok((SheetTable { rows }, about, headings))
}

/// The first sheet with a header we know. Where there is none, what the first sheet with content lacks.
fn choose_sheet(
    book: &mut dyn Workbook,
    known: Known<'_>,
    limits: &Limits,
) -> Result<(String, Row), OpenProblem> {
    let mut refusal = None;
    for sheet in book.sheets() {
        let mut first = Vec::new();
        book.read(&sheet, &mut |row| {
            if !row.is_empty() {
                first.push(row);
            }
            first.len() < limits.max_title_rows
        })
        .map_err(OpenProblem::BrokenWorkbook)?;
        let rows: Vec<&Row> = first.iter().collect();
        match header::choose(&rows, known, limits) {
            Ok(place) => return Ok((sheet, first.swap_remove(place))),
            Err(problem) if refusal.is_none() || refusal == Some(OpenProblem::Empty) => {
                refusal = Some(problem)
            }
            Err(_) => {}
        }
    }
    Err(refusal.unwrap_or(OpenProblem::Empty))
}

fn read_beside(
    mut book: Box<dyn Workbook>,
    sheet: String,
    header_line: u64,
    progress: Arc<Progress>,
    limits: &Limits,
) -> Receiver<Vec<Result<Row, RowProblem>>> {
    let (send, rows) = sync_channel(WAITING_BATCHES);
    let limits = limits.clone();
    std::thread::spawn(move || {
        let mut batch = Batch { rows: Vec::with_capacity(BATCH_ROWS), send, gone: false };
        let mut last_line = header_line;
        let read = book.read(&sheet, &mut |row| {
            if row.line() > header_line {
                last_line = row.line();
                batch.push(checked(row, &limits));
            }
            !batch.gone
        });
        if let Err(message) = read {
            let problem = RowProblem::new(last_line + 1, ProblemKind::ReadFailed).with_found(message);
            batch.push(Err(problem));
        }
        batch.hand_over();
        let total = progress.bytes_total.load(Ordering::Relaxed);
        progress.bytes_read.store(total, Ordering::Relaxed);
    });
    rows
}

fn checked(row: Row, limits: &Limits) -> Result<Row, RowProblem> {
    if row.len() > limits.max_columns {
        return Err(RowProblem::too_many_cells(row.line(), row.len()));
    }
    let large = row.cells().enumerate().find(|(_, cell)| cell.len() > limits.max_cell_bytes);
    if let Some((column, cell)) = large {
        return Err(RowProblem::cell_too_large(row.line(), column, cell.len()));
    }
    Ok(row)
}

struct Batch {
    rows: Vec<Result<Row, RowProblem>>,
    send: SyncSender<Vec<Result<Row, RowProblem>>>,
    /// Nobody reads any more.
    gone: bool,
}

impl Batch {
    fn push(&mut self, row: Result<Row, RowProblem>) {
        self.rows.push(row);
        if self.rows.len() >= BATCH_ROWS {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(BATCH_ROWS));
        if !rows.is_empty() {
            self.gone |= self.send.send(rows).is_err();
        }
    }
}
