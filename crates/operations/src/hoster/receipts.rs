//! The voluntary answer to the issuer: counts in bands, signed, about one edition.

use delivery::receipt::{Band, Counts, Receipt, ReceiptError};
use jiff::Timestamp;
use jiff::civil::Date;
use review::{Answer, Measure, Standing};
use store::{Deed, HosterSide, Look, PersonId, Store};

use super::actor;
use super::decisions;
use super::keys::{self, KeysError};
use super::screenings::{self, Reviewed};

/// Why there is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    #[error("no screening was kept yet")]
    NoScreening,
    #[error("the last screening used no edition of the list {list}")]
    OtherLists { list: String },
    #[error("the edition {number} of the list {list} came without a signature, so there is nobody to answer")]
    Unverified { list: String, number: u64 },
    #[error(transparent)]
    Keys(#[from] KeysError),
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl MakeError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoScreening => Some("screen your customers with `screen CUSTOMERS --keep` first"),
            Self::OtherLists { .. } => {
                Some("screen with the installed editions (without --list), with --keep")
            }
            Self::Unverified { .. } => Some("receive the edition from its issuer with `edition receive`"),
            Self::Keys(error) => error.hint(),
            Self::Receipt(error) => Some(error.hint()),
            Self::Store(error) => error.hint(),
        }
    }
}

/// A receipt before it is written: what it says, and the bytes that would leave the house.
#[derive(Debug)]
pub struct Preview {
    pub receipt: Receipt,
    pub file: Vec<u8>,
    /// Where the issuer's machine takes it in, as the edition says; none where it goes by hand.
    pub answers_to: Option<String>,
}

/// Writes down that a receipt leaves the house, before it does.
///
/// # Errors
/// Only those of the database; then nothing must be sent.
pub async fn note_sending(
    store: &Store,
    by: &PersonId,
    receipt: &Receipt,
    now: Timestamp,
) -> Result<(), store::Error> {
    let act = store.act(actor(by), now).await?;
    let about = format!("{}.{}", receipt.list, receipt.edition);
    act.commit(Deed::new("send_receipt", "receipt", &about, "voluntary answer to the issuer")?).await?;
    Ok(())
}

/// Makes the receipt for one list from the screening that was kept last. Nothing is sent.
///
/// # Errors
/// A [`MakeError`].
pub async fn make(look: &mut Look, list: &str, today: Date) -> Result<Preview, MakeError> {
    let (kept, hits) = screenings::newest(look).await?.ok_or(MakeError::NoScreening)?;
    let number = kept
        .editions
        .iter()
        .find(|(name, _)| name == list)
        .map(|(_, number)| *number)
        .ok_or_else(|| MakeError::OtherLists { list: list.to_owned() })?;
    let rows = look.installed_editions().of_list(list).await?;
    let unverified = || MakeError::Unverified { list: list.to_owned(), number };
    let row = rows.into_iter().find(|row| row.number == number).ok_or_else(unverified)?;
    if row.origin.as_str() != "verified" {
        return Err(unverified());
    }
    let root = super::editions::content_root(&row)?;
    let edition = super::editions::read(&row)?;
    let answers_to = edition.list.answers_to;
    let of_list: Vec<&Reviewed> =
        hits.iter().map(|(one, _)| one).filter(|one| one.hit.list == list).collect();
    let decided = decisions::measures_on(look, &of_list).await?;
    let counts = counts(&kept.totals, &of_list, &decided);
    let list = list.to_owned();
    let receipt = Receipt::about(root, edition.number, list, counts, today);
    let file = receipt.clone().sign(&keys::receipt(look).await?)?;
    Ok(Preview { receipt, file, answers_to })
}

/// Hits by class and answer, customers by what was decided and stands.
fn counts(totals: &screenings::Totals, hits: &[&Reviewed], decided: &[Measure]) -> Counts {
    let of = |class: &str| Band::of(hits.iter().filter(|one| one.hit.class == class).count() as u64);
    let judged = |answer| {
        let is = |one: &&&Reviewed| one.review.standing() == Standing::Judged(answer);
        Band::of(hits.iter().filter(is).count() as u64)
    };
    let decided =
        |those: &[Measure]| Band::of(decided.iter().filter(|one| those.contains(one)).count() as u64);
    Counts {
        cannot_tell: Band::of(totals.cannot_tell),
        customers_screened: Band::of(totals.customers_screened),
        decided_conditions: decided(&[Measure::Conditions]),
        decided_end: decided(&[Measure::EndAtTerm, Measure::EndNow]),
        decided_keep: decided(&[Measure::Continue]),
        decided_suspend: decided(&[Measure::Suspend]),
        hits_probable: of("probable"),
        hits_strong: of("strong"),
        hits_weak: of("weak"),
        judged_not_the_same: judged(Answer::NotTheSame),
        judged_same: judged(Answer::Same),
        judged_undecided: judged(Answer::Undecided),
    }
}
