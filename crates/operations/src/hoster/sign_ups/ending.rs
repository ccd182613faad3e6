//! How applications end: holds expire, contracts end, and what is kept of both goes when its time is over.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kyc::{Event, State};
use store::hoster::applications::ApplicationId;
use store::{Act, Deed, HosterSide, PersonId, Store};

use super::screening::BY;
use super::{KeptApplication, Shop, SignUpError, queue, read, with};
use crate::hoster::{actor, retention, word};

/// For how many months what was checked is kept after the end of the contract.
pub const FACTS_MONTHS: u32 = 12;

/// Lets holds expire whose longest time is over; gives how many.
///
/// # Errors
/// What the store says; nothing expired then.
pub async fn expire(store: &Store, now: Timestamp) -> Result<usize, store::Error> {
    let held = queue(&mut store.look().await?).await?;
    let over: Vec<String> =
        held.into_iter().filter(|one| one.kept.course.expires_at() <= now).map(|one| one.id).collect();
    if over.is_empty() {
        return Ok(0);
    }
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    let mut first = None;
    let mut count = 0;
    for id in over {
        let Some(row) = act.applications().with_id(&ApplicationId(id)).await? else { continue };
        let mut kept = read(&row)?;
        if kept.course.take(Event::Expired { at: now }).is_ok() {
            let id = row.id.0.clone();
            act.applications().change(&with(row, &kept)).await?;
            first.get_or_insert(id);
            count += 1;
        }
    }
    if let Some(id) = first {
        act.commit(Deed::new("expire_application", "application", &id, "the longest time is over")?).await?;
    }
    Ok(count)
}

/// Notes that the contract ended: from now on the time runs for which what was checked is kept. `shop` is named where a
/// shop says it, which knows its own orders alone. Said twice, the first time counts.
///
/// # Errors
/// [`SignUpError::NotThere`], [`SignUpError::NoContract`].
pub async fn contract_ended(
    store: &Store,
    person: &PersonId,
    shop: Option<&Shop>,
    id: &str,
    now: Timestamp,
) -> Result<(), SignUpError> {
    let mut act = store.act(actor(person), now).await?;
    let not_there = || SignUpError::NotThere(id.to_owned());
    let row = act.applications().with_id(&ApplicationId(id.to_owned())).await?.ok_or_else(not_there)?;
    let mut kept = read(&row)?;
    if shop.is_some_and(|shop| *shop != kept.shop) {
        return Err(not_there());
    }
    if !matches!(kept.course.state(), State::Clear { .. }) {
        return Err(SignUpError::NoContract(kept.course.state().word()));
    }
    if kept.ended_at.is_some() {
        return Ok(());
    }
    kept.ended_at = Some(now);
    act.applications().change(&with(row, &kept)).await?;
    act.commit(Deed::new("end_contract", "application", id, "the customer left")?).await?;
    Ok(())
}

/// Removes within an act what was kept long enough: what came to nothing before `before`, and what was checked of customers
/// whose contract ended a year ago. Gives the ids.
pub(crate) async fn drop_old(
    act: &mut Act,
    before: Timestamp,
    now: Timestamp,
) -> Result<BTreeSet<String>, store::Error> {
    let facts_before = retention::before(now, FACTS_MONTHS);
    let mut gone = BTreeSet::new();
    for state in ["refused", "expired", "clear"] {
        for row in act.applications().in_state(&word(state)).await? {
            if is_old(&read(&row)?, before, facts_before) {
                act.applications().remove(&row).await?;
                gone.insert(row.id.0);
            }
        }
    }
    Ok(gone)
}

fn is_old(kept: &KeptApplication, before: Timestamp, facts_before: Timestamp) -> bool {
    match kept.course.state() {
        State::Clear { .. } => kept.ended_at.is_some_and(|at| at < facts_before),
        _ => kept.course.events().last().is_some_and(|last| last.at() < before),
    }
}
