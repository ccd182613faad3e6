//! An address plan beside the billing: who has which address, which source wins, and which machines are shared.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use watchlist::IdentifierKind;

use super::gather::in_order;
use super::{Link, Record};
use crate::customers::Field;

const ADDRESS: Field = Field::Identifier(IdentifierKind::IpRange);
const EMAIL: Field = Field::Identifier(IdentifierKind::Email);

/// Which source says whose an address is, where both name it and do not agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precedence {
    /// The address plan: it is kept by those who set the machines up.
    #[default]
    Plan,
    /// The billing.
    Billing,
    /// Both: whoever is named by one of them is compared with the address. Finds most, and names too many.
    Both,
}

/// What a join gave.
#[derive(Debug, Default, PartialEq)]
pub struct Joined {
    pub customers: Vec<Record>,
    /// Assignments of the plan that found their customer.
    pub linked: u64,
    /// Those that found none. They are customers of their own, so that nobody is lost.
    pub unlinked: u64,
    /// Addresses that the two sources give to different customers.
    pub disputed: u64,
    /// Addresses of the hoster's own machines, or of so many customers that they point to nobody; left out.
    pub shared: u64,
}

/// Joins the customers of the billing with the assignments of an address plan.
///
/// `hosters_own` are addresses of machines that many customers share. An address that `shared_from` customers or more
/// have is taken as such a machine, too.
pub fn join(
    billing: Vec<Record>,
    plans: Vec<(String, Link, Vec<Record>)>,
    precedence: Precedence,
    hosters_own: &[IpAddr],
    shared_from: usize,
) -> Joined {
    let mut joined = Joined::default();
    let mut customers = billing;
    let count = customers.len();
    let mut by_plan: Vec<BTreeSet<String>> = vec![BTreeSet::new(); count];
    for (name, link, assignments) in plans {
        let places = places(&customers[..count], &link);
        for assignment in assignments {
            match places.get(&key(&link, &assignment.id)).copied().flatten() {
                Some(place) => {
                    joined.linked += 1;
                    by_plan[place].extend(assignment.values(ADDRESS).map(str::to_owned));
                    customers[place].add(&assignment);
                }
                None => {
                    joined.unlinked += 1;
                    let id = format!("{name}:{}", assignment.id);
                    customers.push(assignment.called(id));
                }
            }
        }
    }
    joined.disputed = settle(&mut customers[..count], &by_plan, precedence);
    joined.shared = leave_out_shared(&mut customers, hosters_own, shared_from);
    joined.customers = in_order(customers);
    joined
}

/// Where each value of the link leads. A value that two customers have leads nowhere.
fn places(customers: &[Record], link: &Link) -> HashMap<String, Option<usize>> {
    let mut places: HashMap<String, Option<usize>> = HashMap::new();
    for (place, customer) in customers.iter().enumerate() {
        let values: BTreeSet<String> = match link {
            Link::Id => BTreeSet::from([key(link, &customer.id)]),
            Link::Email => customer.values(EMAIL).map(|value| key(link, value)).collect(),
            Link::Name => [Field::Company, Field::TradingName, Field::Person]
                .iter()
                .flat_map(|field| customer.values(*field))
                .map(|value| key(link, value))
                .collect(),
        };
        for value in values.into_iter().filter(|value| !value.is_empty()) {
            places.entry(value).and_modify(|known| *known = None).or_insert(Some(place));
        }
    }
    places
}

fn key(link: &Link, value: &str) -> String {
    match link {
        Link::Id => value.trim().to_owned(),
        Link::Email => value.trim().to_lowercase(),
        Link::Name => {
            value.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        }
    }
}

/// Takes an address from the customer whom the losing source names. Gives how many were disputed.
fn settle(customers: &mut [Record], by_plan: &[BTreeSet<String>], precedence: Precedence) -> u64 {
    let mut owners: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (place, addresses) in by_plan.iter().enumerate() {
        for address in addresses {
            owners.entry(address).or_default().insert(place);
        }
    }
    let mut lost: Vec<(usize, String)> = Vec::new();
    let mut disputed = 0;
    for (place, customer) in customers.iter().enumerate() {
        for address in customer.values(ADDRESS).filter(|address| !by_plan[place].contains(*address)) {
            let Some(others) = owners.get(address) else { continue };
            disputed += 1;
            match precedence {
                Precedence::Both => {}
                Precedence::Plan => lost.push((place, address.to_owned())),
                Precedence::Billing => lost.extend(others.iter().map(|other| (*other, address.to_owned()))),
            }
        }
    }
    for (place, address) in lost {
        customers[place].leave_out(|field, value| field == ADDRESS && value == address);
    }
    disputed
}

