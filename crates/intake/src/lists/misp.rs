//! MISP events: one file of a feed, or what a server answers.
//!
//! Format: <https://www.misp-standard.org/rfc/misp-standard-core.html>. An object holds together what
//! belongs together and becomes an entry; an attribute that stands alone is an entry of its own, since
//! the attributes of an event need not belong to one party.

mod attributes;

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use watchlist::{EntryType, NameKind, Phrase, phrase};

use super::gathering::Gathering;
use super::json_places::{Places, reason};
use super::problem::shown;
use super::{ListFault, ListIntake, ListKind, Place, sanctions, tlp};
use attributes::Attribute;
use watchlist::format::v1::FormatError;

/// What a server answers: one event, or several in an array.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, rename = "Event")]
    event: Option<&'a RawValue>,
    #[serde(borrow)]
    response: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(default, borrow)]
    info: Cow<'a, str>,
    #[serde(default, borrow)]
    date: Cow<'a, str>,
    #[serde(borrow, rename = "Orgc")]
    creator: Option<Named<'a>>,
    #[serde(default, borrow, rename = "Tag")]
    tags: Vec<Named<'a>>,
    #[serde(default, borrow, rename = "Attribute")]
    attributes: Vec<&'a RawValue>,
    #[serde(default, borrow, rename = "Object")]
    objects: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Object<'a> {
    #[serde(default, borrow)]
    uuid: Cow<'a, str>,
    #[serde(default, borrow)]
    name: Cow<'a, str>,
    #[serde(default)]
    deleted: bool,
    #[serde(default, borrow, rename = "Attribute")]
    attributes: Vec<&'a RawValue>,
    #[serde(default, rename = "ObjectReference")]
    references: Vec<IgnoredAny>,
}

/// Whether a JSON text begins as an event, or as an answer with events.
pub(super) fn begins(text: &str) -> bool {
    let start: String = text.chars().take(200).filter(|c| !c.is_whitespace()).collect();
    let start = start.trim_start_matches('\u{feff}').trim_start_matches('[');
    start.starts_with("{\"Event\":{")
        || start.starts_with("{\"response\":[{\"Event\":")
        || start.starts_with("{\"response\":{\"Event\":")
}

pub(super) fn read(text: &str) -> Result<ListIntake, ListFault> {
    let mut gathering = Gathering::of(ListKind::Misp);
    let mut places = Places::new(text);
    let mut events = Vec::new();
    for answer in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        match answer {
            Ok(answer) => collect(answer, &mut events),
            Err(error) if events.is_empty() => return Err(broken(&error)),
            Err(error) => {
                let hint = Phrase::new(
                    "the events before were read; fetch the file again to have the rest",
                    "de gebeurtenissen ervoor zijn gelezen; haal het bestand opnieuw op om de rest te hebben",
                );
                let (at, found) = (Place::Line(error.line() as u64), Phrase::same(reason(&error)));
                gathering.apart(at, found, Phrase::new("a whole event", "een hele gebeurtenis"), hint);
                break;
            }
        }
    }
    for event in events {
        let at = Place::Line(places.line_of(event));
        match serde_json::from_str::<Event<'_>>(event.get()) {
            Ok(event) => add(&event, &mut places, &mut gathering),
            Err(error) => {
                let why = reason(&error);
                let hint = phrase!("the event was left out ({why})", "de gebeurtenis is weggelaten ({why})");
                let found = Phrase::new("something else", "iets anders");
                gathering.apart(at, found, Phrase::new("a MISP event", "een MISP-gebeurtenis"), hint);
            }
        }
    }
    Ok(gathering.finish(ListKind::Misp))
}

fn broken(error: &serde_json::Error) -> ListFault {
    let line = error.line() as u64;
    ListFault::Format(if error.is_eof() {
        FormatError::CutOff { line }
    } else {
        FormatError::NotJson { line, what: reason(error) }
    })
}

/// Every event in an answer, an array, or by itself.
fn collect<'a>(answer: &'a RawValue, events: &mut Vec<&'a RawValue>) {
    if let Ok(answers) = serde_json::from_str::<Vec<&'a RawValue>>(answer.get()) {
        answers.into_iter().for_each(|answer| collect(answer, events));
    } else if let Ok(Answer { event, response }) = serde_json::from_str::<Answer<'a>>(answer.get()) {
        events.extend(event);
        if let Some(response) = response {
            collect(response, events);
        }
    }
}

fn add(event: &Event<'_>, places: &mut Places<'_>, gathering: &mut Gathering) {
    head(event, gathering);
    for raw in &event.attributes {
        let at = Place::Line(places.line_of(raw));
        if let Some(attribute) = attribute(raw, at, gathering) {
            alone(&attribute, &event.info, at, gathering);
        }
    }
    for raw in &event.objects {
        let at = Place::Line(places.line_of(raw));
        match serde_json::from_str::<Object<'_>>(raw.get()) {
            Ok(object) if object.deleted => gathering.leave_out("deleted object", at),
            Ok(object) => together(&object, &event.info, at, places, gathering),
            Err(error) => {
                let why = reason(&error);
                let hint = phrase!("the object was left out ({why})", "het object is weggelaten ({why})");
                gathering.apart(at, shown(raw.get()), Phrase::new("a MISP object", "een MISP-object"), hint);
            }
        }
    }
    gathering.end();
}

