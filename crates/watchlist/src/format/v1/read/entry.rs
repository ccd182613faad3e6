//! One entry: from its JSON object to the core type.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::super::words::{self, from_word, listed};
use super::super::{birth_date, date, wire};
use super::faults::Faults;
use super::withdrawal;
use crate::entry::Claims;
use crate::format::admission::{Refusal, admit, admit_text};
use crate::format::unique_ids::UniqueIds;
use crate::{
    Address, Entry, EntryId, EntryType, Identifier, IdentifierKind, Name, NameKind, Phrase, Relation, Status,
    Validity, phrase,
};

/// Reads one entry. Answers nothing for one that names and identifies nobody.
pub(super) fn read(raw: &str, ids: &mut UniqueIds, faults: &mut Faults<'_>) -> Option<Entry> {
    screenable(read_unfinished(raw, ids, faults)?, faults)
}

/// Reads one entry that need not name or identify anybody yet.
pub(super) fn read_unfinished(raw: &str, ids: &mut UniqueIds, faults: &mut Faults<'_>) -> Option<Entry> {
    match serde_json::from_str::<wire::Entry<'_>>(raw) {
        Ok(wire) => Some(convert(wire, ids, faults)),
        Err(error) => {
            let value = without_faults(raw, &error, faults)?;
            // The parts were tried one by one, so the whole can be read now.
            let wire = serde_json::from_str(&value).ok()?;
            Some(convert(wire, ids, faults))
        }
    }
}

/// The entry as JSON without those fields and list elements that have the wrong shape.
fn without_faults(raw: &str, error: &serde_json::Error, faults: &mut Faults<'_>) -> Option<String> {
    let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(raw) else {
        let expected = Phrase::new(
            "an entry: an object with `id`, `type` and `names`",
            "een vermelding: een object met `id`, `type` en `names`",
        );
        let why = super::what(error);
        let hint = phrase!("the entry was left out ({why})", "de vermelding is weggelaten ({why})");
        faults.note(None, raw, expected, hint);
        return None;
    };
    if let Some(Value::String(id)) = fields.get("id") {
        faults.set_id(id);
    }
    let noted_before = faults.count();
    let mut good = Map::new();
    for (field, value) in fields {
        let kept = match value {
            Value::Array(elements) => Some(Value::Array(good_elements(&field, elements, faults))),
            value => good_value(&field, &field, value, faults),
        };
        good.extend(kept.map(|kept| (field, kept)));
    }
    if faults.count() == noted_before {
        // Each part alone is right: a field stands there twice.
        let hint =
            Phrase::new("the last of the two values was taken", "de laatste van de twee waarden is genomen");
        faults.note(None, "", Phrase::same(super::what(error)), hint);
    }
    Some(Value::Object(good).to_string())
}

fn good_elements(field: &str, elements: Vec<Value>, faults: &mut Faults<'_>) -> Vec<Value> {
    let keep = |(index, element): (usize, Value)| {
        let place = format!("{field}[{index}]");
        let Value::Array(mut tried) = good_value(field, &place, Value::Array(vec![element]), faults)? else {
            return None;
        };
        tried.pop()
    };
    elements.into_iter().enumerate().filter_map(keep).collect()
}

/// The value, if an entry that has only this field can be read.
fn good_value(field: &str, place: &str, value: Value, faults: &mut Faults<'_>) -> Option<Value> {
    let alone = Value::Object(Map::from_iter([(field.to_owned(), value)]));
    let text = alone.to_string();
    if let Err(error) = serde_json::from_str::<wire::Entry<'_>>(&text) {
        let hint = Phrase::new(
            "this value was left out, the rest of the entry is kept",
            "deze waarde is weggelaten, de rest van de vermelding blijft",
        );
        faults.note(None, place, Phrase::same(super::what(&error)), hint);
        return None;
    }
    let Value::Object(mut alone) = alone else { return None };
    alone.remove(field)
}

fn convert(wire: wire::Entry<'_>, ids: &mut UniqueIds, faults: &mut Faults<'_>) -> Entry {
    let id = entry_id(wire.id, ids, faults);
    let mut entry = Entry::new(id, entry_type(wire.entry_type.as_deref(), faults));
    entry.revision = wire.revision.unwrap_or(1);
    entry.status = status(wire.status.as_deref(), faults);
    entry.names = wire.names.into_iter().filter_map(|name| convert_name(name, faults)).collect();
    entry.jurisdiction = wire.jurisdiction.map(Cow::into_owned);
    entry.countries = wire.countries.into_iter().map(Cow::into_owned).collect();
    for identifier in wire.identifiers {
        add_identifier(&mut entry, identifier, faults);
    }
    entry.birth_date = wire.birth_date.and_then(|text| checked_birth_date(text.0, faults));
    entry.relations =
        wire.relations.into_iter().filter_map(|relation| convert_relation(relation, faults)).collect();
    entry.claims = wire.claims.map(convert_claims).unwrap_or_default();
    entry.first_observed = optional_date("first_observed", wire.first_observed, faults);
    entry.last_observed = optional_date("last_observed", wire.last_observed, faults);
    entry.review_by = optional_date("review_by", wire.review_by, faults);
    entry.note = wire.note.map(Cow::into_owned);
    entry.criteria = wire.criteria.into_iter().map(Cow::into_owned).collect();
    entry.withdrawal = withdrawal::of_entry(wire.withdrawal, entry.status, faults);
    entry.retracted =
        wire.retracted.into_iter().filter_map(|value| withdrawal::of_value(value, faults)).collect();
    entry
}

