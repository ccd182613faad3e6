//! What is due is handed out, and what came of it is kept: sent, tried again later, or given up.
//!
//! A notice is marked after it was sent. One that was sent and not marked, because the program was killed in between, is sent
//! again with the same id.

use jiff::{SignedDuration, Timestamp};
use store::{Deed, HosterSide, PersonId, Session, Store};

use super::{Kept, Notice, Standing, opened, payload_of};
use crate::hoster::{actor, kept, word};

/// In whose name notices are sent.
pub const BY: &str = "notices";
/// After this long a notice is given up: whoever reads it later would take it for news.
pub const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(72);
/// Before the first further attempt.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// The longest time between two attempts.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// For how long notices are kept that were sent or given up.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    Sent,
    /// Not now; why, in one of a few fixed words.
    Failed(&'static str),
    /// Not now and not later: the recipient is not in the settings any more.
    Pointless(&'static str),
}

/// How long to wait after so many attempts: twice as long each time, and up to a half more or less by `chance`, which is
/// 0..=1, so that many that failed together do not come back together.
pub fn wait_after(attempts: u32, chance: f64) -> SignedDuration {
    let doubled = FIRST_WAIT.as_secs().saturating_mul(1 << attempts.saturating_sub(1).min(20));
    let wait = doubled.min(LONGEST_WAIT.as_secs()) as f64;
    SignedDuration::from_secs((wait * (0.5 + chance.clamp(0.0, 1.0))) as i64)
}

/// At most so many notices for a recipient that are due.
///
/// # Errors
/// What the store says.
pub async fn due(
    session: &mut impl Session,
    recipient: &str,
    now: Timestamp,
    most: u32,
) -> Result<Vec<Notice>, store::Error> {
    session.outbox().due(recipient, now, most).await?.iter().map(opened).collect()
}

/// Keeps what came of attempts, all in one act. `chance` is drawn for each that failed, 0..=1.
///
/// # Errors
/// What the store says; then nothing is kept, and what was sent is sent again.
pub async fn keep(
    store: &Store,
    attempts: &[(String, Attempt)],
    now: Timestamp,
    mut chance: impl FnMut() -> f64,
) -> Result<(), store::Error> {
    let Some((first, _)) = attempts.first() else { return Ok(()) };
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    for (id, attempt) in attempts {
        let id = store::hoster::outbox::OutgoingId(id.clone());
        let Some(mut row) = act.outbox().with_id(&id).await? else { continue };
        if row.state.as_str() != Standing::Waiting.word() {
            continue;
        }
        let mut kept: Kept = kept("outgoing notice", &row.id, &row.payload)?;
        kept.attempts += 1;
        let standing = match attempt {
            Attempt::Sent => Standing::Sent,
            Attempt::Pointless(_) => Standing::GivenUp,
            Attempt::Failed(_) if now.duration_since(row.made_at) >= GIVEN_UP_AFTER => Standing::GivenUp,
            Attempt::Failed(_) => Standing::Waiting,
        };
        if let Attempt::Failed(why) | Attempt::Pointless(why) = attempt {
            kept.trouble = Some((*why).to_owned());
            // The last attempt is made when its time is over, not only after the longest wait.
            let over = row.made_at + GIVEN_UP_AFTER;
            row.due_at = (now + wait_after(kept.attempts, chance())).min(over.max(now));
        } else {
            kept.trouble = None;
        }
        row.state = word(standing.word());
        row.payload = payload_of(&kept);
        act.outbox().change(&row).await?;
    }
    act.commit(Deed::new("send_notices", "outgoing notice", first, "tried to reach their recipients")?)
        .await?;
    Ok(())
}

/// Lets notices try again at once that were given up; gives how many.
///
/// # Errors
/// What the store says.
pub async fn again(store: &Store, person: &PersonId, now: Timestamp) -> Result<usize, store::Error> {
    let mut act = store.act(actor(person), now).await?;
    let rows = act.outbox().in_state(&word(Standing::GivenUp.word())).await?;
    let Some(first) = rows.first().map(|row| row.id.0.clone()) else { return Ok(0) };
    let count = rows.len();
    for mut row in rows {
        (row.state, row.made_at, row.due_at) = (word(Standing::Waiting.word()), now, now);
        act.outbox().change(&row).await?;
    }
    act.commit(Deed::new("repeat_notices", "outgoing notice", &first, "given up, and wanted all the same")?)
        .await?;
    Ok(count)
}

/// Removes what was sent or given up long ago; gives how many.
///
/// # Errors
/// What the store says.
pub async fn drop_old(store: &Store, now: Timestamp) -> Result<usize, store::Error> {
    let before = now - KEPT_FOR;
    let rows = store.look().await?.outbox().made_before(before).await?;
    let is_over = |row: &store::hoster::outbox::Outgoing| row.state.as_str() != Standing::Waiting.word();
    let old: Vec<_> = rows.into_iter().filter(is_over).collect();
    let Some(first) = old.first().map(|row| row.id.0.clone()) else { return Ok(0) };
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    for row in &old {
        act.outbox().remove(row).await?;
    }
    act.commit(Deed::new("drop_notices", "outgoing notice", &first, "told long ago")?).await?;
    Ok(old.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        let check = |attempts, chance, seconds| {
            assert_eq!(wait_after(attempts, chance), SignedDuration::from_secs(seconds), "{attempts}");
        };
        check(1, 0.5, 30);
        check(2, 0.5, 60);
        check(3, 0.5, 120);
        check(3, 0.0, 60);
        check(3, 1.0, 180);
        check(40, 0.5, 6 * 3600);
        check(u32::MAX, 1.0, 9 * 3600);
    }
}
