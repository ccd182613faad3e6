//! What this program's own export adds to STIX by an extension, so that nothing of an entry is lost.
//!
//! The names of the fields are those of docs/format/exchange.md.

use serde::Deserialize;
use serde_json::Value;
use watchlist::format::v1;
use watchlist::{
    Address, EntryType, Identifier, IdentifierKind, NameKind, Phrase, RelationKind, Status, Strength,
    Validity,
};

use super::super::problem::LEFT_OUT;
use super::graph::day;
use super::observables::text;
use crate::lists::gathering::Gathering;
use crate::lists::{Place, sanctions};

/// The extension that stands in our bundles (docs/format/exchange.md).
const EXTENSION: &str = "extension-definition--4df2c0a2-6dd4-51f2-9b3a-2d7f06a2d7a1";

fn extension(object: &Value) -> &Value {
    &object["extensions"][EXTENSION]
}

pub(super) fn is_entry(party: &Value) -> bool {
    extension(party)["entry_id"].is_string()
}

/// The id in the list the bundle was made from, else the id in the bundle.
pub(super) fn entry_id(party: &Value) -> &str {
    extension(party)["entry_id"].as_str().unwrap_or_else(|| text(party, "id"))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    entry_type: String,
    status: String,
    revision: Option<u32>,
    names: Vec<Name>,
    identifiers: Vec<Value>,
    addresses: Vec<Postal>,
    jurisdiction: Option<String>,
    countries: Vec<String>,
    birth_date: Option<String>,
    bulletproof: Option<String>,
    offences: Vec<String>,
    first_observed: Option<String>,
    last_observed: Option<String>,
    review_by: Option<String>,
    note: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Name {
    text: String,
    kind: String,
    script: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Postal {
    street: String,
    postcode: String,
    city: String,
    country: String,
}

/// Adds what the extension says. Answers no where there is none.
pub(super) fn add(party: &Value, at: Place, gathering: &mut Gathering) -> bool {
    if !is_entry(party) {
        return false;
    }
    let Ok(said) = Entry::deserialize(extension(party)) else {
        gathering.problem(
            at,
            Phrase::new("an extension of another form", "een extensie van een andere vorm"),
            Phrase::new("the fields of docs/format/exchange.md", "de velden van docs/format/exchange.md"),
            LEFT_OUT,
        );
        return false;
    };
    for name in &said.names {
        gathering.name(name_kind(&name.kind), &name.text, at);
        if let Some(entry) = gathering.entry()
            && let Some(added) = entry.names.iter_mut().find(|added| added.text == name.text)
        {
            added.script.clone_from(&name.script);
        }
    }
    for identifier in &said.identifiers {
        let kind = IdentifierKind::from_wire_name(text(identifier, "kind")).unwrap_or(IdentifierKind::Handle);
        let validity = Validity { from: day(identifier, "valid_from"), to: day(identifier, "valid_to") };
        let found = Identifier { validity, ..Identifier::new(kind, text(identifier, "value")) };
        gathering.detailed(link_of(identifier).applied(found), at);
    }
    for one in &said.addresses {
        let address = Address {
            street: one.street.clone(),
            postcode: one.postcode.clone(),
            city: one.city.clone(),
            country: one.country.clone(),
        };
        sanctions::address(address, at, gathering);
    }
    add_facts(said, gathering);
    true
}

fn add_facts(said: Entry, gathering: &mut Gathering) {
    let Some(entry) = gathering.entry() else { return };
    entry.entry_type = match said.entry_type.as_str() {
        "legal_entity" => EntryType::LegalEntity,
        "person" => EntryType::Person,
        "network" => EntryType::Network,
        _ => EntryType::Brand,
    };
    entry.status = [Status::Suspended, Status::Withdrawn]
        .into_iter()
        .find(|status| v1::status(*status) == said.status)
        .unwrap_or(Status::Active);
    entry.revision = said.revision.unwrap_or(1);
    entry.jurisdiction = said.jurisdiction;
    entry.countries = said.countries;
    entry.birth_date = said.birth_date.filter(|date| v1::birth_date(date));
    entry.claims.bulletproof = said.bulletproof;
    entry.claims.offences = said.offences;
    let date = |text: Option<String>| text.as_deref().and_then(sanctions::date);
    entry.first_observed = date(said.first_observed);
    entry.last_observed = date(said.last_observed);
    entry.review_by = date(said.review_by);
    entry.note = said.note;
}

fn name_kind(word: &str) -> NameKind {
    match word {
        "primary" => NameKind::Primary,
        "weak_alias" => NameKind::WeakAlias,
        "previous" => NameKind::Previous,
        "related_person" => NameKind::RelatedPerson,
        _ => NameKind::Alias,
    }
}

/// What the extension says of an identifier beyond its value.
#[derive(Default)]
pub(super) struct Link {
    kind: Option<IdentifierKind>,
    strength: Option<Strength>,
    country: Option<String>,
    value: Option<String>,
}

pub(super) fn link(link: &Value) -> Link {
    link_of(extension(link))
}

fn link_of(said: &Value) -> Link {
    let strength = match said["strength"].as_str() {
        Some("distinctive") => Some(Strength::Distinctive),
        Some("reusable") => Some(Strength::Reusable),
        Some("weak") => Some(Strength::Weak),
        Some("non_distinctive") => Some(Strength::NonDistinctive),
        _ => None,
    };
    Link {
        kind: said["identifier_kind"].as_str().and_then(IdentifierKind::from_wire_name),
        strength,
        country: said["country"].as_str().map(str::to_owned),
        value: said["as_written"].as_str().map(str::to_owned),
    }
}

impl Link {
    pub(super) fn applied(&self, identifier: Identifier) -> Identifier {
        Identifier {
            kind: self.kind.unwrap_or(identifier.kind),
            value: self.value.clone().unwrap_or(identifier.value),
            strength: self.strength,
            country: self.country.clone().or(identifier.country),
            ..identifier
        }
    }
}

pub(super) fn relation(link: &Value) -> Option<RelationKind> {
    Some(match extension(link)["relation_kind"].as_str()? {
        "brand_of" => RelationKind::BrandOf,
        "front_of" => RelationKind::FrontOf,
        "successor_of" => RelationKind::SuccessorOf,
        "same_operator" => RelationKind::SameOperator,
        "officer_of" => RelationKind::OfficerOf,
        _ => return None,
    })
}

/// The report that stands for the edition says what the list is. Reports of others are passed over: what
/// they hold stands in the bundle by itself.
pub(super) fn head(report: &Value, gathering: &mut Gathering) {
    let said = extension(report);
    if !said["list_id"].is_string() {
        return;
    }
    let of = |field: &str| said[field].as_str().unwrap_or_default().to_owned();
    let head = gathering.head();
    head.list.id = of("list_id");
    head.list.title = text(report, "name").to_owned();
    head.list.purpose = of("purpose");
    head.list.onward_sharing = of("onward_sharing");
    head.list.nature = v1::nature(&of("nature")).unwrap_or(head.list.nature);
    head.number = said["edition"].as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
    head.issued_at = day(said, "issued_at");
    head.valid_until = day(said, "valid_until");
}
