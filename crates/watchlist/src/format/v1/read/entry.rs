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
    Address, Entry, EntryId, EntryType, Identifier, IdentifierKind, Name, NameKind, Relation, Status,
    Validity,
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
        let expected = "an entry: an object with `id`, `type` and `names`";
        faults.note("", raw, expected, format!("the entry was left out ({})", super::what(error)));
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
        faults.note("", "", super::what(error), "the last of the two values was taken");
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
        faults.note("", place, super::what(&error), "this value was left out, the rest of the entry is kept");
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
        let hint = format!(
            "it is kept as `{made}`; ask the issuer for an id, so that later editions can refer to it"
        );
        faults.note("`id`", "", "an id that is unique in the list", hint);
        made
    });
    faults.set_id(&wanted);
    let id = ids.take(&wanted);
    if id != wanted {
        let hint = format!("both entries are kept, this one as `{id}`; ask the issuer which of them holds");
        faults.note("`id` for the second time", &wanted, "an id that is unique in the list", hint);
    }
    id
}

fn entry_type(word: Option<&str>, faults: &mut Faults<'_>) -> EntryType {
    let known = word.and_then(|word| from_word(words::ENTRY_TYPES, word));
    known.unwrap_or_else(|| {
        let expected = format!("one of {}", listed(words::ENTRY_TYPES));
        faults.note("`type`", word.unwrap_or_default(), expected, "the entry is kept and read as a brand");
        EntryType::Brand
    })
}

/// A status that we do not know counts as doubt: still screened, and marked in the hit.
fn status(word: Option<&str>, faults: &mut Faults<'_>) -> Status {
    let Some(word) = word else { return Status::Active };
    from_word(words::STATUSES, word).unwrap_or_else(|| {
        let expected = format!("one of {}", listed(words::STATUSES));
        faults.note("`status`", word, expected, "the entry is kept and read as suspended");
        Status::Suspended
    })
}

fn convert_name(name: wire::Name<'_>, faults: &mut Faults<'_>) -> Option<Name> {
    let text = admitted(name.text, "`names`", admit_text, faults)?;
    let kind = name.kind.as_deref().unwrap_or("primary");
    let kind = from_word(words::NAME_KINDS, kind).unwrap_or_else(|| {
        let expected = format!("one of {}", listed(words::NAME_KINDS));
        faults.note("the kind of a name", kind, expected, "the name is kept and read as an alias");
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
        let expected = "an identifier type of docs/format/v1.md";
        faults.note("the type of an identifier", &wire.kind, expected, "this identifier was left out");
        return;
    };
    let value = wire.value.map(|value| value.0).unwrap_or_default();
    let Some(value) = admitted(value, kind.wire_name(), |text| admit(kind, text), faults) else { return };
    let validity = Validity {
        from: optional_date("valid_from", wire.valid_from, faults),
        to: optional_date("valid_to", wire.valid_to, faults),
    };
    let strength = wire.strength.and_then(|word| {
        let strength = from_word(words::STRENGTHS, &word);
        if strength.is_none() {
            let expected = format!("one of {}", listed(words::STRENGTHS));
            faults.note(
                "`strength`",
                &word,
                expected,
                "the identifier is kept with the strength of its type",
            );
        }
        strength
    });
    let country = wire.country.map(Cow::into_owned);
    entry.identifiers.push(Identifier { kind, value, validity, strength, country });
}

/// An address in parts, or in one line as `value`.
fn convert_address(wire: wire::Identifier<'_>, faults: &mut Faults<'_>) -> Option<Address> {
    if wire.valid_from.is_some() || wire.valid_to.is_some() {
        let hint = "the address is kept without its dates";
        faults.note("an identifier of type address", "valid_from, valid_to", "no dates on an address", hint);
    }
    let part = |text: Option<Cow<'_, str>>| text.map(|text| text.trim().to_owned()).unwrap_or_default();
    let street = wire.street.or(wire.value.map(|value| value.0));
    let address = Address {
        street: part(street),
        postcode: part(wire.postcode),
        city: part(wire.city),
        country: part(wire.country),
    };
    admitted(Cow::Owned(address.one_line()), "an identifier of type address", admit_text, faults)?;
    Some(address)
}

/// The trimmed value, or a fault.
pub(super) fn admitted(
    value: Cow<'_, str>,
    place: &str,
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
            faults.note(
                place,
                &value,
                refusal.expected,
                format!("this value was left out; {}", refusal.hint),
            );
            None
        }
    }
}

fn checked_birth_date(text: Cow<'_, str>, faults: &mut Faults<'_>) -> Option<String> {
    if birth_date(&text) {
        return Some(text.into_owned());
    }
    faults.note("`birth_date`", &text, "YYYY-MM-DD, YYYYMMDD or YYYY", "the date was left out");
    None
}

fn convert_relation(relation: wire::Relation<'_>, faults: &mut Faults<'_>) -> Option<Relation> {
    let Some(kind) = from_word(words::RELATION_KINDS, &relation.kind) else {
        let expected = format!("one of {}", listed(words::RELATION_KINDS));
        faults.note("the kind of a relation", &relation.kind, expected, "this relation was left out");
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
pub(super) fn optional_date(
    field: &str,
    text: Option<Cow<'_, str>>,
    faults: &mut Faults<'_>,
) -> Option<Date> {
    let text = text?;
    let read = date(&text);
    if read.is_none() {
        let hint = "the value is kept as if it had no such date";
        faults.note(&format!("`{field}`"), &text, "a date such as 2026-03-31", hint);
    }
    read
}

/// A withdrawn entry needs its id only; any other must name or identify somebody.
fn screenable(entry: Entry, faults: &mut Faults<'_>) -> Option<Entry> {
    let says_nothing = entry.names.is_empty() && entry.identifiers.is_empty() && entry.addresses.is_empty();
    if says_nothing && entry.status != Status::Withdrawn {
        let hint = "the entry was left out: there is nothing to compare customers with";
        faults.note("", "", "at least one name or identifier", hint);
        return None;
    }
    Some(entry)
}
