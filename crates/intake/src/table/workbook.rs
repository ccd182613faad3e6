//! XLSX: the cells of a sheet as rows of text.

use std::io::{BufReader, Read, Seek};

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};

use super::sheet::{TakeRow, Workbook};
use super::{Limits, Row};
use crate::OpenProblem;

pub(super) struct Book<R: Read + Seek> {
    inner: Xlsx<BufReader<R>>,
    max_columns: usize,
}

pub(super) fn open<R: Read + Seek + Send + 'static>(
    content: R,
    limits: &Limits,
) -> Result<Book<R>, OpenProblem> {
    match Xlsx::new(BufReader::new(content)) {
        Ok(inner) => Ok(Book { inner, max_columns: limits.max_columns }),
        Err(XlsxError::Password) => Err(OpenProblem::PasswordProtected),
        Err(error) => Err(OpenProblem::BrokenWorkbook(error.to_string())),
    }
}

impl<R: Read + Seek + Send + 'static> Workbook for Book<R> {
    fn sheets(&self) -> Vec<String> {
        let tables = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
        self.inner.sheets_metadata().iter().filter(tables).map(|sheet| sheet.name.clone()).collect()
    }

    fn read(&mut self, sheet: &str, take: TakeRow<'_>) -> Result<(), String> {
        let max_columns = self.max_columns;
        let mut cells = self.inner.worksheet_cells_reader(sheet).map_err(|error| error.to_string())?;
        let mut row = Row::default();
        while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
            let (line, column) = cell.get_position();
            let line = u64::from(line) + 1;
            if line != row.line {
                let full = std::mem::take(&mut row);
                if full.line > 0 && !take(full) {
                    return Ok(());
                }
                row.clear(line);
            }
            let column = column as usize;
            // A file can name any column; beyond the limit one more cell is enough to be refused.
            while row.len() < column.min(max_columns + 1) {
                row.push("");
            }
            if row.len() <= max_columns {
                push(cell.get_value(), &mut row);
            }
        }
        if row.line > 0 {
            take(row);
        }
        Ok(())
    }
}

fn push(value: &DataRef<'_>, row: &mut Row) {
    match value {
        DataRef::Empty => row.push(""),
        DataRef::SharedString(text) => row.push(text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => row.push(text),
        DataRef::Int(number) => row.push(&number.to_string()),
        DataRef::Float(number) => row.push(&number_text(*number)),
        DataRef::Bool(value) => row.push(if *value { "true" } else { "false" }),
        DataRef::DateTime(moment) => row.push(&date_text(moment)),
        DataRef::Error(error) => row.push(error_text(error)),
    }
}

/// A formula that failed (`#N/A`, `#REF!`) is no value.
const fn error_text(_: &CellErrorType) -> &'static str {
    ""
}

/// A number as a person would have typed it: sheets keep `124` as 124.0 and a phone number as 3.12E10.
pub(super) fn number_text(number: f64) -> String {
    /// Up to here every whole number has its own floating-point value.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        format!("{}", number as i64)
    } else {
        format!("{number}")
    }
}

fn date_text(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return number_text(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_were_typed() {
        for (number, expected) in
            [(124.0, "124"), (31_201_234_567.0, "31201234567"), (1.5, "1.5"), (-3.0, "-3")]
        {
            assert_eq!(number_text(number), expected);
        }
    }
}
