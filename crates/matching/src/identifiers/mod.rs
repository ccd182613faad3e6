//! Everything of a party but its names: identifiers, addresses, birth date.
//!
//! A party is cleaned once ([`clean()`]); two cleaned parties are compared by [`evidence()`]. What can carry
//! a hit shares an index key or overlapping address space with its counterpart, so that
//! [`IdentifierIndex`] loses nothing. Pure: no files, no clock.

mod address;
mod address_likeness;
mod asn;
mod birth;
mod check_digits;
mod clean;
mod country;
mod domain;
mod evidence;
mod features;
mod fingerprint;
mod form;
mod handle;
mod index;
mod ip;
mod lists;
mod lookalike;
mod mailbox;
mod pair;
mod phone;
mod reason;
mod register;
mod registry;
mod rejected;
mod sink;
mod text;
mod validity;
mod wallet;

#[cfg(test)]
mod tests;

pub use address::CleanAddress;
pub use birth::BirthDate;
pub use clean::{clean, strength_of};
pub use evidence::{Evidence, Part, evidence};
pub use features::{IDENTIFIER_FEATURES, IdentifierFeature};
pub use form::{Form, Origin, Space};
pub use index::{IdentifierIndex, looked_up_keys, stored_keys};
pub use ip::IpSpan;
pub use phone::phone_is_of_country;
pub(crate) use reason::{side, unchecked};
pub use rejected::{Place, Rejected, Why};

/// A party's identifiers, addresses and birth date in the form that is compared.
#[derive(Clone, Default)]
pub struct CleanIdentifiers {
    /// Cleaned texts of forms and addresses, one behind the other: one allocation for all.
    pub(crate) text: String,
    /// Sorted by key.
    pub forms: Vec<Form>,
    /// Sorted by first address.
    pub ranges: Vec<IpSpan>,
    pub addresses: Vec<CleanAddress>,
    pub birth_date: Option<BirthDate>,
    /// What was left out, and why.
    rejected: Vec<Rejected>,
    address_keys: Vec<address::AddressKey>,
    country: Option<country::Country>,
    /// No two ranges overlap, so that a search can stop early.
    disjoint_ranges: bool,
}

impl CleanIdentifiers {
    /// The cleaned text of a form of this party.
    pub fn text(&self, form: &Form) -> &str {
        let start = form.start as usize;
        self.text.get(start..start + usize::from(form.len)).unwrap_or("")
    }

    /// What the party is found by in an [`IdentifierIndex`]. Keys may come more than once.
    pub fn index_keys(&self) -> impl Iterator<Item = u64> + '_ {
        let forms = self.forms.iter().filter(|form| form.indexed).map(|form| form.key);
        forms.chain(self.address_keys.iter().map(|key| key.key))
    }

    /// The address space that the party is found by.
    pub fn spans(&self) -> &[IpSpan] {
        &self.ranges
    }

    /// What was left out, and why.
    pub fn rejected(&self) -> &[Rejected] {
        &self.rejected
    }

    /// Whether anything here could carry a hit alone.
    pub fn can_carry(&self) -> bool {
        self.index_keys().next().is_some() || !self.ranges.is_empty()
    }
}

/// Shows counts only: contents are confidential.
impl std::fmt::Debug for CleanIdentifiers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "CleanIdentifiers({} forms, {} ranges, {} addresses)",
            self.forms.len(),
            self.ranges.len(),
            self.addresses.len()
        )
    }
}
