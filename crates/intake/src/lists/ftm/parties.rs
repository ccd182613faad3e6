//! Persons and organisations: names, contacts, numbers.

use serde_json::Value;
use watchlist::{Address, EntryType, IdentifierKind, NameKind, Status};

use super::links::{Link, What};
use super::{Entity, Waiting};
use crate::lists::Place;
use crate::lists::gathering::Gathering;
use crate::lists::{sanctions, tlp};

/// What an entity is if it is a party. Brands and networks are organisations there, and say in their
/// classification what they are.
pub(super) fn entry_type(entity: &Entity<'_>) -> Option<EntryType> {
    let organisation = match entity.first("classification") {
        "brand" => EntryType::Brand,
        "network" => EntryType::Network,
        _ => EntryType::LegalEntity,
    };
    match entity.schema.as_ref() {
        "Person" => Some(EntryType::Person),
        "LegalEntity" | "Company" | "Organization" | "PublicBody" => Some(organisation),
        _ => None,
    }
}

/// Whether it is a person who is only named behind an organisation.
pub(super) fn only_named(entity: &Entity<'_>) -> bool {
    entity.schema == "Person" && entity.first("classification") == "related_person"
}

pub(super) fn add(
    entity: &Entity<'_>,
    entry_type: EntryType,
    at: Place,
    gathering: &mut Gathering,
    waiting: &mut Waiting,
) {
    gathering.begin(&entity.id, entry_type, at);
    let mut kind = NameKind::Primary;
    for name in entity.texts("name") {
        gathering.name(kind, name, at);
        kind = NameKind::Alias;
    }
    let mut properties: Vec<&str> = entity.properties.keys().map(AsRef::as_ref).collect();
    properties.sort_unstable();
    for property in properties {
        for text in entity.texts(property) {
            add_text(property, text, entry_type, at, gathering);
        }
        if entity.properties[property].iter().any(Value::is_object) {
            gathering.leave_out(&format!("entity inside {property}"), at);
        }
    }
    for address in entity.texts("addressEntity") {
        waiting.links.push(Link::new(&entity.id, What::Address(address.to_owned()), at));
    }
    if let Some(number) = gathering.set_aside() {
        waiting.entries.insert(entity.id.clone().into_owned(), number);
    }
}

fn add_text(property: &str, text: &str, entry_type: EntryType, at: Place, gathering: &mut Gathering) {
    use IdentifierKind::{Domain, Email, Lei, Phone, RegisterNumber, VatNumber};
    let person = entry_type == EntryType::Person;
    match property {
        "alias" => gathering.name(NameKind::Alias, text, at),
        "weakAlias" | "abbreviation" => gathering.name(NameKind::WeakAlias, text, at),
        "previousName" => gathering.name(NameKind::Previous, text, at),
        "email" => gathering.identifier(Email, text, at),
        "phone" => gathering.identifier(Phone, text, at),
        "website" => gathering.identifier(Domain, text, at),
        "leiCode" => gathering.identifier(Lei, text, at),
        "vatCode" | "taxNumber" | "innCode" => gathering.identifier(VatNumber, text, at),
        "registrationNumber" | "ogrnCode" | "uscCode" => gathering.identifier(RegisterNumber, text, at),
        "idNumber" if !person => gathering.identifier(RegisterNumber, text, at),
        "jurisdiction" => add_jurisdiction(text, gathering),
        "country" | "mainCountry" | "nationality" | "citizenship" => {
            sanctions::country(&country(text), gathering)
        }
        "address" => gathering.address(Address { street: text.to_owned(), ..Address::default() }, at),
        "birthDate" => sanctions::born(text, at, gathering),
        "notes" | "summary" | "description" => gathering.note(text),
        "program" => gathering.note(&format!("programme: {text}")),
        "status" => add_status(text, gathering),
        "keywords" => {
            if let Some(label) = tlp::label(text).filter(|_| text.starts_with("TLP:")) {
                tlp::tighten(&mut gathering.head().list.handling, label);
            }
        }
        _ if PASSED_OVER.contains(&property) => {}
        _ => gathering.leave_out(&format!("property {property}"), at),
    }
}

/// Said elsewhere (parts of names), about the entity's record, or of no use in telling customers apart.
const PASSED_OVER: &[&str] = &[
    "name",
    "addressEntity",
    "classification",
    "firstName",
    "secondName",
    "middleName",
    "lastName",
    "fatherName",
    "motherName",
    "nameSuffix",
    "title",
    "gender",
    "birthPlace",
    "birthCountry",
    "deathDate",
    "ethnicity",
    "religion",
    "education",
    "position",
    "political",
    "topics",
    "sourceUrl",
    "wikipediaUrl",
    "wikidataId",
    "publisher",
    "publisherUrl",
    "createdAt",
    "modifiedAt",
    "retrievedAt",
    "legalForm",
    "sector",
    "incorporationDate",
    "dissolutionDate",
    "programId",
    "proof",
    "opencorporatesUrl",
    "icijId",
    "sanctionDate",
    "appearance",
    "eyeColor",
    "hairColor",
    "height",
    "weight",
];

fn add_jurisdiction(text: &str, gathering: &mut Gathering) {
    if let Some(entry) = gathering.entry() {
        entry.jurisdiction.get_or_insert(country(text));
    }
}

/// The words that our own export writes; others say how a company does, not how an entry does.
fn add_status(text: &str, gathering: &mut Gathering) {
    let Some(entry) = gathering.entry() else { return };
    match text {
        "entry suspended" => entry.status = Status::Suspended,
        "entry withdrawn" => entry.status = Status::Withdrawn,
        _ => {}
    }
}

/// Codes are written in small letters there.
fn country(text: &str) -> String {
    if text.len() == 2 { text.to_ascii_uppercase() } else { text.to_owned() }
}

pub(super) fn address(entity: &Entity<'_>) -> Address {
    let of = |property: &str| entity.first(property).to_owned();
    let joined = |properties: &[&str]| {
        properties
            .iter()
            .map(|one| entity.first(one))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let split = Address {
        street: joined(&["street", "street2", "postOfficeBox"]),
        postcode: of("postalCode"),
        city: joined(&["city", "region", "state"]),
        country: country(entity.first("country")),
    };
    if split.is_empty() { Address { street: of("full"), ..split } } else { split }
}
