//! Phone numbers: written forms to international digits (E.164 without the plus).
//!
//! Every form is found by its last seven digits: equal numbers end alike, however they were written.

use std::borrow::Cow;

use watchlist::Strength;

use super::country::{Country, split_dialling_code};
use super::form::{Origin, Space};
use super::rejected::Why;
use super::sink::Sink;
use super::text;

/// Digits that a form is found by.
const FOUND_BY: usize = 7;

/// Adds a phone number. The country of the number or of the party resolves national ones.
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    if text::rounded_by_spreadsheet(text::unwrapped(value)) {
        return sink.reject(Why::RoundedBySpreadsheet);
    }
    let Some((digits, origin)) = digits(value, sink.country) else {
        return sink.reject(Why::NotOfThisKind);
    };
    if digits.len() < FOUND_BY {
        return sink.reject(Why::TooShort);
    }
    let end = &digits[digits.len() - FOUND_BY..];
    if text::is_dummy_number(end) || text::is_dummy_number(&digits) || digits.len() > 17 {
        return sink.reject(Why::Dummy);
    }
    sink.add_keyed(Space::Phone, origin, Strength::Reusable, &digits, end);
}

/// How sure it is that two numbers that end alike are one, as a weight.
pub(super) fn weight(left: (&str, Origin), right: (&str, Origin)) -> Option<f32> {
    let national = usize::from(left.1 == Origin::National) + usize::from(right.1 == Origin::National);
    if left.0 == right.0 {
        return match national {
            0 => Some(6.5),
            1 => Some(5.0),
            _ if left.0.len() >= 8 => Some(4.0),
            _ => None,
        };
    }
    let (long, short) = if left.0.len() > right.0.len() { (left, right) } else { (right, left) };
    let added = long.0.len() - short.0.len();
    if !long.0.ends_with(short.0) {
        return None;
    }
    match short.1 {
        // A number without its country: what the other one has more must be a dialling code.
        Origin::National if short.0.len() >= 8 && added <= 3 => Some(3.6),
        // The dialling code stands there twice, as when it has a column of its own.
        Origin::Itself if short.0.len() >= 10 && added <= 5 => Some(3.6),
        _ => None,
    }
}

/// Whether a number that says its country is of this one, by dialling codes: several countries share one. Nothing where
/// the number or the country does not say it.
pub fn phone_is_of_country(phone: &str, country: &str) -> Option<bool> {
    let dialling = Country::read(country)?.dialling()?;
    let (digits, origin) = digits(phone, None)?;
    (origin == Origin::Itself).then(|| digits.starts_with(dialling.code))
}

/// International digits, or national ones where the country is not known.
fn digits(value: &str, country: Option<Country>) -> Option<(String, Origin)> {
    let ascii = text::ascii(text::unwrapped(value));
    let value = without_extension(&ascii);
    let value: Cow<'_, str> =
        if value.contains("(0)") { Cow::Owned(value.replace("(0)", "")) } else { Cow::Borrowed(value) };
    let value =
        value.trim_start_matches("tel:").trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+');
    let mut digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let letters = value.chars().filter(char::is_ascii_alphabetic).count();
    if digits.is_empty() || letters > 4 {
        return None;
    }
    let international = value.starts_with('+') || digits.starts_with("00");
    if international {
        return Some((international_digits(digits.trim_start_matches('0')), Origin::Itself));
    }
    let Some(dialling) = country.and_then(Country::dialling) else {
        let national = digits.trim_start_matches('0').to_owned();
        return Some((national, Origin::National));
    };
    if has_code_without_plus(&digits, dialling.code) {
        return Some((international_digits(&digits), Origin::Itself));
    }
    let national = digits.strip_prefix(dialling.trunk).unwrap_or(&digits);
    digits = format!("{}{national}", dialling.code);
    Some((international_digits(&digits), Origin::Itself))
}

