//! Numbers and dates as the reader writes them.
//!
//! Dutch: 1.234,5 and 31-12-2026. English: 1,234.5 and 31 December 2026.

use jiff::civil::Date;

use crate::Language;
use crate::texts::Texts;

impl Language {
    const fn group_sign(self) -> char {
        match self {
            Self::En => ',',
            Self::Nl => '.',
        }
    }

    const fn decimal_sign(self) -> char {
        match self {
            Self::En => '.',
            Self::Nl => ',',
        }
    }
}

/// A whole number with its thousands apart.
pub fn count(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(language.group_sign());
        }
        shown.push(digit);
    }
    shown
}

/// A number with so many decimals. What is not a number is shown as a dash.
pub fn decimal(number: f64, places: usize, language: Language) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let shown = format!("{number:.places$}");
    match language.decimal_sign() {
        '.' => shown,
        sign => shown.replace('.', sign.encode_utf8(&mut [0; 4])),
    }
}

/// A score from 0 to 1. Only what is certain is shown as 1.
pub fn score(number: f64, language: Language) -> String {
    let shown = if number < 1.0 { number.min(0.99) } else { number };
    decimal(shown, 2, language)
}

/// A weight with its sign; the minus is the typographic one, so that it lines up with the plus.
pub fn weight(number: f64, language: Language) -> String {
    let size = decimal(number.abs(), 1, language);
    if number < 0.0 { format!("−{size}") } else { format!("+{size}") }
}

/// A share in percent. Only everything is 100 and only nothing is 0.
pub fn percent(part: u64, whole: u64, language: Language) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let exact = part as f64 * 100.0 / whole as f64;
    let shown = match part {
        0 => 0.0,
        _ if part >= whole => 100.0,
        _ => exact.clamp(0.1, 99.9),
    };
    format!("{}%", decimal(shown, 1, language))
}

/// A file size.
pub fn bytes(number: u64, language: Language) -> String {
    match number {
        0..1_000 => format!("{number} B"),
        1_000..1_000_000 => format!("{} kB", decimal(number as f64 / 1e3, 1, language)),
        1_000_000..1_000_000_000 => format!("{} MB", decimal(number as f64 / 1e6, 1, language)),
        _ => format!("{} GB", decimal(number as f64 / 1e9, 1, language)),
    }
}

/// A day.
pub fn date(day: Date, language: Language) -> String {
    let texts = Texts::of(language);
    let months = texts.get("months");
    let month = months.split(' ').nth(usize::from(day.month().unsigned_abs()) - 1).unwrap_or_default();
    texts.with(
        "date",
        &[
            ("day", day.day().to_string().into()),
            ("day_padded", format!("{:02}", day.day()).into()),
            ("month", month.into()),
            ("month_padded", format!("{:02}", day.month()).into()),
            ("year", day.year().to_string().into()),
        ],
    )
}

/// A moment given as RFC 3339: day, time to the second, and its offset. Anything else is shown as it came.
pub fn moment(text: &str, language: Language) -> String {
    let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
    let (Some(day), Some(time), Some(rest)) = (day, text.get(11..19), text.get(19..)) else {
        return text.to_owned();
    };
    let zone = rest.find(['Z', 'z', '+', '-']).map_or("", |start| &rest[start..]);
    let zone = if zone.eq_ignore_ascii_case("z") { "UTC" } else { zone };
    format!("{} {time} {zone}", date(day, language)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{En, Nl};

    #[test]
    fn thousands_and_decimals_follow_the_reader() {
        assert_eq!((count(0, En), count(999, Nl)), ("0".into(), "999".into()));
        assert_eq!((count(1_234_567, En), count(1_234_567, Nl)), ("1,234,567".into(), "1.234.567".into()));
        assert_eq!((decimal(0.973, 2, En), decimal(0.973, 2, Nl)), ("0.97".into(), "0,97".into()));
        assert_eq!(decimal(f64::NAN, 2, En), "–");
        assert_eq!((weight(8.25, Nl), weight(-2.0, En)), ("+8,2".into(), "−2.0".into()));
    }

    #[test]
    fn nearly_everything_is_not_everything() {
        assert_eq!(percent(9_999, 10_000, En), "99.9%");
        assert_eq!(percent(10_000, 10_000, Nl), "100,0%");
        assert_eq!(percent(1, 100_000, En), "0.1%");
        assert_eq!(percent(0, 5, En), "0.0%");
        assert_eq!(percent(0, 0, En), "–");
    }

    #[test]
    fn dates_follow_the_reader() {
        let day = jiff::civil::date(2026, 12, 3);
        assert_eq!((date(day, En), date(day, Nl)), ("3 December 2026".into(), "03-12-2026".into()));
        assert_eq!(moment("2026-12-31T14:05:09Z", En), "31 December 2026 14:05:09 UTC");
        assert_eq!(moment("2026-12-31T14:05:09.25+01:00", Nl), "31-12-2026 14:05:09 +01:00");
        assert_eq!(moment("yesterday", En), "yesterday");
        assert_eq!(moment("2026-12-3é", En), "2026-12-3é");
    }
}
