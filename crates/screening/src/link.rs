//! Customers who share a phone, mail, payment handle, register number or address with a hit customer.
//!
//! They are context beside the hit, never hits. Finding them needs a second look at the customers,
//! because whom a later hit is linked with may have come before it.

use rustc_hash::FxHashMap;
use watchlist::{Address, IdentifierKind};

use crate::customer::Customer;
use crate::hit::{Hit, Linked};

/// More linked customers than this are not shown with one hit: the value is then shared by many. Customers on the same
/// machine are counted apart from those who share something of their own.
pub const MOST_LINKED: usize = 20;

/// Customers on the same machine: neighbours, not accomplices.
const MACHINE: &str = "machine";

/// Shared values of the hit customers.
#[derive(Clone, Debug, Default)]
pub struct LinkKeys {
    /// Key of a value to the rows of the hit customers that have it.
    rows: FxHashMap<u64, Vec<u64>>,
}

/// Who is linked with the hit customers. Customers must come in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// By the row of the hit customer.
    found: FxHashMap<u64, Vec<Linked>>,
    /// By the row of the hit customer: how many others are on its machines, the last of them.
    on_machines: FxHashMap<u64, (u64, u64)>,
}

impl LinkKeys {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every key of theirs.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        self.rows.keys().copied()
    }

    /// Remembers what `customer` could share.
    pub fn add_hit_customer(&mut self, customer: &Customer) {
        link_keys(customer, |key, _| {
            let rows = self.rows.entry(key).or_default();
            if rows.last() != Some(&customer.row) {
                rows.push(customer.row);
            }
        });
    }

    pub fn absorb(&mut self, other: Self) {
        for (key, rows) in other.rows {
            self.rows.entry(key).or_default().extend(rows);
        }
    }

    /// Whether `customer` has a value of another hit customer. Nearly none has, and any thread may ask.
    pub fn touches(&self, customer: &Customer) -> bool {
        let mut touches = false;
        link_keys(customer, |key, _| touches |= self.others(key, customer).next().is_some());
        touches
    }

    /// Rows of the hit customers that have the value, but for `customer` itself.
    fn others<'a>(&'a self, key: u64, customer: &'a Customer) -> impl Iterator<Item = u64> + 'a {
        let rows = self.rows.get(&key).map_or(&[][..], Vec::as_slice);
        rows.iter().copied().filter(move |row| *row != customer.row)
    }
}

impl Links {
    /// Second look: notes whom `customer` is linked with.
    pub fn visit(&mut self, hit_customers: &LinkKeys, customer: &Customer) {
        link_keys(customer, |key, shared| {
            for row in hit_customers.others(key, customer) {
                if shared == MACHINE {
                    let (count, last) = self.on_machines.entry(row).or_default();
                    *count += u64::from(*last != customer.row);
                    *last = customer.row;
                }
                let linked = self.found.entry(row).or_default();
                let of_this_kind = linked.iter().filter(|one| (one.shared == MACHINE) == (shared == MACHINE));
                if linked.iter().all(|other| other.row != customer.row) && of_this_kind.count() <= MOST_LINKED
                {
                    linked.push(Linked { customer_id: customer.id.clone(), row: customer.row, shared });
                }
            }
        });
    }

    /// Puts the linked customers beside the hits, in the order of their rows.
    pub fn attach(mut self, hits: &mut [Hit]) {
        for linked in self.found.values_mut() {
            linked.sort_by_key(|one| (one.shared == MACHINE, one.row));
            let own = linked.iter().filter(|one| one.shared != MACHINE).count();
            linked.truncate(own + MOST_LINKED);
            linked.drain(MOST_LINKED.min(own)..own);
        }
        for hit in hits {
            hit.linked = self.found.get(&hit.row).cloned().unwrap_or_default();
            hit.touched.others = self.on_machines.get(&hit.row).map_or(0, |(count, _)| *count);
        }
    }
}

/// Hands over a key for each value that two customers would not share by chance.
pub(crate) fn link_keys(customer: &Customer, mut keep: impl FnMut(u64, &'static str)) {
    for identifier in &customer.identifiers {
        let shared = match identifier.kind {
            IdentifierKind::Email => "email",
            IdentifierKind::Phone | IdentifierKind::WhatsApp | IdentifierKind::Signal => "phone",
            IdentifierKind::Wallet => "wallet",
            IdentifierKind::RegisterNumber | IdentifierKind::VatNumber | IdentifierKind::Lei => {
                "register_number"
            }
            IdentifierKind::TelegramName
            | IdentifierKind::TelegramId
            | IdentifierKind::Handle
            | IdentifierKind::Xmpp => "handle",
            _ => continue,
        };
        let digits_only = shared == "phone";
        let kept = identifier
            .value
            .bytes()
            .filter(|byte| if digits_only { byte.is_ascii_digit() } else { byte.is_ascii_alphanumeric() });
        let mut value: Vec<u8> = kept.map(|byte| byte.to_ascii_lowercase()).collect();
        if digits_only && value.len() > 9 {
            // The country code may be written or not; the last nine digits are the subscriber.
            value.drain(..value.len() - 9);
        }
        if value.len() > 4 && value.iter().any(|byte| *byte != value[0]) {
            keep(hash(shared, &value), shared);
        }
    }
    for machine in &customer.holdings.machines {
        let value: Vec<u8> = machine.trim().bytes().map(|byte| byte.to_ascii_lowercase()).collect();
        if !value.is_empty() {
            keep(hash(MACHINE, &value), MACHINE);
        }
    }
    for address in &customer.addresses {
        if let Some(value) = address_key(address) {
            keep(hash("address", &value), "address");
        }
    }
}

fn address_key(address: &Address) -> Option<Vec<u8>> {
    let letters = |text: &str| {
        text.bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase())
            .collect::<Vec<u8>>()
    };
    let (street, postcode) = (letters(&address.street), letters(&address.postcode));
    if street.len() < 4 || !street.iter().any(u8::is_ascii_digit) || postcode.len() < 4 {
        return None;
    }
    Some([street, postcode].concat())
}

fn hash(shared: &'static str, value: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(shared.as_bytes());
    hasher.write(value);
    hasher.finish()
}
