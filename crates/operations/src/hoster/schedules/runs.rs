//! Runs of schedules as they are kept: for which time, when they began, and how they ended.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::hoster::schedule_runs::{ScheduleRun as Row, ScheduleRunId};
use store::{Act, Deed, HosterSide, Payload, PersonId, Revision, Session, Store};

use super::timing::LastRun;
use crate::hoster::outbox::ScheduleName;
use crate::hoster::{actor, kept, word};

/// In whose name schedules run.
pub const BY: &str = "schedule";
/// The act by which a run begins whose time had passed.
pub(crate) const BEGIN_MISSED: &str = "begin_missed_run";
/// The act that keeps how a run ended.
pub(crate) const END: &str = "end_run";
/// For how long runs are kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What is kept of a run beside its columns.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    due: Timestamp,
    #[serde(default)]
    is_missed: bool,
    #[serde(default)]
    ended: Option<(Timestamp, Ended)>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    Done {
        /// Customers that were screened.
        customers: u64,
        /// Of them, how many were looked at: those of whom something had changed.
        looked_at: u64,
        hits: u64,
    },
    /// Why, in English and in Dutch, and what to do. It names no customer and nothing of a list.
    Failed { what: [String; 2], hint: [String; 2] },
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunState {
    /// The schedule was seen for the first time; there was no run.
    SetUp,
    Running,
    Ended(Timestamp, Ended),
}

/// A run of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: String,
    /// The time that it was for.
    pub due: Timestamp,
    pub began_at: Timestamp,
    /// Whether the program did not run at that time.
    pub is_missed: bool,
    pub state: RunState,
}

const SET_UP: &str = "set_up";
const RUNNING: &str = "running";

fn opened(row: &Row) -> Result<Run, store::Error> {
    let Kept { due, is_missed, ended } = kept("schedule run", &row.id, &row.payload)?;
    let state = match (row.state.as_str(), ended) {
        (SET_UP, _) => RunState::SetUp,
        (_, Some((at, ended))) => RunState::Ended(at, ended),
        (_, None) => RunState::Running,
    };
    Ok(Run { id: row.id.0.clone(), due, began_at: row.began_at, is_missed, state })
}

fn payload_of(kept: &Kept) -> Payload {
    Payload::new(serde_json::to_vec(kept).expect("texts and numbers are JSON"))
}

/// The runs of a schedule, the newest first.
///
/// # Errors
/// What the store says.
pub async fn of(session: &mut impl Session, name: &ScheduleName) -> Result<Vec<Run>, store::Error> {
    let rows = session.schedule_runs().of(name.as_str()).await?;
    let mut runs = rows.iter().map(opened).collect::<Result<Vec<_>, _>>()?;
    runs.sort_by(|one, other| (other.began_at, other.due, &other.id).cmp(&(one.began_at, one.due, &one.id)));
    Ok(runs)
}

/// What the decision on the next run needs of the earlier ones; nothing before the schedule was seen.
pub fn last(runs: &[Run]) -> Option<LastRun> {
    let newest = runs.iter().find(|run| run.state != RunState::Running)?;
    let has_failed = |run: &&Run| matches!(run.state, RunState::Ended(_, Ended::Failed { .. }));
    let ended = runs.iter().filter(|run| run.state != RunState::Running);
    let failures = ended.take_while(has_failed).count() as u32;
    let due = runs.iter().map(|run| run.due).max()?;
    Some(LastRun { due, began_at: newest.began_at, failures })
}

/// Whether a run failed, and not the one before it for the same time: what is tried again and goes on failing is no news.
pub(crate) async fn failed_first(
    session: &mut impl Session,
    name: &ScheduleName,
    id: &str,
) -> Result<bool, store::Error> {
    let runs = of(session, name).await?;
    let has_failed = |run: &Run| matches!(run.state, RunState::Ended(_, Ended::Failed { .. }));
    let Some(place) = runs.iter().position(|run| run.id == id) else { return Ok(false) };
    let is_again = |run: &Run| has_failed(run) && run.due == runs[place].due;
    Ok(has_failed(&runs[place]) && !runs.get(place + 1).is_some_and(is_again))
}

/// Notes that a schedule is there: from now on its times count.
///
/// # Errors
/// What the store says.
pub async fn set_up(store: &Store, name: &ScheduleName, now: Timestamp) -> Result<(), store::Error> {
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    let id = add(&mut act, name, SET_UP, &Kept { due: now, is_missed: false, ended: None }, now).await?;
    act.commit(Deed::new("set_up_schedule", "schedule run", &id, "from now on its times count")?).await?;
    Ok(())
}

