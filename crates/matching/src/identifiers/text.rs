//! Small folds that several identifier types share.

use std::borrow::Cow;

/// Lower-case ASCII words with single blanks: accents gone, other scripts in Latin letters.
pub(super) fn plain_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_plain_words(text, &mut out);
    out
}

/// As [`plain_words`], behind what stands in `out` already.
pub(super) fn push_plain_words(text: &str, out: &mut String) {
    let start = out.len();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            out.push(character.to_ascii_lowercase());
        } else if character.is_ascii() {
            // An apostrophe joins (`l'Église`, `'s-Gravenhage`): it is not worth a word border.
            let apart = character != '\'' && out.len() > start && !out.ends_with(' ');
            out.extend(apart.then_some(' '));
        } else {
            push_latin(character, out, start);
        }
    }
    if out.len() > start && out.ends_with(' ') {
        out.pop();
    }
}

fn push_latin(character: char, out: &mut String, start: usize) {
    if !character.is_alphanumeric() {
        let joins =
            matches!(character, '\u{2019}' | '\u{02BC}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}')
                || ('\u{300}'..='\u{36F}').contains(&character);
        let apart = !joins && out.len() > start && !out.ends_with(' ');
        out.extend(apart.then_some(' '));
        return;
    }
    let latin = any_ascii::any_ascii_char(character);
    out.extend(latin.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
}

/// ASCII upper-case letters and digits only.
pub(super) fn upper_alphanumeric(text: &str) -> String {
    ascii(text).bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase() as char).collect()
}

/// Full-width and other odd digits and letters in ASCII; borrowed where nothing is to do.
pub(super) fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(any_ascii::any_ascii(text)) }
}

/// What a spreadsheet or a list of parties puts around a value: blanks, quotes against formulas,
/// angle brackets, commas.
pub(super) fn unwrapped(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\'' | '"' | '`' | '<' | '>' | ',' | ';' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2018}'..='\u{201D}')
    })
}

/// Whether a spreadsheet has rounded a long number (`1,25E+11`): its digits are lost.
pub(super) fn rounded_by_spreadsheet(text: &str) -> bool {
    let Some(at) = text.find(['e', 'E']) else { return false };
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b' '));
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or("");
    mantissa.len() > 1 && number(mantissa) && !digits.is_empty() && digits.len() <= 3 && number(digits)
}

/// Values that people type to get past a required field: one digit throughout, or counting up or down.
pub(super) fn is_dummy_number(digits: &str) -> bool {
    let digits = digits.as_bytes();
    if digits.len() < 4 {
        return digits.iter().all(|&b| b == b'0');
    }
    let all = |step: i16| {
        digits.windows(2).all(|pair| (i16::from(pair[1]) - i16::from(pair[0]) - step).rem_euclid(10) == 0)
    };
    all(0) || all(1) || all(-1)
}

/// Edits (insert, delete, replace, swap of neighbours) between two words, or nothing above `budget`.
pub(super) fn edits(left: &str, right: &str, budget: usize) -> Option<usize> {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left == right {
        return Some(0);
    }
    if left.len().abs_diff(right.len()) > budget || budget == 0 {
        return None;
    }
    let (left, right) = without_equal_ends(left, right);
    if left.len() > 47 || right.len() > 47 {
        return None;
    }
    let (mut before, mut above, mut row) = ([0u8; 48], [0u8; 48], [0u8; 48]);
    for (i, cell) in above.iter_mut().enumerate().take(right.len() + 1) {
        *cell = i as u8;
    }
    for i in 1..=left.len() {
        row[0] = i as u8;
        let mut least = row[0];
        for j in 1..=right.len() {
            let replaced = above[j - 1] + u8::from(left[i - 1] != right[j - 1]);
            row[j] = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
            least = least.min(row[j]);
        }
        // A swap reaches back two rows, so one row above the budget decides only with the next.
        if usize::from(least) > budget + 1 {
            return None;
        }
        (before, above) = (above, row);
    }
    let edits = usize::from(above[right.len()]);
    (edits <= budget).then_some(edits)
}

/// Equal beginnings and ends take no edits.
fn without_equal_ends<'a>(left: &'a [u8], right: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[start..], &right[start..]);
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    (&left[..left.len() - end], &right[..right.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_a_swap_once() {
        assert_eq!(edits("lenina", "lennia", 2), Some(1));
        assert_eq!(edits("lenina", "lenin", 2), Some(1));
        assert_eq!(edits("lenina", "pushkina", 2), None);
    }

    #[test]
    fn numbers_that_a_spreadsheet_rounded_are_seen() {
        for text in ["1,25E+02", "3.16E+10", "4,4E+11"] {
            assert!(rounded_by_spreadsheet(text), "{text}");
        }
        assert!(!rounded_by_spreadsheet("12E45"));
        assert!(!rounded_by_spreadsheet("+31 20"));
    }

    #[test]
    fn dummies_are_seen() {
        for digits in ["000000000", "123456789", "987654321", "1234567890", "55555"] {
            assert!(is_dummy_number(digits), "{digits}");
        }
        assert!(!is_dummy_number("15109642"));
    }
}
