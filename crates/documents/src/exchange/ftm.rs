//! FollowTheMoney: one entity to a line, parties first, then what belongs to them.
//!
//! Model: <https://followthemoney.tech/explorer/>. A value that its model has a property for stands there;
//! every other identifier, and every one with a period, is an `Identification` whose `type` is the word of
//! the open list format.

use std::collections::BTreeMap;

use serde::Serialize;
use watchlist::{
    Address, Edition, Entry, EntryType, Identifier, IdentifierKind, NameKind, RelationKind, Status,
};

use super::handling::Tlp;
use super::{forms, ids};

/// One entity. The order of properties is that of their names, of values that of the entry.
#[derive(Serialize)]
struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
    datasets: Vec<String>,
}

impl Entity {
    fn add(&mut self, property: &'static str, value: impl Into<String>) {
        let (values, value) = (self.properties.entry(property).or_default(), value.into());
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
}

/// Writes all entities. The model has no place for a marking, so that every party carries it as a keyword.
pub fn write(edition: &Edition, label: Tlp) -> Vec<u8> {
    let writer = Writer { list: &edition.list.id, label };
    let mut lines = Vec::new();
    for entry in &edition.entries {
        for mut entity in writer.entry(entry) {
            entity.properties.retain(|_, values| !values.is_empty());
            serde_json::to_writer(&mut lines, &entity).expect("writing into memory does not fail");
            lines.push(b'\n');
        }
    }
    lines
}

struct Writer<'e> {
    list: &'e str,
    label: Tlp,
}

