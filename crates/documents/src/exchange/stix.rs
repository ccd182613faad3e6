//! STIX 2.1: a bundle with an identity or infrastructure for each entry, and observables linked with it.
//!
//! Specification: OASIS, STIX Version 2.1 (10 June 2021); the marking is the object that OASIS publishes
//! for TLP 2.0 in its common objects. What STIX has no place for stands in an extension of our own, as
//! section 7.3 of the specification provides.

mod objects;
mod observables;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use watchlist::{Edition, Entry, EntryType, Identifier, Relation};

use super::handling::{ExportRefused, Tlp};
use super::{bytes, dates, forms, ids};
use objects::Frame;

/// Writes the bundle.
pub fn write(edition: &Edition, label: Tlp) -> Result<Vec<u8>, ExportRefused> {
    let Some(issued_at) = edition.issued_at else {
        return Err(ExportRefused::NoDate { format: "STIX", issuer: edition.list.issuer.clone() });
    };
    let frame = Frame::new(edition, label, issued_at);
    let mut bundle = Bundle::default();
    bundle.push(objects::marking(label));
    bundle.push(frame.issuer());
    bundle.push(objects::program());
    bundle.push(objects::extension_definition());
    bundle.push(frame.report(&edition.entries));
    let known: BTreeMap<&str, EntryType> =
        edition.entries.iter().map(|entry| (entry.id.0.as_str(), entry.entry_type)).collect();
    for entry in &edition.entries {
        bundle.entry(entry, &frame, &known);
    }
    let id = ids::of(&["bundle", &edition.list.id, &edition.number.to_string(), &issued_at.to_string()]);
    Ok(bytes(&json!({"type": "bundle", "id": format!("bundle--{id}"), "objects": bundle.objects})))
}

#[derive(Default)]
struct Bundle {
    objects: Vec<Value>,
    seen: BTreeSet<String>,
}

impl Bundle {
    /// Adds an object once: two entries may share an address.
    fn push(&mut self, object: Value) -> String {
        let id = object["id"].as_str().expect("every object gets an id").to_owned();
        if self.seen.insert(id.clone()) {
            self.objects.push(object);
        }
        id
    }

    fn entry(&mut self, entry: &Entry, frame: &Frame<'_>, known: &BTreeMap<&str, EntryType>) {
        let (observed, others): (Vec<_>, Vec<_>) = entry
            .identifiers
            .iter()
            .partition(|one| forms::runs_forwards(one) && observables::of(one).is_some());
        let source = self.push(frame.entry(entry, &others));
        for identifier in observed {
            let observable = observables::of(identifier).expect("it was looked at above");
            let target = self.push(frame.marked(observable));
            self.push(link_to_value(entry, identifier, &source, &target, frame));
        }
        for relation in &entry.relations {
            if let Some(&sort) = known.get(relation.to.0.as_str()) {
                self.push(link_to_entry(relation, &source, &frame.id_of(&relation.to.0, sort), frame));
            }
        }
    }
}

fn link_to_value(
    entry: &Entry,
    identifier: &Identifier,
    source: &str,
    target: &str,
    frame: &Frame<'_>,
) -> Value {
    let consists = source.starts_with("infrastructure--");
    let mut said = json!({
        "extension_type": "property-extension",
        "identifier_kind": identifier.kind.wire_name(),
    });
    objects::add(&mut said, "strength", identifier.strength.map(objects::strength));
    objects::add(&mut said, "country", identifier.country.clone());
    if observables::read_back(identifier).as_deref() != Some(identifier.value.as_str()) {
        objects::add(&mut said, "as_written", Some(identifier.value.clone()));
    }
    let validity = identifier.validity;
    let (kind, period) = (identifier.kind.wire_name(), format!("{validity:?}"));
    let id = ids::of(&["link", frame.list_id(), &entry.id.0, kind, &identifier.value, &period]);
    let mut link = frame.object("relationship", &id.to_string());
    link["relationship_type"] = json!(if consists { "consists-of" } else { "related-to" });
    link["source_ref"] = json!(source);
    link["target_ref"] = json!(target);
    objects::add(&mut link, "start_time", validity.from.map(dates::stix_start));
    objects::add(&mut link, "stop_time", validity.to.map(dates::stix_end));
    link["extensions"] = json!({objects::EXTENSION: said});
    link
}

fn link_to_entry(relation: &Relation, source: &str, target: &str, frame: &Frame<'_>) -> Value {
    let kind = objects::relation_kind(relation.kind);
    let period = format!("{:?} {:?}", relation.from_date, relation.to_date);
    let id = ids::of(&["relation", frame.list_id(), source, kind, &relation.to.0, &period]);
    let mut link = frame.object("relationship", &id.to_string());
    link["relationship_type"] = json!("related-to");
    link["source_ref"] = json!(source);
    link["target_ref"] = json!(target);
    let forwards =
        relation.from_date.is_none() || relation.to_date.is_none() || relation.from_date <= relation.to_date;
    if forwards {
        objects::add(&mut link, "start_time", relation.from_date.map(dates::stix_start));
        objects::add(&mut link, "stop_time", relation.to_date.map(dates::stix_end));
    }
    link["extensions"] = json!({objects::EXTENSION: {
        "extension_type": "property-extension",
        "relation_kind": kind,
    }});
    link
}
