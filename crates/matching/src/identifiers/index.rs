//! Finds the entries that share a key or address space with a customer.

use std::hash::{BuildHasherDefault, Hasher};

use super::CleanIdentifiers;
use super::address::FoundBy;
use super::ip::IpSpan;

/// All entries of the lists, found by what can carry a hit. It only says what is worth comparing.
#[derive(Default)]
pub struct IdentifierIndex {
    /// Bits of keys that are there: most keys of most customers end here.
    filter: Vec<u64>,
    /// Key to a run in `entries`.
    runs: std::collections::HashMap<u64, (u32, u32), BuildHasherDefault<KeyIsHash>>,
    entries: Vec<u32>,
    segments: Segments,
}

impl IdentifierIndex {
    /// Builds the index of numbered entries.
    pub fn build<'a>(entries: impl IntoIterator<Item = (u32, &'a CleanIdentifiers)>) -> Self {
        let (mut pairs, mut spans) = (Vec::new(), Vec::new());
        for (number, entry) in entries {
            pairs.extend(stored_keys(entry).map(|key| (key, number)));
            spans.extend(entry.spans().iter().map(|span| (*span, number)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut index = Self { segments: Segments::build(&spans), ..Self::default() };
        index.filter = vec![0; (pairs.len() / 2 + 1).next_power_of_two()];
        for run in pairs.chunk_by(|a, b| a.0 == b.0) {
            let (key, start) = (run[0].0, index.entries.len() as u32);
            index.entries.extend(run.iter().map(|(_, number)| number));
            index.runs.insert(key, (start, index.entries.len() as u32));
            let (word, bit) = index.filter_place(key);
            index.filter[word] |= bit;
        }
        index
    }

    /// Adds the numbers of the entries worth comparing. One can come several times, in any order.
    pub fn candidates(&self, customer: &CleanIdentifiers, out: &mut Vec<u32>) {
        for key in looked_up_keys(customer) {
            let (word, bit) = self.filter_place(key);
            if self.filter.get(word).is_some_and(|bits| bits & bit != 0)
                && let Some(&(start, end)) = self.runs.get(&key)
            {
                out.extend_from_slice(&self.entries[start as usize..end as usize]);
            }
        }
        for span in customer.spans() {
            self.segments.overlapping(span, out);
        }
    }

    /// 32 bits for each key: about 3 of 100 strange keys go further.
    fn filter_place(&self, key: u64) -> (usize, u64) {
        let words = self.filter.len() as u64;
        ((key >> 6 & words.wrapping_sub(1)) as usize, 1 << (key & 63))
    }
}

/// Addresses are stored by postcode and by city. A city is in use by very many parties, so an entry's
/// city is kept apart by whether the address has a postcode.
pub fn stored_keys(entry: &CleanIdentifiers) -> impl Iterator<Item = u64> + '_ {
    let forms = entry.forms.iter().filter(|form| form.indexed).map(|form| form.key);
    forms.chain(
        entry
            .address_keys
            .iter()
            .flat_map(|key| match key.by {
                FoundBy::Postcode => [Some(key.key), None],
                FoundBy::City => [Some(key.key), None],
                FoundBy::CityAlone => [Some(key.key), Some(!key.key)],
            })
            .flatten(),
    )
}

/// An address with a postcode meets others by it, or by the city where they have none; one without a
/// postcode meets all by the city.
pub fn looked_up_keys(customer: &CleanIdentifiers) -> impl Iterator<Item = u64> + '_ {
    let forms = customer.forms.iter().filter(|form| form.indexed).map(|form| form.key);
    forms.chain(customer.address_keys.iter().map(|key| match key.by {
        FoundBy::Postcode | FoundBy::CityAlone => key.key,
        FoundBy::City => !key.key,
    }))
}

/// Shows counts only: contents of lists are confidential.
impl std::fmt::Debug for IdentifierIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IdentifierIndex({} keys, {} segments)", self.runs.len(), self.segments.starts.len())
    }
}

/// Keys are hashes already.
#[derive(Default)]
struct KeyIsHash(u64);

impl Hasher for KeyIsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = super::form::hash_bytes(self.0, bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The address space cut at every end of a span: within one segment the same entries are listed.
/// Nested and overlapping spans cost nothing when looking up.
#[derive(Default)]
struct Segments {
    /// First address of each segment, ascending.
    starts: Vec<u128>,
    /// For each segment its run in `entries`.
    runs: Vec<(u32, u32)>,
    entries: Vec<u32>,
}

impl Segments {
    fn build(spans: &[(IpSpan, u32)]) -> Self {
        let mut cuts: Vec<u128> =
            spans.iter().flat_map(|(span, _)| [span.first, span.last.saturating_add(1)]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut by_first: Vec<&(IpSpan, u32)> = spans.iter().collect();
        by_first.sort_unstable_by_key(|(span, _)| span.first);
        let (mut segments, mut open, mut next) = (Self::default(), Vec::<&(IpSpan, u32)>::new(), 0);
        for cut in cuts {
            open.retain(|(span, _)| span.last >= cut);
            while next < by_first.len() && by_first[next].0.first <= cut {
                open.push(by_first[next]);
                next += 1;
            }
            let start = segments.entries.len() as u32;
            segments
                .entries
                .extend(open.iter().filter(|(span, _)| span.last >= cut).map(|(_, number)| number));
            segments.starts.push(cut);
            segments.runs.push((start, segments.entries.len() as u32));
        }
        segments
    }

    fn overlapping(&self, span: &IpSpan, out: &mut Vec<u32>) {
        let after = self.starts.partition_point(|start| *start <= span.first);
        let begin = after.saturating_sub(1);
        for at in begin..self.starts.len() {
            if self.starts[at] > span.last {
                break;
            }
            let (start, end) = self.runs[at];
            out.extend_from_slice(&self.entries[start as usize..end as usize]);
        }
    }
}
