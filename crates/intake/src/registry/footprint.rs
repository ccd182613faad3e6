//! Footprint: every object of the hoster's own space as a party of its own, so that traces show whose customer nobody is.

use std::ops::Range;

use screening::{Customer, Through};
use watchlist::{Identifier, IdentifierKind};

use super::attribute::Class;
use super::facts::{Facts, Whose};
use super::gather::Registry;
use super::holding::Standing;
use super::span::Span;

/// An object of the hoster's space, to be checked like a customer.
pub struct Trace {
    /// Class and key, as in the registry: `inetnum 192.0.2.64/26`.
    pub object: String,
    pub party: Customer,
    span: Span,
    /// The hoster's own range: customers sit in it without its being theirs.
    is_allocation: bool,
}

impl Registry {
    /// The number of objects in the hoster's own space.
    pub fn traces(&self) -> usize {
        self.holdings.len() + self.routes.len() + self.zones.len()
    }

    /// The objects at these places: ranges, then routes, then reverse zones.
    pub fn footprint(&self, places: Range<usize>) -> Vec<Trace> {
        places.map(|place| self.trace(place)).collect()
    }

    fn trace(&self, place: usize) -> Trace {
        let mut facts = Facts::default();
        let whose = Whose::Everybodys;
        let routes = place.checked_sub(self.holdings.len());
        let zones = routes.and_then(|place| place.checked_sub(self.routes.len()));
        let (row, class, span, key, is_allocation) = if let Some(place) = zones {
            let zone = &self.zones[place];
            self.facts_of_zone(zone, whose, "", &mut facts);
            (zone.row, Class::Domain, zone.span, zone.name.clone(), false)
        } else if let Some(place) = routes {
            let route = &self.routes[place];
            self.facts_of_route(route, whose, "", &mut facts);
            (route.row, route.class, route.span, route.span.to_string(), false)
        } else {
            let holding = &self.holdings[place];
            self.facts_of_range(holding, whose, false, &mut facts);
            let is_allocation = holding.standing == Standing::Allocation;
            (holding.row, holding.class, holding.span, holding.span.to_string(), is_allocation)
        };
        let mut party = Customer {
            row,
            names: facts.names,
            addresses: facts.addresses,
            country: facts.country,
            ..Customer::default()
        };
        if routes.is_some() && zones.is_none() {
            party.identifiers.push(Identifier::new(IdentifierKind::IpRange, span.to_string()));
        }
        for fact in facts.identifiers {
            let (kind, value) = (fact.identifier.kind, fact.identifier.value.clone());
            party.through.push(Through { kind, value, path: fact.path });
            party.identifiers.push(fact.identifier);
        }
        let object = format!("{} {key}", class.name());
        party.id.clone_from(&object);
        Trace { object, party, span, is_allocation }
    }
}

impl Trace {
    /// Whether the object is a customer's: it lies in a range of the customer, an address of the customer lies
    /// in it, or both have a handle, mailbox or AS number in common.
    pub fn belongs_to(&self, customer: &Customer) -> bool {
        customer.identifiers.iter().any(|one| match one.kind {
            IdentifierKind::IpRange => one.value.parse::<Span>().is_ok_and(|span| {
                span.contains(&self.span) || (!self.is_allocation && self.span.contains(&span))
            }),
            kind @ (IdentifierKind::RipeHandle | IdentifierKind::Email | IdentifierKind::Asn) => {
                let plain = |value: &str| {
                    let value = value.trim().to_ascii_uppercase();
                    if kind == IdentifierKind::Asn { value.replace("AS", "") } else { value }
                };
                let value = plain(&one.value);
                self.party.identifiers.iter().any(|own| own.kind == kind && plain(&own.value) == value)
            }
            _ => false,
        })
    }
}

/// Shows nothing: objects name customers.
impl std::fmt::Debug for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trace(row {})", self.party.row)
    }
}
