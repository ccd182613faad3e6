//! Where a record of a CSV text ends, in the bytes as they stand in the file.
//!
//! A quote that nobody closes must not swallow the rest of the file, so a quoted cell is bounded in
//! bytes and lines, and one that ends in the middle of another cell was never a cell.

use super::Limits;
use super::dialect::Dialect;

/// What was found from the beginning of a record on. Positions count from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// `bytes[..end]` is the record; the next one begins at `next`, `lines` lines further.
    Record { end: usize, next: usize, lines: u64 },
    /// The record goes on beyond the bytes at hand.
    NeedMore,
    /// A quote opened `lines_before` lines below the beginning and was not closed. Reading goes on
    /// at `next`, or behind the next end of line where that is not at hand yet.
    Unterminated { lines_before: u64, next: Option<usize> },
    /// More bytes than a row may have, and no end of line among them.
    TooLarge,
}

/// Finds the end of the record that begins at `bytes[0]`.
pub(crate) fn cut(bytes: &[u8], at_end: bool, dialect: Dialect, limits: &Limits) -> Cut {
    let mut from = 0;
    loop {
        let Some(found) = memchr::memchr2(dialect.quote, dialect.line_end, &bytes[from..]) else {
            return match () {
                () if bytes.len() > limits.max_row_bytes => Cut::TooLarge,
                () if at_end && bytes.is_empty() => Cut::NeedMore,
                () if at_end => {
                    Cut::Record { end: bytes.len(), next: bytes.len(), lines: count(bytes, dialect) + 1 }
                }
                () => Cut::NeedMore,
            };
        };
        let place = from + found;
        if bytes[place] == dialect.line_end {
            return line_end(bytes, place, dialect, limits);
        }
        if !opens_cell(bytes, place, dialect) {
            from = place + 1;
            continue;
        }
        match close(bytes, place + 1, at_end, dialect, limits) {
            Close::At(end) => from = end + 1,
            Close::NeedMore if bytes.len() > limits.max_row_bytes => {
                return unterminated(bytes, place, dialect);
            }
            Close::NeedMore => return Cut::NeedMore,
            Close::Never => return unterminated(bytes, place, dialect),
        }
    }
}

fn line_end(bytes: &[u8], place: usize, dialect: Dialect, limits: &Limits) -> Cut {
    if place > limits.max_row_bytes {
        return Cut::TooLarge;
    }
    let end =
        if place > 0 && dialect.line_end == b'\n' && bytes[place - 1] == b'\r' { place - 1 } else { place };
    Cut::Record { end, next: place + 1, lines: count(&bytes[..place], dialect) + 1 }
}

fn unterminated(bytes: &[u8], opened: usize, dialect: Dialect) -> Cut {
    let next = memchr::memchr(dialect.line_end, &bytes[opened..]).map(|found| opened + found + 1);
    Cut::Unterminated { lines_before: count(&bytes[..opened], dialect), next }
}

fn count(bytes: &[u8], dialect: Dialect) -> u64 {
    memchr::memchr_iter(dialect.line_end, bytes).count() as u64
}

/// Whether a quote at `place` begins a cell: only blanks stand between it and the delimiter or line
/// before it. Anywhere else (`5" disk`) a quote is a sign like others.
pub(super) fn opens_cell(bytes: &[u8], place: usize, dialect: Dialect) -> bool {
    let before = bytes[..place].iter().rposition(|byte| *byte != b' ');
    before.is_none_or(|last| bytes[last] == dialect.delimiter)
}

/// Where a quoted cell ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// Place of the closing quote.
    At(usize),
    NeedMore,
    /// The cell has no end, or one that makes no sense.
    Never,
}

/// Finds the quote that closes the cell whose text begins at `start`.
///
/// A quote closes when a delimiter or the end of the line follows. Others are part of the text as
/// long as the cell is on one line (`"Jan "de Man" BV"`); in a cell of several lines they show that
/// the cell was left open on its first line and runs into the cells of the next.
pub(super) fn close(bytes: &[u8], start: usize, at_end: bool, dialect: Dialect, limits: &Limits) -> Close {
    let (mut from, mut counted, mut lines) = (start, start, 0);
    loop {
        let Some(found) = memchr::memchr(dialect.quote, &bytes[from..]) else {
            return if at_end { Close::Never } else { Close::NeedMore };
        };
        let place = from + found;
        lines += memchr::memchr_iter(dialect.line_end, &bytes[counted..place]).count();
        counted = place;
        if lines > limits.max_cell_lines {
            return Close::Never;
        }
        if dialect.backslash && is_escaped(bytes, start, place) {
            from = place + 1;
            continue;
        }
        match bytes.get(place + 1) {
            None if at_end => return Close::At(place),
            None => return Close::NeedMore,
            Some(next) if *next == dialect.quote => from = place + 2,
            Some(_) if ends_cell(&bytes[place + 1..], dialect) => return Close::At(place),
            Some(_) if lines > 0 => return Close::Never,
            Some(_) => from = place + 1,
        }
    }
}

fn ends_cell(after: &[u8], dialect: Dialect) -> bool {
    match after.iter().find(|byte| **byte != b' ') {
        None => true,
        Some(byte) => *byte == dialect.delimiter || *byte == dialect.line_end || *byte == b'\r',
    }
}

fn is_escaped(bytes: &[u8], start: usize, place: usize) -> bool {
    bytes[start..place].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect = Dialect { delimiter: b',', quote: b'"', line_end: b'\n', backslash: false };

    #[track_caller]
    fn check(bytes: &str, expected: Cut) {
        assert_eq!(cut(bytes.as_bytes(), true, COMMA, &Limits::default()), expected);
    }

    #[test]
    fn a_record_ends_at_its_line() {
        check("a,b\r\nc", Cut::Record { end: 3, next: 5, lines: 1 });
        check("a,5\" disk\nc", Cut::Record { end: 9, next: 10, lines: 1 });
        check("a,\"x\ny\",z\nc", Cut::Record { end: 9, next: 10, lines: 2 });
        check("a, \"x\"\"\ny\" ,z\nc", Cut::Record { end: 13, next: 14, lines: 2 });
        check("a,\"Jan \"de Man\" BV\",z\nc", Cut::Record { end: 21, next: 22, lines: 1 });
        check("a", Cut::Record { end: 1, next: 1, lines: 1 });
        check("", Cut::NeedMore);
    }

    #[test]
    fn an_open_quote_costs_its_own_line_only() {
        check("1,\"abc\n2,\"def\",\"x\"\n", Cut::Unterminated { lines_before: 0, next: Some(7) });
        check("\"1\",\"abc\n\"2\",\"def\"\n", Cut::Unterminated { lines_before: 0, next: Some(9) });
        check("1,\"abc\n2,def\n", Cut::Unterminated { lines_before: 0, next: Some(7) });
        check("1,\"abc", Cut::Unterminated { lines_before: 0, next: None });
    }
}
