//! Postal addresses: cleaned into comparable parts.
//!
//! Nothing is parsed country by country: numbers, words that say what kind of street it is, and words for
//! floors and flats are told from the name of the street, wherever they stand.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use watchlist::Address;

use super::CleanIdentifiers;
use super::address_likeness::agreement;
use super::country::Country;
use super::form::hash_bytes;
use super::lists::{ADDRESS_NOISE, lines};
use super::rejected::{Place, Rejected, Why};
use super::text;

/// House numbers that are looked at in one address.
const NUMBERS: usize = 4;

/// One address, cleaned. Texts stand in the text of its [`CleanIdentifiers`].
#[derive(Clone, Copy)]
pub struct CleanAddress {
    /// Place in the party's addresses, from 0.
    pub raw: u16,
    pub(super) street: Slice,
    pub(super) postcode: Slice,
    pub(super) city: Slice,
    pub(super) country: Option<Country>,
    numbers: [u32; NUMBERS],
    count: u8,
    /// Very many companies are registered there.
    pub mass_registration: bool,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Slice {
    start: u32,
    len: u16,
}

/// The parts of a cleaned address, for comparison.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) street: &'a str,
    pub(super) postcode: &'a str,
    pub(super) city: &'a str,
    pub(super) country: Option<Country>,
    pub(super) numbers: &'a [u32],
    pub(super) mass_registration: bool,
}

impl CleanAddress {
    pub(super) fn parts<'a>(&'a self, text: &'a str) -> Parts<'a> {
        Parts {
            street: self.street.of(text),
            postcode: self.postcode.of(text),
            city: self.city.of(text),
            country: self.country,
            numbers: &self.numbers[..usize::from(self.count)],
            mass_registration: self.mass_registration,
        }
    }
}

impl Parts<'_> {
    /// The address as it is compared: street, numbers, postcode, city, country.
    pub(super) fn written(&self) -> String {
        let numbers: Vec<String> = self.numbers.iter().map(ToString::to_string).collect();
        let country = self.country.map(|country| country.as_str().to_owned()).unwrap_or_default();
        let parts = [self.street, &numbers.join(" "), self.postcode, self.city, &country];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

impl Slice {
    fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.start as usize + usize::from(self.len)).unwrap_or("")
    }
}

/// Adds an address and what it is found by.
pub(super) fn clean(address: &Address, raw: u16, out: &mut CleanIdentifiers) {
    if address.is_empty() {
        return;
    }
    let mut clean = read(address, raw, out);
    clean.mass_registration = is_mass_registration(&clean, &out.text);
    if clean.mass_registration {
        out.rejected.push(Rejected { place: Place::Address(raw), why: Why::MassRegistrationAddress });
    } else {
        let CleanIdentifiers { text, address_keys, .. } = out;
        keys(clean.parts(text), |key| address_keys.push(key));
    }
    out.addresses.push(clean);
}

fn read(address: &Address, raw: u16, out: &mut CleanIdentifiers) -> CleanAddress {
    let country = Country::read(&address.country).or(out.country);
    let text = &mut out.text;
    let (street, numbers, count) = push_street(&address.street, text);
    let postcode = pushed(text, |text| push_postcode(&address.postcode, text));
    let city = pushed(text, |text| push_city(&address.city, text));
    CleanAddress { raw, street, postcode, city, country, numbers, count, mass_registration: false }
}

fn pushed(text: &mut String, push: impl FnOnce(&mut String)) -> Slice {
    let start = text.len();
    push(text);
    // An absurdly long part is cut at a character border; what is left is compared.
    let mut len = (text.len() - start).min(usize::from(u16::MAX));
    while !text.is_char_boundary(start + len) {
        len -= 1;
    }
    text.truncate(start + len);
    Slice { start: start as u32, len: len as u16 }
}

