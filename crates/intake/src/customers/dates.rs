//! Dates as exports write them.

use jiff::civil::Date;

/// What a cell of a date column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Date(Date),
    /// `0000-00-00`: databases write it for "no date".
    Zero,
    Unread,
}

/// Reads `2026-03-12`, `20260312`, `12-03-2026`, `12.03.2026`, `12/03/2026` (day first, as the programs
/// we read write it, unless the second number can be no month) and the same with a time behind it.
pub(super) fn read(text: &str) -> Written {
    if let Some(date) = iso(text.as_bytes()) {
        return Written::Date(date);
    }
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    if day.bytes().all(|byte| matches!(byte, b'0' | b'-' | b'/' | b'.')) {
        return Written::Zero;
    }
    let parts: Option<Vec<i32>> = day.split(['-', '/', '.']).map(number).collect();
    let date = match parts.as_deref() {
        Some([whole]) if day.len() == 8 => date(whole / 10_000, whole / 100 % 100, whole % 100),
        Some([year, month, day]) if *year > 31 => date(*year, *month, *day),
        Some([month, day, year]) if *day > 12 => date(*year, *month, *day),
        Some([day, month, year]) => date(*year, *month, *day),
        _ => None,
    };
    date.map_or(Written::Unread, Written::Date)
}

/// `2026-03-12`, which most exports write, without searching for its parts.
fn iso(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i32::from(digit - b'0')))
    };
    date(number(&[*y1, *y2, *y3, *y4])?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

fn number(text: &str) -> Option<i32> {
    (text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    /// Nobody was a customer before; a smaller year is a mistake or a short form.
    const FIRST_YEAR: i32 = 1900;
    let year = i16::try_from(year).ok().filter(|year| i32::from(*year) >= FIRST_YEAR)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_of_exports() {
        for text in [
            "2026-03-12",
            "2026-03-12 10:26:00",
            "2026-03-12T10:26:00Z",
            "20260312",
            "12-03-2026",
            "12.3.2026",
            "12/03/2026",
        ] {
            assert_eq!(read(text), Written::Date(Date::constant(2026, 3, 12)), "{text}");
        }
        assert_eq!(read("03/25/2026"), Written::Date(Date::constant(2026, 3, 25)));
        assert_eq!(read("0000-00-00 00:00:00"), Written::Zero);
        assert_eq!(read("2026-02-30"), Written::Unread);
        assert_eq!(read("gisteren"), Written::Unread);
    }
}
