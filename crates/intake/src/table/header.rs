//! Which of the first rows is the header, and what its headings say.

use super::{Known, Limits, Row};
use crate::OpenProblem;

/// Chooses the row with the most known headings. Exports put title lines above it.
pub(super) fn choose(first: &[&Row], known: Known<'_>, limits: &Limits) -> Result<usize, OpenProblem> {
    let Some(top) = first.first() else {
        return Err(OpenProblem::Empty);
    };
    let mut best = (0, 0);
    for (place, row) in first.iter().enumerate() {
        let headings = row.cells().filter(|cell| known(&clean(cell))).count();
        if headings > best.1 {
            best = (place, headings);
        }
    }
    if best.1 == 0 {
        let widest = first.iter().rev().max_by_key(|row| row.cells().filter(|cell| !cell.is_empty()).count());
        let shown = widest.unwrap_or(top);
        return Err(if has_values(shown) {
            OpenProblem::NoHeader
        } else {
            OpenProblem::NoKnownHeading(headings(shown))
        });
    }
    let columns = first[best.0].len();
    if columns > limits.max_columns {
        return Err(OpenProblem::TooManyColumns { found: columns, limit: limits.max_columns });
    }
    Ok(best.0)
}

/// The headings of a header row, invisible signs gone; columns without one at the end are left out.
pub(super) fn headings(row: &Row) -> Vec<String> {
    let mut headings: Vec<String> = row.cells().map(clean).collect();
    while headings.last().is_some_and(String::is_empty) {
        headings.pop();
    }
    headings
}

/// A heading without the signs that nobody sees: marks of direction and width, byte order marks.
fn clean(cell: &str) -> String {
    let seen: String = cell
        .chars()
        .filter(|sign| !matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}'))
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    seen.trim().to_owned()
}

/// Whether a row holds what no heading holds: addresses, numbers.
fn has_values(row: &Row) -> bool {
    row.cells().any(|cell| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        (cell.contains('@') && cell.contains('.')) || (digits > 2 && digits * 2 > cell.len())
    })
}
