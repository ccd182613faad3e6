//! Numbers of company registers, tax numbers and legal entity identifiers.
//!
//! People write them with and without country code, in each other's columns and without leading zeros,
//! so all meet in one space, found by the number without leading zeros.

use std::borrow::Cow;

use watchlist::{IdentifierKind, Strength};

use super::check_digits::{self, Check};
use super::country::Country;
use super::form::{Origin, Space};
use super::rejected::Why;
use super::sink::Sink;
use super::text;

/// Adds a register, VAT or tax number.
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    let value = text::unwrapped(value);
    if text::rounded_by_spreadsheet(value) {
        return sink.reject(Why::RoundedBySpreadsheet);
    }
    let number = number(value);
    if number.len() > 40 || number.bytes().filter(u8::is_ascii_digit).count() < 3 {
        return sink.reject(Why::NotOfThisKind);
    }
    if number.len() == 20 && number.bytes().any(|b| b.is_ascii_alphabetic()) && check_digits::lei(&number) {
        return sink.add(Space::Lei, Origin::Itself, Strength::Distinctive, &number);
    }
    let (default, kind) = (sink.country, sink.kind);
    match add(&number, Origin::Itself, sink) {
        Ok(()) => add_inner(&number, 0, sink),
        Err(why) => sink.reject(why),
    }
    (sink.country, sink.kind) = (default, kind);
}

/// Adds a Legal Entity Identifier.
pub(super) fn clean_lei(value: &str, sink: &mut Sink<'_>) {
    let lei = text::upper_alphanumeric(value);
    let lei = lei.strip_prefix("LEI").unwrap_or(&lei);
    if lei.len() != 20 {
        return clean(value, sink);
    }
    sink.add(Space::Lei, Origin::Itself, Strength::Distinctive, lei);
}

/// Adds what is left behind a country code, and the register number that some VAT numbers contain.
fn add_inner(number: &str, depth: usize, sink: &mut Sink<'_>) {
    if let Some((country, rest)) = behind_country_code(number)
        && depth < 2
        && add_in(rest, country, sink)
    {
        add_inner(rest, depth + 1, sink);
    }
    let Some(country) = sink.country else { return };
    if let Some(inner) = register_number_within(number, country) {
        add_in(inner, country, sink);
    }
}

fn add_in(number: &str, country: Country, sink: &mut Sink<'_>) -> bool {
    sink.country = Some(country);
    add(number, Origin::Inner, sink).is_ok()
}

fn add(number: &str, origin: Origin, sink: &mut Sink<'_>) -> Result<(), Why> {
    let significant = number.trim_start_matches('0');
    let digits: Cow<'_, str> = if number.bytes().all(|b| b.is_ascii_digit()) {
        Cow::Borrowed(number)
    } else {
        Cow::Owned(number.chars().filter(char::is_ascii_digit).collect())
    };
    if is_filler(&digits) || is_filler(significant) || is_filler_vat(number) {
        return Err(Why::Dummy);
    }
    let strength = match significant.len() {
        0..4 => return Err(Why::TooShort),
        4..6 => Strength::Weak,
        6 => Strength::Reusable,
        _ => Strength::Distinctive,
    };
    // A Dutch register number has eight digits; spreadsheets lose the zeros in front.
    let dutch = sink.country == Some(Country::NL) && sink.kind == IdentifierKind::RegisterNumber;
    if dutch && digits.len() == number.len() && matches!(number.len(), 6 | 7) {
        sink.add_keyed(Space::Register, origin, strength, &format!("{number:0>8}"), significant);
    } else {
        sink.add_keyed(Space::Register, origin, strength, number, significant);
    }
    Ok(())
}

/// One digit throughout, or eight and more counting up or down; a short row happens in real numbers.
fn is_filler(digits: &str) -> bool {
    let one_digit = digits.bytes().all(|digit| digits.as_bytes().first() == Some(&digit));
    one_digit || digits.len() >= 8 && text::is_dummy_number(digits)
}

fn is_filler_vat(number: &str) -> bool {
    number.ends_with("B01")
        && number.get(number.len() - 12..number.len() - 3).is_some_and(text::is_dummy_number)
}

/// What of a number is compared: capitals and digits, without the words that say what it is.
fn number(value: &str) -> String {
    if value.bytes().all(|b| b.is_ascii_digit()) {
        return value.to_owned();
    }
    let upper = text::ascii(value).to_ascii_uppercase();
    let mut out = String::with_capacity(upper.len());
    // Behind a slash stands a second number (INN/KPP).
    let first = upper.split('/').find(|part| part.bytes().filter(u8::is_ascii_digit).count() >= 4);
    for word in first.unwrap_or(&upper).split(|c: char| !c.is_ascii_alphanumeric()) {
        if !(out.is_empty() && starts_with_letter(word) && LABELS.contains(&word)) {
            out.push_str(word);
        }
    }
    let glued = out.find(|c: char| c.is_ascii_digit()).filter(|&letters| letters > 2);
    match glued {
        Some(letters) if LABELS.contains(&&out[..letters]) => out[letters..].to_owned(),
        _ => out,
    }
}