/// What the event says of the list. With several events, the first names issuer and title.
fn head(event: &Event<'_>, gathering: &mut Gathering) {
    let dated = sanctions::date(&event.date);
    let head = gathering.head();
    head.issued_at = head.issued_at.max(dated);
    if head.list.issuer.is_empty() {
        head.list.issuer =
            event.creator.as_ref().map_or_else(String::new, |one| one.name.clone().into_owned());
        head.list.title = event.info.clone().into_owned();
    }
    for label in event.tags.iter().filter_map(|tag| tlp::label(&tag.name)) {
        tlp::tighten(&mut head.list.handling, label);
    }
    attributes::list_tags(event.tags.iter().map(|tag| tag.name.as_ref()), head);
}

fn attribute<'a>(raw: &'a RawValue, at: Place, gathering: &mut Gathering) -> Option<Attribute<'a>> {
    match serde_json::from_str::<Attribute<'a>>(raw.get()) {
        Ok(attribute) if attribute.deleted => {
            gathering.leave_out("deleted attribute", at);
            None
        }
        Ok(attribute) => Some(attribute),
        Err(error) => {
            let why = reason(&error);
            let hint = phrase!("the attribute was left out ({why})", "het attribuut is weggelaten ({why})");
            let expected = Phrase::new("a MISP attribute", "een MISP-attribuut");
            gathering.apart(at, shown(raw.get()), expected, hint);
            None
        }
    }
}

/// An attribute of its own: an entry if it points to somebody.
fn alone(attribute: &Attribute<'_>, info: &str, at: Place, gathering: &mut Gathering) {
    let identifiers = attribute.identifiers();
    let name = attribute.name();
    if identifiers.is_empty() && name.is_none() {
        return gathering.leave_out(&format!("attribute {}", attribute.sort), at);
    }
    let entry_type = if name.is_some() { EntryType::Brand } else { EntryType::Network };
    gathering.begin(&attribute.uuid, entry_type, at);
    if name.is_some() {
        gathering.name(NameKind::Primary, &attribute.value, at);
    }
    identifiers.into_iter().for_each(|one| gathering.detailed(one, at));
    gathering.note(info);
    gathering.note(&attribute.comment);
}

fn together(object: &Object<'_>, info: &str, at: Place, places: &mut Places<'_>, gathering: &mut Gathering) {
    let mut attributes = Vec::new();
    for raw in &object.attributes {
        let at = Place::Line(places.line_of(raw));
        attributes.extend(attribute(raw, at, gathering).map(|attribute| (attribute, at)));
    }
    let sort = Sort::of(&object.name);
    let known = |(one, _): &(Attribute<'_>, Place)| {
        !one.identifiers().is_empty() || sort != Sort::Thing && one.name().is_some()
    };
    if sort == Sort::Victim || !attributes.iter().any(known) {
        return gathering.leave_out(&format!("object {}", object.name), at);
    }
    let ours = sort == Sort::Ours;
    let id = attributes
        .iter()
        .find(|(one, _)| ours && one.relation == "entry-id")
        .map(|(one, _)| one.value.clone());
    gathering.begin(id.as_deref().unwrap_or(&object.uuid), entry_type(&object.name, &attributes), at);
    for (attribute, at) in &attributes {
        attribute.add(sort, *at, gathering);
    }
    if !ours {
        gathering.note(info);
    }
    for _ in &object.references {
        gathering.leave_out("reference to another object", at);
    }
}

/// What an object stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Written by this program.
    Ours,
    Party,
    /// Whom somebody did harm; never an entry.
    Victim,
    /// A file, a connection, a message: its identifiers count, its name is nobody's.
    Thing,
}

impl Sort {
    fn of(name: &str) -> Self {
        match name {
            "havenmeester-entry" => Self::Ours,
            "organization" | "legal-entity" | "person" | "threat-actor" | "intrusion-set" | "asn"
            | "whois" => Self::Party,
            "victim" => Self::Victim,
            _ => Self::Thing,
        }
    }
}

fn entry_type(object: &str, attributes: &[(Attribute<'_>, Place)]) -> EntryType {
    let said =
        attributes.iter().find(|(one, _)| one.relation == "entry-type").map(|(one, _)| one.value.as_ref());
    match (said, object) {
        (Some("legal_entity"), _) => EntryType::LegalEntity,
        (Some("person"), _) => EntryType::Person,
        (Some("network"), _) => EntryType::Network,
        (None, "person") => EntryType::Person,
        (None, "organization" | "legal-entity") => EntryType::LegalEntity,
        (None, "asn" | "domain-ip" | "ip-port" | "url" | "network-connection") => EntryType::Network,
        _ => EntryType::Brand,
    }
}
