//! The simple form: one JSON object for each party, one to a line (or all of them in one array).
//!
//! Only `id`, `type` and `name` are always there; other fields are lists of values. Fields that are not
//! named here are passed over.

mod values;

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;
use watchlist::format::v1::birth_date;
use watchlist::{Address, EntryType, IdentifierKind, NameKind, Phrase, phrase};

use super::gathering::Gathering;
use super::problem::{shown, the_type};
use super::{ListFault, ListIntake, ListKind, Place};
use values::Texts;

#[derive(Deserialize)]
struct Party<'a> {
    #[serde(default, borrow)]
    id: Texts<'a>,
    #[serde(default, borrow, rename = "type")]
    party_type: Texts<'a>,
    #[serde(default, borrow)]
    name: Texts<'a>,
    #[serde(default, borrow)]
    aliases: Texts<'a>,
    #[serde(default, borrow)]
    persons: Texts<'a>,
    #[serde(default, borrow)]
    handles: Texts<'a>,
    #[serde(default, borrow)]
    emails: Texts<'a>,
    #[serde(default, borrow)]
    domains: Texts<'a>,
    #[serde(default, borrow)]
    phones: Texts<'a>,
    #[serde(default, borrow)]
    wallets: Texts<'a>,
    #[serde(default, borrow)]
    reg_numbers: Texts<'a>,
    #[serde(default, borrow)]
    addresses: Option<&'a RawValue>,
    #[serde(default, borrow)]
    prefixes: Texts<'a>,
    #[serde(default, borrow)]
    asns: Texts<'a>,
    #[serde(default, borrow)]
    countries: Texts<'a>,
    #[serde(default, borrow, alias = "birth_dates")]
    birth_date: Texts<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Place4<'a> {
    #[serde(borrow)]
    street: Texts<'a>,
    #[serde(borrow)]
    postcode: Texts<'a>,
    #[serde(borrow)]
    city: Texts<'a>,
    #[serde(borrow)]
    country: Texts<'a>,
}

/// Reads one object for each line.
pub(super) fn read(text: &str) -> ListIntake {
    let mut gathering = Gathering::default();
    for (index, line) in text.lines().enumerate() {
        // Some writers put a comma after each object or brackets around them all.
        let line = line.trim().trim_end_matches(',');
        if !matches!(line, "" | "[" | "]") {
            party(line, index as u64 + 1, &mut gathering);
        }
    }
    gathering.finish(ListKind::JsonLines)
}

/// Reads an array of objects. A line is the one where the object begins.
pub(super) fn read_array(text: &str) -> Result<ListIntake, ListFault> {
    let objects: Vec<&RawValue> = match serde_json::from_str(text) {
        Ok(objects) => objects,
        Err(_) if one_on_each_line(text) => return Ok(read(text)),
        Err(error) => return Err(ListFault::Format(broken(&error))),
    };
    let mut gathering = Gathering::default();
    let (mut line, mut counted_to) = (1, 0);
    for object in objects {
        let start = object.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text[counted_to..start].bytes().filter(|byte| *byte == b'\n').count() as u64;
        counted_to = start;
        party(object.get(), line, &mut gathering);
    }
    Ok(gathering.finish(ListKind::JsonLines))
}

/// Whether an array that is broken somewhere still has a whole object on its first lines.
fn one_on_each_line(text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim().trim_start_matches('[').trim_end_matches(','));
    let first = lines.find(|line| !line.is_empty());
    first.is_some_and(|line| serde_json::from_str::<Party<'_>>(line).is_ok())
}

fn broken(error: &serde_json::Error) -> watchlist::format::v1::FormatError {
    use watchlist::format::v1::FormatError;
    let line = error.line() as u64;
    if error.is_eof() {
        FormatError::CutOff { line }
    } else {
        FormatError::NotJson { line, what: reason(error) }
    }
}

/// The library's words without its position.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

fn party(json: &str, line: u64, gathering: &mut Gathering) {
    let at = Place::Line(line);
    match serde_json::from_str::<Party<'_>>(json) {
        Ok(party) => add(party, line, gathering),
        Err(error) => {
            gathering.end();
            let hint = if error.is_eof() {
                Phrase::new(
                    "the line was left out: it breaks off before its end; fetch the file again",
                    "de regel is weggelaten: hij breekt af voor zijn einde; haal het bestand opnieuw op",
                )
            } else {
                let why = reason(&error);
                phrase!(
                    "the line was left out ({why}); correct it or ask the issuer for it again",
                    "de regel is weggelaten ({why}); verbeter hem of vraag de uitgever er opnieuw om"
                )
            };
            let expected = Phrase::new("a JSON object for one party", "een JSON-object voor één partij");
            gathering.problem(at, shown(json), expected, hint);
        }
    }
}