/// Without what is dialled only inside a country, so that each number has one form.
fn international_digits(digits: &str) -> String {
    let Some((code, trunk, rest)) = split_dialling_code(digits) else { return digits.to_owned() };
    let rest = match (code, rest.len()) {
        // Argentina and Mexico put a digit for mobiles in front when dialled from abroad.
        ("54", 11..) => rest.strip_prefix('9').unwrap_or(rest),
        ("52", 11..) => rest.strip_prefix('1').unwrap_or(rest),
        // A zero stays in Italy and wherever there is no trunk prefix.
        _ if trunk == "0" => rest.strip_prefix('0').unwrap_or(rest),
        _ => rest,
    };
    let mut out = String::with_capacity(code.len() + rest.len());
    out.push_str(code);
    out.push_str(rest);
    out
}

/// Whether digits without a plus begin with the dialling code: too long for a national number.
fn has_code_without_plus(digits: &str, code: &str) -> bool {
    digits.starts_with(code) && !digits.starts_with('0') && digits.len() >= (code.len() + 9).max(11)
}

/// Cuts `ext. 12`, `x12`, `tst 3` and `#4` behind a number.
fn without_extension(value: &str) -> &str {
    let mut seen = 0;
    for (at, byte) in value.bytes().enumerate() {
        seen += usize::from(byte.is_ascii_digit());
        let cuts = matches!(byte.to_ascii_lowercase(), b'e' | b'x' | b't' | b'#' | b'd' | b',' | b';');
        if seen >= FOUND_BY && cuts {
            return &value[..at];
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, country: &str, expected: &str) {
        let found = digits(value, Country::read(country)).map_or(String::new(), |(digits, origin)| {
            if origin == Origin::National { format!("national {digits}") } else { digits }
        });
        assert_eq!(found, expected, "{value} {country}");
    }

    #[test]
    fn written_forms_become_international() {
        check("+44.2079460000", "", "442079460000");
        check("+44 (0)20 7946 0000", "", "442079460000");
        check("0044 20 7946-0000", "NL", "442079460000");
        check("020 7946 0000 ext. 12", "GB", "442079460000");
        check("20 7946 0000", "GB", "442079460000");
        check("442079460000", "GB", "442079460000");
        check("+31 (0)20 123 45 67", "", "31201234567");
        check("0201234567", "NL", "31201234567");
        check("8 (812) 123-45-67", "RU", "78121234567");
        check("+7 812 123 45 67", "", "78121234567");
        check("+39 06 1234 5678", "", "390612345678");
        check("(202) 555-0143", "US", "12025550143");
        check("1-202-555-0143", "US", "12025550143");
        check("tel:+49-30-901820", "", "4930901820");
        check("'+32 2 555 12 12", "", "3225551212");
        check("020 7946 0000", "", "national 2079460000");
        check("+54 9 11 2345 6789", "", "541123456789");
        check("nvt", "NL", "");
    }

    #[test]
    fn the_library_agrees_on_real_numbers() {
        for (text, country) in [
            ("020 7946 0000", "GB"),
            ("06 12345678", "NL"),
            ("030 901820", "DE"),
            ("01 42 68 53 00", "FR"),
            ("02 555 12 12", "BE"),
            ("202-555-0143", "US"),
            ("06 698 12345", "IT"),
            ("22 555 12 34", "PL"),
            ("044 555 1234", "UA"),
            ("020 555 1234", "RO"),
            ("31 123 4567", "SE"),
        ] {
            let id: phonenumber::country::Id = country.parse().expect("a country code");
            let number = phonenumber::parse(Some(id), text).expect("a phone number");
            let theirs = number.format().mode(phonenumber::Mode::E164).to_string();
            check(text, country, theirs.trim_start_matches('+'));
        }
    }

    #[test]
    fn numbers_without_country_or_with_it_twice_still_meet() {
        let check = |left, right, expected| assert_eq!(weight(left, right).is_some(), expected);
        check(("442079460000", Origin::Itself), ("2079460000", Origin::National), true);
        check(("3131201234567", Origin::Itself), ("31201234567", Origin::Itself), true);
        check(("442079460000", Origin::Itself), ("492079460000", Origin::Itself), false);
        check(("442079460000", Origin::Itself), ("9460000", Origin::National), false);
    }
}