fn starts_with_letter(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Words in front of a number. None of them is a country code.
const LABELS: &[&str] = &[
    "REG",
    "REGISTRATION",
    "REGISTER",
    "REGNR",
    "REGISTERED",
    "COMPANY",
    "CORPORATE",
    "NO",
    "NR",
    "NUM",
    "NUMBER",
    "NUMMER",
    "N",
    "KVK",
    "KVKNR",
    "COC",
    "CRN",
    "HRB",
    "HRA",
    "INN",
    "IIN",
    "BIN",
    "OGRN",
    "OGRNIP",
    "EDRPOU",
    "EGRPOU",
    "KRS",
    "NIP",
    "REGON",
    "ICO",
    "DIC",
    "VAT",
    "VATNR",
    "VATIN",
    "BTW",
    "BTWNR",
    "TVA",
    "UST",
    "USTID",
    "USTIDNR",
    "MWST",
    "IVA",
    "PVM",
    "TAX",
    "TIN",
    "ID",
    "EIN",
    "UEN",
    "BRN",
    "CUI",
    "CIF",
    "NIF",
    "SIREN",
    "SIRET",
    "RCS",
    "RSIN",
    "BSN",
    "KBO",
    "BCE",
    "ORGNR",
    "CVR",
    "OIB",
    "EIK",
    "UIC",
    "PIB",
    "MB",
    "ABN",
    "ACN",
    "STIR",
    "CODE",
];

/// The country code in front of a number and the rest, when a number follows.
fn behind_country_code(number: &str) -> Option<(Country, &str)> {
    let bytes = number.as_bytes();
    if let Some(rest) = number.strip_prefix("CHE") {
        return Some((Country::new(*b"CH"), rest));
    }
    if bytes.len() < 6 || !bytes[..2].iter().all(u8::is_ascii_uppercase) {
        return None;
    }
    let country = match &bytes[..2] {
        b"XI" => Country::new(*b"GB"),
        code => Country::from_code([code[0], code[1]])?,
    };
    let rest = &number[2..];
    // Austria writes a U between code and number.
    let rest = if country == Country::new(*b"AT") { rest.strip_prefix('U').unwrap_or(rest) } else { rest };
    (rest.bytes().filter(u8::is_ascii_digit).count() >= 4).then_some((country, rest))
}

/// The register number inside a national tax number, where a country builds one from the other.
fn register_number_within(number: &str, country: Country) -> Option<&str> {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let len = number.len();
    match (country.as_str(), digits, len) {
        // RSIN in the VAT number of a legal person; establishment number behind the KvK number.
        ("NL", 9, 12) if number.as_bytes()[9] == b'B' => Some(&number[..9]),
        ("NL", 12, 12) => Some(&number[..8]),
        ("FR", 11, 11) => Some(&number[2..]),
        ("FR", 14, 14) | ("GB", 12, 12) => Some(&number[..9]),
        ("SE", 12, 12) if number.ends_with("01") => Some(&number[..10]),
        ("HU", 11, 11) => Some(&number[..8]),
        // Letters behind say which tax it is: MVA, MWST, TVA, IVA.
        ("NO" | "CH", 9, 10..) => Some(&number[..9]),
        _ => None,
    }
}

/// What the check digits say of a number, given the countries that both sides name. The Russian rules
/// are tried where a side names Russia or none does: one foreign number in ten fits them by chance.
pub(super) fn check(number: &str, countries: [Option<Country>; 2]) -> Check {
    let russia = Country::new(*b"RU");
    let (prefix, number) = match behind_country_code(number) {
        Some((country, rest)) => (Some(country), rest),
        None => (None, number),
    };
    let named = countries.into_iter().chain([prefix]).flatten();
    if (countries.contains(&Some(russia)) || named.clone().next().is_none()) && check_digits::russian(number)
    {
        return Check::Passed(russia);
    }
    let mut found = Check::NotKnown;
    for country in named {
        match check_digits::tax(number, country) {
            Some(true) => return Check::Passed(country),
            Some(false) => found = Check::Failed,
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_what_people_write() {
        let check = |value: &str, expected: &str| assert_eq!(number(value), expected, "{value}");
        check("Reg. 15109642", "15109642");
        check("Company No: 15109642", "15109642");
        check("KvK 12345679", "12345679");
        check("KVK12345679", "12345679");
        check("ИНН 7700000006", "7700000006");
        check("7700000006/770101001", "7700000006");
        check("NL 1234.56.782.B.02", "NL123456782B02");
        check("SC123456", "SC123456");
        check("3160340-2", "31603402");
    }
}
