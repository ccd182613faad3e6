//! Contests: received, acknowledged, handled by somebody without a hand in the entry, decided.

use curation::contest::{
    Contest, ContestClock, ContestId, ContestTerms, Contestant, Due, Outcome, OutcomeLetter,
};
use curation::{Action, Person, PersonId, Unit};
use jiff::Timestamp;
use jiff::civil::Date;
use store::issuer::contests::{Contest as Row, ContestId as RowId};
use store::{Deed, IssuerSide, Revision, Session, Store};
use watchlist::EntryId;

use super::kept::contest::KeptContest;
use super::kept::{self};
use super::{Error, actor, entries, people, store_id, word};
use crate::day_of;

pub use super::kept::contest::CONTESTANTS;

/// One contest for a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub id: ContestId,
    pub entry: EntryId,
    pub contestant: Contestant,
    pub received_on: Date,
    pub handler: Option<PersonId>,
    pub due: Due,
    pub outcome: Option<Outcome>,
}

/// Takes a contest in.
///
/// # Errors
/// If the entry is not listed, there are no grounds, or the person may not.
pub async fn receive(
    store: &Store,
    by: &PersonId,
    entry: &EntryId,
    contestant: Contestant,
    grounds: &str,
    now: Timestamp,
) -> Result<(ContestId, ContestClock), Error> {
    let mut look = store.look().await?;
    let (unit, person) = people::acting(&mut look, by).await?;
    drop(look);
    let mut act = store.act(actor(&person, Action::ReceiveContest), now).await?;
    let handled = entries::open(&mut act, entry, &unit).await?;
    let id = next_id(&mut act).await?;
    let contest =
        Contest::receive(id.clone(), handled.listing()?, contestant, grounds, &person, day_of(now))?;
    let clock = contest.clock(ContestTerms::default());
    let row = row_of(&contest, None);
    act.contests().open(&row).await?;
    let deed = Deed::new("receive_contest", "contest", &id.0, "a party objects")?;
    act.commit(deed.personal("grounds", grounds)).await?;
    Ok((id, clock))
}

/// Notes that the party was told of the receipt.
///
/// # Errors
/// If it was done already, or the person may not.
pub async fn acknowledge(store: &Store, by: &PersonId, id: &ContestId, now: Timestamp) -> Result<(), Error> {
    let (_, person, row, mut contest) = open(store, by, id).await?;
    contest.acknowledge(&person, day_of(now))?;
    keep(store, &person, (Action::ReceiveContest, "acknowledge_contest"), &contest, &row, now).await
}

/// Gives the contest to a handler.
///
/// # Errors
/// If the handler made or approved the entry, or may not decide contests.
pub async fn assign(
    store: &Store,
    by: &PersonId,
    id: &ContestId,
    handler: &PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    let (unit, person, row, mut contest) = open(store, by, id).await?;
    person.check(Action::ReceiveContest)?;
    let handler = unit.person(handler).ok_or_else(|| Error::UnknownPerson(handler.to_string()))?;
    let mut look = store.look().await?;
    let handled = entries::open(&mut look, contest.entry(), &unit).await?;
    drop(look);
    contest.assign(handler, handled.listing()?)?;
    keep(store, &person, (Action::ReceiveContest, "assign_contest"), &contest, &row, now).await
}

/// Decides a contest. The outcome is carried out by the means of entries: a new version, or a withdrawal.
///
/// # Errors
/// If the person is not its handler or has a hand in the entry by now.
pub async fn decide(
    store: &Store,
    by: &PersonId,
    id: &ContestId,
    outcome: Outcome,
    reason: &str,
    now: Timestamp,
) -> Result<OutcomeLetter, Error> {
    let (unit, person, row, mut contest) = open(store, by, id).await?;
    let mut look = store.look().await?;
    let handled = entries::open(&mut look, contest.entry(), &unit).await?;
    drop(look);
    contest.decide(outcome, reason, &person, handled.listing()?, day_of(now))?;
    keep(store, &person, (Action::DecideContest, "decide_contest"), &contest, &row, now).await?;
    contest.outcome_letter().ok_or_else(|| kept::not_readable("contest", &id.0))
}

