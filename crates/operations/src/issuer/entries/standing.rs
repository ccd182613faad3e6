//! What happens to a listed entry without a new version: suspended, lifted, withdrawn.

use curation::listing::ListingError;
use curation::proposal::ReceivedStatement;
use curation::statement::{SignedStatement, Step};
use curation::{Action, PersonId, Sha256Hash};
use delivery::SigningKey;
use jiff::Timestamp;
use store::Store;
use watchlist::{EntryId, Withdrawal};

use super::{Handled, Kind, Work};
use crate::issuer::kept::entry::{KeptVoice, KeptWithdrawal};
use crate::issuer::kept::{self, statement::KeptStatement};
use crate::issuer::{Error, signing};

/// What became of a voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voiced {
    /// It waits for a second one.
    Waits,
    Done,
}

/// Marks a listed entry as in doubt: one person is enough.
///
/// # Errors
/// If the entry is withdrawn or not listed, or the person may not.
pub async fn suspend(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    reason: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::Suspend, now).await?;
    let mut handled = work.open(id).await?;
    let person = work.person.clone();
    handled.listing_mut()?.suspend(&person, now, reason)?;
    work.keep(handled, Kind::Standing).await?;
    work.commit("suspend_entry", id, "in doubt").await
}

/// One of the two voices that let a suspended entry count again.
///
/// # Errors
/// If it is not suspended, the person had a hand in it, or neither of the two is of the prosecution.
pub async fn lift(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    key: &SigningKey,
    now: Timestamp,
) -> Result<Voiced, Error> {
    let mut work = Work::begin(store, by, Action::Withdraw, now).await?;
    let mut handled = work.open(id).await?;
    let subject = handled.listing()?.lifting_subject()?;
    let pair = voice(&work, &mut handled, None, (Step::LiftSuspension, subject), key, now)?;
    let outcome = match pair {
        None => Voiced::Waits,
        Some(pair) => {
            let unit = work.unit.clone();
            handled.listing_mut()?.lift(pair, now, &unit)?;
            Voiced::Done
        }
    };
    finish(work, handled, outcome, "lift_suspension", id).await
}

/// One of the two voices that withdraw an entry for good. Without a withdrawal, it agrees with the one that waits.
///
/// # Errors
/// [`Error::OtherWithdrawal`]; if neither of the two is without a hand in the entry.
pub async fn withdraw(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    given: Option<Withdrawal>,
    key: &SigningKey,
    now: Timestamp,
) -> Result<Voiced, Error> {
    let mut work = Work::begin(store, by, Action::Withdraw, now).await?;
    let mut handled = work.open(id).await?;
    if handled.listing()?.is_withdrawn() {
        return Err(ListingError::Withdrawn { id: id.clone() }.into());
    }
    let waiting = handled.opened.voices.iter().find_map(|voice| voice.withdrawal.clone());
    let withdrawal = match (given, waiting) {
        (Some(given), Some(waiting)) if KeptWithdrawal::of(&given) != waiting => {
            return Err(Error::OtherWithdrawal { id: id.0.clone() });
        }
        (Some(given), _) => given,
        (None, Some(waiting)) => waiting.read().ok_or_else(|| kept::not_readable("entry", &id.0))?,
        (None, None) => return Err(Error::NotThere { what: "withdrawal waiting for", id: id.0.clone() }),
    };
    let subject = handled.listing()?.withdrawal_subject(&withdrawal);
    let kept = Some(KeptWithdrawal::of(&withdrawal));
    let pair = voice(&work, &mut handled, kept, (Step::Withdraw, subject), key, now)?;
    let outcome = match pair {
        None => Voiced::Waits,
        Some(pair) => {
            let unit = work.unit.clone();
            handled.listing_mut()?.withdraw(withdrawal, pair, now, &unit)?;
            handled.opened.pending = None;
            Voiced::Done
        }
    };
    finish(work, handled, outcome, "withdraw_entry", id).await
}

/// Drops voices that wait: somebody changed their mind.
///
/// # Errors
/// If the person may not withdraw entries.
pub async fn drop_voice(store: &Store, by: &PersonId, id: &EntryId, now: Timestamp) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::Withdraw, now).await?;
    work.person.check(Action::Withdraw)?;
    let mut handled = work.open(id).await?;
    handled.opened.voices.clear();
    work.keep(handled, Kind::Standing).await?;
    work.commit("drop_voice", id, "a voice that waited is dropped").await
}

/// Signs, and gives both statements where another person's waits for the same.
fn voice(
    work: &Work,
    handled: &mut Handled,
    withdrawal: Option<KeptWithdrawal>,
    (step, subject): (Step, Sha256Hash),
    key: &SigningKey,
    now: Timestamp,
) -> Result<Option<[SignedStatement; 2]>, Error> {
    let by = &work.person.id;
    let signed = signing::sign(&work.person, key, step, subject, now)?;
    work.unit.accept(signed.clone(), step, subject, now)?;
    let waiting = handled.opened.voices.iter().find_map(|voice| {
        let statement = voice.statement.read()?.signed;
        let other = statement.statement.person != *by;
        (other && statement.statement.step == step && statement.statement.subject == subject)
            .then_some(statement)
    });
    handled.opened.voices.clear();
    if let Some(first) = waiting {
        return Ok(Some([first, signed]));
    }
    let received = ReceivedStatement { signed, received_at: now };
    handled.opened.voices.push(KeptVoice { withdrawal, statement: KeptStatement::from(&received) });
    Ok(None)
}

async fn finish(
    mut work: Work,
    handled: Handled,
    outcome: Voiced,
    action: &str,
    id: &EntryId,
) -> Result<Voiced, Error> {
    work.keep(handled, Kind::Standing).await?;
    let ground = if outcome == Voiced::Done { "two voices" } else { "first of two voices" };
    work.commit(action, id, ground).await?;
    Ok(outcome)
}
