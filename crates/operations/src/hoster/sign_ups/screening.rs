//! What waits for the lists, and what they said: kept by the house's rules, in the name of the program.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kyc::{Circumstances, EditionUsed, Policy, Screened, assess};
use store::hoster::applications::Application as Row;
use store::{Act, Deed, HosterSide, PersonId, Session, Store};

use super::{Application, KeptApplication, RECEIVED, opened, read, with};
use crate::day_of;
use crate::hoster::screenings::KeptHit;
use crate::hoster::{actor, word};

/// In whose name applications are looked up.
pub const BY: &str = "gate";

/// What the lists said of one application.
pub struct Looked {
    pub id: String,
    /// How much had happened when it was handed out: what happened since is not overwritten.
    pub seen: usize,
    pub screened: Screened,
    pub hits: Vec<KeptHit>,
}

/// At most so many applications for which no list was asked yet, those that came first.
///
/// # Errors
/// What the store says.
pub async fn waiting(session: &mut impl Session, most: u32) -> Result<Vec<Application>, store::Error> {
    let rows = session.applications().first_in_state(&word(RECEIVED), most).await?;
    rows.iter().map(opened).collect()
}

/// Applications for which other editions were used than those installed now, or none.
///
/// # Errors
/// What the store says.
pub async fn outdated(
    session: &mut impl Session,
    editions: &[EditionUsed],
    now: Timestamp,
) -> Result<Vec<Application>, store::Error> {
    let mut found = Vec::new();
    for state in ["hold_for_data", "hold_for_review", "clear"] {
        for row in session.applications().in_state(&word(state)).await? {
            let one = opened(&row)?;
            let is_past = matches!(one.kept.course.state(), kyc::State::Clear { until } if until < now);
            if !is_past && one.kept.course.needs_screening(editions) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// Keeps what the lists said, all in one act; gives how many applications it was kept for. One that changed meanwhile is
/// left for the next time.
///
/// # Errors
/// What the store says; nothing was kept then.
pub async fn keep(
    store: &Store,
    looked: Vec<Looked>,
    policy: &Policy,
    now: Timestamp,
) -> Result<usize, store::Error> {
    if looked.is_empty() {
        return Ok(0);
    }
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    let ids: Vec<String> = looked.iter().map(|one| one.id.clone()).collect();
    let rows = act.applications().with_ids(&ids).await?;
    let mut rows: BTreeMap<String, Row> = rows.into_iter().map(|row| (row.id.0.clone(), row)).collect();
    let mut open = Vec::with_capacity(looked.len());
    for one in looked {
        let Some(row) = rows.remove(&one.id) else { continue };
        let kept = read(&row)?;
        if kept.course.events().len() == one.seen {
            open.push((row, kept, one));
        }
    }
    let earlier = Earlier::ask(&mut act, &open, policy).await?;
    let mut changed = Vec::with_capacity(open.len());
    for (row, kept, one) in open {
        let around = Circumstances { today: day_of(now), earlier_sign_ups: earlier.of(&row, policy) };
        changed.extend(applied(row, kept, one, around, policy, now));
    }
    let Some(first) = changed.first() else { return Ok(0) };
    act.applications().change_all(&changed).await?;
    let deed = Deed::new("screen_application", "application", &first.id.0, "looked up in the lists")?;
    act.commit(deed).await?;
    Ok(changed.len())
}

fn applied(
    row: Row,
    mut kept: KeptApplication,
    one: Looked,
    around: Circumstances,
    policy: &Policy,
    now: Timestamp,
) -> Option<Row> {
    let assessment = assess(&kept.applicant, around, &one.screened, policy);
    kept.course.take(assessment.into_event(one.screened, now, policy)).ok()?;
    kept.hits = one.hits;
    Some(with(row, &kept))
}

/// How many orders came with the same mail or phone, since the beginning of which day.
#[derive(Default)]
struct Earlier(BTreeMap<Timestamp, [BTreeMap<String, u64>; 2]>);

impl Earlier {
    /// Asks for all of them at once: those that came on one day look back to the same day.
    async fn ask(
        act: &mut Act,
        open: &[(Row, KeptApplication, Looked)],
        policy: &Policy,
    ) -> Result<Self, store::Error> {
        let mut marks: BTreeMap<Timestamp, [BTreeSet<String>; 2]> = BTreeMap::new();
        for (row, _, _) in open {
            let [emails, phones] = marks.entry(since(row, policy)).or_default();
            emails.extend(row.email.clone());
            phones.extend(row.phone.clone());
        }
        let mut counts = Self::default();
        for (since, [emails, phones]) in marks {
            let emails = act.applications().counts_with_email(&emails, since).await?;
            let phones = act.applications().counts_with_phone(&phones, since).await?;
            counts.0.insert(since, [emails, phones]);
        }
        Ok(counts)
    }

    fn of(&self, row: &Row, policy: &Policy) -> u32 {
        let Some([emails, phones]) = self.0.get(&since(row, policy)) else { return 0 };
        let of = |counts: &BTreeMap<String, u64>, mark: &Option<String>| {
            mark.as_ref().and_then(|mark| counts.get(mark)).copied().unwrap_or_default()
        };
        let most = of(emails, &row.email).max(of(phones, &row.phone));
        // This one is among them.
        u32::try_from(most.saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// The beginning of the day from which on orders count as repeated.
fn since(row: &Row, policy: &Policy) -> Timestamp {
    let day = day_of(policy.repeated_since(row.received_at));
    day.to_zoned(jiff::tz::TimeZone::UTC).map_or(row.received_at, |at| at.timestamp())
}