/// One contest.
///
/// # Errors
/// [`Error::NotThere`].
pub async fn show(session: &mut impl Session, by: &PersonId, id: &ContestId) -> Result<Contest, Error> {
    let (_, person) = people::acting(session, by).await?;
    check_may_read(&person)?;
    read(&row(session, id).await?)
}

/// All contests, those that wait longest first.
///
/// # Errors
/// What the store says.
pub async fn list(session: &mut impl Session, by: &PersonId, today: Date) -> Result<Vec<Summary>, Error> {
    let (_, person) = people::acting(session, by).await?;
    check_may_read(&person)?;
    let mut found = Vec::new();
    for row in session.contests().all().await? {
        let contest = read(&row)?;
        found.push(Summary {
            id: contest.id().clone(),
            entry: contest.entry().clone(),
            contestant: contest.contestant(),
            received_on: contest.received_on(),
            handler: contest.handler().cloned(),
            due: contest.due(ContestTerms::default(), today),
            outcome: contest.decision().map(|decision| decision.outcome.clone()),
        });
    }
    found.sort_by(|one, other| {
        let open = |one: &Summary| one.outcome.is_some();
        open(one)
            .cmp(&open(other))
            .then_with(|| one.received_on.cmp(&other.received_on))
            .then_with(|| one.id.0.cmp(&other.id.0))
    });
    Ok(found)
}

fn check_may_read(person: &Person) -> Result<(), Error> {
    if person.may(Action::DecideContest) || person.may(Action::ViewEvidence) {
        return Ok(());
    }
    Ok(person.check(Action::ReceiveContest)?)
}

async fn open(store: &Store, by: &PersonId, id: &ContestId) -> Result<(Unit, Person, Row, Contest), Error> {
    let mut look = store.look().await?;
    let (unit, person) = people::acting(&mut look, by).await?;
    let row = row(&mut look, id).await?;
    let contest = read(&row)?;
    Ok((unit, person, row, contest))
}

async fn keep(
    store: &Store,
    person: &Person,
    (action, deed): (Action, &'static str),
    contest: &Contest,
    before: &Row,
    now: Timestamp,
) -> Result<(), Error> {
    let mut act = store.act(actor(person, action), now).await?;
    act.contests().change(&row_of(contest, Some(before))).await?;
    act.commit(Deed::new(deed, "contest", &contest.id().0, "contest of an entry")?).await?;
    Ok(())
}

fn row_of(contest: &Contest, before: Option<&Row>) -> Row {
    let state = match (contest.decision(), contest.handler(), contest.acknowledged_on()) {
        (Some(_), _, _) => "decided",
        (None, Some(_), _) => "handled",
        (None, None, Some(_)) => "acknowledged",
        (None, None, None) => "received",
    };
    let clock = contest.clock(ContestTerms::default());
    let due_on = if contest.acknowledged_on().is_some() { clock.decide_by } else { clock.acknowledge_by };
    Row {
        id: RowId(contest.id().0.clone()),
        entry: Some(contest.entry().clone()),
        handler: contest.handler().map(store_id),
        due_on,
        state: word(state),
        payload: kept::payload(&KeptContest::of(contest)),
        revision: before.map_or(Revision::NEW, |row| row.revision),
    }
}

async fn row(session: &mut impl Session, id: &ContestId) -> Result<Row, Error> {
    let found = session.contests().with_id(&RowId(id.0.clone())).await?;
    found.ok_or_else(|| Error::NotThere { what: "contest", id: id.0.clone() })
}

fn read(row: &Row) -> Result<Contest, Error> {
    let kept: KeptContest = kept::read("contest", &row.id.0, &row.payload)?;
    kept.read(&row.id.0)
}

/// Numbers count up: `CT-0001`.
async fn next_id(act: &mut store::Act) -> Result<ContestId, Error> {
    let rows = act.contests().all().await?;
    let highest = rows.iter().filter_map(|row| row.id.0.strip_prefix("CT-")?.parse::<u32>().ok()).max();
    Ok(ContestId(format!("CT-{:04}", highest.unwrap_or(0) + 1)))
}
