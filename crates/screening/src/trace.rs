//! What of a customer a change of the lists can touch at all: hashes of its keys, its address space, and what it could
//! share with others. Whoever is not touched has the same hits as before, so a base that is kept is screened again by
//! looking at traces, which takes milliseconds, and at the few customers whose traces are touched.
//!
//! A trace is shortened to 32 bits a key: one that falls together with another costs a comparison and loses nothing.

use matching::identifiers::{looked_up_keys, stored_keys};
use matching::names::Buffers;
use matching::names::keys::{self, Use};
use matching::party::{Party, RawParty};
use rustc_hash::FxHashSet;
use watchlist::Entry;

use crate::check::raw_party;
use crate::coverage::{Coverage, cannot_tell};
use crate::customer::Customer;
use crate::link::{LinkKeys, link_keys};

/// The trace of one customer, as bytes: what is known of it, three counts, then keys, links and spans.
pub struct Trace(Vec<u8>);

/// Bytes in front: what is known, and the three counts.
const HEAD: usize = 16;
/// Set where a hit cannot be excluded.
const CANNOT_TELL: u32 = 1 << 31;
const KEY: usize = 4;
const SPAN: usize = 32;

impl Trace {
    pub fn of(customer: &Customer, buffers: &mut Buffers) -> Self {
        let party = Party::clean(&raw_party(customer), buffers);
        let mut found: Vec<u32> = Vec::new();
        for name in &party.names {
            keys::keys(name, Use::LookUp, |key| found.push(marked(key.hash, key.heavy)));
        }
        found.extend(looked_up_keys(&party.identifiers).map(|key| marked(key, true)));
        found.sort_unstable();
        found.dedup();
        let mut links: Vec<u32> = Vec::new();
        link_keys(customer, |key, _| links.push(short(key)));
        let spans = party.identifiers.spans();

        let mut bytes = Vec::with_capacity(HEAD + KEY * (found.len() + links.len()) + SPAN * spans.len());
        bytes.extend(known(customer).to_le_bytes());
        for count in [found.len(), links.len(), spans.len()] {
            bytes.extend((count as u32).to_le_bytes());
        }
        found.iter().chain(&links).for_each(|key| bytes.extend(key.to_le_bytes()));
        for span in spans {
            bytes.extend(span.first.to_le_bytes());
            bytes.extend(span.last.to_le_bytes());
        }
        Self(bytes)
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Which kinds of values a customer has, a bit each, and whether it is too little.
fn known(customer: &Customer) -> u32 {
    let mut coverage = Coverage::default();
    coverage.add(customer);
    let kinds = coverage.kinds().into_iter().enumerate();
    let bits = kinds.fold(0, |bits, (place, count)| bits | u32::from(count > 0) << place);
    if cannot_tell(customer).is_some() { bits | CANNOT_TELL } else { bits }
}

/// A trace as it was kept. What is no trace reads as none, and `None` means that the customer must be looked at.
#[derive(Clone, Copy)]
pub struct KeptTrace<'a> {
    known: u32,
    keys: &'a [u8],
    links: &'a [u8],
    spans: &'a [u8],
}

impl<'a> KeptTrace<'a> {
    /// Reads what [`Trace::into_bytes`] gave.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let count = |place: usize| {
            let four = bytes.get(4 * place..4 * place + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(four)).ok()
        };
        let (known, keys, links, spans) = (count(0)?, count(1)?, count(2)?, count(3)?);
        let known = u32::try_from(known).ok()?;
        let rest = bytes.get(HEAD..)?;
        let (keys, rest) = rest.split_at_checked(keys.checked_mul(KEY)?)?;
        let (links, spans_kept) = rest.split_at_checked(links.checked_mul(KEY)?)?;
        (spans_kept.len() == spans.checked_mul(SPAN)?).then_some(Self {
            known,
            keys,
            links,
            spans: spans_kept,
        })
    }

    /// Adds the customer to the coverage of a base.
    pub fn add_to(self, coverage: &mut Coverage) {
        coverage.add_kinds(|place| self.known & 1 << place != 0);
    }

    /// Whether the customer has too little data to exclude a hit.
    pub const fn cannot_tell(self) -> bool {
        self.known & CANNOT_TELL != 0
    }

    fn spans(self) -> impl Iterator<Item = (u128, u128)> + 'a {
        let number = |bytes: &[u8]| bytes.try_into().map_or(0, u128::from_le_bytes);
        self.spans.chunks_exact(SPAN).map(move |span| (number(&span[..16]), number(&span[16..])))
    }
}

