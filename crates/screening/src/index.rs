//! The received editions in a form that finds what is worth comparing.
//!
//! The index never decides: it hands out every entry that could reach the threshold (and some that
//! cannot), and [`matching::compare`] does the rest. What it must not do is lose a pair; the keys of
//! names and identifiers are made so that every hit shares one (property test in `tests/index.rs`).

use matching::identifiers::IdentifierIndex;
use matching::names::keys::{self, Key, Use};
use matching::names::{Buffers, CleanName};
use matching::party::{Party, RawParty};
use watchlist::{Edition, Entry, Status};

/// One entry, cleaned.
pub struct Listed {
    /// Place of its list in the order given.
    pub list: usize,
    pub entry: Entry,
    pub party: Party,
}

/// Something in an entry that could not be used, or an entry that can never be a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexProblem {
    pub list: usize,
    pub entry_id: String,
    /// What was found and why it does not count; may hold list contents, so it is for the terminal
    /// of the person who gave the list, never for a log.
    pub what: String,
}

/// The editions, ready for checks.
pub struct Index {
    listed: Vec<Listed>,
    names: NameIndex,
    identifiers: IdentifierIndex,
    problems: Vec<IndexProblem>,
}

impl Index {
    /// Cleans and indexes all entries that are active or suspended. Withdrawn ones are left out.
    pub fn build(editions: &[Edition]) -> Self {
        let mut buffers = Buffers::default();
        let mut problems = Vec::new();
        let mut listed = Vec::new();
        for (list, edition) in editions.iter().enumerate() {
            for entry in edition.entries.iter().filter(|entry| entry.status != Status::Withdrawn) {
                let party = Party::clean(&RawParty::of_entry(entry), &mut buffers);
                note_problems(list, entry, &party, &mut problems);
                listed.push(Listed { list, entry: entry.clone(), party });
            }
        }
        let identifiers =
            IdentifierIndex::build(listed.iter().enumerate().map(|(place, one)| (place as u32, &one.party.identifiers)));
        let names = NameIndex::build(&listed);
        Self { listed, names, identifiers, problems }
    }

    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    pub fn problems(&self) -> &[IndexProblem] {
        &self.problems
    }

    /// Places of all entries that `party` could be a hit for, in order, each once.
    pub fn candidates(&self, party: &Party, found: &mut Vec<u32>) {
        found.clear();
        for name in &party.names {
            self.names.candidates(name, found);
        }
        self.identifiers.candidates(&party.identifiers, found);
        found.sort_unstable();
        found.dedup();
    }
}

fn note_problems(list: usize, entry: &Entry, party: &Party, problems: &mut Vec<IndexProblem>) {
    let entry_id = || entry.id.0.clone();
    for rejected in party.identifiers.rejected() {
        problems.push(IndexProblem { list, entry_id: entry_id(), what: rejected.describe(&entry.identifiers, &entry.addresses) });
    }
    if party.names.is_empty() && !party.identifiers.can_carry() {
        problems.push(IndexProblem {
            list,
            entry_id: entry_id(),
            what: "nothing in this entry can be compared, so it can never be a hit; \
                   expected a name in letters or a usable identifier"
                .to_owned(),
        });
    }
}

/// Keys of names to entries. Keys are spread over buckets by their first bits; within a bucket a
/// second part of the key is compared. Two keys that fall together only cost a comparison.
struct NameIndex {
    shift: u32,
    starts: Vec<u32>,
    postings: Vec<Posting>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    fingerprint: u32,
    /// Place of the entry; the highest bit says that the key is of a heavy word.
    entry: u32,
}

const HEAVY: u32 = 1 << 31;

impl NameIndex {
    fn build(listed: &[Listed]) -> Self {
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (place, one) in listed.iter().enumerate() {
            for name in &one.party.names {
                keys::keys(name, Use::Store, |key| all.push((key.hash, place as u32 | if key.heavy { HEAVY } else { 0 })));
            }
        }
        all.sort_unstable();
        all.dedup();
        let bits = (usize::BITS - all.len().leading_zeros()).clamp(8, 24);
        let shift = 64 - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for (hash, _) in &all {
            starts[(hash >> shift) as usize + 1] += 1;
        }
        for bucket in 1..starts.len() {
            starts[bucket] += starts[bucket - 1];
        }
        let postings = all.iter().map(|(hash, entry)| Posting { fingerprint: *hash as u32, entry: *entry }).collect();
        Self { shift, starts, postings }
    }

    fn candidates(&self, name: &CleanName, found: &mut Vec<u32>) {
        keys::keys(name, Use::LookUp, |Key { hash, heavy }| {
            let bucket = (hash >> self.shift) as usize;
            for posting in &self.postings[self.starts[bucket] as usize..self.starts[bucket + 1] as usize] {
                if posting.fingerprint == hash as u32 && (heavy || posting.entry & HEAVY != 0) {
                    found.push(posting.entry & !HEAVY);
                }
            }
        });
    }
}
