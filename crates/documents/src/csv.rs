//! Hits as CSV: exactly `customer_id,entry_id,class,score,reasons`, UTF-8, lines ending in LF.
//!
//! `customer_id` is for joining with the hoster's own data, so it is the id as found in the file. Two
//! things are changed, and only where the id could act by itself: control characters and direction
//! overrides become placeholders, and what a spreadsheet would run as a formula gets an apostrophe.
//! In the other columns every unseen character becomes a placeholder too.

use std::borrow::Cow;
use std::io::{self, Write};

use matching::{Feature, Reason};
use screening::Hit;

use crate::report::Report;
use crate::visible::{harmless, is_unseen, short, visible};
use crate::{Language, Texts, numbers, order, words};

pub const COLUMNS: [&str; 5] = ["customer_id", "entry_id", "class", "score", "reasons"];

/// Characters of a value that the reasons show. Names are shorter; a value of 100 kB is an attack.
const VALUE_LIMIT: usize = 200;

/// Writes the headings and all hits in order.
pub fn write(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut rows = Rows::start(report, out)?;
    for hit in report.hits_in_order() {
        rows.write(hit)?;
    }
    rows.finish()
}

/// The rows of one file, written one by one.
pub struct Rows<'a, W: Write> {
    report: Report<'a>,
    out: ::csv::Writer<W>,
    reasons: String,
}

impl<'a, W: Write> Rows<'a, W> {
    /// Writes the headings.
    pub fn start(report: &Report<'a>, out: W) -> io::Result<Self> {
        let mut out = ::csv::Writer::from_writer(out);
        out.write_record(COLUMNS)?;
        Ok(Self { report: *report, out, reasons: String::new() })
    }

    pub fn write(&mut self, hit: &Hit) -> io::Result<()> {
        self.reasons.clear();
        for reason in order::reasons(hit) {
            if !self.reasons.is_empty() {
                self.reasons.push_str("; ");
            }
            push_reason(&mut self.reasons, reason, self.report.features, self.report.language);
        }
        let (customer_id, entry_id) = (harmless(&hit.customer_id), visible(&hit.entry_id));
        self.out.write_record([
            disarmed(&customer_id).as_ref(),
            disarmed(&entry_id).as_ref(),
            hit.class.name(),
            &format!("{:.4}", if hit.score.is_finite() { hit.score } else { 0.0 }),
            disarmed(&self.reasons).as_ref(),
        ])?;
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// One reason in one line: what was compared, its weight, both values and the remark.
pub(crate) fn push_reason(out: &mut String, reason: &Reason, features: &[Feature], language: Language) {
    out.push_str(&visible(&words::feature(reason.feature, features, language)));
    out.push(' ');
    out.push_str(&numbers::weight(reason.weight, language));
    out.push_str(": ");
    out.push_str(&short(&reason.customer.raw, VALUE_LIMIT));
    out.push(' ');
    out.push_str(words::relation(reason));
    out.push(' ');
    out.push_str(&short(&reason.entry.raw, VALUE_LIMIT));
    if let Some(remark) = reason.remark {
        out.push_str(" (");
        out.push_str(&words::remark(remark, Texts::of(language), language));
        out.push(')');
    }
}

/// A cell that no spreadsheet runs.
///
/// A formula begins with `=`, `+`, `-` or `@`, in some programs also in their full-width forms or after
/// a tab, a line break or blanks that the import cuts off. An apostrophe in front makes it text. A sign
/// followed by nothing but digits is a number, not a formula, and stays.
pub fn disarmed(cell: &str) -> Cow<'_, str> {
    let start = cell.trim_start_matches(|one: char| one.is_whitespace() || is_unseen(one) || one == '\u{a0}');
    let led_by_control = cell.starts_with(['\t', '\r', '\n', '↵', '⇥']);
    let formula = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let number = cell
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if led_by_control || (formula && !number) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        assert_eq!(disarmed(cell), expected);
    }

    #[test]
    fn formulas_are_disarmed() {
        check("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
        check("+1+1", "'+1+1");
        check("-2+3+cmd|'x'!A0", "'-2+3+cmd|'x'!A0");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t=1");
        check("  =1", "'  =1");
        check("\u{feff}=1", "'\u{feff}=1");
        check("＝1+1", "'＝1+1");
    }

    #[test]
    fn ids_stay_as_found() {
        for id in ["1017", "00042", "C-7", "a=b", "-5", "+31201234567", "", "é", "12 34", "x@y.example"] {
            check(id, id);
        }
    }
}
