//! What stands on a line of its own and belongs to a party: wallets, accounts, documents, links.

use watchlist::{EntryId, EntryType, Identifier, IdentifierKind, NameKind, Relation, RelationKind, Validity};

use super::{Entity, Waiting};
use crate::lists::gathering::Gathering;
use crate::lists::{Place, sanctions};

/// One thing that is said of a party.
pub(super) struct Link {
    party: String,
    what: What,
    at: Place,
}

pub(super) enum What {
    /// Id of the address.
    Address(String),
    Identifier(Identifier),
    Note(String),
    /// Id of the person.
    RelatedPerson(String),
    /// Kind, id of the other party, from when to when.
    Relation(RelationKind, String, Validity),
}

impl Link {
    pub(super) fn new(party: &str, what: What, at: Place) -> Self {
        Self { party: party.to_owned(), what, at }
    }
}

pub(super) fn add(entity: &Entity<'_>, at: Place, gathering: &mut Gathering, waiting: &mut Waiting) {
    match entity.schema.as_ref() {
        "CryptoWallet" => wallet(entity, at, gathering, waiting),
        "UserAccount" => account(entity, at, gathering, waiting),
        "Identification" => document(entity, at, gathering, waiting),
        "Sanction" => sanction(entity, at, waiting),
        schema => match link_of(schema, entity) {
            Some((from, kind, to)) => {
                for party in entity.texts(from) {
                    for other in entity.texts(to) {
                        let what = related(kind, other, entity);
                        waiting.links.push(Link::new(party, what, at));
                    }
                }
            }
            None => gathering.leave_out(schema, at),
        },
    }
}

/// The property with the party that the link is said of, its kind, and the property with the other party.
/// No kind stands for a person who is only named.
fn link_of(schema: &str, entity: &Entity<'_>) -> Option<(&'static str, Option<RelationKind>, &'static str)> {
    use RelationKind::{BrandOf, FrontOf, OfficerOf, SameOperator, SuccessorOf};
    Some(match (schema, entity.first("role")) {
        ("Succession", _) => ("successor", Some(SuccessorOf), "predecessor"),
        ("Directorship", _) => ("director", Some(OfficerOf), "organization"),
        ("Ownership", _) => ("asset", Some(SameOperator), "owner"),
        ("UnknownLink", "brand of") => ("subject", Some(BrandOf), "object"),
        ("UnknownLink", "front of") => ("subject", Some(FrontOf), "object"),
        ("UnknownLink", "same operator") => ("subject", Some(SameOperator), "object"),
        ("UnknownLink", "related person") => ("object", None, "subject"),
        _ => return None,
    })
}

fn related(kind: Option<RelationKind>, other: &str, entity: &Entity<'_>) -> What {
    match kind {
        Some(kind) => What::Relation(kind, other.to_owned(), validity(entity)),
        None => What::RelatedPerson(other.to_owned()),
    }
}

fn validity(entity: &Entity<'_>) -> Validity {
    let date = |property: &str| sanctions::date(entity.first(property));
    Validity { from: date("startDate"), to: date("endDate") }
}

/// A wallet of nobody who is named is an entry of its own.
fn wallet(entity: &Entity<'_>, at: Place, gathering: &mut Gathering, waiting: &mut Waiting) {
    let key = Some(entity.first("publicKey")).filter(|key| !key.is_empty());
    let Some(key) = key else { return gathering.leave_out("wallet without an address", at) };
    let identifier = Identifier::new(IdentifierKind::Wallet, key);
    held("holder", vec![identifier], entity, at, gathering, waiting);
}

fn account(entity: &Entity<'_>, at: Place, gathering: &mut Gathering, waiting: &mut Waiting) {
    let kind = service(entity.first("service"));
    let mut identifiers: Vec<Identifier> =
        entity.texts("username").map(|name| Identifier::new(kind, name)).collect();
    identifiers.extend(entity.texts("email").map(|mail| Identifier::new(IdentifierKind::Email, mail)));
    identifiers.extend(entity.texts("phone").map(|phone| Identifier::new(IdentifierKind::Phone, phone)));
    identifiers.extend(entity.texts("ipAddress").map(|ip| Identifier::new(IdentifierKind::IpRange, ip)));
    if identifiers.is_empty() {
        return gathering.leave_out("account without a name", at);
    }
    held("owner", identifiers, entity, at, gathering, waiting);
}

