//! How a text writes its table: delimiter, quote, end of line. Found from the text itself.

use super::cut::{Cut, cut};
use super::{Known, Limits, split};

/// How a text writes its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// `"` or `'`.
    pub(crate) quote: u8,
    /// LF, or CR where the text has no LF.
    pub(crate) line_end: u8,
    /// Quotes in quoted cells are written `\"` (database exports) instead of `""`.
    pub(crate) backslash: bool,
}

/// In the order in which ties are decided: a tab, `;` or `|` is seldom part of a text, a comma often.
const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Rows that are looked at.
const SAMPLE_ROWS: usize = 20;

/// Finds the dialect that understands most headings, then the one with the most even rows.
pub(super) fn find(sample: &[u8], at_end: bool, known: Known<'_>, limits: &Limits) -> Dialect {
    let line_end = if memchr::memchr(b'\n', sample).is_none() && memchr::memchr(b'\r', sample).is_some() {
        b'\r'
    } else {
        b'\n'
    };
    let backslash = escapes_by_backslash(sample);
    let mut best = Dialect { delimiter: b',', quote: b'"', line_end, backslash };
    let mut best_score = (0, 0);
    for quote in *b"\"'" {
        for delimiter in DELIMITERS {
            let dialect = Dialect { delimiter, quote, line_end, backslash };
            let score = score(sample, at_end, dialect, known, limits);
            // Apostrophes stand in many names: as quotes they must make headings readable.
            let better = if quote == b'"' { score > best_score } else { score.0 > best_score.0 };
            if better {
                (best, best_score) = (dialect, score);
            }
        }
    }
    best
}

/// Whether a quote behind a backslash is followed by a letter: with doubled quotes that cannot be.
fn escapes_by_backslash(sample: &[u8]) -> bool {
    let after = |place: usize| {
        sample.get(place + 2).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
    };
    memchr::memmem::find_iter(sample, b"\\\"").any(after)
}

/// (known headings in the best row, cells in rows that are as long as the row before them).
fn score(sample: &[u8], at_end: bool, dialect: Dialect, known: Known<'_>, limits: &Limits) -> (usize, usize) {
    let mut rest = sample;
    let (mut headings, mut even_cells, mut last_len) = (0, 0, 0);
    let mut row = super::Row::default();
    for number in 0..SAMPLE_ROWS {
        let Cut::Record { end, next, .. } = cut(rest, at_end, dialect, limits) else { break };
        if split::record(&rest[..end], 0, dialect, limits.max_cell_bytes, &mut row).is_ok() {
            if number < limits.max_title_rows {
                headings = headings.max(row.cells().filter(|cell| known(cell)).count());
            }
            if row.len() > 1 && row.len() == last_len {
                even_cells += row.len();
            }
            last_len = row.len();
        }
        rest = &rest[next..];
    }
    (headings, even_cells)
}
