//! What the EU's list says, whatever its form: names, contacts, documents.

use watchlist::{Address, EntryType, Identifier, IdentifierKind, NameKind, Phrase};

use super::gathering::Gathering;
use super::problem::{READ_AS_ORGANISATION, the_type};
use super::{Place, cells};

/// `person` and `enterprise`, or their codes `P` and `E`.
pub(super) fn entry_type(code: &str, at: Place, gathering: &mut Gathering) -> EntryType {
    match code.to_ascii_lowercase().as_str() {
        "person" | "p" => EntryType::Person,
        "enterprise" | "e" => EntryType::LegalEntity,
        other => {
            gathering.apart(
                at,
                the_type(other),
                Phrase::new("person or enterprise", "person of enterprise"),
                READ_AS_ORGANISATION,
            );
            EntryType::LegalEntity
        }
    }
}

/// The first name of a party is its name, the others are aliases.
pub(super) fn name(text: &str, strong: bool, at: Place, gathering: &mut Gathering) {
    let first = gathering.entry().is_some_and(|entry| entry.names.is_empty());
    let kind = match (strong, first) {
        (false, false) => NameKind::WeakAlias,
        (_, true) => NameKind::Primary,
        (true, false) => NameKind::Alias,
    };
    if !text.trim().is_empty() {
        gathering.name(kind, text, at);
    }
}

/// Street, post office box, postcode, town, place, region and country of an address.
pub(super) fn address(parts: [&str; 7]) -> Address {
    let [street, box_number, postcode, city, place, region, country] = parts.map(str::trim);
    let joined =
        |parts: &[&str]| parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let boxed = if box_number.is_empty() { String::new() } else { format!("PO Box {box_number}") };
    let city = if city.is_empty() { joined(&[place, region]) } else { city.to_owned() };
    // `00` is the code for no country.
    let country = if country == "00" { "" } else { country };
    Address {
        street: joined(&[street, &boxed]),
        postcode: postcode.to_owned(),
        city,
        country: country.to_owned(),
    }
}

/// `EMAIL`, `PHONE`, `WEB` and the like; what has no such word is told by the form of the value.
pub(super) fn contact(key: &str, value: &str, at: Place, gathering: &mut Gathering) {
    use IdentifierKind::{Domain, Email, Phone};
    if value.trim().is_empty() {
        return;
    }
    let key = key.to_lowercase();
    let kind = [
        ("mail", Email),
        ("phone", Phone),
        ("tel", Phone),
        ("mobile", Phone),
        ("web", Domain),
        ("site", Domain),
        ("url", Domain),
    ]
    .into_iter()
    .find(|(word, _)| key.contains(word))
    .map(|(_, kind)| kind);
    match kind {
        Some(kind) => value.split([';', ',']).for_each(|value| gathering.identifier(kind, value, at)),
        None if key.contains("fax") => gathering.leave_out("fax", at),
        None => mixed(value, at, gathering),
    }
}

/// Identifiers by their form; what has none stays in the note.
pub(super) fn mixed(text: &str, at: Place, gathering: &mut Gathering) {
    if !cells::add_found(text, at, gathering) {
        gathering.note(text);
    }
}

/// A document. Register and tax numbers are kept; passports and the like no customer has.
pub(super) fn identification(code: &str, number: &str, country: &str, at: Place, gathering: &mut Gathering) {
    use IdentifierKind::{RegisterNumber, VatNumber};
    let kind = match code.trim().to_lowercase().as_str() {
        "regnumber" | "tradelic" => RegisterNumber,
        "fiscalcode" | "taxid" | "vat" => VatNumber,
        other => {
            let sort = if other.is_empty() { "document without a type" } else { other };
            return gathering.leave_out(sort, at);
        }
    };
    let country = Some(country.trim()).filter(|country| !matches!(*country, "" | "00")).map(str::to_owned);
    gathering.detailed(Identifier { country, ..Identifier::new(kind, number.trim()) }, at);
}

/// The act and the programme, for the note: several acts about one party are said once each.
pub(super) fn regulation(programme: &str, number: &str, gathering: &mut Gathering) {
    let text = format!("{} {}", programme.trim(), number.trim());
    let text = text.trim();
    let known =
        gathering.entry().is_some_and(|entry| entry.note.as_deref().is_some_and(|note| note.contains(text)));
    if !text.is_empty() && !known {
        gathering.note(&format!("programme: {text}"));
    }
}

/// Whether a heading is one of the EU's table.
pub(super) fn is_heading(heading: &str) -> bool {
    ["Entity_", "NameAlias_", "Address_", "BirthDate_", "Identification_", "Citizenship_"]
        .iter()
        .any(|start| heading.starts_with(start))
        || heading == "fileGenerationDate"
}
