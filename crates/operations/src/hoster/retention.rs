//! What is kept of customers goes when its time is over: hits of earlier screenings, decisions that were replaced, and what
//! people wrote about them in the audit chain; applications that came to nothing, and those of customers who left.
//!
//! The newest screening stays, since it is what is worked on; what was said of a pair came along with it. A decision in
//! force stays as long as it is in force. Counts and hashes of every screening stay: they name nobody, and prove that it
//! was done.

use std::collections::BTreeSet;

use jiff::Timestamp;
use store::{Deed, HosterSide, PersonId, Session, Store};

use super::sign_ups::ending;
use super::{actor, bases, casework};
use crate::records;

/// What the act is called.
const ACTION: &str = "run_retention";
/// Acts whose details name a customer and hang on nothing that goes by itself.
const NAMES_A_CUSTOMER: [&str; 4] = ["print_request", "erase_customer", "restrict_data", "attach_file"];

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    pub hits: usize,
    pub decisions: usize,
    /// Files of customers about whom nothing else is kept.
    pub attachments: usize,
    /// Applications of new customers that came to nothing, or whose contract ended a year ago.
    pub applications: usize,
    /// Acts whose details were erased.
    pub details: usize,
    /// Whether the customer base went that was kept to be screened again, and not renewed since.
    pub base: bool,
}

/// The moment before which what is kept has been kept long enough.
pub fn before(now: Timestamp, months: u32) -> Timestamp {
    let now = now.to_zoned(jiff::tz::TimeZone::UTC);
    now.saturating_sub(jiff::Span::new().months(i64::from(months))).timestamp()
}

/// When it was run last: in a house at work it runs by itself once a day.
///
/// # Errors
/// What the store says.
pub async fn last_run(session: &mut impl Session) -> Result<Option<Timestamp>, store::Error> {
    let mut last = None;
    records::each(session, 0, |act| {
        if act.action == ACTION {
            last = act.at.parse().ok();
        }
    })
    .await?;
    Ok(last)
}

/// Removes what is older than `before`, in one act.
///
/// # Errors
/// What the store says; nothing was removed then.
pub async fn run(
    store: &Store,
    person: &PersonId,
    before: Timestamp,
    now: Timestamp,
) -> Result<Removed, store::Error> {
    let mut act = store.act(actor(person), now).await?;
    let mut gone = BTreeSet::new();
    let mut removed = Removed::default();
    let newest = act.screenings().newest().await?.map(|row| row.id);
    for screening in act.screenings().all().await? {
        if screening.started_at >= before || Some(&screening.id) == newest.as_ref() {
            continue;
        }
        for hit in act.screenings().hits_of(&screening.id).await? {
            act.screenings().remove_hit(&hit).await?;
            gone.insert(("hit", hit.id.0.clone()));
            removed.hits += 1;
        }
    }
    for decision in act.decisions().all().await? {
        let made_at = super::decisions::read(&decision)?.decision.at;
        if decision.state.as_str() == "replaced" && made_at < before {
            act.decisions().remove(&decision).await?;
            gone.insert(("decision", decision.id.0.clone()));
            removed.decisions += 1;
        }
    }
    for id in ending::drop_old(&mut act, before, now).await? {
        gone.insert(("application", id));
        removed.applications += 1;
    }
    removed.attachments = casework::drop_orphans(&mut act).await?;
    removed.base = bases::drop_older(&mut act, before).await?;
    let records = with_details_of(&mut act, &gone, before).await?;
    act.erase_personal(&records).await?;
    removed.details = records.len();
    act.commit(Deed::new(ACTION, "retention", "customers", "time of keeping is over")?).await?;
    Ok(removed)
}

/// Acts on what is gone that still have details, and requests for data of that time, which name a customer.
async fn with_details_of(
    session: &mut impl Session,
    gone: &BTreeSet<(&'static str, String)>,
    before: Timestamp,
) -> Result<Vec<u64>, store::Error> {
    let mut found = Vec::new();
    records::each(session, 0, |act| {
        let is_gone = || gone.iter().any(|(kind, id)| *kind == act.object_kind && *id == act.object_id);
        let is_old = || act.at.parse::<Timestamp>().is_ok_and(|at| at < before);
        if act.details.is_some()
            && (is_gone() || (NAMES_A_CUSTOMER.contains(&act.action.as_str()) && is_old()))
        {
            found.push(act.seq);
        }
    })
    .await?;
    Ok(found)
}