fn leave_out_shared(customers: &mut [Record], hosters_own: &[IpAddr], shared_from: usize) -> u64 {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for customer in customers.iter() {
        for address in customer.values(ADDRESS) {
            *owners.entry(address.to_owned()).or_default() += 1;
        }
    }
    let is_own = |address: &str| {
        let host = address.split('/').next().unwrap_or(address);
        host.parse::<IpAddr>().is_ok_and(|address| hosters_own.contains(&address))
    };
    owners.retain(|address, count| *count >= shared_from.max(2) || is_own(address));
    for customer in customers {
        customer.leave_out(|field, value| field == ADDRESS && owners.contains_key(value));
    }
    owners.len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, values: &[(Field, &str)]) -> Record {
        let mut record = Record::new(id);
        values.iter().for_each(|(field, value)| record.put(*field, value));
        record
    }

    fn addresses(joined: &Joined, id: &str) -> Vec<String> {
        let customer = joined.customers.iter().find(|customer| customer.id == id).expect(id);
        customer.values(ADDRESS).map(str::to_owned).collect()
    }

    fn billing() -> Vec<Record> {
        vec![
            record("1", &[(Field::Company, "Orchard Nine Ltd"), (EMAIL, "Noc@orchard.example")]),
            record("2", &[(Field::Company, "Tuinen van Zuid"), (ADDRESS, "192.0.2.10")]),
        ]
    }

    #[test]
    fn an_assignment_finds_its_customer_by_the_link_and_is_nobodys_loss_without_one() {
        for (link, value) in
            [(Link::Id, "1"), (Link::Email, "noc@ORCHARD.example"), (Link::Name, "orchard nine, ltd")]
        {
            let plan = vec![record(value, &[(ADDRESS, "192.0.2.9")]), record("x", &[(ADDRESS, "192.0.2.8")])];
            let joined = join(billing(), vec![("plan".into(), link, plan)], Precedence::Plan, &[], 5);
            assert_eq!((joined.linked, joined.unlinked), (1, 1));
            assert_eq!(addresses(&joined, "1"), ["192.0.2.9"]);
            assert_eq!(addresses(&joined, "plan:x"), ["192.0.2.8"]);
        }
    }

    #[test]
    fn a_name_of_two_customers_leads_to_neither() {
        let mut billing = billing();
        billing.push(record("3", &[(Field::Company, "ORCHARD NINE LTD")]));
        let plan = vec![record("Orchard Nine Ltd", &[(ADDRESS, "192.0.2.9")])];
        let joined = join(billing, vec![("plan".into(), Link::Name, plan)], Precedence::Plan, &[], 5);
        assert_eq!((joined.linked, joined.unlinked), (0, 1));
    }

    #[test]
    fn the_winning_source_keeps_a_disputed_address() {
        for (precedence, first, second) in [
            (Precedence::Plan, &["192.0.2.10"][..], &[][..]),
            (Precedence::Billing, &[], &["192.0.2.10"]),
            (Precedence::Both, &["192.0.2.10"], &["192.0.2.10"]),
        ] {
            let plan = vec![record("1", &[(ADDRESS, "192.0.2.10")])];
            let joined = join(billing(), vec![("plan".into(), Link::Id, plan)], precedence, &[], 5);
            assert_eq!(joined.disputed, 1);
            assert_eq!(addresses(&joined, "1"), first, "{precedence:?}");
            assert_eq!(addresses(&joined, "2"), second, "{precedence:?}");
        }
    }

    #[test]
    fn machines_of_the_hoster_point_to_nobody() {
        let own: IpAddr = "192.0.2.10".parse().unwrap();
        let joined = join(billing(), Vec::new(), Precedence::Plan, &[own], 5);
        assert_eq!(joined.shared, 1);
        assert!(addresses(&joined, "2").is_empty());

        let many = (0..5).map(|id| record(&id.to_string(), &[(ADDRESS, "192.0.2.20")])).collect();
        let joined = join(many, Vec::new(), Precedence::Plan, &[], 5);
        assert_eq!(joined.shared, 1);
        assert_eq!(joined.customers.len(), 5);
    }
}
