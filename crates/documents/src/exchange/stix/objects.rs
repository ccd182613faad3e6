//! The objects of a bundle that are the same for every entry, and the entry itself.

use jiff::civil::Date;
use serde_json::{Value, json};
use watchlist::format::v1;
use watchlist::{Edition, Entry, EntryType, Identifier, ListInfo, NameKind, RelationKind, Status, Strength};

use crate::exchange::handling::Tlp;
use crate::exchange::{dates, ids};

/// Our extension; its fields are in docs/format/exchange.md.
pub(super) const EXTENSION: &str = "extension-definition--4df2c0a2-6dd4-51f2-9b3a-2d7f06a2d7a1";

/// Who defines the extension.
const PROGRAM: &str = "identity--0f2f8f83-6d38-5c0f-8f77-3a3bd8b2d6c4";

/// The day on which the extension got its present form.
const DEFINED: &str = "2026-01-01T00:00:00.000Z";

/// The marking as OASIS publishes it: it must be copied, not made.
pub(super) fn marking(label: Tlp) -> Value {
    json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": marking_id(label),
        "created": "2022-10-01T00:00:00.000Z",
        "name": label.label(),
        "extensions": {
            "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {
                "extension_type": "property-extension",
                "tlp_2_0": label.word(),
            },
        },
    })
}

const fn marking_id(label: Tlp) -> &'static str {
    match label {
        Tlp::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    }
}

pub(super) fn program() -> Value {
    json!({
        "type": "identity",
        "spec_version": "2.1",
        "id": PROGRAM,
        "created_by_ref": PROGRAM,
        "created": DEFINED,
        "modified": DEFINED,
        "name": "Havenmeester",
        "identity_class": "system",
    })
}

pub(super) fn extension_definition() -> Value {
    json!({
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": EXTENSION,
        "created_by_ref": PROGRAM,
        "created": DEFINED,
        "modified": DEFINED,
        "name": "Havenmeester list entry",
        "description": "What a list says of a party and STIX has no property for: kinds of names and identifiers, validity, status.",
        "schema": "docs/format/exchange.md of Havenmeester",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    })
}

/// What all objects of one bundle share.
pub(super) struct Frame<'e> {
    list: &'e ListInfo,
    edition: &'e Edition,
    label: Tlp,
    issued_at: Date,
    issuer_id: String,
}

impl<'e> Frame<'e> {
    pub(super) fn new(edition: &'e Edition, label: Tlp, issued_at: Date) -> Self {
        let issuer_id = format!("identity--{}", ids::of(&["issuer", &edition.list.issuer]));
        Self { list: &edition.list, edition, label, issued_at, issuer_id }
    }

    pub(super) fn list_id(&self) -> &str {
        &self.list.id
    }

    /// The id of an entry's object, the same in every edition.
    pub(super) fn id_of(&self, entry: &str, entry_type: EntryType) -> String {
        let sort = if entry_type == EntryType::Network { "infrastructure" } else { "identity" };
        format!("{sort}--{}", ids::of(&["entry", &self.list.id, entry]))
    }

    /// An object with its marking and dates.
    pub(super) fn object(&self, sort: &str, id: &str) -> Value {
        let day = dates::stix_start(self.issued_at);
        json!({
            "type": sort,
            "spec_version": "2.1",
            "id": format!("{sort}--{id}"),
            "created_by_ref": self.issuer_id,
            "created": day,
            "modified": day,
            "object_marking_refs": [marking_id(self.label)],
        })
    }

    pub(super) fn marked(&self, mut observable: Value) -> Value {
        observable["object_marking_refs"] = json!([marking_id(self.label)]);
        observable
    }

    pub(super) fn issuer(&self) -> Value {
        let name = [&self.list.issuer, &self.list.title, &self.list.id];
        let name = name.into_iter().find(|name| !name.is_empty()).map_or("issuer", String::as_str);
        let mut issuer = self.object("identity", "");
        issuer["id"] = json!(self.issuer_id);
        issuer["name"] = json!(name);
        issuer["identity_class"] = json!("organization");
        issuer
    }

