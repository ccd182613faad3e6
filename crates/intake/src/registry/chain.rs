//! Resale chains: what the sub-assignments of a customer point to becomes part of the customer, with the way to it.

use std::collections::BTreeSet;

use screening::{Customer, Through};
use watchlist::{IdentifierKind, phrase};

use super::facts::{Facts, Whose};
use super::gather::Registry;
use super::own;
use super::span::Span;
use crate::{ProblemKind, RowProblem};

/// Ranges that are followed for one customer. Who has more is a registry of its own: each of its ranges
/// is screened as a customer.
const MOST_RANGES: usize = 1_000;

impl Registry {
    /// Adds what the ranges of a customer, and those below them, say of others.
    ///
    /// A value that the customer has itself stays as it is. Names are not taken over: a name at the end
    /// of a chain says nothing of the customer. Where not all ranges were followed, the answer says so.
    #[must_use = "a customer of whom not everything was looked at must be told of"]
    pub fn extend(&self, customer: &mut Customer) -> Option<RowProblem> {
        let mut facts = Facts::default();
        let ranges = self.ranges_of(customer);
        let all = ranges.len();
        for place in ranges.into_iter().take(MOST_RANGES) {
            self.facts_of_range(&self.holdings[place as usize], Whose::Customers, true, &mut facts);
        }
        for fact in facts.identifiers {
            let found = fact.identifier;
            let known =
                customer.identifiers.iter().any(|one| one.kind == found.kind && one.value == found.value);
            if !known && found.kind != IdentifierKind::NetName {
                customer.through.push(Through {
                    kind: found.kind,
                    value: found.value.clone(),
                    path: fact.path,
                });
                customer.identifiers.push(found);
            }
        }
        (all > MOST_RANGES).then(|| {
            let words = phrase!("{MOST_RANGES} of {all} ranges", "{MOST_RANGES} van {all} bereiken");
            RowProblem::new(customer.row, ProblemKind::ChainCut).with_words(words)
        })
    }

    /// Sub-assignments inside a range of the customer, the narrowest one around an address of it, those
    /// that its AS announces, and those of a handle that it has.
    fn ranges_of(&self, customer: &Customer) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        let mut handles = Vec::new();
        for identifier in &customer.identifiers {
            match identifier.kind {
                IdentifierKind::IpRange => {
                    if let Ok(span) = identifier.value.parse::<Span>() {
                        found.extend(self.assigned.inside(span));
                        found.extend(self.assigned.narrowest_around(span));
                    }
                }
                IdentifierKind::Asn => {
                    let value = identifier.value.trim();
                    let number = own::origin(value).or_else(|| value.parse().ok());
                    let spans = number.and_then(|number| self.by_origin.get(&number));
                    // What lies around the route is not the customer's by that alone.
                    let inside = spans.into_iter().flatten().flat_map(|span| self.assigned.inside(*span));
                    found.extend(inside);
                }
                IdentifierKind::RipeHandle => handles.push(identifier.value.trim().to_ascii_uppercase()),
                _ => {}
            }
        }
        for handle in handles.iter().filter(|handle| !self.is_own(handle)) {
            found.extend(self.by_handle.get(handle).into_iter().flatten());
        }
        found
    }
}