fn short(key: u64) -> u32 {
    (key >> 32) as u32 ^ key as u32
}

/// A key with whether it is of a heavy word in its last bit. Of two names that share a light word in both nothing
/// follows, so such keys do not meet; keys of identifiers always do.
fn marked(key: u64, heavy: bool) -> u32 {
    short(key) & !1 | u32::from(heavy)
}

fn shorts(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(KEY).map(|key| u32::from_le_bytes([key[0], key[1], key[2], key[3]]))
}

/// What entries would be found by.
#[derive(Default)]
pub struct Wanted {
    /// All keys, and those of heavy words, without their marks.
    keys: Filtered,
    heavy: Filtered,
    /// Sorted by their first address, with the highest last address of all before.
    spans: Vec<(u128, u128)>,
}

impl Wanted {
    /// What any of these entries would be found by.
    pub fn by<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut wanted = Self::default();
        let mut buffers = Buffers::default();
        for entry in entries {
            let party = Party::clean(&RawParty::of_entry(entry), &mut buffers);
            for name in &party.names {
                keys::keys(name, Use::Store, |key| wanted.add(marked(key.hash, key.heavy)));
            }
            stored_keys(&party.identifiers).for_each(|key| wanted.add(marked(key, true)));
            wanted.spans.extend(party.identifiers.spans().iter().map(|span| (span.first, span.last)));
        }
        wanted.spans.sort_unstable();
        let mut highest = 0;
        for (_, last) in &mut wanted.spans {
            highest = highest.max(*last);
            *last = highest;
        }
        wanted
    }

    fn add(&mut self, key: u32) {
        self.keys.add(key & !1);
        if key & 1 == 1 {
            self.heavy.add(key & !1);
        }
    }

    fn has(&self, key: u32) -> bool {
        let met_by = if key & 1 == 1 { &self.keys } else { &self.heavy };
        met_by.has(key & !1)
    }

    /// Whether a customer could be a hit on one of the entries.
    pub fn touches(&self, trace: KeptTrace<'_>) -> bool {
        shorts(trace.keys).any(|key| self.has(key))
            || trace.spans().any(|(first, last)| {
                let before = self.spans.partition_point(|(start, _)| *start <= last);
                self.spans[..before].last().is_some_and(|(_, highest)| *highest >= first)
            })
    }
}

/// What hit customers could share with others, in the form of traces.
pub struct Shared(Filtered);

impl Shared {
    pub fn of(hit_customers: &LinkKeys) -> Self {
        let mut shared = Filtered::default();
        hit_customers.keys().for_each(|key| shared.add(short(key)));
        Self(shared)
    }

    /// Whether a customer could share something with one of them.
    pub fn touches(&self, trace: KeptTrace<'_>) -> bool {
        shorts(trace.links).any(|key| self.0.has(key))
    }
}

/// A set that nearly always answers no, so that it does so by one bit.
struct Filtered {
    bits: Vec<u64>,
    keys: FxHashSet<u32>,
}

impl Default for Filtered {
    fn default() -> Self {
        Self { bits: vec![0; 1 << (Self::BITS - 6)], keys: FxHashSet::default() }
    }
}

impl Filtered {
    /// 128 KiB: they stay near the processor, and a thousand keys leave one of a thousand bits set.
    const BITS: u32 = 20;

    fn add(&mut self, key: u32) {
        let place = key >> (32 - Self::BITS);
        self.bits[(place / 64) as usize] |= 1 << (place % 64);
        self.keys.insert(key);
    }

    fn has(&self, key: u32) -> bool {
        let place = key >> (32 - Self::BITS);
        self.bits[(place / 64) as usize] & (1 << (place % 64)) != 0 && self.keys.contains(&key)
    }
}
