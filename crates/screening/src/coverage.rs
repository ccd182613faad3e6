//! How much of a customer base can be looked at, and who cannot be excluded.

use crate::customer::Customer;
use watchlist::IdentifierKind;

/// Counts of customers that have at least one value of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub customers: u64,
    pub name: u64,
    pub email: u64,
    pub phone: u64,
    pub domain: u64,
    pub address: u64,
    pub ip: u64,
    pub register_number: u64,
}

impl Coverage {
    pub fn add(&mut self, customer: &Customer) {
        let has = |kinds: &[IdentifierKind]| {
            u64::from(customer.identifiers.iter().any(|identifier| kinds.contains(&identifier.kind)))
        };
        self.customers += 1;
        self.name += u64::from(!customer.names.is_empty());
        self.email += has(&[IdentifierKind::Email]);
        self.phone += has(&[IdentifierKind::Phone]);
        self.domain += has(&[IdentifierKind::Domain, IdentifierKind::Hostname]);
        self.address += u64::from(customer.addresses.iter().any(|address| !address.is_empty()));
        self.ip += has(&[IdentifierKind::IpRange]);
        self.register_number +=
            has(&[IdentifierKind::RegisterNumber, IdentifierKind::VatNumber, IdentifierKind::Lei]);
    }
}

/// A customer with too little data to exclude a hit. Never to be shown as clear.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CannotTell {
    pub row: u64,
    pub customer_id: String,
    /// What is missing, as a stable word: `no_name`, `name_only`, `nothing`.
    pub missing: &'static str,
}

impl Coverage {
    /// Adds the counts of another part of the same base.
    pub fn absorb(&mut self, other: &Self) {
        self.customers += other.customers;
        for (count, more) in self.kinds_mut().into_iter().zip(other.kinds()) {
            *count += more;
        }
    }

    /// The counts of the kinds, in the order of the fields.
    pub(crate) const fn kinds(&self) -> [u64; 7] {
        [self.name, self.email, self.phone, self.domain, self.address, self.ip, self.register_number]
    }

    const fn kinds_mut(&mut self) -> [&mut u64; 7] {
        [
            &mut self.name,
            &mut self.email,
            &mut self.phone,
            &mut self.domain,
            &mut self.address,
            &mut self.ip,
            &mut self.register_number,
        ]
    }

    /// Adds a customer of whom is known which kinds it has, by their places.
    pub(crate) fn add_kinds(&mut self, has: impl Fn(usize) -> bool) {
        self.customers += 1;
        for (place, count) in self.kinds_mut().into_iter().enumerate() {
            *count += u64::from(has(place));
        }
    }
}

/// Whether there is too little of this customer to exclude a hit.
///
/// A listed reseller that comes back under another name is found by what it brings along; a customer
/// with a name alone cannot be excluded, nor can one without any name.
pub fn cannot_tell(customer: &Customer) -> Option<CannotTell> {
    let named = customer.names.iter().any(|name| name.text.chars().any(char::is_alphanumeric));
    let known =
        !customer.identifiers.is_empty() || customer.addresses.iter().any(|address| !address.is_empty());
    let missing = match (named, known) {
        (true, true) => return None,
        (true, false) => "name_only",
        (false, true) => "no_name",
        (false, false) => "nothing",
    };
    Some(CannotTell { row: customer.row, customer_id: customer.id.clone(), missing })
}
