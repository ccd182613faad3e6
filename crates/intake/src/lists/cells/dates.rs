//! Dates as people write them in tables and letters.

use jiff::civil::Date;

/// Months by the letters with which they begin in Dutch and English.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("feb", 2),
    ("maa", 3),
    ("mrt", 3),
    ("mar", 3),
    ("apr", 4),
    ("mei", 5),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// `2026-03-31` (also with a time behind it), `20260331`, `31-03-2026` with `-`, `/` or `.`, `31 maart 2026`.
///
/// Of `03/04/2026` the day comes first, as in all of Europe; only a second number above 12 turns it round.
pub(in super::super) fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return date(&text[..4], &text[4..6], &text[6..]);
    }
    let groups: Vec<&str> =
        text.split(['-', '/', '.', ' ', 'T', ',']).filter(|group| !group.is_empty()).collect();
    let &[first, second, third, ..] = groups.as_slice() else { return None };
    if first.len() == 4 {
        return date(first, second, third);
    }
    if groups.len() > 3 && !groups[3].contains(':') {
        return None;
    }
    date(third, second, first).or_else(|| date(third, first, second))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month_number(month)?, day.parse().ok()?).ok()
}

fn month_number(month: &str) -> Option<i8> {
    let lower = month.to_lowercase();
    let named = MONTHS.iter().find(|(start, _)| lower.starts_with(start)).map(|(_, number)| *number);
    named.or_else(|| month.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_read() {
        for text in [
            "2026-03-31",
            "2026-03-31 00:00:00",
            "2026-03-31T12:00",
            "20260331",
            "31-03-2026",
            "31/3/2026",
            "31.03.2026",
            "3/31/2026",
            "31 maart 2026",
            "31 March 2026",
            "March 31, 2026",
        ] {
            assert_eq!(read(text).map(|date| date.to_string()), Some("2026-03-31".to_owned()), "{text}");
        }
        for text in ["", "2026", "31-02-2026", "soon", "1-2-3", "é-é-2026"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
