//! What waits for the lists, and what they said: kept by the house's rules, in the name of the program.

use jiff::Timestamp;
use kyc::{Circumstances, EditionUsed, Policy, Screened, assess};
use store::hoster::applications::{Application as Row, ApplicationId};
use store::{Act, Deed, HosterSide, PersonId, Session, Store};

use super::{Application, KeptApplication, RECEIVED, opened, read, receive, with};
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
    let (mut first, mut count) = (None, 0);
    for one in looked {
        let Some(row) = act.applications().with_id(&ApplicationId(one.id.clone())).await? else { continue };
        let kept = read(&row)?;
        if kept.course.events().len() != one.seen {
            continue;
        }
        if let Some(changed) = applied(&mut act, &row, kept, one, policy, now).await? {
            act.applications().change(&changed).await?;
            first.get_or_insert(changed.id.0);
            count += 1;
        }
    }
    if let Some(id) = first {
        act.commit(Deed::new("screen_application", "application", &id, "looked up in the lists")?).await?;
    }
    Ok(count)
}

async fn applied(
    act: &mut Act,
    row: &Row,
    mut kept: KeptApplication,
    one: Looked,
    policy: &Policy,
    now: Timestamp,
) -> Result<Option<Row>, store::Error> {
    let around =
        Circumstances { today: day_of(now), earlier_sign_ups: earlier(act, row, &kept, policy).await? };
    let assessment = assess(&kept.applicant, around, &one.screened, policy);
    if kept.course.take(assessment.into_event(one.screened, now, policy)).is_err() {
        return Ok(None);
    }
    kept.hits = one.hits;
    Ok(Some(with(row.clone(), &kept)))
}

/// Other orders with the same mail or phone in the time that the rules look back from this one.
async fn earlier(
    act: &mut Act,
    row: &Row,
    kept: &KeptApplication,
    policy: &Policy,
) -> Result<u32, store::Error> {
    let since = policy.repeated_since(row.received_at);
    let (email, phone) = receive::marks(&kept.applicant);
    let mut most = 0;
    if let Some(email) = email {
        most = act.applications().count_with_email(&email, since).await?;
    }
    if let Some(phone) = phone {
        most = most.max(act.applications().count_with_phone(&phone, since).await?);
    }
    // This one is among them.
    Ok(u32::try_from(most.saturating_sub(1)).unwrap_or(u32::MAX))
}
