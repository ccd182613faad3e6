//! Cuts a text at blanks and at the signs that never belong to an identifier.

/// A piece of text and where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The pieces of a text without the punctuation around them, in order; pieces of punctuation only are left out.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for (place, c) in text.char_indices() {
        if cuts(c) {
            push(&mut tokens, text, start, place);
            start = place + c.len_utf8();
        }
    }
    push(&mut tokens, text, start, text.len());
    tokens
}

fn cuts(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | '|' | '<' | '>' | '"' | '(' | ')' | '[' | ']' | '{' | '}')
        || matches!(c, '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '\u{2022}' | '\u{b7}' | '\u{ab}' | '\u{bb}')
}

fn push<'a>(tokens: &mut Vec<Token<'a>>, text: &'a str, start: usize, end: usize) {
    let around =
        |c: char| matches!(c, '.' | ':' | '!' | '?' | '\'' | '-' | '=' | '*' | '\u{2013}' | '\u{2014}');
    let piece = text[start..end].trim_start_matches(|c| c != ':' && around(c));
    // The two colons of `::1` and of `2001:db8::` are a part of the address.
    let piece = if piece.starts_with("::") { piece } else { piece.trim_start_matches(around) };
    let ended = piece.trim_end_matches(around);
    let colons = usize::from(ended.contains(':') && piece[ended.len()..].starts_with("::")) * 2;
    let piece = &piece[..ended.len() + colons];
    if !ended.is_empty() {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        tokens.push(Token { text: piece, start });
    }
}
