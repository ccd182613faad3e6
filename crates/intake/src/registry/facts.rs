//! What an object of the hoster's space says of the party behind it: values, since when, and the way to them.

use jiff::civil::Date;
use screening::{CustomerName, CustomerNameKind};
use watchlist::{Address, Identifier, IdentifierKind as Kind, Validity};

use super::attribute::Class;
use super::contacts::Contact;
use super::gather::Registry;
use super::holding::{Announcement, Holding, ReverseZone};

/// Values of one object, and of those that it refers to.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) names: Vec<CustomerName>,
    pub(super) addresses: Vec<Address>,
    pub(super) country: Option<String>,
    pub(super) identifiers: Vec<Fact>,
}

/// A value and the way that led to it.
pub(super) struct Fact {
    pub(super) identifier: Identifier,
    /// In the registry's own words: `inetnum 192.0.2.64/26 → mnt-by X-MNT`.
    pub(super) path: String,
}

/// What joins the steps of a path.
const STEP: &str = " → ";

/// Which values of an object count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// All but the hoster's own handles, which stand at each of its objects and say nothing of a customer.
    Customers,
    Everybodys,
}

impl Registry {
    /// What a range says, with its routes and reverse zones if `deep`.
    pub(super) fn facts_of_range(&self, holding: &Holding, whose: Whose, deep: bool, into: &mut Facts) {
        let start = format!("{} {}", holding.class.name(), holding.span);
        let at = Seen { registry: self, whose, since: holding.created };
        at.add(Kind::IpRange, &holding.span.to_string(), start.clone(), into);
        if let Some(name) = &holding.net_name {
            at.add(Kind::NetName, name, format!("{start}{STEP}netname {name}"), into);
        }
        if let Some(org) = &holding.org {
            at.organisation(org, &start, into);
        }
        if let Some(descr) = &holding.descr {
            add_name(CustomerNameKind::Trading, descr, into);
        }
        into.country = into.country.take().or_else(|| holding.country.clone());
        at.handles("mnt-by", &holding.maintainers, &start, into);
        at.contacts(&holding.contacts, &start, into);
        if deep {
            for route in self.routed.inside(holding.span) {
                self.facts_of_route(&self.routes[route as usize], whose, &start, into);
            }
            for zone in self.zoned.inside(holding.span) {
                self.facts_of_zone(&self.zones[zone as usize], whose, &start, into);
            }
        }
    }

    /// What a route says: who announces the range. `before` is the way so far, or empty.
    pub(super) fn facts_of_route(&self, route: &Announcement, whose: Whose, before: &str, into: &mut Facts) {
        if whose == Whose::Customers && self.own_origins.contains(&route.origin) {
            return;
        }
        let at = Seen { registry: self, whose, since: route.created };
        let start = step(before, &format!("{} {}", route.class.name(), route.span));
        at.handles("mnt-by", &route.maintainers, &start, into);
        let start = format!("{start}{STEP}origin AS{}", route.origin);
        at.add(Kind::Asn, &format!("AS{}", route.origin), start.clone(), into);
        let Some(network) = self.networks.get(&route.origin) else { return };
        // The number is newer than the object that names it: what it says holds since then.
        let at = Seen { since: later(route.created, network.created), ..at };
        if let Some(name) = &network.as_name {
            at.add(Kind::NetName, name, format!("{start}{STEP}as-name {name}"), into);
        }
        if let Some(org) = &network.org {
            at.organisation(org, &start, into);
        }
        at.handles("mnt-by", &network.maintainers, &start, into);
    }

    /// What a reverse zone says: who serves the names of the range.
    pub(super) fn facts_of_zone(&self, zone: &ReverseZone, whose: Whose, before: &str, into: &mut Facts) {
        let at = Seen { registry: self, whose, since: zone.created };
        let start = step(before, &format!("domain {}", zone.name));
        for server in &zone.name_servers {
            at.add(Kind::NameServer, server, format!("{start}{STEP}nserver {server}"), into);
        }
        at.handles("mnt-by", &zone.maintainers, &start, into);
        at.contacts(&zone.contacts, &start, into);
    }
}

