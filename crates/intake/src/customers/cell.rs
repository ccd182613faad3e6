//! One cell into the text a person meant: without what spreadsheet programs, web panels and databases
//! put around it.

use std::borrow::Cow;

/// Words that stand for "nothing", in lower case. Longer ones than [`LONGEST_EMPTY`] are not looked for.
const EMPTY: &[&str] = &[
    "-",
    "--",
    "---",
    "–",
    "—",
    "n/a",
    "n.a.",
    "n.v.t.",
    "nvt",
    "null",
    "(null)",
    "<null>",
    "\\n",
    "nil",
    "none",
    "geen",
    "keine",
    "#n/a",
    "#n/b",
    "#nv",
    "#ref!",
    "#value!",
    "#waarde!",
    "#wert!",
    "#name?",
    "#naam?",
    "#div/0!",
    "#deel/0!",
    "#null!",
    "#num!",
    "undefined",
    "nan",
    ".",
];

const LONGEST_EMPTY: usize = 9;

/// The text of a cell; nothing where it is empty or says so.
pub(super) fn text(cell: &str) -> Option<Cow<'_, str>> {
    let cell = cell.trim();
    if cell.is_empty() || says_nothing(cell) {
        return None;
    }
    let cell = without_escapes(cell);
    if memchr::memchr(b'&', cell.as_bytes()).is_some() {
        let decoded = decode_entities(cell);
        return (!decoded.trim().is_empty()).then_some(decoded);
    }
    (!cell.is_empty()).then_some(Cow::Borrowed(cell))
}

fn says_nothing(cell: &str) -> bool {
    // Nearly no value begins like one of the words: one look at its first byte spares the search.
    let first = cell.as_bytes()[0].to_ascii_lowercase();
    cell.len() <= LONGEST_EMPTY
        && matches!(first, b'-' | b'n' | b'(' | b'<' | b'\\' | b'#' | b'u' | b'g' | b'k' | b'.' | 0xe2)
        && EMPTY.iter().any(|word| word.eq_ignore_ascii_case(cell))
}

/// Without the quote that keeps a formula from running (`'+31 6`, `'@name`, `'0612`) and without
/// `="00123"`, which keeps a spreadsheet program from counting.
fn without_escapes(cell: &str) -> &str {
    let formula = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = formula {
        return inner.trim();
    }
    match cell.as_bytes() {
        [b'\'', b'=' | b'+' | b'-' | b'@' | b'\t' | b'0'..=b'9', ..] => cell[1..].trim_start(),
        _ => cell,
    }
}

/// Billing panels store what was typed with the signs of HTML written out.
fn decode_entities(cell: &str) -> Cow<'_, str> {
    /// `&#x10FFFF;` is the longest we know.
    const LONGEST: usize = 10;
    let mut text = String::new();
    let mut rest = cell;
    while let Some(start) = rest.find('&') {
        let end = rest[start..].bytes().take(LONGEST).position(|byte| byte == b';');
        let sign =
            end.and_then(|end| entity(&rest[start + 1..start + end]).map(|sign| (sign, start + end + 1)));
        let next = sign.map_or(start + 1, |(_, next)| next);
        match sign {
            Some((sign, _)) => {
                text.push_str(&rest[..start]);
                text.push(sign);
            }
            None => text.push_str(&rest[..next]),
        }
        rest = &rest[next..];
    }
    if text.is_empty() {
        return Cow::Borrowed(cell);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|sign| !sign.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "eacute" => 'é',
        "egrave" => 'è',
        "euml" => 'ë',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "iuml" => 'ï',
        "ccedil" => 'ç',
        "szlig" => 'ß',
        _ => return None,
    })
}

/// Whether a spreadsheet program has turned a long number into `1,25E+02`.
pub(super) fn is_scientific(text: &str) -> bool {
    let Some(place) = memchr::memchr2(b'E', b'e', text.as_bytes()) else { return false };
    let (mantissa, exponent) = (&text[..place], &text[place + 1..]);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = mantissa.splitn(2, [',', '.']);
    let whole = parts.next().is_some_and(digits);
    let fraction = parts.next().is_none_or(digits);
    // `12E3` alone may be an id; a spreadsheet program always writes the sign.
    whole && fraction && exponent.strip_prefix(['+', '-']).is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: Option<&str>) {
        assert_eq!(text(cell).as_deref(), expected, "{cell}");
    }

    #[test]
    fn a_cell_means_what_was_typed() {
        check(" x ", Some("x"));
        check("'+31 20 555 0100", Some("+31 20 555 0100"));
        check("'@kleinehoster", Some("@kleinehoster"));
        check("'0201234567", Some("0201234567"));
        check("'t Hooft BV", Some("'t Hooft BV"));
        check("=\"00123\"", Some("00123"));
        check("Hosting &amp; Colo", Some("Hosting & Colo"));
        check("Jan&#039;s &#x26; Co & Zn &broken", Some("Jan's & Co & Zn &broken"));
        check("R&D", Some("R&D"));
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for cell in
            ["", " ", "-", "---", "n/a", "N/A", "NULL", "\\N", "n.v.t.", "#N/A", "=\"\"", "&nbsp;", "None"]
        {
            check(cell, None);
        }
        check("NA", Some("NA"));
    }

    #[test]
    fn scientific_numbers_are_told() {
        for (text, expected) in [
            ("1,25E+02", true),
            ("3.12E+10", true),
            ("1E+05", true),
            ("12E3", false),
            ("E+1", false),
            ("A1E+1", false),
        ] {
            assert_eq!(is_scientific(text), expected, "{text}");
        }
    }
}
