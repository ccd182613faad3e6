//! A hit: one customer, one entry, a class, a score and the reasons.

use matching::{Class, Reason};
use watchlist::IdentifierKind;

use crate::customer::{Customer, Holdings};

/// A customer who shares a value with a hit customer. Context, not a hit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Linked {
    pub customer_id: String,
    pub row: u64,
    /// Which kind of value is shared: `phone`, `address`, `wallet`, `email`, `register_number`, `machine` ...
    pub shared: &'static str,
}

#[derive(Clone, PartialEq)]
pub struct Hit {
    pub customer_id: String,
    /// Line or row of the customer in its file.
    pub row: u64,
    /// The name to show for the customer.
    pub customer_name: String,
    /// Place of the list in the order given, from 0.
    pub list: usize,
    pub entry_id: String,
    pub entry_name: String,
    pub class: Class,
    /// 0..1; at or above [`matching::THRESHOLD`].
    pub score: f64,
    /// Strongest first; negative weights speak against.
    pub reasons: Vec<Reason>,
    /// Whether the entry is suspended (under doubt at the issuer).
    pub suspended: bool,
    pub linked: Vec<Linked>,
    pub touched: Touched,
}

/// What a seizure or an end of the contract would touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub holdings: Holdings,
    /// IP addresses, ranges and AS numbers, as found in the source.
    pub addresses: Vec<String>,
    /// Other customers on the same machines; [`Hit::linked`] names the first of them.
    pub others: u64,
}

impl Touched {
    /// What is known of one customer alone.
    pub(crate) fn of(customer: &Customer) -> Self {
        let is_address = |kind| matches!(kind, IdentifierKind::IpRange | IdentifierKind::Asn);
        let addresses = customer.identifiers.iter().filter(|one| is_address(one.kind));
        Self {
            holdings: customer.holdings.clone(),
            addresses: addresses.map(|one| one.value.clone()).collect(),
            others: 0,
        }
    }
}

/// Shows ids only.
impl std::fmt::Debug for Hit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hit(row {}, entry {}, {:?} {:.3})", self.row, self.entry_id, self.class, self.score)
    }
}