async fn add(
    act: &mut Act,
    name: &ScheduleName,
    state: &'static str,
    kept: &Kept,
    now: Timestamp,
) -> Result<String, store::Error> {
    // Two runs that begin in one second have different places in the chain.
    let place = store::BothSides::audit(act).count().await? + 1;
    let hash = store::Sha256::of(format!("{}\n{}\n{place}", name.as_str(), kept.due).as_bytes()).to_string();
    let row = Row {
        id: ScheduleRunId(format!("R-{}", &hash[..32])),
        schedule: name.as_str().to_owned(),
        began_at: now,
        state: word(state),
        payload: payload_of(kept),
        revision: Revision::NEW,
    };
    act.schedule_runs().add(&row).await?;
    Ok(row.id.0)
}

/// Begins a run and gives its id; nothing where the schedule is running.
///
/// # Errors
/// What the store says.
pub async fn begin(
    store: &Store,
    person: &PersonId,
    name: &ScheduleName,
    (due, is_missed): (Timestamp, bool),
    now: Timestamp,
) -> Result<Option<String>, store::Error> {
    let mut act = store.act(actor(person), now).await?;
    let runs = act.schedule_runs().of(name.as_str()).await?;
    if runs.iter().any(|run| run.state.as_str() == RUNNING) {
        return Ok(None);
    }
    let id = add(&mut act, name, RUNNING, &Kept { due, is_missed, ended: None }, now).await?;
    let (action, ground) = if is_missed {
        (BEGIN_MISSED, "its time had passed while the program was down")
    } else {
        ("begin_run", "its time has come")
    };
    act.commit(Deed::new(action, "schedule run", &id, ground)?).await?;
    Ok(Some(id))
}

/// Keeps how a run ended.
///
/// # Errors
/// What the store says.
pub async fn end(
    store: &Store,
    person: &PersonId,
    id: &str,
    ended: Ended,
    now: Timestamp,
) -> Result<(), store::Error> {
    let mut act = store.act(actor(person), now).await?;
    let Some(mut row) = act.schedule_runs().with_id(&ScheduleRunId(id.to_owned())).await? else {
        return Ok(());
    };
    let mut kept: Kept = kept("schedule run", &row.id, &row.payload)?;
    let (state, ground) = match ended {
        Ended::Done { .. } => ("done", "customers were screened"),
        Ended::Failed { .. } => ("failed", "what was screened before still stands"),
    };
    kept.ended = Some((now, ended));
    (row.state, row.payload) = (word(state), payload_of(&kept));
    act.schedule_runs().change(&row).await?;
    act.commit(Deed::new(END, "schedule run", id, ground)?).await?;
    Ok(())
}

/// Ends the runs that broke off with the program; gives how many.
///
/// # Errors
/// What the store says.
pub async fn end_broken(store: &Store, now: Timestamp) -> Result<usize, store::Error> {
    let rows = store.look().await?.schedule_runs().in_state(&word(RUNNING)).await?;
    for row in &rows {
        let broken = Ended::Failed {
            what: [
                "the program was stopped while it ran".to_owned(),
                "het programma werd gestopt terwijl het liep".to_owned(),
            ],
            hint: ["it is tried again".to_owned(), "het wordt opnieuw geprobeerd".to_owned()],
        };
        end(store, &PersonId(BY.to_owned()), &row.id.0, broken, now).await?;
    }
    Ok(rows.len())
}

/// Removes runs of long ago, but for the last of each schedule.
///
/// # Errors
/// What the store says.
pub async fn drop_old(store: &Store, now: Timestamp) -> Result<usize, store::Error> {
    let mut look = store.look().await?;
    let old = look.schedule_runs().began_before(now - KEPT_FOR).await?;
    let mut gone = Vec::new();
    for row in old {
        let Some(name) = ScheduleName::new(&row.schedule) else { continue };
        if of(&mut look, &name).await?.first().is_some_and(|newest| newest.id != row.id.0) {
            gone.push(row);
        }
    }
    drop(look);
    let Some(first) = gone.first().map(|row| row.id.0.clone()) else { return Ok(0) };
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    for row in &gone {
        act.schedule_runs().remove(row).await?;
    }
    act.commit(Deed::new("drop_runs", "schedule run", &first, "ended long ago")?).await?;
    Ok(gone.len())
}
