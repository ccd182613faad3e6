//! Acts that take two people.

use std::collections::BTreeSet;

use jiff::Timestamp;
use watchlist::format::v1::{advice, withdrawal_reason};
use watchlist::{EntryId, Withdrawal};

use super::ListingError;
use crate::people::Action;
use crate::statement::{Accepted, SignedStatement, Step};
use crate::{Canonical, PersonId, Sha256Hash, Unit};

/// Two statements that count, of two people.
pub(super) fn two(
    statements: [SignedStatement; 2],
    step: Step,
    subject: Sha256Hash,
    received_at: Timestamp,
    unit: &Unit,
) -> Result<[Accepted; 2], ListingError> {
    let [first, second] = statements;
    let first = unit.accept(first, step, subject, received_at)?;
    let second = unit.accept(second, step, subject, received_at)?;
    different([first, second])
}

pub(super) fn different(voices: [Accepted; 2]) -> Result<[Accepted; 2], ListingError> {
    if voices[0].person() == voices[1].person() {
        return Err(ListingError::OneVoiceTwice { person: voices[0].person().clone() });
    }
    Ok(voices)
}

/// At least `needed` of the two had no hand in the content.
pub(super) fn without_hand_in(
    voices: &[Accepted; 2],
    contributors: &BTreeSet<PersonId>,
    needed: usize,
) -> Result<(), ListingError> {
    let free = voices.iter().filter(|voice| !contributors.contains(voice.person())).count();
    if free < needed { Err(ListingError::HandInIt { needed }) } else { Ok(()) }
}

pub(super) fn one_of_prosecution(voices: &[Accepted; 2], unit: &Unit) -> Result<(), ListingError> {
    let may = |voice: &Accepted| {
        unit.person(voice.person()).is_some_and(|person| person.may(Action::ApproveProportion))
    };
    if voices.iter().any(may) { Ok(()) } else { Err(ListingError::NoProsecution) }
}

pub(super) fn withdrawal_subject(id: &EntryId, version: Sha256Hash, withdrawal: &Withdrawal) -> Sha256Hash {
    Canonical::new("havenmeester withdrawal 1")
        .text("entry", id)
        .field("version", version.0)
        .text("reason", withdrawal_reason(withdrawal.reason))
        .text("advice", advice(withdrawal.advice))
        .optional("since", withdrawal.since)
        .list("successors", withdrawal.successors.iter().map(|id| id.0.as_str()))
        .optional("note", withdrawal.note.as_ref())
        .hash()
}
