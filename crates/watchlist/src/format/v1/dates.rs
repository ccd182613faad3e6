//! Dates as the format writes them.

use jiff::civil::Date;

/// A calendar date in the one accepted form, `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if form { text.parse().ok() } else { None }
}

/// Whether a text is a birth date: `YYYY-MM-DD`, `YYYYMMDD` or `YYYY`.
pub fn birth_date(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        4 => digits && ("1800".."2200").contains(&text),
        8 if digits => date(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])).is_some(),
        _ => date(text).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_calendar_dates_are_dates() {
        let is_date = |text: &str| date(text).is_some();

        assert!(is_date("2024-02-29"));
        for text in [
            "2023-02-29",
            "2024-2-9",
            "20240229",
            "29-02-2024",
            "2024-02-29T00:00",
            "+2024-02-29",
            "",
            "é024-02-9",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn birth_dates_may_be_a_year() {
        for text in ["1971", "1971-03-04", "19710304"] {
            assert!(birth_date(text), "{text}");
        }
        for text in ["71", "1971-13-01", "19711301", "circa 1971", "0000"] {
            assert!(!birth_date(text), "{text}");
        }
    }
}