/// Words of the street without numbers and words for floors and flats; the numbers apart.
fn push_street(street: &str, text: &mut String) -> (Slice, [u32; NUMBERS], u8) {
    let words = text::plain_words(street);
    let (mut numbers, mut count) = ([0; NUMBERS], 0);
    let slice = pushed(text, |text| {
        let start = text.len();
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            if let Some(number) = house_number(word) {
                if count < NUMBERS && !numbers[..count].contains(&number) {
                    numbers[count] = number;
                    count += 1;
                }
            } else if !ADDRESS_NOISE.contains(word) {
                if text.len() > start {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
    });
    (slice, numbers, count as u8)
}

/// `12`, `12a`, `3k2` (house 3, block 2): digits with at most one letter behind. Ordinals are names.
fn house_number(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word[digits..].trim_end_matches(|c: char| c.is_ascii_digit());
    (digits > 0 && digits < 8 && (rest.len() <= 1 || matches!(rest, "bis" | "ter" | "hs")))
        .then(|| word[..digits].parse().ok())
        .flatten()
}

/// Capitals and digits without a country code in front, leading zeros and the second part of ZIP+4.
fn push_postcode(postcode: &str, text: &mut String) {
    let postcode = postcode.trim();
    let postcode = match postcode.split_once('-') {
        Some((code, rest)) if code.len() <= 3 && code.bytes().all(|b| b.is_ascii_alphabetic()) => rest,
        Some((zip, four)) if zip.len() == 5 && four.len() == 4 => zip,
        _ => postcode,
    };
    let start = text.len();
    let ascii = text::ascii(postcode);
    let signs = ascii.bytes().filter(u8::is_ascii_alphanumeric);
    let all_digits = ascii.bytes().all(|b| !b.is_ascii_alphabetic());
    for byte in signs {
        if !(all_digits && byte == b'0' && text.len() == start) {
            text.push(byte.to_ascii_uppercase() as char);
        }
    }
}

/// The city without its district or region, under the one name that is compared.
fn push_city(city: &str, text: &mut String) {
    let start = text.len();
    let city = city.split([',', '(', '/']).find(|part| !part.trim().is_empty()).unwrap_or("");
    text::push_plain_words(city, text);
    let end = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').len();
    text.truncate(end.max(start));
    if let Some(name) = CITY_NAMES.get(&text[start..]) {
        text.truncate(start);
        text.push_str(name);
    }
}

static CITY_NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    lines(include_str!("../../data/identifiers/city_names.txt"))
        .flat_map(|line| {
            let mut names = line.split('|');
            let first = names.next().unwrap_or(line);
            names.map(move |name| (name, first))
        })
        .collect()
});

/// One key of an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AddressKey {
    pub(crate) key: u64,
    pub(crate) by: FoundBy,
}

/// What a key of an address is made of, besides the house number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FoundBy {
    Postcode,
    /// The city of an address that has a postcode. Two such meet by their postcodes only.
    City,
    /// The city of an address without a postcode.
    CityAlone,
}

/// What an address is found by: each house number with the postcode and with the city. Two addresses
/// that count as one share at least one of them.
fn keys(parts: Parts<'_>, mut add: impl FnMut(AddressKey)) {
    if parts.street.is_empty() {
        return;
    }
    let none = [u32::MAX];
    let numbers = if parts.numbers.is_empty() { &none[..] } else { parts.numbers };
    let by_city = if parts.postcode.is_empty() { FoundBy::CityAlone } else { FoundBy::City };
    for &number in numbers {
        for (space, place, by) in [(0xA1, parts.postcode, FoundBy::Postcode), (0xA2, parts.city, by_city)] {
            if !place.is_empty() {
                let key = hash_bytes(space << 32 | u64::from(number), place.as_bytes());
                add(AddressKey { key, by });
            }
        }
    }
}

/// Addresses of the data file by their keys.
static MASS: LazyLock<(CleanIdentifiers, FxHashMap<u64, Vec<usize>>)> = LazyLock::new(|| {
    let mut all = CleanIdentifiers::default();
    let mut by_key: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for line in lines(include_str!("../../data/identifiers/mass_addresses.tsv")) {
        let mut cells = line.split('\t').map(str::to_owned);
        let mut cell = || cells.next().unwrap_or_default();
        let address = Address { street: cell(), postcode: cell(), city: cell(), country: cell() };
        let clean = read(&address, 0, &mut all);
        keys(clean.parts(&all.text), |key| by_key.entry(key.key).or_default().push(all.addresses.len()));
        all.addresses.push(clean);
    }
    (all, by_key)
});

fn is_mass_registration(address: &CleanAddress, text: &str) -> bool {
    let (all, by_key) = &*MASS;
    let mut found = false;
    keys(address.parts(text), |key| {
        let known = by_key.get(&key.key).map_or(&[][..], Vec::as_slice);
        found = found
            || known.iter().any(|&at| {
                let (ours, theirs) = (address.parts(text), all.addresses[at].parts(&all.text));
                let same_country = ours.country.is_none() || ours.country == theirs.country;
                same_country && agreement(ours, theirs).one_address(ours, theirs).is_some()
            });
    });
    found
}
