//! Reading a source to its end: page by page, each row with its details, until the list holds nothing that was not read.
//!
//! Between two requests customers come and go, so that pages shift and one can slip between them. Therefore the list
//! is looked through again (without details), and what was missed is read, until a look counts as many rows as the
//! source says it has and finds nothing new. A source whose list fits into one answer needs no second look.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::{Deserialize, Serialize};

use super::patience::Asker;
use super::{Fault, Record};

/// One page of rows. `next` is where the page after it begins.
pub(super) struct Listed<R> {
    pub(super) rows: Vec<R>,
    pub(super) next: Option<u64>,
    /// Rows in all, where the source says so.
    pub(super) total: Option<u64>,
}

/// What became of a row.
pub(super) enum Whole {
    Read(Record),
    /// It belongs to no customer: an unused address, a machine of the hoster's own.
    Nobodys,
    /// It was in the list, and is no longer there.
    Gone,
}

/// What the file of one source says: which requests there are, and what of the answers is kept.
pub(super) trait Source: Sync {
    type Row: Send + Sync;

    /// The place of the first page.
    const FIRST: u64 = 0;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<Self::Row>, Fault>;

    /// What a row is known by, as long as the source lasts.
    fn key(row: &Self::Row) -> String;

    fn whole(&self, asker: &Asker<'_>, row: &Self::Row) -> Result<Whole, Fault>;
}

/// Where reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The first look through the list, at this place.
    At(u64),
    /// The list was looked through once.
    Again,
    /// Nothing is left to read.
    End,
}

/// Rows that were read together, and where reading goes on after them. Kept one by one, they are all that is needed to
/// go on after an interruption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Key of each row, and its customer if it has one.
    pub rows: Vec<(String, Option<Record>)>,
    pub next: Place,
    /// Rows in all, where the source says so.
    pub total: Option<u64>,
}

/// What was read before.
#[derive(Clone, Debug, Default)]
pub struct SoFar {
    place: Option<Place>,
    keys: HashSet<String>,
}

impl SoFar {
    /// Adds a page that was kept. Pages must come in their order.
    pub fn add(&mut self, page: &Page) {
        self.keys.extend(page.rows.iter().map(|(key, _)| key.clone()));
        self.place = Some(page.next);
    }

    pub fn rows(&self) -> u64 {
        self.keys.len() as u64
    }
}

/// What came of reading a source to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    pub rows: u64,
    /// Rows that were listed and gone when they were asked for.
    pub vanished: u64,
    /// Times that the list was looked through.
    pub looks: u32,
}

/// A first look at a source.
#[derive(Debug)]
pub struct Tried {
    /// Rows in all, where the source says so.
    pub total: Option<u64>,
    pub records: Vec<Record>,
    /// Rows that belong to no customer, among those that were tried.
    pub nobodys: u64,
}

/// Looks through the list before a source counts as restless.
const MOST_LOOKS: u32 = 6;
/// Pages without anything new, one after another, before a list counts as endless.
const MOST_REPEATS: u32 = 3;

/// Reads a source on from where it was left.
pub(super) fn to_the_end<S: Source>(
    source: &S,
    asker: &Asker<'_>,
    at_once: usize,
    so_far: SoFar,
    give: &mut dyn FnMut(&Page) -> bool,
) -> Result<Read, Fault> {
    let place = so_far.place.unwrap_or(Place::At(S::FIRST));
    let mut reading =
        Reading { source, asker, at_once, keys: so_far.keys, gone: HashSet::new(), give, looks: 0 };
    match place {
        Place::At(at) => {
            let look = reading.look_through(at, at == S::FIRST)?;
            if look.is_all_in_one && reading.gone.is_empty() && look.counts_agree() {
                return reading.finish(0);
            }
        }
        Place::Again => {}
        Place::End => return reading.finish(0),
    }
    reading.look_again()
}

/// The first rows of a source, with their details.
pub(super) fn tried<S: Source>(source: &S, asker: &Asker<'_>, most: usize) -> Result<Tried, Fault> {
    let listed = source.list(asker, S::FIRST)?;
    let mut tried = Tried { total: listed.total, records: Vec::new(), nobodys: 0 };
    for row in &listed.rows {
        if tried.records.len() == most {
            break;
        }
        match source.whole(asker, row)? {
            Whole::Read(record) => tried.records.push(record),
            Whole::Nobodys => tried.nobodys += 1,
            Whole::Gone => {}
        }
    }
    Ok(tried)
}

struct Reading<'a, S> {
    source: &'a S,
    asker: &'a Asker<'a>,
    at_once: usize,
    keys: HashSet<String>,
    /// Rows that were listed and could not be had.
    gone: HashSet<String>,
    give: &'a mut dyn FnMut(&Page) -> bool,
    looks: u32,
}

/// What one look through the list found.
struct Look {
    listed: HashSet<String>,
    total: Option<u64>,
    /// The source named fewer rows than before: something before our place was taken away, and pages have shifted.
    shrank: bool,
    new: u64,
    is_all_in_one: bool,
}

impl Look {
    fn counts_agree(&self) -> bool {
        self.total.is_none_or(|total| self.listed.len() as u64 == total)
    }

