//! MISP: one event for the edition, one object for each entry.
//!
//! Format: <https://www.misp-standard.org/rfc/misp-standard-core.html>. No attribute has the flag for
//! intrusion detection: a list of parties is no list of things to block.

use jiff::civil::Date;
use serde_json::{Value, json};
use watchlist::format::v1;
use watchlist::{Edition, Entry, EntryType, Identifier, IdentifierKind, NameKind, Status, Strength};

use super::handling::{ExportRefused, Tlp};
use super::{bytes, dates, forms, ids};

/// Who may see the event: only our organisation, this community, all.
const fn distribution(label: Tlp) -> &'static str {
    match label {
        Tlp::Amber => "0",
        Tlp::Green => "1",
        Tlp::Clear => "3",
    }
}

/// Inherit from the event.
const INHERIT: &str = "5";

/// Writes the event.
pub fn write(edition: &Edition, label: Tlp) -> Result<Vec<u8>, ExportRefused> {
    let Some(issued_at) = edition.issued_at else {
        return Err(ExportRefused::NoDate { format: "MISP", issuer: edition.list.issuer.clone() });
    };
    let list = &edition.list;
    let writer = Writer { list: &list.id, timestamp: dates::seconds(issued_at).to_string() };
    let number = edition.number.to_string();
    let issuer = if list.issuer.is_empty() { "unknown" } else { list.issuer.as_str() };
    let title = if list.title.is_empty() { &list.id } else { &list.title };
    let mut tags = vec![
        json!({"name": format!("tlp:{}", label.word())}),
        tag("list", &list.id),
        tag("nature", list.nature.wire_name()),
        tag("edition", &number),
    ];
    tags.extend(edition.valid_until.map(|day| tag("valid-until", &day.to_string())));
    let event = json!({"Event": {
        "uuid": ids::of(&["event", &list.id, &number, &issued_at.to_string()]).to_string(),
        "info": if title.is_empty() { "list" } else { title.as_str() },
        "date": issued_at.to_string(),
        "timestamp": writer.timestamp,
        "publish_timestamp": "0",
        "published": false,
        // Undefined level, complete analysis: the parties are known, no attack is.
        "threat_level_id": "4",
        "analysis": "2",
        "distribution": distribution(label),
        "Orgc": {"name": issuer, "uuid": ids::of(&["issuer", issuer]).to_string()},
        "Tag": tags,
        "Attribute": [],
        "Object": edition.entries.iter().map(|entry| writer.object(entry)).collect::<Vec<_>>(),
    }});
    Ok(bytes(&event))
}

/// `havenmeester:name="value"`, the machine tag that our own reader understands.
fn tag(name: &str, value: &str) -> Value {
    let plain: String = value.chars().filter(|c| *c != '"' && !c.is_control()).collect();
    json!({"name": format!("havenmeester:{name}=\"{plain}\"")})
}

struct Writer<'e> {
    list: &'e str,
    timestamp: String,
}

