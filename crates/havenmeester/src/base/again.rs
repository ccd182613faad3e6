//! Screens a kept base again, where something changed; the outcome is that of a whole screening.
//!
//! A customer can have another outcome only if it changed itself, had a hit before, or is touched by an entry that
//! changed. Those are looked at with all entries; everybody else has no hit, as before.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use documents::FileStamp;
use matching::names::Buffers;
use operations::hoster::bases::{self, CHUNK, Head, Part, Records, customer as piece};
use rayon::prelude::*;
use screening::{Coverage, Customer, Index, KeptTrace, Links, Screening, Settings, Shared, Wanted};

use super::about::{About, Changed};
use super::part::{at, kept, part_of};
use super::record;
use crate::customers::PER_BATCH;
use crate::desk::Desk;
use crate::lists::Lists;

/// Customers that changed, in the order in which they came, and the ids of those who are gone.
#[derive(Default)]
pub(crate) struct Changes {
    pub(crate) customers: Vec<Customer>,
    pub(crate) gone: BTreeSet<String>,
    /// The file or source that the base is that of, with these changes; nothing where it stays the same.
    pub(crate) of_file: Option<FileStamp>,
    /// Ids of the batches that they came in.
    pub(crate) batches: Vec<String>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.customers.is_empty() && self.gone.is_empty()
    }
}

/// What came of it.
pub(crate) struct Again {
    pub(crate) screening: Screening,
    pub(crate) about: About,
    /// Customers that were looked at, of all.
    pub(crate) looked_at: u64,
    base: Base,
    /// Whether the base is that of another file now.
    is_renewed: bool,
    /// Ids of the batches of changes that are in it now.
    taken: Vec<String>,
}

/// The base in memory, as far as it was needed.
struct Base {
    head: Head,
    traces: Vec<Records>,
    /// Chunks of customers that were read, by their part.
    read: BTreeMap<(u64, usize), Records>,
    /// Parts that must be kept anew.
    changed: BTreeMap<u64, Part>,
}

/// Part and place.
type Position = (u64, usize);

/// Screens the base that is kept; nothing where there is none.
///
/// # Errors
/// If the database does not answer, or the base is of another version of the program.
pub(crate) fn screen(
    desk: &Desk,
    lists: &Lists,
    index: &Index,
    settings: &Settings,
    workers: usize,
    changes: Changes,
) -> Result<Option<Again>> {
    let Some(head) = desk.run(async { bases::head(&mut desk.store.look().await?).await })? else {
        return Ok(None);
    };
    let mut about = About::read(&head.about)?;
    if let Some(file) = &changes.of_file {
        about.is_of(file);
    }
    let (is_renewed, taken) = (changes.of_file.is_some(), changes.batches.clone());
    let traces = desk.run(async { bases::traces(&mut desk.store.look().await?).await })?;
    let mut base = Base { head, traces, read: BTreeMap::new(), changed: BTreeMap::new() };
    let mut wanted: BTreeSet<Position> = about.hit_customers.iter().copied().collect();
    wanted.extend(base.apply(desk, &mut about, changes)?);
    let coverage = base.look_at_traces(&about.changed(lists, settings), &mut wanted);

    let customers = base.customers(desk, &wanted)?;
    let positions: HashMap<u64, Position> = customers.iter().map(|(at, one)| (one.row, *at)).collect();
    let batches: Vec<Vec<Customer>> = customers
        .chunks(PER_BATCH)
        .map(|some| some.iter().map(|(_, customer)| customer.clone()).collect())
        .collect();
    let mut screening =
        screening::screen(index, batches.into_iter(), |batch| (batch, ()), settings, workers, |()| {});
    screening.coverage = coverage;
    base.attach_linked(desk, &mut screening)?;

    let hit_rows: BTreeSet<u64> = screening.hits.iter().map(|hit| hit.row).collect();
    about.hit_customers = hit_rows.iter().filter_map(|row| positions.get(row).copied()).collect();
    about.hit_customers.sort_unstable();
    let looked_at = customers.len() as u64;
    Ok(Some(Again { screening, about, looked_at, base, is_renewed, taken }))
}

