//! The received editions in a form that finds what is worth comparing.
//!
//! The index never decides: it hands out every entry that could reach the threshold (and some that
//! cannot), and [`matching::compare()`] does the rest. What it must not do is lose a pair; the keys of
//! names and identifiers are made so that every hit shares one (property test in `tests/index.rs`).

use matching::identifiers::IdentifierIndex;
use matching::names::keys::{self, Key, Use};
use matching::names::{Buffers, CleanName};
use matching::party::{Party, RawParty};
use watchlist::{Edition, Entry, Phrase, Status};

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
    pub what: Phrase,
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
        let identifiers = IdentifierIndex::build(
            listed.iter().enumerate().map(|(place, one)| (place as u32, &one.party.identifiers)),
        );
        let names = NameIndex::build(&listed);
        Self { listed, names, identifiers, problems }
    }

    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    pub fn problems(&self) -> &[IndexProblem] {
        &self.problems
    }

    /// What of `party` could make a hit with which entry: in the order of the entries, each pair of
    /// names once, and once without names where identifiers meet.
    pub fn candidates(&self, party: &Party, found: &mut Candidates) {
        found.meetings.clear();
        for (place, name) in party.names.iter().enumerate() {
            self.names.candidates(name, place as u16, found);
        }
        found.entries.clear();
        self.identifiers.candidates(&party.identifiers, &mut found.entries);
        found.meetings.extend(found.entries.iter().map(|entry| Meeting { entry: *entry, names: None }));
        found.meetings.sort_unstable();
        found.meetings.dedup();
    }
}

/// Where a customer and an entry meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// Place in [`Index::listed`].
    pub entry: u32,
    /// Places of the two names that share a key: the customer's, the entry's. `None`: identifiers meet.
    pub names: Option<(u16, u16)>,
}

/// The meetings of one customer, in buffers that are used again.
#[derive(Default)]
pub struct Candidates {
    meetings: Vec<Meeting>,
    entries: Vec<u32>,
    met: Met,
}

/// Which listed names one name has met already: two names share many keys or none.
#[derive(Default)]
struct Met {
    /// For each listed name the round in which it was met last.
    rounds: Vec<u32>,
    round: u32,
}

impl Met {
    fn start(&mut self, names: usize) {
        if self.rounds.len() != names || self.round == u32::MAX {
            self.rounds.clear();
            self.rounds.resize(names, 0);
            self.round = 0;
        }
        self.round += 1;
    }

    /// Whether the listed name is met for the first time in this round.
    fn first_time(&mut self, name: u32) -> bool {
        let last = std::mem::replace(&mut self.rounds[name as usize], self.round);
        last != self.round
    }
}

impl Candidates {
    /// Each entry with the pairs of names that share a key.
    pub fn by_entry(&self) -> impl Iterator<Item = (u32, &[Meeting])> {
        self.meetings.chunk_by(|a, b| a.entry == b.entry).map(|meetings| (meetings[0].entry, meetings))
    }
}

fn note_problems(list: usize, entry: &Entry, party: &Party, problems: &mut Vec<IndexProblem>) {
    let entry_id = || entry.id.0.clone();
    for rejected in party.identifiers.rejected() {
        problems.push(IndexProblem {
            list,
            entry_id: entry_id(),
            what: rejected.describe(&entry.identifiers, &entry.addresses),
        });
    }
    if party.names.is_empty() && !party.identifiers.can_carry() {
        problems.push(IndexProblem {
            list,
            entry_id: entry_id(),
            what: Phrase::new(
                "nothing in this entry can be compared, so it can never be a hit; expected a name in letters or a \
                 usable identifier",
                "niets in deze vermelding is te vergelijken, dus zij kan nooit een treffer zijn; verwacht een naam \
                 in letters of een bruikbare identificatie",
            ),
        });
    }
}

/// Keys of names to names of entries. Keys are spread over buckets by their first bits; within a bucket
/// a second part of the key is compared. Two keys that fall together only cost a comparison.
struct NameIndex {
    /// Bits of keys that are there, [`FILTER_BITS`] more bits of the key than a bucket: most keys of most
    /// customers end here.
    filter: Vec<u64>,
    shift: u32,
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// Entry and place among its names, for each listed name.
    names: Vec<(u32, u16)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    fingerprint: u32,
    /// Place in [`NameIndex::names`]; the highest bit says that the key is of a heavy word.
    name: u32,
}

const HEAVY: u32 = 1 << 31;

/// Eight places in the filter for each bucket; one of eight strange keys goes further.
const FILTER_BITS: u32 = 3;

impl NameIndex {
    fn build(listed: &[Listed]) -> Self {
        let mut all: Vec<(u64, u32)> = Vec::new();
        let mut names = Vec::new();
        for (entry, one) in listed.iter().enumerate() {
            for (place, name) in one.party.names.iter().enumerate() {
                let number = names.len() as u32;
                names.push((entry as u32, place as u16));
                keys::keys(name, Use::Store, |key| {
                    all.push((key.hash, number | if key.heavy { HEAVY } else { 0 }))
                });
            }
        }
        all.sort_unstable();
        all.dedup();
        let bits = (usize::BITS - all.len().leading_zeros()).clamp(8, 24);
        let shift = 64 - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        let mut filter = vec![0u64; 1 << (bits + FILTER_BITS - u64::BITS.ilog2())];
        for (hash, _) in &all {
            starts[(hash >> shift) as usize + 1] += 1;
            let place = hash >> (shift - FILTER_BITS);
            filter[(place / 64) as usize] |= 1 << (place % 64);
        }
        for bucket in 1..starts.len() {
            starts[bucket] += starts[bucket - 1];
        }
        let postings =
            all.iter().map(|(hash, name)| Posting { fingerprint: *hash as u32, name: *name }).collect();
        Self { filter, shift, starts, postings, names }
    }

    fn candidates(&self, name: &CleanName, place: u16, found: &mut Candidates) {
        let Candidates { meetings, met, .. } = found;
        met.start(self.names.len());
        keys::keys(name, Use::LookUp, |Key { hash, heavy }| {
            let bit = hash >> (self.shift - FILTER_BITS);
            if self.filter[(bit / 64) as usize] & (1 << (bit % 64)) == 0 {
                return;
            }
            let bucket = (hash >> self.shift) as usize;
            for posting in &self.postings[self.starts[bucket] as usize..self.starts[bucket + 1] as usize] {
                let listed = posting.name & !HEAVY;
                if posting.fingerprint == hash as u32
                    && (heavy || posting.name & HEAVY != 0)
                    && met.first_time(listed)
                {
                    let (entry, listed) = self.names[listed as usize];
                    meetings.push(Meeting { entry, names: Some((place, listed)) });
                }
            }
        });
    }
}