impl Writer<'_> {
    fn entry(&self, entry: &Entry) -> Vec<Entity> {
        let id = self.id_of(&entry.id.0);
        let mut party = self.party(entry, &id);
        let mut others = Vec::new();
        for (number, address) in entry.addresses.iter().enumerate() {
            let entity = self.address(address, &id, number);
            party.add("addressEntity", entity.id.clone());
            others.push(entity);
        }
        for identifier in &entry.identifiers {
            match property(identifier).filter(|_| forms::is_bare(identifier)) {
                Some((name, value)) => party.add(name, value),
                None => others.push(self.identification(identifier, &id)),
            }
        }
        for name in entry.names.iter().filter(|name| name.kind == NameKind::RelatedPerson) {
            others.extend(self.related_person(&name.text, &id));
        }
        others.extend(entry.relations.iter().map(|one| self.relation(one, &id)));
        others.insert(0, party);
        others
    }

    fn entity(&self, schema: &'static str, id: String) -> Entity {
        Entity { id, schema, properties: BTreeMap::new(), datasets: vec![dataset(self.list)] }
    }

    fn party(&self, entry: &Entry, id: &str) -> Entity {
        let schema = match entry.entry_type {
            EntryType::Person => "Person",
            EntryType::LegalEntity => "Company",
            EntryType::Brand | EntryType::Network => "Organization",
        };
        let mut party = self.entity(schema, id.to_owned());
        match entry.entry_type {
            EntryType::Brand => party.add("classification", "brand"),
            EntryType::Network => party.add("classification", "network"),
            _ => {}
        }
        for name in &entry.names {
            match name.kind {
                NameKind::Primary => party.add("name", &name.text),
                NameKind::Alias => party.add("alias", &name.text),
                NameKind::WeakAlias => party.add("weakAlias", &name.text),
                NameKind::Previous => party.add("previousName", &name.text),
                NameKind::RelatedPerson => {}
            }
        }
        let codes = entry.countries.iter().filter_map(|country| code(country));
        codes.for_each(|code| party.add("country", code));
        if let Some(code) = entry.jurisdiction.as_deref().and_then(code) {
            party.add("jurisdiction", code);
        }
        if let Some(date) = entry.birth_date.as_deref().filter(|_| schema == "Person") {
            party.add("birthDate", dashed(date));
        }
        match entry.status {
            Status::Active => {}
            Status::Suspended => party.add("status", "entry suspended"),
            Status::Withdrawn => party.add("status", "entry withdrawn"),
        }
        party.add("notes", entry.note.clone().unwrap_or_default());
        party.add("keywords", self.label.label());
        party
    }

    fn address(&self, address: &Address, party: &str, number: usize) -> Entity {
        let id = ids::of(&["address", self.list, party, &number.to_string()]).to_string();
        let mut entity = self.entity("Address", id);
        entity.add("full", address.one_line());
        entity.add("street", &address.street);
        entity.add("postalCode", &address.postcode);
        entity.add("city", &address.city);
        entity.add("country", code(&address.country).unwrap_or_default());
        entity
    }

    fn identification(&self, identifier: &Identifier, party: &str) -> Entity {
        let (kind, validity) = (identifier.kind.wire_name(), identifier.validity);
        let period = format!("{validity:?}");
        let id = ids::of(&["identification", self.list, party, kind, &identifier.value, &period]).to_string();
        if identifier.kind == IdentifierKind::Wallet && forms::is_bare(identifier) {
            let mut wallet = self.entity("CryptoWallet", id);
            wallet.add("publicKey", &identifier.value);
            wallet.add("holder", party);
            return wallet;
        }
        if forms::is_account(identifier.kind) && forms::is_bare(identifier) {
            let mut account = self.entity("UserAccount", id);
            account.add("service", kind);
            account.add("username", &identifier.value);
            account.add("owner", party);
            return account;
        }
        let mut document = self.entity("Identification", id);
        document.add("holder", party);
        document.add("type", kind);
        document.add("number", &identifier.value);
        document.add("country", identifier.country.as_deref().and_then(code).unwrap_or_default());
        document.add("startDate", validity.from.map_or_else(String::new, |day| day.to_string()));
        document.add("endDate", validity.to.map_or_else(String::new, |day| day.to_string()));
        document
    }

    /// A person and the link that says that nobody knows more than the name.
    fn related_person(&self, name: &str, party: &str) -> [Entity; 2] {
        let id = ids::of(&["related person", self.list, party, name]).to_string();
        let mut person = self.entity("Person", id.clone());
        person.add("name", name);
        person.add("classification", "related_person");
        person.add("keywords", self.label.label());
        let mut link = self.entity("UnknownLink", ids::of(&["related", self.list, party, name]).to_string());
        link.add("subject", id);
        link.add("object", party);
        link.add("role", "related person");
        [person, link]
    }

    fn relation(&self, relation: &watchlist::Relation, party: &str) -> Entity {
        let (schema, from, to, role) = match relation.kind {
            RelationKind::SuccessorOf => ("Succession", "successor", "predecessor", ""),
            RelationKind::OfficerOf => ("Directorship", "director", "organization", ""),
            RelationKind::BrandOf => ("UnknownLink", "subject", "object", "brand of"),
            RelationKind::FrontOf => ("UnknownLink", "subject", "object", "front of"),
            RelationKind::SameOperator => ("UnknownLink", "subject", "object", "same operator"),
        };
        let other = self.id_of(&relation.to.0);
        let period = format!("{:?} {:?}", relation.from_date, relation.to_date);
        let mut link = self.entity(
            schema,
            ids::of(&["relation", self.list, party, schema, role, &other, &period]).to_string(),
        );
        link.add(from, party);
        link.add(to, other);
        link.add("role", role);
        link.add("startDate", relation.from_date.map_or_else(String::new, |day| day.to_string()));
        link.add("endDate", relation.to_date.map_or_else(String::new, |day| day.to_string()));
        link
    }

    /// The entry's id where the model allows it, else one made from it.
    fn id_of(&self, entry: &str) -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        let allowed = entry.len() <= 200
            && entry.bytes().all(plain)
            && edge(entry.bytes().next())
            && edge(entry.bytes().last());
        if allowed { entry.to_owned() } else { ids::of(&["entry", self.list, entry]).to_string() }
    }
}

/// The property that holds the identifier, with the value in the form that the model asks for.
fn property(identifier: &Identifier) -> Option<(&'static str, String)> {
    let value = identifier.value.as_str();
    Some(match identifier.kind {
        IdentifierKind::Email if forms::is_mail(value) => ("email", value.to_owned()),
        IdentifierKind::Phone if forms::is_international(value) => ("phone", value.to_owned()),
        IdentifierKind::Domain if forms::is_host(value) => ("website", format!("http://{value}")),
        IdentifierKind::RegisterNumber => ("registrationNumber", value.to_owned()),
        IdentifierKind::VatNumber => ("vatCode", value.to_owned()),
        IdentifierKind::Lei => ("leiCode", value.to_owned()),
        _ => return None,
    })
}

/// A country as the model writes it: two small letters.
fn code(country: &str) -> Option<String> {
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| country.to_ascii_lowercase())
}

/// `19710304` as `1971-03-04`.
fn dashed(date: &str) -> String {
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
    }
    date.to_owned()
}

/// The name of a dataset: small letters, digits and `_`.
fn dataset(list: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = list.chars().map(plain).collect();
    if name.chars().any(|c| c != '_') { name } else { "list".to_owned() }
}
