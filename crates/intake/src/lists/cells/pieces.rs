//! Cuts the text of a cell into values.

use watchlist::IdentifierKind;

use super::Manner;

/// Words that join values in a sentence.
const JOINING: &[&str] = &["en", "and", "of", "or", "&", "und", "/", "-", "\u{2013}"];

/// The pieces between separators that stand outside brackets.
pub(in super::super) fn outside_brackets(text: &str, separators: &[char]) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // A line end closes every bracket: a bracket that was never closed must not swallow the cell.
        if c == '\n' {
            depth = 0;
        }
        if depth == 0 && separators.contains(&c) {
            pieces.push(String::new());
        } else {
            pieces.last_mut().expect("there is always a piece").push(c);
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// The text without its brackets, and what stood in each of them.
pub(in super::super) fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' => {
                depth += 1;
                if depth == 1 {
                    inside.push(String::new());
                    outside.push(' ');
                    continue;
                }
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    continue;
                }
            }
            _ => {}
        }
        match inside.last_mut() {
            Some(note) if depth > 0 => note.push(c),
            _ => outside.push(c),
        }
    }
    let inside =
        inside.into_iter().map(|note| note.trim().to_owned()).filter(|note| !note.is_empty()).collect();
    (outside.trim().to_owned(), inside)
}

/// The single values of a piece.
pub(super) fn values(kind: IdentifierKind, piece: &str, manner: Manner) -> Vec<&str> {
    use IdentifierKind::{
        Asn, Domain, Email, Handle, Hostname, IpRange, Lei, NameServer, Phone, RegisterNumber, Session,
        TelegramName, Tox, VatNumber, Wallet, Xmpp,
    };
    let parts = piece.split(',').map(str::trim);
    let kept: Vec<&str> = match kind {
        Domain | Email | Hostname | NameServer | Lei | Session | TelegramName | Tox | Xmpp | Wallet => {
            parts.flat_map(by_blanks).collect()
        }
        Asn => parts.flat_map(asns).collect(),
        IpRange => parts.flat_map(ranges).collect(),
        Phone => parts.flat_map(|part| part.split(" / ")).flat_map(|part| part.split(" of ")).collect(),
        RegisterNumber | VatNumber if numbers_only(piece) => parts.collect(),
        Handle if manner == Manner::Prose => parts.collect(),
        _ => vec![piece],
    };
    kept.into_iter().map(str::trim).filter(|value| !value.is_empty() && !JOINING.contains(value)).collect()
}

/// Values without blanks inside. A label before them (`BTC 1...`) stays with its value.
fn by_blanks(part: &str) -> Vec<&str> {
    let words: Vec<&str> = part.split_whitespace().collect();
    match words.as_slice() {
        [label, _] if super::Field::of(label).is_some() => vec![part],
        _ => words,
    }
}

/// `AS 64500` is one value, `64500 64501` are two.
fn asns(part: &str) -> Vec<&str> {
    let starts_with_digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = part.split_whitespace().collect();
    match words.as_slice() {
        [first, second] if !first.contains(|c: char| c.is_ascii_digit()) && starts_with_digit(second) => {
            vec![part]
        }
        // A date with a time is one wrong value, not two.
        [first, second] if first.len() == 10 && second.contains(':') => vec![part],
        _ => words,
    }
}

/// A range with a dash between blanks is one value.
fn ranges(part: &str) -> Vec<&str> {
    if part.contains(['-', '\u{2013}']) && part.split_whitespace().count() <= 3 {
        return vec![part];
    }
    part.split_whitespace().collect()
}

/// Whether each of the parts between commas has digits, so that commas set numbers apart.
fn numbers_only(piece: &str) -> bool {
    piece.split(',').all(|part| part.bytes().filter(u8::is_ascii_digit).count() >= 4)
}
