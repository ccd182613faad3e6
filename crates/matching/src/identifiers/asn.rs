//! Numbers of autonomous systems.

use watchlist::Strength;

use super::form::{Origin, Space};
use super::rejected::Why;
use super::sink::Sink;
use super::text;

/// Adds an AS number: `AS64496`, `64496`, `1.10`.
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    match read(value) {
        Ok(number) => sink.add(Space::Asn, Origin::Itself, Strength::Reusable, &number.to_string()),
        Err(why) => sink.reject(why),
    }
}

fn read(value: &str) -> Result<u32, Why> {
    let upper = text::unwrapped(value).to_ascii_uppercase();
    let number = upper.trim_start_matches("ASN").trim_start_matches("AS").trim_start_matches([':', ' ', '#']);
    if text::rounded_by_spreadsheet(number) {
        return Err(Why::RoundedBySpreadsheet);
    }
    if is_date(number) {
        return Err(Why::DateInsteadOfNumber);
    }
    let plain = match number.split_once('.') {
        // A spreadsheet writes whole numbers as `64496.0` or `64496,00`.
        Some((whole, fraction)) if whole.len() > 3 && fraction.bytes().all(|b| b == b'0') => {
            whole.parse().ok()
        }
        Some((high, low)) => asdot(high, low),
        None => number.parse().ok(),
    };
    match plain {
        None => Err(Why::NotOfThisKind),
        Some(number) if is_reserved(number) => Err(Why::NotPublic),
        Some(number) => Ok(number),
    }
}

fn asdot(high: &str, low: &str) -> Option<u32> {
    let (high, low): (u16, u16) = (high.parse().ok()?, low.parse().ok()?);
    Some(u32::from(high) << 16 | u32::from(low))
}

/// Zero, the transition number, the last ones and those for private use. The numbers for documentation
/// are not among them: examples use them.
const fn is_reserved(number: u32) -> bool {
    matches!(number, 0 | 23456 | 64512..=65535 | 4_200_000_000..)
}

/// A date as spreadsheets and databases write it: three numbers, or `YYYYMMDD`.
fn is_date(text: &str) -> bool {
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let year = |text: &str| matches!(text.parse(), Ok(1900..=2100));
    let small = |text: &str, to: u8| matches!(text.parse::<u8>(), Ok(number) if (1..=to).contains(&number));
    match *parts.as_slice() {
        [y, m, d] if y.len() == 4 => year(y) && (small(m, 12) || m.len() == 3) && small(d, 31),
        [d, m, y] => small(d, 31) && (small(m, 31) || m.len() == 3) && (year(y) || y.len() == 2),
        [m, y] | [y, m] if m.len() == 3 && m.bytes().all(|b| b.is_ascii_alphabetic()) => !y.is_empty(),
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            year(&whole[..4]) && small(&whole[4..6], 12) && small(&whole[6..], 31)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: Result<u32, Why>) {
        assert_eq!(read(value), expected, "{value}");
    }

    #[test]
    fn numbers_and_dates_are_told_apart() {
        check("AS64496", Ok(64496));
        check("asn 64511", Ok(64511));
        check("64496.0", Ok(64496));
        check("AS1.10", Ok(65546));
        check("2024-01-31", Err(Why::DateInsteadOfNumber));
        check("20240131", Err(Why::DateInsteadOfNumber));
        check("31-1-2024", Err(Why::DateInsteadOfNumber));
        check("1/31/24", Err(Why::DateInsteadOfNumber));
        check("2024-01-31 00:00:00", Err(Why::DateInsteadOfNumber));
        check("Jan-24", Err(Why::DateInsteadOfNumber));
        check("64512", Err(Why::NotPublic));
        check("0", Err(Why::NotPublic));
        check("4294967296", Err(Why::NotOfThisKind));
        check("6,45E+04", Err(Why::RoundedBySpreadsheet));
    }
}
