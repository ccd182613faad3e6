//! From an edition to bytes. The same edition gives the same bytes.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use super::{FORMAT, wire, words};
use crate::entry::Claims;
use crate::{
    Address, Edition, Entry, Identifier, ListInfo, Name, Relation, RetractedValue, Status, Withdrawal,
};

/// Writes a list in the open format: the head first, then one entry on each line.
///
/// So a difference between two editions can be read, and the line in a message names one entry.
pub fn write(edition: &Edition) -> String {
    let mut text = format!(
        "{{\n\"format\": {},\n\"list\": {},\n\"edition\": {},\n\"entries\": [",
        json(&FORMAT),
        json(&list(&edition.list)),
        json(&head(edition)),
    );
    for (index, one) in edition.entries.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&json(&entry(one)));
    }
    text.push_str("\n]\n}\n");
    text
}

/// One entry as it stands in a list, in one line. The same entry gives the same bytes, so that its hash
/// names its content.
pub fn write_entry(one: &Entry) -> String {
    json(&entry(one))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers can always be written as JSON")
}

fn list(list: &ListInfo) -> wire::List<'_> {
    wire::List {
        id: borrowed(&list.id),
        issuer: borrowed(&list.issuer),
        title: borrowed(&list.title),
        nature: Some(Cow::Borrowed(list.nature.wire_name())),
        purpose: borrowed(&list.purpose),
        handling: borrowed(&list.handling),
        onward_sharing: borrowed(&list.onward_sharing),
        answers_to: list.answers_to.as_deref().map(Cow::Borrowed),
    }
}

fn head(edition: &Edition) -> wire::EditionHead<'static> {
    wire::EditionHead {
        number: Some(edition.number),
        issued_at: date(edition.issued_at),
        valid_until: date(edition.valid_until),
        replaces: edition.replaces,
    }
}

fn entry(entry: &Entry) -> wire::Entry<'_> {
    wire::Entry {
        id: Some(wire::Text(borrowed(&entry.id.0))),
        revision: (entry.revision != 1).then_some(entry.revision),
        status: (entry.status != Status::Active)
            .then(|| words::to_word(words::STATUSES, entry.status).into()),
        entry_type: Some(words::to_word(words::ENTRY_TYPES, entry.entry_type).into()),
        names: entry.names.iter().map(name).collect(),
        jurisdiction: entry.jurisdiction.as_deref().map(Cow::Borrowed),
        countries: entry.countries.iter().map(|country| borrowed(country)).collect(),
        identifiers: entry
            .identifiers
            .iter()
            .map(identifier)
            .chain(entry.addresses.iter().map(address))
            .collect(),
        birth_date: entry.birth_date.as_deref().map(|text| wire::Text(text.into())),
        relations: entry.relations.iter().map(relation).collect(),
        claims: claims(&entry.claims),
        first_observed: date(entry.first_observed),
        last_observed: date(entry.last_observed),
        review_by: date(entry.review_by),
        note: entry.note.as_deref().map(Cow::Borrowed),
        criteria: entry.criteria.iter().map(|code| borrowed(code)).collect(),
        withdrawal: entry.withdrawal.as_ref().map(withdrawal),
        retracted: entry.retracted.iter().map(retracted).collect(),
    }
}

fn name(name: &Name) -> wire::Name<'_> {
    wire::Name {
        text: borrowed(&name.text),
        kind: Some(words::to_word(words::NAME_KINDS, name.kind).into()),
        script: name.script.as_deref().map(Cow::Borrowed),
    }
}

fn identifier(identifier: &Identifier) -> wire::Identifier<'_> {
    wire::Identifier {
        kind: identifier.kind.wire_name().into(),
        value: Some(wire::Text(borrowed(&identifier.value))),
        country: identifier.country.as_deref().map(Cow::Borrowed),
        valid_from: date(identifier.validity.from),
        valid_to: date(identifier.validity.to),
        strength: identifier.strength.map(|strength| words::to_word(words::STRENGTHS, strength).into()),
        ..wire::Identifier::default()
    }
}

fn address(address: &Address) -> wire::Identifier<'_> {
    let part = |text: &'_ String| (!text.is_empty()).then(|| Cow::Owned(text.clone()));
    wire::Identifier {
        kind: "address".into(),
        street: part(&address.street),
        postcode: part(&address.postcode),
        city: part(&address.city),
        country: part(&address.country),
        ..wire::Identifier::default()
    }
}

fn relation(relation: &Relation) -> wire::Relation<'_> {
    wire::Relation {
        kind: words::to_word(words::RELATION_KINDS, relation.kind).into(),
        to: borrowed(&relation.to.0),
        from_date: date(relation.from_date),
        to_date: date(relation.to_date),
    }
}

fn claims(claims: &Claims) -> Option<wire::Claims<'_>> {
    let said = claims.bulletproof.is_some() || !claims.offences.is_empty();
    said.then(|| wire::Claims {
        bulletproof: claims.bulletproof.as_deref().map(Cow::Borrowed),
        offences: claims.offences.iter().map(|offence| borrowed(offence)).collect(),
    })
}

fn withdrawal(withdrawal: &Withdrawal) -> wire::Withdrawal<'_> {
    wire::Withdrawal {
        reason: Some(words::withdrawal_reason(withdrawal.reason).into()),
        advice: Some(words::advice(withdrawal.advice).into()),
        since: date(withdrawal.since),
        successors: withdrawal.successors.iter().map(|id| borrowed(&id.0)).collect(),
        note: withdrawal.note.as_deref().map(Cow::Borrowed),
    }
}

fn retracted(retracted: &RetractedValue) -> wire::Retracted<'_> {
    wire::Retracted {
        kind: retracted.value.kind_name().into(),
        value: wire::Text(borrowed(retracted.value.text())),
        reason: Some(words::withdrawal_reason(retracted.reason).into()),
        advice: Some(words::advice(retracted.advice).into()),
        since: date(retracted.since),
        note: retracted.note.as_deref().map(Cow::Borrowed),
    }
}

fn borrowed(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn date(date: Option<Date>) -> Option<Cow<'static, str>> {
    date.map(|date| Cow::Owned(date.to_string()))
}
