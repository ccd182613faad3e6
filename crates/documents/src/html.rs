//! The report for people: one HTML file that needs nothing else, to read, print and keep.
//!
//! There is no script and nothing from outside; a policy in the file forbids both, so that even a
//! mistake in escaping could not run or fetch anything. Pages are written while they are rendered, and
//! at most [`HITS_SHOWN`] hits are shown, so that memory and file stay small for any result.

mod hit;
mod page;

use std::io::{self, Write};

use askama::Template;

use crate::report::Report;

/// Hits in one report. A browser still opens 2,000 at once; who has more works with the workbook.
pub const HITS_SHOWN: usize = 2_000;

/// Writes the report with at most [`HITS_SHOWN`] hits.
pub fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    write_first(report, HITS_SHOWN, out)
}

/// Writes the report with at most so many hits. Strong hits come first, but no class that has hits is
/// left out: each gets room for a tenth.
pub fn write_first(report: &Report<'_>, limit: usize, out: &mut impl Write) -> io::Result<()> {
    page::Page::new(report, limit).write_into(out)
}