impl Again {
    /// Whether the base is as it was when it was read.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn is_current(&self, desk: &Desk) -> Result<bool> {
        let head = desk.run(async { bases::head(&mut desk.store.look().await?).await })?;
        Ok(head.is_some_and(|head| head.seen == self.base.head.seen))
    }

    /// Keeps what changed of the base, and what it was screened with.
    ///
    /// # Errors
    /// Those of the database, and that somebody else changed the base meanwhile.
    pub(crate) fn keep(
        mut self,
        lists: &[(String, BTreeMap<String, String>)],
        settings: &Settings,
        customers: u64,
        desk: &Desk,
    ) -> Result<()> {
        self.about.screened_with(lists, settings);
        let now = desk.now();
        let mut head = Head { customers, about: serde_json::to_value(&self.about)?, ..self.base.head };
        if self.is_renewed {
            (head.file, head.taken_at) = (self.about.file().name, now);
        }
        let parts: Vec<_> = self.base.changed.into_iter().collect();
        desk.run(bases::change(&desk.store, &desk.person, &head, parts, &self.taken, now))?;
        Ok(())
    }
}

impl Base {
    /// Puts changed customers in the places of the earlier ones, new ones at the end, and takes away who is gone.
    /// Answers where the changed ones stand.
    fn apply(&mut self, desk: &Desk, about: &mut About, changes: Changes) -> Result<Vec<Position>> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let mut instead: HashMap<String, Customer> = HashMap::new();
        let mut order = Vec::new();
        for customer in changes.customers {
            order.push(customer.id.clone());
            instead.insert(customer.id.clone(), customer);
        }
        let mut looked_at = Vec::new();
        for part in 0..self.traces.len() as u64 {
            let chunks = self.part(desk, part)?;
            let affected = chunks.iter().flat_map(Records::iter).any(|record| {
                piece(record).is_some_and(|(id, _)| instead.contains_key(id) || changes.gone.contains(id))
            });
            if affected {
                let places = self.change_part(part, &chunks, &mut instead, &changes.gone);
                looked_at.extend(places.into_iter().map(|place| (part, place)));
            }
        }
        let new: Vec<Customer> = order.iter().filter_map(|id| instead.remove(id)).collect();
        looked_at.extend(self.append(new, about));
        Ok(looked_at)
    }

    /// All chunks of a part.
    fn part(&self, desk: &Desk, part: u64) -> Result<Vec<Records>> {
        let customers = self.traces.get(part as usize).map_or(0, |traces| traces.iter().count());
        let read = async {
            let mut look = desk.store.look().await?;
            let mut chunks = Vec::new();
            for chunk in 0..customers.div_ceil(CHUNK) {
                chunks.push(bases::customers(&mut look, part, chunk).await?);
            }
            Ok(chunks)
        };
        desk.run(read)
    }

    /// Makes a part anew; answers the places of the customers that changed. Who is gone leaves an empty place.
    fn change_part(
        &mut self,
        part: u64,
        chunks: &[Records],
        instead: &mut HashMap<String, Customer>,
        gone: &BTreeSet<String>,
    ) -> Vec<usize> {
        let (mut left, mut changed, mut buffers) = (Part::default(), Vec::new(), Buffers::default());
        let records = chunks.iter().flat_map(Records::iter);
        for (place, (record, trace)) in records.zip(self.traces[part as usize].iter()).enumerate() {
            let known = piece(record);
            match known.and_then(|(id, _)| instead.remove(id)) {
                Some(mut customer) => {
                    let earlier = known.and_then(|(id, rest)| record::from_bytes(id, rest));
                    customer.row = earlier.map_or(customer.row, |earlier| earlier.row);
                    let (record, trace) = kept(&customer, &mut buffers);
                    left.push(&record, &trace);
                    changed.push(place);
                }
                None if known.is_some_and(|(id, _)| gone.contains(id)) => left.push(b"", b""),
                None => left.push(record, trace),
            }
        }
        self.put(part, left);
        changed
    }

    /// Takes a part that was made anew: its traces at once, its customers when they are asked for and at the end.
    fn put(&mut self, part: u64, made: Part) {
        match self.traces.get_mut(part as usize) {
            Some(traces) => traces.clone_from(&made.traces),
            None => self.traces.push(made.traces.clone()),
        }
        let chunks = made.customers.iter().enumerate();
        self.read.extend(chunks.map(|(chunk, records)| ((part, chunk), records.clone())));
        self.changed.insert(part, made);
    }

    /// New customers stand below all others, in parts of their own.
    fn append(&mut self, mut new: Vec<Customer>, about: &mut About) -> Vec<Position> {
        let mut added = Vec::new();
        for customer in &mut new {
            about.last_row += 1;
            customer.row = about.last_row;
        }
        for some in new.chunks(PER_BATCH) {
            let part = self.traces.len() as u64;
            self.put(part, part_of(some));
            added.extend((0..some.len()).map(|place| (part, place)));
        }
        added
    }

    /// Adds whom the changed entries touch, and of whom too little is known, which a report lists. Answers the coverage
    /// of the whole base. A trace that cannot be read asks for its customer.
    fn look_at_traces(&self, changed: &Changed<'_>, wanted: &mut BTreeSet<Position>) -> Coverage {
        let by_entries = match changed {
            Changed::Everything => None,
            Changed::Entries(entries) => Some(Wanted::by(entries.iter().copied())),
        };
        let mut coverage = Coverage::default();
        for (part, records) in self.traces.iter().enumerate() {
            for (place, record) in records.iter().enumerate().filter(|(_, record)| !record.is_empty()) {
                let trace = KeptTrace::read(record);
                if let Some(trace) = trace {
                    trace.add_to(&mut coverage);
                }
                let is_looked_at = match (trace, &by_entries) {
                    (Some(trace), Some(wanted)) => trace.cannot_tell() || wanted.touches(trace),
                    _ => true,
                };
                if is_looked_at {
                    wanted.insert((part as u64, place));
                }
            }
        }
        coverage
    }

    /// The customers at these positions, in the order of the base.
    fn customers(&mut self, desk: &Desk, wanted: &BTreeSet<Position>) -> Result<Vec<(Position, Customer)>> {
        let mut of_chunks: BTreeMap<(u64, usize), Vec<usize>> = BTreeMap::new();
        for (part, place) in wanted {
            of_chunks.entry((*part, place / CHUNK)).or_default().push(place % CHUNK);
        }
        self.read(desk, of_chunks.keys())?;
        let decoded: Vec<Vec<(Position, Customer)>> = of_chunks
            .par_iter()
            .map(|(key @ (part, chunk), places)| {
                let records = self.read.get(key).map(|records| at(records, places)).unwrap_or_default();
                let position = |place| (*part, chunk * CHUNK + place);
                records.into_iter().map(|(place, one)| (position(place), one)).collect()
            })
            .collect();
        Ok(decoded.into_iter().flatten().collect())
    }

    /// Reads the chunks that were not read before.
    fn read<'k>(&mut self, desk: &Desk, wanted: impl Iterator<Item = &'k (u64, usize)>) -> Result<()> {
        let read = async {
            let mut look = desk.store.look().await?;
            for key in wanted {
                if let Entry::Vacant(open) = self.read.entry(*key) {
                    open.insert(bases::customers(&mut look, key.0, key.1).await?);
                }
            }
            Ok(())
        };
        desk.run(read)
    }

    /// Looks a second time for customers who share something with a hit customer, as a screening of a file does.
    fn attach_linked(&mut self, desk: &Desk, screening: &mut Screening) -> Result<()> {
        let keys = std::mem::take(&mut screening.link_keys);
        if keys.is_empty() {
            return Ok(());
        }
        let shared = Shared::of(&keys);
        let mut wanted = BTreeSet::new();
        for (part, records) in self.traces.iter().enumerate() {
            for (place, record) in records.iter().enumerate().filter(|(_, record)| !record.is_empty()) {
                if KeptTrace::read(record).is_none_or(|trace| shared.touches(trace)) {
                    wanted.insert((part as u64, place));
                }
            }
        }
        let mut links = Links::default();
        for (_, customer) in self.customers(desk, &wanted)? {
            if keys.touches(&customer) {
                links.visit(&keys, &customer);
            }
        }
        links.attach(&mut screening.hits);
        Ok(())
    }
}
