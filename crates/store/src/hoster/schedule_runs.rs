//! Scheduled runs: when each began, and how it ended. The name of a schedule is the house's own word.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { ScheduleRunId }

subject! {
    /// The state is `running`, or how it ended: `done`, `failed` or `missed`. The payload holds counts and, of a failure, why.
    ScheduleRun, ScheduleRunId, SCHEDULE_RUNS = "schedule_runs", "schedule run",
    {
        schedule: secret String,
        began_at: text Timestamp,
    }
}

/// Questions about scheduled runs.
pub struct ScheduleRuns<'a, S>(pub(crate) &'a mut S);

impl<S: Session> ScheduleRuns<'_, S> {
    pub async fn with_id(&mut self, id: &ScheduleRunId) -> Result<Option<ScheduleRun>, Error> {
        rows::one(self.0, &id.0).await
    }

    /// All runs of a schedule, in the order of their ids, which says nothing of time.
    pub async fn of(&mut self, schedule: &str) -> Result<Vec<ScheduleRun>, Error> {
        rows::with_secret(self.0, "schedule", schedule).await
    }

    pub async fn in_state(&mut self, state: &Word) -> Result<Vec<ScheduleRun>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }

    pub async fn began_before(&mut self, before: Timestamp) -> Result<Vec<ScheduleRun>, Error> {
        rows::those(self.0, "began_at < $1", &[rows::value(&before)]).await
    }
}

impl ScheduleRuns<'_, Act> {
    pub async fn add(&mut self, run: &ScheduleRun) -> Result<Revision, Error> {
        rows::add(self.0, run).await
    }

    pub async fn change(&mut self, run: &ScheduleRun) -> Result<Revision, Error> {
        rows::change(self.0, run).await
    }

    pub async fn remove(&mut self, run: &ScheduleRun) -> Result<(), Error> {
        rows::remove::<ScheduleRun>(self.0, &run.id.0, run.revision).await
    }
}