/// An object that refers to others: what they say holds at the earliest since it was made.
#[derive(Clone, Copy)]
struct Seen<'a> {
    registry: &'a Registry,
    whose: Whose,
    since: Option<Date>,
}

impl Seen<'_> {
    fn counts(&self, handle: &str) -> bool {
        self.whose == Whose::Everybodys || !self.registry.is_own(handle)
    }

    fn add(&self, kind: Kind, value: &str, path: String, into: &mut Facts) {
        let since = self.since;
        let same = |known: &&mut Fact| known.identifier.kind == kind && known.identifier.value == value;
        if let Some(known) = into.identifiers.iter_mut().find(same) {
            // Of two objects the older one says since when; one without a day leaves it open.
            let from = &mut known.identifier.validity.from;
            *from = since.and_then(|since| from.map(|from| from.min(since)));
            return;
        }
        let validity = Validity { from: since, to: None };
        let identifier = Identifier { validity, ..Identifier::new(kind, value) };
        into.identifiers.push(Fact { identifier, path });
    }

    fn handles(&self, attribute: &str, handles: &[String], start: &str, into: &mut Facts) {
        for handle in handles.iter().filter(|handle| self.counts(handle)) {
            self.add(Kind::RipeHandle, handle, format!("{start}{STEP}{attribute} {handle}"), into);
        }
    }

    fn contacts(&self, handles: &[String], start: &str, into: &mut Facts) {
        for handle in handles.iter().filter(|handle| self.counts(handle)) {
            let start = format!("{start}{STEP}nic-hdl {handle}");
            self.add(Kind::RipeHandle, handle, start.clone(), into);
            if let Some(contact) = self.registry.contacts.get(handle) {
                self.contact(contact, &start, into);
            }
        }
    }

    fn organisation(&self, handle: &str, start: &str, into: &mut Facts) {
        if !self.counts(handle) {
            return;
        }
        let start = format!("{start}{STEP}org {handle}");
        self.add(Kind::RipeHandle, handle, start.clone(), into);
        let Some(org) = self.registry.contacts.get(handle) else { return };
        self.contact(org, &start, into);
        if let Some(abuse) = &org.abuse_c {
            self.contacts(std::slice::from_ref(abuse), &start, into);
        }
    }

    fn contact(&self, contact: &Contact, start: &str, into: &mut Facts) {
        let at = Self { since: later(self.since, contact.created), ..*self };
        let is_org = contact.class == Class::Organisation;
        if let Some(name) = &contact.name {
            let kind = if is_org { CustomerNameKind::Company } else { CustomerNameKind::Contact };
            add_name(kind, name, into);
        }
        if is_org {
            into.country = contact.country.clone().or_else(|| into.country.take());
            at.handles("mnt-by", &contact.maintainers, start, into);
            if let Some(street) = &contact.address {
                let country = contact.country.clone().unwrap_or_default();
                let address = Address { street: street.clone(), country, ..Address::default() };
                if !into.addresses.contains(&address) {
                    into.addresses.push(address);
                }
            }
        }
        let values = [
            (Kind::Email, "e-mail", &contact.mailboxes),
            (Kind::Email, "abuse-mailbox", &contact.abuse_mailboxes),
            (Kind::Domain, "e-mail ***@", &contact.mail_domains),
            (Kind::Phone, "phone", &contact.phones),
        ];
        for (kind, attribute, values) in values {
            for value in values {
                at.add(kind, value, format!("{start}{STEP}{attribute} {value}"), into);
            }
        }
        if let Some(number) = &contact.register_number {
            at.add(Kind::RegisterNumber, number, format!("{start}{STEP}reg-nr {number}"), into);
        }
    }
}

fn add_name(kind: CustomerNameKind, text: &str, into: &mut Facts) {
    if !into.names.iter().any(|name| name.text == text) {
        into.names.push(CustomerName { kind, text: text.to_owned() });
    }
}

fn step(before: &str, next: &str) -> String {
    if before.is_empty() { next.to_owned() } else { format!("{before}{STEP}{next}") }
}

/// Both have to be there; a day that nobody knows is no limit.
fn later(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    one.max(other)
}
