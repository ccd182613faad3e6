//! What marks the beginning of an entry in a text.

use watchlist::NameKind;

use super::super::cells;
use super::super::defang;
use super::super::fields::{Field, is_legal_form, is_title};
use super::lines::Line;
use super::table::{self, Header};

/// The one sign by which entries begin.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Rows under a line of headings.
    Table(Header),
    /// A label for the name: `Naam: ...`.
    NameLabels,
    /// A number: `1.`, `2)`, `[3]`.
    Numbers,
    /// A bullet with a name behind it: this sign at this indent. Other bullets are values of the entry.
    Bullets { sign: char, indent: usize },
    /// A short line of text.
    ShortLines,
    /// Nothing is named: each line with an identifier, or each block of labels.
    Values,
}

/// Names in a line are seldom longer; beyond that it is a sentence.
const MOST_WORDS: usize = 8;
const MOST_CHARS: usize = 90;

pub(super) fn of(lines: &[Line]) -> Layout {
    if let Some(header) = table::header(lines) {
        return Layout::Table(header);
    }
    let filled = || lines.iter().filter(|line| !line.text.is_empty());
    let numbers = filled().filter(|line| numbered(&line.text).is_some()).count();
    let labels = filled().filter(|line| is_name_label(&line.text)).count();
    // Numbers that count on are entries; a single one may be a list within an entry.
    if numbers >= 1 && numbers >= labels && counts_up(lines) {
        Layout::Numbers
    } else if labels >= 1 {
        Layout::NameLabels
    } else if let Some((sign, indent)) = bullet_of_entries(lines) {
        Layout::Bullets { sign, indent }
    } else if filled().any(|line| bulleted(&line.text).is_none() && is_short_text(&line.text)) {
        Layout::ShortLines
    } else {
        Layout::Values
    }
}

/// The text after the number of a line, and the number.
pub(super) fn numbered(text: &str) -> Option<(u32, &str)> {
    let lower = text.get(..4).map(str::to_ascii_lowercase).unwrap_or_default();
    let word =
        ["nr. ", "no. ", "nr.", "no.", "nr ", "no ", "#"].into_iter().find(|word| lower.starts_with(word));
    let rest = text[word.map_or(0, str::len)..].trim_start_matches(['(', '[']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let number = rest[..digits].parse().ok()?;
    let after = rest[digits..].trim_start_matches([')', ']']);
    let marked = after.len() < rest.len() - digits || after.starts_with(['.', ':']) || word.is_some();
    let after = after.trim_start_matches(['.', ':']);
    let column = after.starts_with('\t')
        || after.starts_with("  ")
        || after.starts_with(" - ")
        || after.starts_with(" \u{2013} ");
    // `192.0.2.1` and `1.10` are no numbers of entries: a blank must follow.
    let ends = after.is_empty() || after.starts_with([' ', '\t']);
    let after = after.trim_start().trim_start_matches(['-', '\u{2013}']).trim_start();
    ((marked || column) && ends).then_some((number, after))
}

/// The text after the bullet of a line.
pub(super) fn bulleted(text: &str) -> Option<&str> {
    let rest = text.strip_prefix([
        '\u{2022}', '\u{25cf}', '\u{25aa}', '\u{25a0}', '\u{25e6}', '\u{2023}', '\u{f0b7}', '*', '-',
        '\u{2013}', '\u{b7}', '\u{2192}', '>',
    ]);
    rest.filter(|rest| rest.starts_with([' ', '\t'])).map(str::trim_start)
}

/// The first bullet of the text, if most lines with it begin with a name.
fn bullet_of_entries(lines: &[Line]) -> Option<(char, usize)> {
    let first = lines.iter().find(|line| bulleted(&line.text).is_some())?;
    let sign = first.text.chars().next()?;
    let alike = || lines.iter().filter_map(|line| with_bullet(line, sign, first.indent));
    let named = alike().filter(|text| begins_with_name(text)).count();
    (named * 2 > alike().count()).then_some((sign, first.indent))
}

/// The text after the bullet of a line, if it is this one at this indent.
pub(super) fn with_bullet(line: &Line, sign: char, indent: usize) -> Option<&str> {
    bulleted(&line.text).filter(|_| line.indent == indent && line.text.starts_with(sign))
}

fn counts_up(lines: &[Line]) -> bool {
    let numbers: Vec<u32> =
        lines.iter().filter_map(|line| numbered(&line.text)).map(|(number, _)| number).collect();
    let next = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1).count();
    numbers.first().is_some_and(|first| *first <= 1) && next * 2 + 1 >= numbers.len()
}

/// A line that labels a name, behind a number or bullet or not.
pub(super) fn is_name_label(text: &str) -> bool {
    matches!(cells::label(bulleted(text).unwrap_or(text)), Some((Field::Name, _)))
}

fn begins_with_name(text: &str) -> bool {
    cells::label(text).is_none_or(|(field, _)| field == Field::Name) && name_before_values(text).is_some()
}

/// Whether a line is a short text that can be a name: no sentence, no title, no label, no identifier alone.
pub(super) fn is_short_text(text: &str) -> bool {
    cells::label(text).is_none()
        && Field::of(text.trim_end_matches(':')).is_none()
        && name_before_values(text).is_some()
}

/// The text before the first identifier of a line, if it can be a name.
fn name_before_values(text: &str) -> Option<&str> {
    let restored = defang::restored(text);
    // Places in the restored text are not places in `text`; how much stands before is all that counts here.
    let first =
        super::parties::identifiers_after_name(&restored).first().map_or(restored.len(), |found| found.start);
    let head = restored[..first].trim_end_matches([' ', ',', ':', '(', '-', '\u{2013}', ';', '|', '\t']);
    let words = head.split_whitespace().count();
    let is_name = head.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && words <= MOST_WORDS
        && head.chars().count() <= MOST_CHARS
        && !ends_as_sentence(head)
        && !begins_with_marker(head)
        && !is_title(head);
    is_name.then_some(text)
}

/// `alias Kade 90` says more of the entry before.
fn begins_with_marker(text: &str) -> bool {
    let names = cells::names_in(NameKind::Primary, text, cells::Manner::Prose);
    names.first().is_some_and(|(kind, _)| *kind != NameKind::Primary)
}

/// A full stop ends a sentence unless it belongs to a legal form or an initial.
fn ends_as_sentence(text: &str) -> bool {
    if text.ends_with(['?', '!', ':', ';']) {
        return true;
    }
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let abbreviation =
        last.trim_end_matches('.').contains('.') || last.chars().count() <= 3 || is_legal_form(last);
    text.ends_with('.') && !abbreviation
}
