//! Schedules at work: as long as the desk runs, each begins at its time, one after the other; and changes that other programs
//! told of are taken in.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use operations::hoster::changes;
use operations::hoster::outbox::ScheduleName;
use operations::hoster::schedules::runs::{self, Ended};
use operations::hoster::schedules::{Step, next_step};
use store::Store;

use super::running::{Fewer, by_itself, run_and_keep};
use super::settings::Schedule;
use super::taking_in;
use crate::desk::Desk;
use crate::output::Output;
use crate::{arguments, base, clock};

/// Between two looks at the clock.
const BEAT: Duration = Duration::from_secs(1);
/// After so many beats it is looked in the database again, since a person may have run a schedule by hand.
const ROUND: u32 = 30;
/// After changes were taken in, so that many that come one by one are screened together.
const BREATH: Duration = Duration::from_secs(5);
/// The longest time after changes that could not be taken in.
const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// Between two looks for what is old.
const DAILY: u32 = 24 * 3600;

/// Begins to run schedules, and to take changes in.
pub(crate) fn begin(store: &Arc<Store>, schedules: Vec<Schedule>, at: &arguments::Desk, output: Output) {
    tokio::spawn(take_in(Arc::clone(store), at.clone(), output));
    let at = by_itself(at, runs::BY);
    let waits = BTreeMap::new();
    let worker =
        Worker { store: Arc::clone(store), schedules, at, since: clock::now(), waits, beat: 0, output };
    tokio::spawn(worker.work());
}

struct Worker {
    store: Arc<Store>,
    schedules: Vec<Schedule>,
    at: arguments::Desk,
    /// When the program was started.
    since: Timestamp,
    /// Until when each schedule has nothing to do.
    waits: BTreeMap<ScheduleName, Timestamp>,
    beat: u32,
    output: Output,
}

impl Worker {
    async fn work(mut self) {
        let mut told = None;
        let mut first = true;
        loop {
            let failed = self.step(first).await.err().map(|error| format!("{error:#}"));
            first &= failed.is_some();
            if let Some(what) = failed.as_ref().filter(|_| failed != told) {
                self.output.note(format_args!("schedules do not run: {what}; it is tried again"));
            }
            told = failed;
            tokio::time::sleep(BEAT).await;
        }
    }

    async fn step(&mut self, is_first: bool) -> Result<()> {
        if is_first {
            // Nobody else runs schedules here, so what runs has broken off.
            runs::end_broken(&self.store, clock::now()).await?;
        }
        if self.beat.is_multiple_of(DAILY) {
            runs::drop_old(&self.store, clock::now()).await?;
            changes::drop_old(&self.store, clock::now()).await?;
        }
        if self.beat.is_multiple_of(ROUND) {
            self.waits.clear();
        }
        self.beat = self.beat.wrapping_add(1);
        for schedule in self.schedules.clone() {
            let now = clock::now();
            if self.waits.get(&schedule.name).is_some_and(|until| now < *until) {
                continue;
            }
            match self.next(&schedule, now).await? {
                Step::Wait { until } => {
                    self.waits.insert(schedule.name.clone(), until);
                }
                Step::Run { due, is_missed } => self.run(schedule, due, is_missed).await?,
            }
        }
        Ok(())
    }

    async fn next(&self, schedule: &Schedule, now: Timestamp) -> Result<Step> {
        let earlier = runs::of(&mut self.store.look().await?, &schedule.name).await?;
        let Some(last) = runs::last(&earlier) else {
            runs::set_up(&self.store, &schedule.name, now).await?;
            return Ok(Step::Wait { until: schedule.when.next_after(now) });
        };
        Ok(next_step(&schedule.when, last, self.since, now))
    }

    async fn run(&self, schedule: Schedule, due: Timestamp, is_missed: bool) -> Result<()> {
        let (at, output, name) = (self.at.clone(), self.output, schedule.name.clone());
        let running =
            move || run_and_keep(&schedule, &at, (due, is_missed), Fewer::Refused, Output { quiet: true });
        let ended = tokio::task::spawn_blocking(running).await.context("a run broke off")??;
        match ended {
            Some(Ended::Done { customers, hits, .. }) => {
                output.note(format_args!("schedule {}: {customers} customers, {hits} hits", name.as_str()));
            }
            Some(Ended::Failed { what: [what, _], .. }) => {
                output.note(format_args!("schedule {} failed: {what}; it is tried again", name.as_str()));
            }
            None => {}
        }
        Ok(())
    }
}

/// Takes changes in for ever. What cannot be taken in waits, and is told once.
async fn take_in(store: Arc<Store>, at: arguments::Desk, output: Output) {
    let (mut failures, mut told) = (0_u32, None);
    loop {
        let waits = async { changes::count_waiting(&mut store.look().await?).await };
        let taken = match waits.await {
            Ok(0) => Ok(0),
            Ok(_) => taken(at.clone(), failures == 0).await,
            Err(error) => Err(error.into()),
        };
        let pause = match &taken {
            Ok(0) => BEAT,
            Ok(_) => BREATH,
            Err(_) => (BREATH * 2_u32.saturating_pow(failures.min(10))).min(LONGEST_WAIT),
        };
        let failed = taken.err().map(|error| format!("{error:#}"));
        failures = if failed.is_some() { failures.saturating_add(1) } else { 0 };
        if let Some(what) = failed.as_ref().filter(|_| failed != told) {
            output.note(format_args!("changed customers wait: {what}; it is tried again"));
        }
        told = failed;
        tokio::time::sleep(pause).await;
    }
}

async fn taken(at: arguments::Desk, tells: bool) -> Result<usize> {
    let taking = move || {
        let _turn = base::turn();
        let taken = taking_in::take_in(&at);
        if taken.is_err() && tells {
            taking_in::note_failed(&Desk::open(&by_itself(&at, changes::BY))?)?;
        }
        taken
    };
    tokio::task::spawn_blocking(taking).await.context("taking changes in broke off")?
}
