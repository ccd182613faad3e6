//! When a run began and how long it took.

use std::time::Instant;

use jiff::Timestamp;

use crate::clock;

pub(crate) struct Stopwatch {
    pub(crate) started_at: Timestamp,
    since: Instant,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { started_at: clock::now(), since: Instant::now() }
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.since.elapsed().as_secs_f64()
    }
}