impl Writer<'_> {
    fn object(&self, entry: &Entry) -> Value {
        let mut attributes = vec![
            self.text(entry, "entry-id", &entry.id.0),
            self.text(entry, "entry-type", entry_type(entry.entry_type)),
        ];
        for name in &entry.names {
            attributes.push(self.text(entry, relation(name.kind), &name.text));
        }
        attributes.extend(entry.identifiers.iter().map(|one| self.identifier(entry, one)));
        attributes.extend(entry.addresses.iter().map(|one| self.text(entry, "address", &one.one_line())));
        attributes
            .extend(facts(entry).into_iter().map(|(relation, value)| self.text(entry, relation, &value)));
        json!({
            "uuid": self.uuid_of(&entry.id.0),
            "name": "havenmeester-entry",
            "meta-category": "misc",
            "description": "One listed party, see docs/format/exchange.md of Havenmeester",
            "template_uuid": ids::of(&["template", "havenmeester-entry"]).to_string(),
            "template_version": "1",
            "timestamp": self.timestamp,
            "distribution": INHERIT,
            "deleted": false,
            "Attribute": attributes,
            "ObjectReference": entry.relations.iter().map(|one| self.reference(entry, one)).collect::<Vec<_>>(),
        })
    }

    fn uuid_of(&self, entry: &str) -> String {
        ids::of(&["object", self.list, entry]).to_string()
    }

    fn attribute(&self, entry: &Entry, sort: Sort, relation: &str, value: &str, more: &str) -> Value {
        json!({
            "uuid": ids::of(&["attribute", self.list, &entry.id.0, relation, value, more]).to_string(),
            "type": sort.name,
            "category": sort.category,
            "object_relation": relation,
            "value": value,
            "comment": "",
            "to_ids": false,
            // Words such as a country would link every event with every other.
            "disable_correlation": sort.name == "text",
            "deleted": false,
            "distribution": INHERIT,
            "timestamp": self.timestamp,
        })
    }

    fn text(&self, entry: &Entry, relation: &str, value: &str) -> Value {
        self.attribute(entry, TEXT, relation, value, "")
    }

    fn identifier(&self, entry: &Entry, one: &Identifier) -> Value {
        let relation = one.kind.wire_name().replace('_', "-");
        let (from, to) = (one.validity.from, one.validity.to);
        let mut attribute =
            self.attribute(entry, sort(one), &relation, &one.value, &format!("{from:?} {to:?}"));
        if forms::runs_forwards(one) {
            let mut add = |field: &str, day: Option<Date>| {
                if let Some(day) = day {
                    attribute[field] = json!(dates::misp_time(day));
                }
            };
            add("first_seen", from);
            add("last_seen", to);
        }
        let strength = one.strength.map(|strength| tag("strength", strength_word(strength)));
        let country = one.country.as_deref().map(|country| tag("country", country));
        let tags: Vec<Value> = strength.into_iter().chain(country).collect();
        if !tags.is_empty() {
            attribute["Tag"] = json!(tags);
        }
        attribute
    }

    fn reference(&self, entry: &Entry, relation: &watchlist::Relation) -> Value {
        let kind = match relation.kind {
            watchlist::RelationKind::BrandOf => "brand-of",
            watchlist::RelationKind::FrontOf => "front-of",
            watchlist::RelationKind::SuccessorOf => "successor-of",
            watchlist::RelationKind::SameOperator => "same-operator",
            watchlist::RelationKind::OfficerOf => "officer-of",
        };
        json!({
            "uuid": ids::of(&["reference", self.list, &entry.id.0, kind, &relation.to.0]).to_string(),
            "object_uuid": self.uuid_of(&entry.id.0),
            "referenced_uuid": self.uuid_of(&relation.to.0),
            "relationship_type": kind,
            "timestamp": self.timestamp,
            "comment": "",
            "deleted": false,
        })
    }
}

/// A type of attribute, in a category that it may stand in.
#[derive(Clone, Copy)]
struct Sort {
    name: &'static str,
    category: &'static str,
}

const TEXT: Sort = Sort { name: "text", category: "Other" };

fn sort(one: &Identifier) -> Sort {
    use IdentifierKind as K;
    let value = one.value.as_str();
    let network = |name| Sort { name, category: "Network activity" };
    match one.kind {
        K::Domain if forms::is_host(value) => network("domain"),
        K::NameServer | K::Hostname if forms::is_host(value) => network("hostname"),
        K::IpRange if forms::is_prefix(value) => network("ip-dst"),
        K::Asn => network("AS"),
        K::Email if forms::is_mail(value) => Sort { name: "email", category: "Attribution" },
        K::Phone if forms::is_international(value) => Sort { name: "phone-number", category: "Person" },
        K::Xmpp if forms::is_mail(value) => Sort { name: "jabber-id", category: "Social network" },
        K::TlsCertificateSha256 if forms::is_hex(value, 64) => network("x509-fingerprint-sha256"),
        K::Jarm if forms::is_hex(value, 62) => network("jarm-fingerprint"),
        K::Wallet => forms::coin(value).map_or(TEXT, |name| Sort { name, category: "Financial fraud" }),
        _ => TEXT,
    }
}

fn facts(entry: &Entry) -> Vec<(&'static str, String)> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let mut facts: Vec<(&'static str, Option<String>)> = vec![
        ("jurisdiction", entry.jurisdiction.clone()),
        ("date-of-birth", entry.birth_date.clone()),
        ("claim-bulletproof", entry.claims.bulletproof.clone()),
        ("first-observed", day(entry.first_observed)),
        ("last-observed", day(entry.last_observed)),
        ("review-by", day(entry.review_by)),
        ("status", (entry.status != Status::Active).then(|| v1::status(entry.status).to_owned())),
        ("revision", (entry.revision != 1).then(|| entry.revision.to_string())),
        ("note", entry.note.clone()),
    ];
    facts.extend(entry.countries.iter().map(|country| ("country", Some(country.clone()))));
    facts.extend(entry.claims.offences.iter().map(|offence| ("claim-offence", Some(offence.clone()))));
    facts
        .into_iter()
        .filter_map(|(relation, value)| Some((relation, value.filter(|value| !value.is_empty())?)))
        .collect()
}

const fn relation(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Primary => "name",
        NameKind::Alias => "alias",
        NameKind::WeakAlias => "weak-alias",
        NameKind::Previous => "previous-name",
        NameKind::RelatedPerson => "related-person",
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

const fn strength_word(strength: Strength) -> &'static str {
    match strength {
        Strength::Distinctive => "distinctive",
        Strength::Reusable => "reusable",
        Strength::Weak => "weak",
        Strength::NonDistinctive => "non_distinctive",
    }
}
