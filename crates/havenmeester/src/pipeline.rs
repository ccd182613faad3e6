//! Work on batches on all cores, with the results in the order of the batches.
//!
//! Each worker takes the next batch from the source and works on it; the caller's thread hands the results
//! to the sink as soon as all earlier ones are there. The outcome is the same for any number of workers,
//! and only a few batches exist at a time, however long the source is.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many batches may be taken beyond the last one that reached the sink, for each worker.
///
/// 4 keeps the workers busy when one batch takes longer than its neighbours; more would only cost memory.
const AHEAD_PER_WORKER: u64 = 4;

/// Runs `work` on every batch of `source` with `workers` threads and gives the results to `sink` in order.
///
/// Stops at the first error, of source, work or sink alike. The sink runs on the caller's thread. With
/// one worker no thread is started.
pub(crate) fn in_order<B, R, E>(
    workers: usize,
    mut source: impl Iterator<Item = Result<B, E>> + Send,
    work: impl Fn(B) -> Result<R, E> + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    R: Send,
    E: Send,
{
    if workers <= 1 {
        return source.try_for_each(|batch| sink(work(batch?)?));
    }
    let line = Line {
        source: Mutex::new((0, source)),
        ahead: AHEAD_PER_WORKER * workers as u64,
        state: Mutex::new(State { next: 0, waiting: BTreeMap::new(), end: None, stopped: false }),
        moved: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| line.run(&work));
        }
        // If the sink panics, the workers must end too, or the scope waits for them for ever.
        let _release = Release(&line);
        while let Some(result) = line.next() {
            if let Err(error) = result.and_then(&mut sink) {
                line.stop();
                return Err(error);
            }
        }
        Ok(())
    })
}

struct Line<I, R, E> {
    /// The number of the next batch, and where it comes from.
    source: Mutex<(u64, I)>,
    ahead: u64,
    state: Mutex<State<R, E>>,
    /// Told whenever a result is there, was taken, or the work is over.
    moved: Condvar,
}

struct State<R, E> {
    /// The number of the batch whose result is taken next.
    next: u64,
    waiting: BTreeMap<u64, Result<R, E>>,
    /// No batch from this number on.
    end: Option<u64>,
    stopped: bool,
}

impl<B, R, E, I> Line<I, R, E>
where
    I: Iterator<Item = Result<B, E>>,
{
    /// What each worker does.
    fn run(&self, work: &(impl Fn(B) -> Result<R, E> + Sync)) {
        let _release = Release(self);
        while let Some((number, batch)) = self.take() {
            let result = batch.and_then(work);
            lock(&self.state).waiting.insert(number, result);
            self.moved.notify_all();
        }
    }

    /// The next batch, as soon as the results that were taken are near enough.
    fn take(&self) -> Option<(u64, Result<B, E>)> {
        let mut source = lock(&self.source);
        let number = source.0;
        let mut state = lock(&self.state);
        while !state.stopped && state.end.is_none() && number >= state.next + self.ahead {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped || state.end.is_some() {
            return None;
        }
        drop(state);
        let Some(batch) = source.1.next() else {
            lock(&self.state).end = Some(number);
            self.moved.notify_all();
            return None;
        };
        source.0 += 1;
        Some((number, batch))
    }
}

impl<I, R, E> Line<I, R, E> {
    /// The next result in order; nothing when all were taken.
    fn next(&self) -> Option<Result<R, E>> {
        let mut state = lock(&self.state);
        loop {
            let next = state.next;
            if let Some(result) = state.waiting.remove(&next) {
                state.next += 1;
                self.moved.notify_all();
                return Some(result);
            }
            if state.stopped || state.end.is_some_and(|end| next >= end) {
                return None;
            }
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn stop(&self) {
        lock(&self.state).stopped = true;
        self.moved.notify_all();
    }
}

/// Stops the line when its holder panics, so that nobody waits for a result that will never come.
struct Release<'a, I, R, E>(&'a Line<I, R, E>);

impl<I, R, E> Drop for Release<'_, I, R, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

/// A poisoned lock is taken all the same: the panic that poisoned it ends the run anyway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::in_order;

    fn numbers(count: u32) -> impl Iterator<Item = Result<u32, String>> + Send {
        (0..count).map(Ok)
    }

    #[test]
    fn results_come_in_the_order_of_the_source() {
        for workers in [1, 2, 7] {
            let mut seen = Vec::new();

            in_order(
                workers,
                numbers(500),
                |number| {
                    // Unequal work, so that later batches overtake earlier ones.
                    std::thread::sleep(std::time::Duration::from_micros(u64::from(number % 7) * 20));
                    Ok(number * 2)
                },
                |result| {
                    seen.push(result);
                    Ok(())
                },
            )
            .unwrap();

            assert_eq!(seen, (0..500).map(|number| number * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_empty_source_is_no_error() {
        in_order(3, numbers(0), Ok, |_: u32| Ok(())).unwrap();
    }

    #[test]
    fn the_first_error_stops_everything() {
        for workers in [1, 4] {
            let broken_source = numbers(10).chain([Err("line 10".to_owned())]).chain(numbers(100_000));
            assert_eq!(in_order(workers, broken_source, Ok, |_| Ok(())), Err("line 10".to_owned()));

            let broken_sink = |number| if number == 5 { Err("disk full".to_owned()) } else { Ok(()) };
            assert_eq!(in_order(workers, numbers(1000), Ok, broken_sink), Err("disk full".to_owned()));
        }
    }
}
