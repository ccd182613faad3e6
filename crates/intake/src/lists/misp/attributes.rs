//! Attributes of MISP as names and identifiers.

use std::borrow::Cow;

use serde::Deserialize;
use watchlist::format::v1;
use watchlist::{Address, Edition, Identifier, IdentifierKind, NameKind, Status, Strength, Validity};

use super::Named;
use crate::lists::gathering::Gathering;
use crate::lists::{Place, sanctions, stix};

#[derive(Deserialize)]
pub(super) struct Attribute<'a> {
    #[serde(default, borrow)]
    pub(super) uuid: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub(super) sort: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) value: Cow<'a, str>,
    #[serde(default, borrow, rename = "object_relation", deserialize_with = "or_empty")]
    pub(super) relation: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "or_empty")]
    pub(super) comment: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "or_empty")]
    first_seen: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "or_empty")]
    last_seen: Cow<'a, str>,
    #[serde(default)]
    pub(super) deleted: bool,
    #[serde(default, borrow, rename = "Tag")]
    tags: Vec<Named<'a>>,
}

/// A field that servers also write as `null`.
fn or_empty<'de: 'a, 'a, D: serde::Deserializer<'de>>(source: D) -> Result<Cow<'a, str>, D::Error> {
    Ok(Option::<Cow<'a, str>>::deserialize(source)?.unwrap_or_default())
}

impl Attribute<'_> {
    /// The sort of name that the attribute gives.
    pub(super) fn name(&self) -> Option<NameKind> {
        Some(match (self.relation.as_ref(), self.sort.as_ref()) {
            ("name" | "full-name" | "legal-name" | "organization-name", _) => NameKind::Primary,
            ("alias" | "aliases", _) => NameKind::Alias,
            ("weak-alias", _) => NameKind::WeakAlias,
            ("previous-name", _) => NameKind::Previous,
            ("related-person", _) => NameKind::RelatedPerson,
            ("", "threat-actor" | "full-name" | "whois-registrant-org" | "whois-registrant-name") => {
                NameKind::Primary
            }
            (_, "whois-registrant-org" | "whois-registrant-name") => NameKind::Alias,
            _ => return None,
        })
    }

    /// What the attribute points with; `domain|ip` does so twice.
    pub(super) fn identifiers(&self) -> Vec<Identifier> {
        use IdentifierKind::{Domain, Hostname, IpRange};
        if let Some(kind) = self.kind_by_relation() {
            return vec![self.dated(Identifier::new(kind, self.value.as_ref()))];
        }
        let (first, second) = self.value.split_once('|').unwrap_or((&self.value, ""));
        let found = match self.sort.as_ref() {
            "domain|ip" => vec![Identifier::new(Domain, first), Identifier::new(IpRange, second)],
            "ip-dst|port" | "ip-src|port" => vec![Identifier::new(IpRange, first)],
            "hostname|port" => vec![Identifier::new(Hostname, first)],
            "url" | "uri" => vec![stix::of_url(&self.value)],
            sort => kind(sort).map(|kind| Identifier::new(kind, self.value.as_ref())).into_iter().collect(),
        };
        found.into_iter().map(|one| self.dated(one)).collect()
    }

    /// Our own objects, and those of the templates, name the kind by the relation.
    fn kind_by_relation(&self) -> Option<IdentifierKind> {
        match self.relation.as_ref() {
            "registration-number" => Some(IdentifierKind::RegisterNumber),
            "lei-number" => Some(IdentifierKind::Lei),
            "" => None,
            relation => IdentifierKind::from_wire_name(&relation.replace('-', "_")),
        }
    }

    fn dated(&self, identifier: Identifier) -> Identifier {
        let day = |text: &str| sanctions::date(text.split('T').next().unwrap_or_default());
        let validity = Validity { from: day(&self.first_seen), to: day(&self.last_seen) };
        Identifier {
            validity,
            strength: self.strength(),
            country: self.tag("country").map(str::to_owned),
            ..identifier
        }
    }

    fn strength(&self) -> Option<Strength> {
        Some(match self.tag("strength")? {
            "distinctive" => Strength::Distinctive,
            "reusable" => Strength::Reusable,
            "weak" => Strength::Weak,
            "non_distinctive" => Strength::NonDistinctive,
            _ => return None,
        })
    }

    /// The value of `havenmeester:name="value"`.
    fn tag(&self, name: &str) -> Option<&str> {
        self.tags.iter().find_map(|tag| value_of(&tag.name, name))
    }

    /// Adds the attribute to the open entry. In an object that is no party, a name is that of a file or a process.
    pub(super) fn add(&self, object: super::Sort, at: Place, gathering: &mut Gathering) {
        let ours = object == super::Sort::Ours;
        if let Some(kind) = self.name().filter(|_| object != super::Sort::Thing) {
            let taken = gathering
                .entry()
                .is_some_and(|entry| entry.names.iter().any(|one| one.kind == NameKind::Primary));
            let kind = if kind == NameKind::Primary && taken { NameKind::Alias } else { kind };
            return gathering.name(kind, &self.value, at);
        }
        let identifiers = self.identifiers();
        if !identifiers.is_empty() {
            return identifiers.into_iter().for_each(|one| gathering.detailed(one, at));
        }
        match self.relation.as_ref() {
            "entry-id" | "entry-type" if ours => {}
            "address" => gathering
                .address(Address { street: self.value.as_ref().to_owned(), ..Address::default() }, at),
            "country" | "nationality" => sanctions::country(&self.value, gathering),
            "date-of-birth" => sanctions::born(&self.value, at, gathering),
            "description" | "note" | "comment" => gathering.note(&self.value),
            relation => self.fact(ours, relation, at, gathering),
        }
    }

    fn fact(&self, ours: bool, relation: &str, at: Place, gathering: &mut Gathering) {
        let date = sanctions::date(&self.value);
        let value = self.value.as_ref().to_owned();
        let Some(entry) = gathering.entry().filter(|_| ours) else {
            return gathering.leave_out(&format!("attribute {}", self.sort), at);
        };
        match relation {
            "status" if value == v1::status(Status::Suspended) => entry.status = Status::Suspended,
            "status" if value == v1::status(Status::Withdrawn) => entry.status = Status::Withdrawn,
            "revision" => entry.revision = value.parse().unwrap_or(1),
            "jurisdiction" => entry.jurisdiction = Some(value),
            "claim-bulletproof" => entry.claims.bulletproof = Some(value),
            "claim-offence" => entry.claims.offences.push(value),
            "first-observed" => entry.first_observed = date,
            "last-observed" => entry.last_observed = date,
            "review-by" => entry.review_by = date,
            _ => gathering.leave_out(&format!("attribute {}", self.sort), at),
        }
    }
}