fn add(party: Party<'_>, line: u64, gathering: &mut Gathering) {
    use IdentifierKind::{Asn, Domain, Email, Handle, IpRange, Phone, RegisterNumber, Wallet};
    let at = Place::Line(line);
    let id = party.id.first().map_or_else(|| Cow::Owned(format!("row-{line}")), Cow::Borrowed);
    gathering.begin(&id, EntryType::Brand, at);
    let entry_type = entry_type(party.party_type.first(), at, gathering);
    if let Some(entry) = gathering.entry() {
        entry.entry_type = entry_type;
    }
    for (kind, names) in [
        (NameKind::Primary, &party.name),
        (NameKind::Alias, &party.aliases),
        (NameKind::RelatedPerson, &party.persons),
    ] {
        names.each(at, gathering, |gathering, name| gathering.name(kind, name, at));
    }
    for (kind, values) in [
        (Handle, &party.handles),
        (Email, &party.emails),
        (Domain, &party.domains),
        (Phone, &party.phones),
        (Wallet, &party.wallets),
        (RegisterNumber, &party.reg_numbers),
        (IpRange, &party.prefixes),
        (Asn, &party.asns),
    ] {
        values.each(at, gathering, |gathering, value| gathering.identifier(kind, value, at));
    }
    party.countries.each(at, gathering, |gathering, country| add_country(country, gathering));
    addresses(party.addresses, at, gathering);
    party.birth_date.each(at, gathering, |gathering, date| add_birth_date(date, at, gathering));
}

/// `organisation` of this form says nothing about brand or legal entity; a legal entity is the usual case.
fn entry_type(word: Option<&str>, at: Place, gathering: &mut Gathering) -> EntryType {
    match word {
        Some("organisation" | "organization" | "legal_entity" | "company") => EntryType::LegalEntity,
        Some("person") => EntryType::Person,
        Some("network") => EntryType::Network,
        Some("brand") => EntryType::Brand,
        other => {
            let found = the_type(other.unwrap_or_default());
            let hint = Phrase::new(
                "the entry is kept and read as a brand",
                "de vermelding blijft en wordt gelezen als merk",
            );
            gathering.problem(
                at,
                found,
                Phrase::new("organisation, person or network", "organisation, person of network"),
                hint,
            );
            EntryType::Brand
        }
    }
}

fn add_country(country: &str, gathering: &mut Gathering) {
    if let Some(entry) = gathering.entry()
        && !entry.countries.iter().any(|known| known == country)
    {
        entry.countries.push(country.to_owned());
    }
}

/// One birth date is kept, the first that is one; a person with several dates is told by none of them surely.
fn add_birth_date(date: &str, at: Place, gathering: &mut Gathering) {
    if !birth_date(date) {
        let expected = Phrase::new(
            "a birth date as YYYY-MM-DD, YYYYMMDD or YYYY",
            "een geboortedatum als JJJJ-MM-DD, JJJJMMDD of JJJJ",
        );
        let hint = Phrase::new(
            "the date was left out; correct it in the list",
            "de datum is weggelaten; verbeter hem in de lijst",
        );
        gathering.problem(at, shown(date), expected, hint);
    } else if let Some(entry) = gathering.entry() {
        entry.birth_date.get_or_insert_with(|| date.to_owned());
    }
}

/// One address or several, each in parts or in one line. One with a country only is a country.
fn addresses(raw: Option<&RawValue>, at: Place, gathering: &mut Gathering) {
    let Some(raw) = raw.map(RawValue::get).filter(|raw| *raw != "null") else { return };
    let each = serde_json::from_str::<Vec<&RawValue>>(raw);
    let each = each.map_or_else(|_| vec![raw], |list| list.into_iter().map(RawValue::get).collect());
    for one in each {
        if let Ok(line) = serde_json::from_str::<Cow<'_, str>>(one) {
            gathering.address(Address { street: line.into_owned(), ..Address::default() }, at);
            continue;
        }
        let Ok(place) = serde_json::from_str::<Place4<'_>>(one) else {
            let expected = Phrase::new(
                "an address with street, postcode, city and country",
                "een adres met street, postcode, city en country",
            );
            let hint = Phrase::new("this address was left out", "dit adres is weggelaten");
            gathering.problem(at, shown(one), expected, hint);
            continue;
        };
        let part = |texts: &Texts<'_>| texts.first().unwrap_or_default().to_owned();
        let address = Address {
            street: part(&place.street),
            postcode: part(&place.postcode),
            city: part(&place.city),
            country: part(&place.country),
        };
        if address.is_empty() && !address.country.is_empty() {
            add_country(&address.country, gathering);
        } else {
            gathering.address(address, at);
        }
    }
}
