//! The objects of a bundle, put together: which value belongs to which party.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;
use watchlist::{EntryId, EntryType, Identifier, NameKind, Relation, RelationKind, Status, Validity};

use super::observables::{self, text};
use super::{ours, pattern};
use crate::lists::gathering::Gathering;
use crate::lists::{Place, eu, sanctions, tlp};

#[derive(Default)]
pub(super) struct Graph {
    parties: Vec<(Value, Place)>,
    /// Values by the object that holds them, in the order of the bundle.
    values: Vec<Values>,
    number_of: HashMap<String, usize>,
    links: Vec<(Value, Place)>,
    authors: HashSet<String>,
    marked: HashSet<String>,
}

/// What one observable or indicator points with.
struct Values {
    id: String,
    identifiers: Vec<Identifier>,
    note: String,
    at: Place,
    held: bool,
}

/// Links by which the source has, runs or is what the target is.
const HOLDS: &[&str] = &["uses", "owns", "controls", "consists-of", "hosts", "has", "related-to", "based-on"];

/// Links by which an indicator or an observable speaks of its target.
const SPEAKS_OF: &[&str] = &["indicates", "related-to", "belongs-to", "attributed-to"];

impl Graph {
    pub(super) fn add(&mut self, object: Value, at: Place, gathering: &mut Gathering) {
        self.authors.extend(object["created_by_ref"].as_str().map(str::to_owned));
        let markings = object["object_marking_refs"].as_array();
        self.marked.extend(markings.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        match text(&object, "type") {
            "threat-actor" | "intrusion-set" | "infrastructure" | "identity" => {
                self.parties.push((object, at))
            }
            "relationship" => self.links.push((object, at)),
            "indicator" => self.indicator(&object, at, gathering),
            "report" => ours::head(&object, gathering),
            "marking-definition" | "extension-definition" | "language-content" => {}
            sort => match observables::identifiers(&object) {
                Some(identifiers) => self.hold(&object, identifiers, String::new(), at),
                None => gathering.leave_out(&format!("object {sort}"), at),
            },
        }
    }

    fn indicator(&mut self, object: &Value, at: Place, gathering: &mut Gathering) {
        if object["revoked"] == true {
            return gathering.leave_out("revoked indicator", at);
        }
        let validity = Validity { from: day(object, "valid_from"), to: day(object, "valid_until") };
        let mut identifiers = Vec::new();
        for (path, value) in pattern::equalities(text(object, "pattern")) {
            match observables::of_path(&path, &value) {
                Some(found) => identifiers.push(Identifier { validity, ..found }),
                None => gathering.leave_out(&format!("pattern on {path}"), at),
            }
        }
        let other_language = !matches!(text(object, "pattern_type"), "" | "stix");
        if identifiers.is_empty() && other_language {
            gathering.leave_out("indicator in another pattern language", at);
        }
        let note = [text(object, "name"), text(object, "description")];
        let note = note.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
        self.hold(object, identifiers, note, at);
    }

    fn hold(&mut self, object: &Value, identifiers: Vec<Identifier>, note: String, at: Place) {
        let id = text(object, "id").to_owned();
        self.number_of.insert(id.clone(), self.values.len());
        self.values.push(Values { id, identifiers, note, at, held: false });
    }

    pub(super) fn finish(mut self, gathering: &mut Gathering) {
        self.handling(gathering);
        let said = self.links_by_party(gathering);
        let parties = std::mem::take(&mut self.parties);
        let own_id: HashMap<String, String> = parties
            .iter()
            .map(|(party, _)| (text(party, "id").to_owned(), ours::entry_id(party).to_owned()))
            .collect();
        for (party, at) in &parties {
            let links = said.get(text(party, "id")).map(Vec::as_slice).unwrap_or_default();
            if self.is_party(party, links, *at, gathering) {
                self.party(party, links, &own_id, *at, gathering);
            }
        }
        self.alone(gathering);
    }

    /// The strictest label of all objects holds for the list.
    fn handling(&self, gathering: &mut Gathering) {
        for label in self.marked.iter().filter_map(|id| tlp::of_marking(id)) {
            tlp::tighten(&mut gathering.head().list.handling, label);
        }
    }

    /// The links by the party that they say something of; links that say nothing of a party are counted.
    fn links_by_party(&self, gathering: &mut Gathering) -> BTreeMap<String, Vec<Said>> {
        let parties: HashSet<&str> = self.parties.iter().map(|(party, _)| text(party, "id")).collect();
        let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
        for (link, at) in &self.links {
            let (sort, source, target) =
                (text(link, "relationship_type"), text(link, "source_ref"), text(link, "target_ref"));
            let period = Validity { from: day(link, "start_time"), to: day(link, "stop_time") };
            let held = (self.number_of.get(source), self.number_of.get(target));
            let add = |party: &str, what| Some((party.to_owned(), Said { what, at: *at }));
            let found = match held {
                (None, Some(&number)) if parties.contains(source) && HOLDS.contains(&sort) => {
                    add(source, What::Holds { number, period, ours: ours::link(link) })
                }
                (Some(&number), None) if parties.contains(target) && SPEAKS_OF.contains(&sort) => {
                    add(target, What::Holds { number, period, ours: ours::link(link) })
                }
                _ if sort == "targets" || sort == "impersonates" => add(target, What::Victim),
                (None, None) if parties.contains(source) && parties.contains(target) => {
                    relation_kind(link, sort)
                        .and_then(|kind| add(source, What::Relation { kind, to: target.to_owned(), period }))
                }
                _ => None,
            };
            match found {
                Some((party, what)) => said.entry(party).or_default().push(what),
                None => gathering.leave_out(&format!("relationship {sort}"), *at),
            }
        }
        said
    }

    /// Authors and victims are no parties; an identity that nothing is said of may be either.
    fn is_party(&self, party: &Value, links: &[Said], at: Place, gathering: &mut Gathering) -> bool {
        if links.iter().any(|link| matches!(link.what, What::Victim)) {
            gathering.leave_out("victim", at);
            return false;
        }
        if text(party, "type") != "identity" || ours::is_entry(party) || !links.is_empty() {
            return true;
        }
        if self.authors.contains(text(party, "id")) {
            let list = &mut gathering.head().list;
            if list.issuer.is_empty() {
                text(party, "name").clone_into(&mut list.issuer);
            }
        } else {
            gathering.leave_out("identity that nothing is linked with", at);
        }
        false
    }

    fn party(
        &mut self,
        party: &Value,
        links: &[Said],
        own_id: &HashMap<String, String>,
        at: Place,
        gathering: &mut Gathering,
    ) {
        gathering.begin(ours::entry_id(party), entry_type(party), at);
        if !ours::add(party, at, gathering) {
            names(party, at, gathering);
            gathering.note(text(party, "description"));
            let contact = text(party, "contact_information");
            if !contact.is_empty() {
                eu::mixed(contact, at, gathering);
            }
            period(party, gathering);
        }
        if party["revoked"] == true
            && let Some(entry) = gathering.entry()
        {
            entry.status = Status::Withdrawn;
        }
        for Said { what, at } in links {
            match what {
                What::Holds { number, period, ours } => self.give(*number, *period, ours, *at, gathering),
                What::Relation { kind, to, period } => {
                    let to = own_id.get(to).cloned().unwrap_or_else(|| to.clone());
                    let relation =
                        Relation { kind: *kind, to: EntryId(to), from_date: period.from, to_date: period.to };
                    if let Some(entry) = gathering.entry() {
                        entry.relations.push(relation);
                    }
                }
                What::Victim => {}
            }
        }
    }

    /// Adds the values of an observable or indicator to the open entry.
    fn give(
        &mut self,
        number: usize,
        period: Validity,
        ours: &ours::Link,
        at: Place,
        gathering: &mut Gathering,
    ) {
        let values = &mut self.values[number];
        values.held = true;
        for identifier in &values.identifiers {
            let open = period == Validity::default();
            let validity = if open { identifier.validity } else { period };
            gathering.detailed(ours.applied(Identifier { validity, ..identifier.clone() }), at);
        }
    }

    /// Values that are linked with nobody.
    fn alone(&mut self, gathering: &mut Gathering) {
        for values in self.values.drain(..).filter(|values| !values.held && !values.identifiers.is_empty()) {
            gathering.begin(&values.id, EntryType::Network, values.at);
            values.identifiers.into_iter().for_each(|one| gathering.detailed(one, values.at));
            gathering.note(&values.note);
        }
        gathering.end();
    }
}

/// What a link says of its party.
struct Said {
    what: What,
    at: Place,
}

enum What {
    Holds { number: usize, period: Validity, ours: ours::Link },
    Relation { kind: RelationKind, to: String, period: Validity },
    Victim,
}

/// Our own links say which relation they are; of the others, those that speak of one hand behind both.
fn relation_kind(link: &Value, sort: &str) -> Option<RelationKind> {
    ours::relation(link).or(match sort {
        "owns" | "controls" | "hosts" | "attributed-to" => Some(RelationKind::SameOperator),
        _ => None,
    })
}

fn entry_type(party: &Value) -> EntryType {
    match (text(party, "type"), text(party, "identity_class")) {
        ("infrastructure", _) => EntryType::Network,
        ("identity", "individual") => EntryType::Person,
        ("identity", "organization") => EntryType::LegalEntity,
        _ => EntryType::Brand,
    }
}

fn names(party: &Value, at: Place, gathering: &mut Gathering) {
    let name = text(party, "name");
    if !name.is_empty() {
        gathering.name(NameKind::Primary, name, at);
    }
    for alias in party["aliases"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        gathering.name(NameKind::Alias, alias, at);
    }
}

fn period(party: &Value, gathering: &mut Gathering) {
    if let Some(entry) = gathering.entry() {
        entry.first_observed = day(party, "first_seen");
        entry.last_observed = day(party, "last_seen");
    }
}

/// The day of a time stamp.
pub(super) fn day(object: &Value, field: &str) -> Option<jiff::civil::Date> {
    sanctions::date(text(object, field).split('T').next().unwrap_or_default())
}