/// Types of attributes that point to somebody by themselves. Receivers of mail may be victims.
fn kind(sort: &str) -> Option<IdentifierKind> {
    Some(match sort {
        "domain" => IdentifierKind::Domain,
        "hostname" => IdentifierKind::Hostname,
        "ip-src" | "ip-dst" => IdentifierKind::IpRange,
        "AS" => IdentifierKind::Asn,
        "email" | "email-src" | "whois-registrant-email" | "dns-soa-email" => IdentifierKind::Email,
        "phone-number" | "whois-registrant-phone" => IdentifierKind::Phone,
        "btc" | "xmr" | "dash" => IdentifierKind::Wallet,
        "jabber-id" => IdentifierKind::Xmpp,
        "github-username" | "twitter-id" => IdentifierKind::Handle,
        "x509-fingerprint-sha256" => IdentifierKind::TlsCertificateSha256,
        "jarm-fingerprint" => IdentifierKind::Jarm,
        "favicon-mmh3" => IdentifierKind::FaviconHash,
        "ssh-fingerprint" => IdentifierKind::SshHostKey,
        _ => return None,
    })
}

/// What our own export says of the list in the tags of its event.
pub(super) fn list_tags<'t>(tags: impl Iterator<Item = &'t str>, head: &mut Edition) {
    for tag in tags {
        if let Some(id) = value_of(tag, "list") {
            id.clone_into(&mut head.list.id);
        } else if let Some(nature) = value_of(tag, "nature").and_then(v1::nature) {
            head.list.nature = nature;
        } else if let Some(number) = value_of(tag, "edition").and_then(|number| number.parse().ok()) {
            head.number = number;
        } else if let Some(day) = value_of(tag, "valid-until") {
            head.valid_until = sanctions::date(day);
        }
    }
}

fn value_of<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.strip_prefix("havenmeester:")?.strip_prefix(name)?.strip_prefix("=\"")?.strip_suffix('"')
}