    /// The edition itself.
    pub(super) fn report(&self, entries: &[Entry]) -> Value {
        let id = ids::of(&[
            "edition",
            &self.list.id,
            &self.edition.number.to_string(),
            &self.issued_at.to_string(),
        ]);
        let title = if self.list.title.is_empty() { &self.list.id } else { &self.list.title };
        let mut report = self.object("report", &id.to_string());
        let mut refs: Vec<String> =
            entries.iter().map(|entry| self.id_of(&entry.id.0, entry.entry_type)).collect();
        if refs.is_empty() {
            refs.push(self.issuer_id.clone());
        }
        report["name"] = json!(if title.is_empty() { "list" } else { title.as_str() });
        report["report_types"] = json!(["identity"]);
        report["published"] = json!(dates::stix_start(self.issued_at));
        report["object_refs"] = json!(refs);
        let mut said = json!({
            "extension_type": "property-extension",
            "list_id": self.list.id,
            "nature": self.list.nature.wire_name(),
            "purpose": self.list.purpose,
            "onward_sharing": self.list.onward_sharing,
            "edition": self.edition.number,
            "issued_at": self.issued_at.to_string(),
        });
        add(&mut said, "valid_until", self.edition.valid_until.map(|day| day.to_string()));
        report["extensions"] = json!({EXTENSION: said});
        report
    }

    /// The object of one entry. `others` are the identifiers that have no observable.
    pub(super) fn entry(&self, entry: &Entry, others: &[&Identifier]) -> Value {
        let network = entry.entry_type == EntryType::Network;
        let mut object = self.object(if network { "infrastructure" } else { "identity" }, "");
        object["id"] = json!(self.id_of(&entry.id.0, entry.entry_type));
        if let Some(first) = entry.first_observed.filter(|first| *first < self.issued_at) {
            // The day an entry was first seen stays the same in all editions, and so does `created`.
            object["created"] = json!(dates::stix_start(first));
        }
        object["name"] = json!(entry.title());
        if network {
            object["infrastructure_types"] = json!(["unknown"]);
        } else {
            let person = entry.entry_type == EntryType::Person;
            object["identity_class"] = json!(if person { "individual" } else { "organization" });
        }
        add(&mut object, "description", entry.note.clone());
        if entry.status == Status::Withdrawn {
            object["revoked"] = json!(true);
        }
        object["extensions"] = json!({EXTENSION: said(entry, others)});
        object
    }
}

fn said(entry: &Entry, others: &[&Identifier]) -> Value {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    let mut said = json!({
        "extension_type": "property-extension",
        "entry_id": entry.id.0,
        "entry_type": entry_type(entry.entry_type),
        "status": v1::status(entry.status),
        "revision": entry.revision,
        "names": entry.names.iter().map(|name| {
            let mut one = json!({"text": name.text, "kind": name_kind(name.kind)});
            add(&mut one, "script", name.script.clone());
            one
        }).collect::<Vec<_>>(),
        "identifiers": others.iter().map(|one| identifier(one)).collect::<Vec<_>>(),
        "addresses": entry.addresses.iter().map(|one| json!({
            "street": one.street, "postcode": one.postcode, "city": one.city, "country": one.country,
        })).collect::<Vec<_>>(),
        "countries": entry.countries,
        "offences": entry.claims.offences,
    });
    add(&mut said, "jurisdiction", entry.jurisdiction.clone());
    add(&mut said, "birth_date", entry.birth_date.clone());
    add(&mut said, "bulletproof", entry.claims.bulletproof.clone());
    add(&mut said, "first_observed", text(entry.first_observed));
    add(&mut said, "last_observed", text(entry.last_observed));
    add(&mut said, "review_by", text(entry.review_by));
    add(&mut said, "note", entry.note.clone());
    // STIX allows no empty list.
    if let Some(fields) = said.as_object_mut() {
        fields.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
    }
    said
}

fn identifier(one: &Identifier) -> Value {
    let mut said = json!({"kind": one.kind.wire_name(), "value": one.value});
    add(&mut said, "valid_from", one.validity.from.map(|day| day.to_string()));
    add(&mut said, "valid_to", one.validity.to.map(|day| day.to_string()));
    add(&mut said, "strength", one.strength.map(strength));
    add(&mut said, "country", one.country.clone());
    said
}

/// Adds a field that is known.
pub(super) fn add(object: &mut Value, field: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        object[field] = value.into();
    }
}

pub(super) const fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Distinctive => "distinctive",
        Strength::Reusable => "reusable",
        Strength::Weak => "weak",
        Strength::NonDistinctive => "non_distinctive",
    }
}

pub(super) const fn relation_kind(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::BrandOf => "brand_of",
        RelationKind::FrontOf => "front_of",
        RelationKind::SuccessorOf => "successor_of",
        RelationKind::SameOperator => "same_operator",
        RelationKind::OfficerOf => "officer_of",
    }
}

const fn entry_type(entry_type: EntryType) -> &'static str {
    match entry_type {
        EntryType::Brand => "brand",
        EntryType::LegalEntity => "legal_entity",
        EntryType::Person => "person",
        EntryType::Network => "network",
    }
}

const fn name_kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Primary => "primary",
        NameKind::Alias => "alias",
        NameKind::WeakAlias => "weak_alias",
        NameKind::Previous => "previous",
        NameKind::RelatedPerson => "related_person",
    }
}
