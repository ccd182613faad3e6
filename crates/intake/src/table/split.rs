//! One record of a CSV text into cells.

use std::borrow::Cow;

use super::cut::{Close, close};
use super::dialect::Dialect;
use super::{Limits, Row};
use crate::RowProblem;

/// Takes a record apart into `row`. A record that is no UTF-8 is read as Windows-1252, cell by cell:
/// exports that were glued together have both.
pub(super) fn record(
    bytes: &[u8],
    line: u64,
    dialect: Dialect,
    max_cell_bytes: usize,
    row: &mut Row,
) -> Result<(), RowProblem> {
    row.clear(line);
    let without_nul;
    let mut bytes = bytes;
    if memchr::memchr(0, bytes).is_some() {
        without_nul = bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<_>>();
        bytes = &without_nul;
        row.had_nul = true;
    }
    if memchr::memchr(dialect.quote, bytes).is_none() {
        plain(bytes, dialect, row);
    } else {
        quoted(bytes, dialect, row);
    }
    match row.bounds.iter().position(|(from, to)| (to - from) as usize > max_cell_bytes) {
        Some(column) => Err(RowProblem::cell_too_large(line, column, row.get(column).len())),
        None => Ok(()),
    }
}

/// No quote in the record: the text is kept as it is and only the places of the cells are noted.
fn plain(bytes: &[u8], dialect: Dialect, row: &mut Row) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        for cell in bytes.split(|byte| *byte == dialect.delimiter) {
            push_decoded(cell, row);
        }
        return;
    };
    row.text.push_str(text);
    let mut from = 0;
    for end in memchr::memchr_iter(dialect.delimiter, bytes).chain(std::iter::once(bytes.len())) {
        row.bounds.push(trimmed(text, from, end));
        from = end + 1;
    }
}

/// Begin and end of a cell without the blanks around it.
fn trimmed(text: &str, from: usize, end: usize) -> (u32, u32) {
    let cell = &text[from..end];
    let bytes = cell.as_bytes();
    // Nearly every cell begins and ends with a sign above the blank: no search.
    let solid = |byte: Option<&u8>| byte.is_some_and(|byte| *byte > b' ' && byte.is_ascii());
    if cell.is_empty() || (solid(bytes.first()) && solid(bytes.last())) {
        return (from as u32, end as u32);
    }
    let begin = cell.len() - cell.trim_start().len();
    let inner = cell.trim();
    ((from + begin) as u32, (from + begin + inner.len()) as u32)
}

fn quoted(bytes: &[u8], dialect: Dialect, row: &mut Row) {
    let mut from = 0;
    loop {
        let blanks = bytes[from..].iter().take_while(|byte| **byte == b' ').count();
        let start = from + blanks;
        let end = if bytes.get(start) == Some(&dialect.quote) {
            quoted_cell(bytes, start + 1, dialect, row)
        } else {
            let end =
                memchr::memchr(dialect.delimiter, &bytes[from..]).map_or(bytes.len(), |found| from + found);
            push_decoded(&bytes[from..end], row);
            end
        };
        if end >= bytes.len() {
            return;
        }
        from = end + 1;
    }
}

/// Adds the cell whose text begins at `start` and gives the place of the delimiter behind it.
fn quoted_cell(bytes: &[u8], start: usize, dialect: Dialect, row: &mut Row) -> usize {
    // The limits were held when the record was cut.
    let unbounded = Limits { max_cell_lines: usize::MAX, ..Limits::default() };
    let Close::At(end) = close(bytes, start, true, dialect, &unbounded) else {
        push_decoded(&bytes[start..], row);
        return bytes.len();
    };
    push_decoded(&unescaped(&bytes[start..end], dialect), row);
    let after = &bytes[end + 1..];
    end + 1 + memchr::memchr(dialect.delimiter, after).unwrap_or(after.len())
}

/// The text of a quoted cell: doubled quotes, or those behind a backslash, become one.
fn unescaped(cell: &[u8], dialect: Dialect) -> Cow<'_, [u8]> {
    let escape = if dialect.backslash { b'\\' } else { dialect.quote };
    if memchr::memchr(escape, cell).is_none() {
        return Cow::Borrowed(cell);
    }
    let mut text = Vec::with_capacity(cell.len());
    let mut signs = cell.iter().copied().peekable();
    while let Some(sign) = signs.next() {
        let escapes = sign == escape
            && signs
                .peek()
                .is_some_and(|next| *next == dialect.quote || (dialect.backslash && *next == b'\\'));
        text.push(if escapes { signs.next().unwrap_or(sign) } else { sign });
    }
    Cow::Owned(text)
}

fn push_decoded(cell: &[u8], row: &mut Row) {
    match std::str::from_utf8(cell) {
        Ok(text) => row.push(text),
        Err(_) => {
            row.other_encoding = true;
            row.push(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&str]) {
        for backslash in [false, true] {
            let dialect = Dialect { delimiter: b',', quote: b'"', line_end: b'\n', backslash };
            if backslash != bytes.contains(&b'\\') {
                continue;
            }
            let mut row = Row::default();
            record(bytes, 1, dialect, 1 << 20, &mut row).unwrap();
            assert_eq!(row.cells().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn cells_are_told_apart() {
        check(b"a, b ,,c", &["a", "b", "", "c"]);
        check(b"", &[""]);
        check(b"\"a,b\",\"c \"\"d\"\"\"", &["a,b", "c \"d\""]);
        check(b"\"Jan \"de Man\" BV\",x", &["Jan \"de Man\" BV", "x"]);
        check(b"5\" disk,\"x\"", &["5\" disk", "x"]);
        check(b"\"a \\\"b\\\", c\",d", &["a \"b\", c", "d"]);
        check(b"\"a\" ,", &["a", ""]);
    }

    #[test]
    fn a_cell_that_is_no_utf8_is_windows_1252() {
        check(b"Caf\xe9,R\xc3\xa9seau", &["Caf\u{e9}", "R\u{e9}seau"]);
        check(b"\"Caf\xe9\",\x80 5", &["Caf\u{e9}", "\u{20ac} 5"]);
    }
}
