//! Sub-assignments by holder: each is a customer of the hoster.

use std::collections::BTreeMap;
use std::ops::Range;

use screening::{Customer, CustomerNameKind};

use super::facts::{Facts, Whose};
use super::gather::Registry;

/// Who holds some of the sub-assignments.
pub(super) struct Holder {
    /// Places in the holdings, in the order of the ranges.
    pub(super) holdings: Vec<u32>,
    /// The first line at which one of them stands.
    row: u64,
}

/// Ranges of one organisation are one holder; a range without one stands for itself.
pub(super) fn find(registry: &Registry) -> Vec<Holder> {
    let mut by_org: BTreeMap<&str, Holder> = BTreeMap::new();
    let mut holders = Vec::new();
    for (holding, place) in registry.holdings.iter().zip(0..) {
        if !registry.is_sub_assignment(holding) {
            continue;
        }
        let alone = || Holder { holdings: Vec::new(), row: holding.row };
        let Some(org) = &holding.org else {
            holders.push(Holder { holdings: vec![place], ..alone() });
            continue;
        };
        let holder = by_org.entry(org).or_insert_with(alone);
        holder.row = holder.row.min(holding.row);
        holder.holdings.push(place);
    }
    holders.extend(by_org.into_values());
    holders.sort_by_key(|holder| holder.row);
    holders
}

impl Registry {
    /// The customers at these places of [`Registry::len`], in the order in which their objects stand in the files.
    /// The row of a customer is the line of its first object, counted through all files.
    pub fn customers(&self, places: Range<usize>) -> Vec<Customer> {
        self.holders[places].iter().map(|holder| self.customer(holder)).collect()
    }

    fn customer(&self, holder: &Holder) -> Customer {
        let mut facts = Facts::default();
        for place in &holder.holdings {
            self.facts_of_range(&self.holdings[*place as usize], Whose::Customers, true, &mut facts);
        }
        let first = &self.holdings[holder.holdings[0] as usize];
        // Names of the organisation go before those of its contacts, whatever the order of the objects.
        facts.names.sort_by_key(|name| match name.kind {
            CustomerNameKind::Company => 0,
            CustomerNameKind::Trading => 1,
            CustomerNameKind::Person | CustomerNameKind::Contact => 2,
        });
        let mut customer = Customer {
            id: first.org.clone().unwrap_or_else(|| first.span.to_string()),
            row: holder.row,
            names: facts.names,
            identifiers: facts.identifiers.into_iter().map(|fact| fact.identifier).collect(),
            addresses: facts.addresses,
            country: facts.country,
            ..Customer::default()
        };
        // A range that is not followed here is a holding of its own, with its own holder.
        let _cut = self.extend(&mut customer);
        customer
    }
}