/// The service by its name, or by the word of the open format that our own export writes.
fn service(name: &str) -> IdentifierKind {
    let lower = name.to_lowercase();
    let contains = |word: &str| lower.contains(word);
    IdentifierKind::from_wire_name(&lower).unwrap_or(match () {
        () if contains("telegram") => IdentifierKind::TelegramName,
        () if contains("jabber") || contains("xmpp") => IdentifierKind::Xmpp,
        () if contains("matrix") => IdentifierKind::Matrix,
        () if contains("skype") => IdentifierKind::Skype,
        () if contains("icq") => IdentifierKind::Icq,
        () if contains("signal") => IdentifierKind::Signal,
        () if contains("whatsapp") => IdentifierKind::WhatsApp,
        () => IdentifierKind::Handle,
    })
}

fn held(
    holder: &str,
    identifiers: Vec<Identifier>,
    entity: &Entity<'_>,
    at: Place,
    gathering: &mut Gathering,
    waiting: &mut Waiting,
) {
    let holders: Vec<&str> = entity.texts(holder).collect();
    if holders.is_empty() {
        gathering.begin(&entity.id, EntryType::Network, at);
        identifiers.into_iter().for_each(|one| gathering.detailed(one, at));
        return gathering.end();
    }
    for holder in holders {
        let links = identifiers.iter().cloned().map(|one| Link::new(holder, What::Identifier(one), at));
        waiting.links.extend(links);
    }
}

/// A document: ours say with a word of the open format what they are, passports and the like are counted.
fn document(entity: &Entity<'_>, at: Place, gathering: &mut Gathering, waiting: &mut Waiting) {
    let sort = entity.first("type");
    let Some(kind) = IdentifierKind::from_wire_name(sort) else {
        return gathering.leave_out(&format!("document {sort}"), at);
    };
    let country = Some(entity.first("country")).filter(|country| !country.is_empty());
    let identifiers: Vec<Identifier> = entity
        .texts("number")
        .map(|number| Identifier {
            validity: validity(entity),
            country: country.map(str::to_ascii_uppercase),
            ..Identifier::new(kind, number)
        })
        .collect();
    held("holder", identifiers, entity, at, gathering, waiting);
}

fn sanction(entity: &Entity<'_>, at: Place, waiting: &mut Waiting) {
    let said = ["authority", "program", "reason"].map(|property| entity.first(property));
    let said = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    if !said.is_empty() {
        for party in entity.texts("entity") {
            waiting.links.push(Link::new(party, What::Note(format!("sanction: {said}")), at));
        }
    }
}

/// Adds everything to its party. What belongs to nobody in the file is counted.
pub(super) fn apply(waiting: Waiting, gathering: &mut Gathering) {
    let Waiting { entries, addresses, related, mut links } = waiting;
    let mut used = std::collections::HashSet::new();
    // One after the other for each party; the order within a party is the order of the file.
    links.sort_by_key(|link| entries.get(&link.party).copied());
    let mut open = None;
    for Link { party, what, at } in links {
        let Some(&number) = entries.get(&party) else {
            gathering.leave_out("something said of a party that is not in the file", at);
            continue;
        };
        if open != Some(number) {
            gathering.resume(number, at);
            open = Some(number);
        }
        match what {
            What::Identifier(identifier) => gathering.detailed(identifier, at),
            What::Note(text) => gathering.note(&text),
            What::Address(id) => match addresses.get(&id) {
                Some(address) => sanctions::address(address.clone(), at, gathering),
                None => gathering.leave_out("address that is not in the file", at),
            },
            What::RelatedPerson(id) => match related.get(&id) {
                Some(name) => {
                    gathering.name(NameKind::RelatedPerson, name, at);
                    used.insert(id);
                }
                None => gathering.leave_out("related person that is not in the file", at),
            },
            What::Relation(kind, to, dates) => relation(kind, to, dates, &entries, at, gathering),
        }
    }
    gathering.end();
    if used.len() < related.len() {
        gathering.leave_out("person who is named behind nobody", Place::List);
    }
}

fn relation(
    kind: RelationKind,
    to: String,
    dates: Validity,
    entries: &std::collections::HashMap<String, usize>,
    at: Place,
    gathering: &mut Gathering,
) {
    if !entries.contains_key(&to) {
        return gathering.leave_out("link to a party that is not in the file", at);
    }
    if let Some(entry) = gathering.entry() {
        entry.relations.push(Relation { kind, to: EntryId(to), from_date: dates.from, to_date: dates.to });
    }
}