fn entry_id(id: Option<wire::Text<'_>>, ids: &mut UniqueIds, faults: &mut Faults<'_>) -> String {
    let wanted = id.map(|id| id.0.trim().to_owned()).filter(|id| !id.is_empty());
    let wanted = wanted.unwrap_or_else(|| {
        let made = format!("entry-{}", faults.entry_number());
        let hint = phrase!(
            "it is kept as `{made}`; ask the issuer for an id, so that later editions can refer to it",
            "hij blijft als `{made}`; vraag de uitgever om een id, zodat latere edities ernaar kunnen verwijzen"
        );
        faults.note(field("id"), "", UNIQUE_ID, hint);
        made
    });
    faults.set_id(&wanted);
    let id = ids.take(&wanted);
    if id != wanted {
        let hint = phrase!(
            "both entries are kept, this one as `{id}`; ask the issuer which of them holds",
            "beide vermeldingen blijven, deze als `{id}`; vraag de uitgever welke geldt"
        );
        let place = Phrase::new("`id` for the second time", "`id` voor de tweede keer");
        faults.note(place, &wanted, UNIQUE_ID, hint);
    }
    id
}

fn entry_type(word: Option<&str>, faults: &mut Faults<'_>) -> EntryType {
    let known = word.and_then(|word| from_word(words::ENTRY_TYPES, word));
    known.unwrap_or_else(|| {
        let hint = Phrase::new(
            "the entry is kept and read as a brand",
            "de vermelding blijft en wordt gelezen als merk",
        );
        faults.note(field("type"), word.unwrap_or_default(), one_of(words::ENTRY_TYPES), hint);
        EntryType::Brand
    })
}

/// A status that we do not know counts as doubt: still screened, and marked in the hit.
fn status(word: Option<&str>, faults: &mut Faults<'_>) -> Status {
    let Some(word) = word else { return Status::Active };
    from_word(words::STATUSES, word).unwrap_or_else(|| {
        let hint = Phrase::new(
            "the entry is kept and read as suspended",
            "de vermelding blijft en wordt gelezen als opgeschort",
        );
        faults.note(field("status"), word, one_of(words::STATUSES), hint);
        Status::Suspended
    })
}

fn convert_name(name: wire::Name<'_>, faults: &mut Faults<'_>) -> Option<Name> {
    let text = admitted(name.text, field("names"), admit_text, faults)?;
    let kind = name.kind.as_deref().unwrap_or("primary");
    let kind = from_word(words::NAME_KINDS, kind).unwrap_or_else(|| {
        let place = Phrase::new("the kind of a name", "de soort van een naam");
        let hint =
            Phrase::new("the name is kept and read as an alias", "de naam blijft en wordt gelezen als alias");
        faults.note(place, kind, one_of(words::NAME_KINDS), hint);
        NameKind::Alias
    });
    Some(Name { text, kind, script: name.script.map(Cow::into_owned) })
}

fn add_identifier(entry: &mut Entry, wire: wire::Identifier<'_>, faults: &mut Faults<'_>) {
    if wire.kind == "address" {
        entry.addresses.extend(convert_address(wire, faults));
        return;
    }
    let Some(kind) = IdentifierKind::from_wire_name(&wire.kind) else {
        let place = Phrase::new("the type of an identifier", "het type van een identificatie");
        let expected = Phrase::new(
            "an identifier type of docs/format/v1.md",
            "een type identificatie uit docs/format/v1.md",
        );
        let hint = Phrase::new("this identifier was left out", "deze identificatie is weggelaten");
        faults.note(place, &wire.kind, expected, hint);
        return;
    };
    let value = wire.value.map(|value| value.0).unwrap_or_default();
    let Some(value) = admitted(value, Phrase::same(kind.wire_name()), |text| admit(kind, text), faults)
    else {
        return;
    };
    let validity = Validity {
        from: optional_date("valid_from", wire.valid_from, faults),
        to: optional_date("valid_to", wire.valid_to, faults),
    };
    let strength = wire.strength.and_then(|word| {
        let strength = from_word(words::STRENGTHS, &word);
        if strength.is_none() {
            let hint = Phrase::new(
                "the identifier is kept with the strength of its type",
                "de identificatie blijft met de sterkte van haar type",
            );
            faults.note(field("strength"), &word, one_of(words::STRENGTHS), hint);
        }
        strength
    });
    let country = wire.country.map(Cow::into_owned);
    entry.identifiers.push(Identifier { kind, value, validity, strength, country });
}

