//! A customer as bytes, and back. Nothing of it is left out: the customer that comes back is screened in its place.

use jiff::civil::Date;
use screening::{Customer, CustomerName, CustomerNameKind, Holdings, Through};
use serde::{Deserialize, Serialize};
use watchlist::format::v1;
use watchlist::{Address, Identifier, IdentifierKind, Validity};

#[derive(Serialize, Deserialize)]
struct Kept {
    row: u64,
    names: Vec<(u8, String)>,
    identifiers: Vec<KeptIdentifier>,
    addresses: Vec<(String, String, String, String)>,
    country: Option<String>,
    birth_date: Option<String>,
    status: Option<String>,
    since: Option<Date>,
    until: Option<Date>,
    services: Vec<String>,
    machines: Vec<String>,
    monthly: Option<String>,
    /// Kind, value and way of what came through a resale chain.
    #[serde(default)]
    through: Vec<(String, String, String)>,
}

#[derive(Serialize, Deserialize)]
struct KeptIdentifier {
    kind: String,
    value: String,
    from: Option<Date>,
    to: Option<Date>,
    strength: Option<String>,
    country: Option<String>,
}

const NAME_KINDS: [CustomerNameKind; 4] = [
    CustomerNameKind::Company,
    CustomerNameKind::Trading,
    CustomerNameKind::Person,
    CustomerNameKind::Contact,
];

/// Everything but the id, which stands in front of the record.
pub(crate) fn to_bytes(customer: &Customer) -> Vec<u8> {
    let place = |kind| NAME_KINDS.iter().position(|one| *one == kind).unwrap_or_default() as u8;
    let kept = Kept {
        row: customer.row,
        names: customer.names.iter().map(|name| (place(name.kind), name.text.clone())).collect(),
        identifiers: customer.identifiers.iter().map(kept_identifier).collect(),
        addresses: customer.addresses.iter().map(kept_address).collect(),
        country: customer.country.clone(),
        birth_date: customer.birth_date.clone(),
        status: customer.status.clone(),
        since: customer.since,
        until: customer.until,
        services: customer.holdings.services.clone(),
        machines: customer.holdings.machines.clone(),
        monthly: customer.holdings.monthly.clone(),
        through: customer.through.iter().map(kept_through).collect(),
    };
    serde_json::to_vec(&kept).expect("texts and numbers are JSON")
}

fn kept_through(one: &Through) -> (String, String, String) {
    (one.kind.wire_name().to_owned(), one.value.clone(), one.path.clone())
}

fn kept_identifier(one: &Identifier) -> KeptIdentifier {
    KeptIdentifier {
        kind: one.kind.wire_name().to_owned(),
        value: one.value.clone(),
        from: one.validity.from,
        to: one.validity.to,
        strength: one.strength.map(|strength| v1::strength(strength).to_owned()),
        country: one.country.clone(),
    }
}

fn kept_address(one: &Address) -> (String, String, String, String) {
    (one.street.clone(), one.postcode.clone(), one.city.clone(), one.country.clone())
}

/// The customer of this id; nothing where the bytes are no customer.
pub(crate) fn from_bytes(id: &str, bytes: &[u8]) -> Option<Customer> {
    let kept: Kept = serde_json::from_slice(bytes).ok()?;
    let name =
        |(kind, text): (u8, String)| Some(CustomerName { kind: *NAME_KINDS.get(usize::from(kind))?, text });
    Some(Customer {
        id: id.to_owned(),
        row: kept.row,
        names: kept.names.into_iter().map(name).collect::<Option<_>>()?,
        identifiers: kept.identifiers.into_iter().map(identifier).collect::<Option<_>>()?,
        addresses: kept.addresses.into_iter().map(address).collect(),
        country: kept.country,
        birth_date: kept.birth_date,
        status: kept.status,
        since: kept.since,
        until: kept.until,
        holdings: Holdings { services: kept.services, machines: kept.machines, monthly: kept.monthly },
        through: kept.through.into_iter().map(through).collect::<Option<_>>()?,
    })
}

fn through((kind, value, path): (String, String, String)) -> Option<Through> {
    Some(Through { kind: IdentifierKind::from_wire_name(&kind)?, value, path })
}

fn identifier(kept: KeptIdentifier) -> Option<Identifier> {
    Some(Identifier {
        kind: IdentifierKind::from_wire_name(&kept.kind)?,
        value: kept.value,
        validity: Validity { from: kept.from, to: kept.to },
        strength: match kept.strength {
            Some(word) => Some(v1::strength_of(&word)?),
            None => None,
        },
        country: kept.country,
    })
}

fn address((street, postcode, city, country): (String, String, String, String)) -> Address {
    Address { street, postcode, city, country }
}
