//! What no longer stands: withdrawn entries and retracted values, from their JSON objects.

use std::borrow::Cow;

use super::super::{wire, words};
use super::entry::{admitted, field, one_of, optional_date};
use super::faults::Faults;
use crate::format::admission::admit_text;
use crate::withdrawal::{Advice, WithdrawalReason};
use crate::{EntryId, IdentifierKind, ListedValue, Phrase, RetractedValue, Status, Withdrawal};

/// Why an entry no longer stands; nothing for an entry that stands.
pub(super) fn of_entry(
    wire: Option<wire::Withdrawal<'_>>,
    status: Status,
    faults: &mut Faults<'_>,
) -> Option<Withdrawal> {
    let wire = wire?;
    if status != Status::Withdrawn {
        let expected = Phrase::new(
            "a withdrawal only where the status is withdrawn",
            "een intrekking alleen waar de status ingetrokken is",
        );
        let hint = Phrase::new(
            "the entry is kept with its status, and the withdrawal was left out",
            "de vermelding blijft met haar status, en de intrekking is weggelaten",
        );
        faults.note(None, "withdrawal", expected, hint);
        return None;
    }
    let (reason, advice) = reason_and_advice(wire.reason.as_deref(), wire.advice.as_deref(), faults);
    Some(Withdrawal {
        reason,
        advice,
        since: optional_date("since", wire.since, faults),
        successors: wire.successors.into_iter().map(|id| EntryId(id.into_owned())).collect(),
        note: wire.note.map(Cow::into_owned),
    })
}

/// One value that no longer stands.
pub(super) fn of_value(wire: wire::Retracted<'_>, faults: &mut Faults<'_>) -> Option<RetractedValue> {
    let text = admitted(wire.value.0, field("retracted"), admit_text, faults)?;
    let value = match wire.kind.as_ref() {
        "name" => ListedValue::Name(text),
        "address" => ListedValue::Address(text),
        other => {
            let Some(kind) = IdentifierKind::from_wire_name(other) else {
                let place =
                    Phrase::new("the type of a retracted value", "het type van een ingetrokken waarde");
                let expected = Phrase::new(
                    "name, address or an identifier type of docs/format/v1.md",
                    "name, address of een type identificatie uit docs/format/v1.md",
                );
                let hint = Phrase::new("this retraction was left out", "deze intrekking is weggelaten");
                faults.note(place, other, expected, hint);
                return None;
            };
            ListedValue::Identifier(kind, text)
        }
    };
    let (reason, advice) = reason_and_advice(wire.reason.as_deref(), wire.advice.as_deref(), faults);
    Some(RetractedValue {
        value,
        reason,
        advice,
        since: optional_date("since", wire.since, faults),
        note: wire.note.map(Cow::into_owned),
    })
}

/// A word that we do not know asks for the review again: that harms nobody.
fn reason_and_advice(
    reason: Option<&str>,
    advice: Option<&str>,
    faults: &mut Faults<'_>,
) -> (WithdrawalReason, Advice) {
    let known = reason
        .map_or(Some(WithdrawalReason::Unstated), |word| words::from_word(words::WITHDRAWAL_REASONS, word));
    let reason = known.unwrap_or_else(|| {
        let place = Phrase::new("the reason of a withdrawal", "de reden van een intrekking");
        let hint = Phrase::new("read as unstated", "gelezen als niet vermeld");
        faults.note(place, reason.unwrap_or_default(), one_of(words::WITHDRAWAL_REASONS), hint);
        WithdrawalReason::Unstated
    });
    let Some(word) = advice else { return (reason, reason.usual_advice()) };
    let advice = words::from_word(words::ADVICES, word).unwrap_or_else(|| {
        let place = Phrase::new("the advice of a withdrawal", "het advies van een intrekking");
        let hint = Phrase::new("read as reopen", "gelezen als heropenen");
        faults.note(place, word, one_of(words::ADVICES), hint);
        Advice::Reopen
    });
    (reason, advice)
}
