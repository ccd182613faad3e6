//! The lines of a text, with their numbers, and the joining of those that were wrapped.

use super::super::Place;

/// One line of text. A page break is a line of its own with `page_break` set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    /// Blanks before the first sign.
    pub(super) indent: usize,
    /// Without blanks at its ends and invisible signs; empty for an empty line.
    pub(super) text: String,
    pub(super) page_break: bool,
}

impl Line {
    pub(super) fn at(&self) -> Place {
        Place::Line(self.number)
    }
}

pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        for (part, piece) in raw.split('\u{c}').enumerate() {
            let visible: String = piece.chars().filter(|c| !is_invisible(*c)).map(plain_blank).collect();
            let trimmed = visible.trim();
            lines.push(Line {
                number: index as u64 + 1,
                indent: visible.chars().take_while(|c| c.is_whitespace()).count(),
                text: trimmed.to_owned(),
                page_break: part > 0,
            });
        }
    }
    lines
}

/// Signs without width that PDF readers leave behind, and control signs. Directions of writing go with
/// them: they never belong to a name or identifier.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || (c.is_control() && c != '\t')
}

fn plain_blank(c: char) -> char {
    match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    }
}

/// Joins a line that was wrapped to the one before it; the number is that of the first.
pub(super) fn joined(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut() {
            Some(before) if goes_on(&before.text, &line.text) => {
                // A hyphen at the end of a line stays: in domains and numbers it belongs to the value.
                let runs_on = is_hex_run(&line.text) && ends_with_key(&before.text);
                if !(before.text.ends_with('-') || runs_on) {
                    before.text.push(' ');
                }
                before.text.push_str(&line.text);
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// A joined line longer than this is not joined further: no honest list of values in one line is longer.
const LONGEST_JOINED: usize = 20_000;

fn goes_on(before: &str, after: &str) -> bool {
    if before.is_empty() || after.is_empty() || before.len() > LONGEST_JOINED {
        return false;
    }
    let open_bracket = before.matches('(').count() > before.matches(')').count() && before.len() < 400;
    before.ends_with([',', '(', '&'])
        || (before.ends_with('-') && !before.ends_with(" -") && after.starts_with(char::is_alphanumeric))
        || open_bracket
        || after.starts_with("(a")
        || after.starts_with("(ook")
        || (is_hex_run(after) && (ends_with_key(before) || ends_with_groups(before)))
}

/// A line of hexadecimal digits only, long enough to be the rest of a key.
fn is_hex_run(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b' ')
}

/// The last word is a long hexadecimal number, so that its rest follows without a blank.
fn ends_with_key(text: &str) -> bool {
    let last = text.rsplit([' ', ':']).next().unwrap_or_default();
    last.len() >= 16 && is_hex_word(last)
}

/// The last words are groups of four hexadecimal digits, as in a PGP fingerprint.
fn ends_with_groups(text: &str) -> bool {
    text.split(' ').rev().take(4).filter(|word| word.len() == 4 && is_hex_word(word)).count() == 4
}

fn is_hex_word(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_hexdigit())
}
