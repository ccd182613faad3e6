//! All customers against the index, on several threads, with the same result whatever their number.

use std::sync::Mutex;
use std::sync::mpsc::sync_channel;

use crate::check::{Worker, check_with};
use crate::coverage::{CannotTell, Coverage, cannot_tell};
use crate::customer::Customer;
use crate::hit::Hit;
use crate::index::Index;
use crate::link::LinkKeys;
use crate::settings::Settings;

/// "Cannot tell" customers beyond this number are counted but not listed, so that memory stays bounded.
pub const MOST_CANNOT_TELL: usize = 100_000;

/// What came of a screening. Hits are in the order of the customers, then of the entries.
#[derive(Default)]
pub struct Screening {
    pub hits: Vec<Hit>,
    pub coverage: Coverage,
    /// The first [`MOST_CANNOT_TELL`] of them.
    pub cannot_tell: Vec<CannotTell>,
    pub cannot_tell_count: u64,
    /// What the hit customers could share with others; for [`crate::link`].
    pub link_keys: LinkKeys,
}

/// What came of one batch of customers.
#[derive(Default)]
struct Outcome {
    hits: Vec<Hit>,
    coverage: Coverage,
    cannot_tell: Vec<CannotTell>,
    link_keys: LinkKeys,
}

/// Screens all batches.
///
/// `parse` turns a batch into customers and what was wrong with it; it runs on the worker threads, so
/// that reading costs one thread only the splitting. `wrong` gets what was wrong, in order. At most
/// four batches for each thread are in memory.
pub fn screen<B: Send, P: Send>(
    index: &Index,
    batches: impl Iterator<Item = B> + Send,
    parse: impl Fn(B) -> (Vec<Customer>, P) + Sync,
    settings: &Settings,
    threads: usize,
    mut wrong: impl FnMut(P),
) -> Screening {
    let threads = threads.max(1);
    let mut screening = Screening::default();
    let (to_workers, from_reader) = sync_channel::<(usize, B)>(2 * threads);
    let (to_collector, from_workers) = sync_channel::<(usize, Outcome, P)>(2 * threads);
    let from_reader = Mutex::new(from_reader);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for numbered in batches.enumerate() {
                if to_workers.send(numbered).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads {
            let (from_reader, parse, to_collector) = (&from_reader, &parse, to_collector.clone());
            scope.spawn(move || {
                let mut worker = Worker::default();
                loop {
                    let next = from_reader.lock().map(|queue| queue.recv());
                    let Ok(Ok((number, batch))) = next else { break };
                    let (customers, problems) = parse(batch);
                    let outcome = screen_batch(&mut worker, index, &customers, settings);
                    if to_collector.send((number, outcome, problems)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(to_collector);
        let mut waiting = std::collections::BTreeMap::new();
        let mut next = 0;
        for (number, outcome, problems) in from_workers {
            waiting.insert(number, (outcome, problems));
            while let Some((outcome, problems)) = waiting.remove(&next) {
                wrong(problems);
                screening.absorb(outcome);
                next += 1;
            }
        }
    });
    screening
}

fn screen_batch(worker: &mut Worker, index: &Index, customers: &[Customer], settings: &Settings) -> Outcome {
    let mut outcome = Outcome::default();
    for customer in customers {
        outcome.coverage.add(customer);
        outcome.cannot_tell.extend(cannot_tell(customer));
        let hits = check_with(worker, index, customer, settings);
        if !hits.is_empty() {
            outcome.link_keys.add_hit_customer(customer);
            outcome.hits.extend(hits);
        }
    }
    outcome
}

impl Screening {
    fn absorb(&mut self, outcome: Outcome) {
        self.hits.extend(outcome.hits);
        self.coverage.absorb(&outcome.coverage);
        self.cannot_tell_count += outcome.cannot_tell.len() as u64;
        let room = MOST_CANNOT_TELL.saturating_sub(self.cannot_tell.len());
        self.cannot_tell.extend(outcome.cannot_tell.into_iter().take(room));
        self.link_keys.absorb(outcome.link_keys);
    }
}