    fn is_final(&self) -> bool {
        !self.shrank
            && match self.total {
                Some(total) => self.listed.len() as u64 == total,
                // Without a count only silence tells that nothing was missed.
                None => self.new == 0,
            }
    }
}

impl<S: Source> Reading<'_, S> {
    fn look_again(&mut self) -> Result<Read, Fault> {
        loop {
            let look = self.look_through(S::FIRST, true)?;
            let stuck = self.gone.iter().filter(|key| look.listed.contains(*key)).count() as u64;
            if look.is_final() && stuck == 0 {
                return self.finish(self.gone.len() as u64);
            }
            if self.looks >= MOST_LOOKS {
                let listed = look.listed.len() as u64;
                return Err(match stuck {
                    0 => Fault::Restless { listed, told: look.total.filter(|told| *told != listed) },
                    stuck => Fault::Unreadable(stuck),
                });
            }
        }
    }

    fn finish(&mut self, vanished: u64) -> Result<Read, Fault> {
        self.keep(Page { rows: Vec::new(), next: Place::End, total: None })?;
        Ok(Read { rows: self.keys.len() as u64, vanished, looks: self.looks })
    }

    /// Goes through the list from a place on and reads whatever was not read before.
    fn look_through(&mut self, from: u64, is_whole: bool) -> Result<Look, Fault> {
        let is_first = self.looks == 0 && self.keys.is_empty() || !is_whole;
        self.looks += 1;
        let mut look =
            Look { listed: HashSet::new(), total: None, shrank: false, new: 0, is_all_in_one: false };
        let (mut at, mut repeats) = (from, 0);
        loop {
            let page = self.source.list(self.asker, at)?;
            look.shrank |= matches!((look.total, page.total), (Some(before), Some(now)) if now < before);
            look.total = page.total.or(look.total);
            let before = look.listed.len();
            look.listed.extend(page.rows.iter().map(S::key));
            repeats = if look.listed.len() == before && !page.rows.is_empty() { repeats + 1 } else { 0 };
            if repeats >= MOST_REPEATS || page.next.is_some_and(|next| next <= at) {
                return Err(Fault::Repeats);
            }
            let next = match page.next {
                Some(next) if is_first => Place::At(next),
                _ => Place::Again,
            };
            let here = if is_first { Place::At(at) } else { Place::Again };
            look.new += self.read_rows(page.rows, here, next, look.total)?;
            match page.next {
                Some(next) => at = next,
                None => break,
            }
        }
        look.is_all_in_one = is_whole && at == S::FIRST;
        Ok(look)
    }

    /// Reads those rows of a page that were not read, several at once, and keeps them in the order of the page.
    fn read_rows(
        &mut self,
        rows: Vec<S::Row>,
        here: Place,
        next: Place,
        total: Option<u64>,
    ) -> Result<u64, Fault> {
        let mut new: Vec<(String, S::Row)> = Vec::new();
        for row in rows {
            let key = S::key(&row);
            if !self.keys.contains(&key) && !new.iter().any(|(known, _)| *known == key) {
                new.push((key, row));
            }
        }
        if new.is_empty() && next == Place::Again {
            return Ok(0);
        }
        let found = in_parallel(&new, self.at_once, |(_, row)| self.source.whole(self.asker, row));
        let mut page = Page { rows: Vec::with_capacity(new.len()), next, total };
        let mut fault = None;
        for ((key, _), whole) in new.into_iter().zip(found) {
            let record = match whole {
                Some(Ok(Whole::Read(record))) => Some(record),
                Some(Ok(Whole::Nobodys)) => None,
                Some(Ok(Whole::Gone)) => {
                    self.gone.insert(key);
                    continue;
                }
                Some(Err(error)) => {
                    fault = fault.or(Some(error));
                    continue;
                }
                None => continue,
            };
            self.gone.remove(&key);
            page.rows.push((key, record));
        }
        // What was read beside the fault is read: it is kept, and the page comes again.
        let count = page.rows.len() as u64;
        if let Some(fault) = fault {
            self.keep(Page { next: here, ..page })?;
            return Err(fault);
        }
        self.keep(page)?;
        Ok(count)
    }

    fn keep(&mut self, page: Page) -> Result<(), Fault> {
        if !(self.give)(&page) {
            return Err(Fault::NotKept);
        }
        self.keys.extend(page.rows.into_iter().map(|(key, _)| key));
        Ok(())
    }
}

/// Does the same for all, on so many threads; the results are in the order of what they came from. After a fault
/// nothing new is begun, and what was not begun has no result.
fn in_parallel<T: Sync, R: Send>(
    all: &[T],
    at_once: usize,
    work: impl Fn(&T) -> Result<R, Fault> + Sync,
) -> Vec<Option<Result<R, Fault>>> {
    let results: Mutex<Vec<Option<Result<R, Fault>>>> = Mutex::new(all.iter().map(|_| None).collect());
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..at_once.clamp(1, all.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(place) else { break };
                    let result = work(one);
                    if result.is_err() {
                        next.store(all.len(), Ordering::Relaxed);
                    }
                    results.lock().unwrap_or_else(PoisonError::into_inner)[place] = Some(result);
                }
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}