/// An address in parts, or in one line as `value`.
fn convert_address(wire: wire::Identifier<'_>, faults: &mut Faults<'_>) -> Option<Address> {
    if wire.valid_from.is_some() || wire.valid_to.is_some() {
        let expected = Phrase::new("no dates on an address", "geen datums bij een adres");
        let hint =
            Phrase::new("the address is kept without its dates", "het adres blijft, zonder zijn datums");
        faults.note(AN_ADDRESS, "valid_from, valid_to", expected, hint);
    }
    let part = |text: Option<Cow<'_, str>>| text.map(|text| text.trim().to_owned()).unwrap_or_default();
    let street = wire.street.or(wire.value.map(|value| value.0));
    let address = Address {
        street: part(street),
        postcode: part(wire.postcode),
        city: part(wire.city),
        country: part(wire.country),
    };
    admitted(Cow::Owned(address.one_line()), AN_ADDRESS, admit_text, faults)?;
    Some(address)
}

/// The trimmed value, or a fault.
pub(super) fn admitted(
    value: Cow<'_, str>,
    place: Phrase,
    admit: impl Fn(&str) -> Result<(), Refusal>,
    faults: &mut Faults<'_>,
) -> Option<String> {
    let value = match value {
        Cow::Owned(value) if value.trim().len() == value.len() => value,
        value => value.trim().to_owned(),
    };
    match admit(&value) {
        Ok(()) => Some(value),
        Err(refusal) => {
            let hint = phrase!("this value was left out; {}", "deze waarde is weggelaten; {}", refusal.hint);
            faults.note(place, &value, refusal.expected, hint);
            None
        }
    }
}

fn checked_birth_date(text: Cow<'_, str>, faults: &mut Faults<'_>) -> Option<String> {
    if birth_date(&text) {
        return Some(text.into_owned());
    }
    let expected = Phrase::new("YYYY-MM-DD, YYYYMMDD or YYYY", "JJJJ-MM-DD, JJJJMMDD of JJJJ");
    let hint = Phrase::new("the date was left out", "de datum is weggelaten");
    faults.note(field("birth_date"), &text, expected, hint);
    None
}

fn convert_relation(relation: wire::Relation<'_>, faults: &mut Faults<'_>) -> Option<Relation> {
    let Some(kind) = from_word(words::RELATION_KINDS, &relation.kind) else {
        let place = Phrase::new("the kind of a relation", "de soort van een relatie");
        let hint = Phrase::new("this relation was left out", "deze relatie is weggelaten");
        faults.note(place, &relation.kind, one_of(words::RELATION_KINDS), hint);
        return None;
    };
    Some(Relation {
        kind,
        to: EntryId(relation.to.into_owned()),
        from_date: optional_date("from_date", relation.from_date, faults),
        to_date: optional_date("to_date", relation.to_date, faults),
    })
}

fn convert_claims(claims: wire::Claims<'_>) -> Claims {
    Claims {
        bulletproof: claims.bulletproof.map(Cow::into_owned),
        offences: claims.offences.into_iter().map(Cow::into_owned).collect(),
    }
}

/// A date that cannot be read leaves its end open: the value then counts rather than gets lost.
pub(super) fn optional_date(name: &str, text: Option<Cow<'_, str>>, faults: &mut Faults<'_>) -> Option<Date> {
    let text = text?;
    let read = date(&text);
    if read.is_none() {
        let expected = Phrase::new("a date such as 2026-03-31", "een datum zoals 2026-03-31");
        let hint = Phrase::new(
            "the value is kept as if it had no such date",
            "de waarde blijft alsof zij zo’n datum niet had",
        );
        faults.note(field(name), &text, expected, hint);
    }
    read
}

/// A withdrawn entry needs its id only; any other must name or identify somebody.
fn screenable(entry: Entry, faults: &mut Faults<'_>) -> Option<Entry> {
    let says_nothing = entry.names.is_empty() && entry.identifiers.is_empty() && entry.addresses.is_empty();
    if says_nothing && entry.status != Status::Withdrawn {
        let expected = Phrase::new("at least one name or identifier", "ten minste één naam of identificatie");
        let hint = Phrase::new(
            "the entry was left out: there is nothing to compare customers with",
            "de vermelding is weggelaten: er is niets om klanten mee te vergelijken",
        );
        faults.note(None, "", expected, hint);
        return None;
    }
    Some(entry)
}

const UNIQUE_ID: Phrase =
    Phrase::new("an id that is unique in the list", "een id dat in de lijst maar één keer voorkomt");
const AN_ADDRESS: Phrase =
    Phrase::new("an identifier of type address", "een identificatie van het type adres");

/// A field of the format, by its name.
pub(super) fn field(name: &str) -> Phrase {
    Phrase::same(format!("`{name}`"))
}

/// The words that the format has for something.
pub(super) fn one_of<T>(known: &'static [(&'static str, T)]) -> Phrase {
    let known = listed(known);
    phrase!("one of {known}", "één van {known}")
}
