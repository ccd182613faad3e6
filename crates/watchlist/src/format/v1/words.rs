//! The words of the format for the small enumerations, in both directions.

use crate::withdrawal::{Advice, WithdrawalReason};
use crate::{EntryType, NameKind, Nature, RelationKind, Status, Strength};

/// A table of words; the first word for a value is the one that is written.
type Words<T> = &'static [(&'static str, T)];

pub(super) const NATURES: Words<Nature> = &[
    (Nature::Advisory.wire_name(), Nature::Advisory),
    (Nature::Binding.wire_name(), Nature::Binding),
    (Nature::Internal.wire_name(), Nature::Internal),
    (Nature::Foreign.wire_name(), Nature::Foreign),
    (Nature::Reputation.wire_name(), Nature::Reputation),
];

pub(super) const ENTRY_TYPES: Words<EntryType> = &[
    ("brand", EntryType::Brand),
    ("legal_entity", EntryType::LegalEntity),
    ("person", EntryType::Person),
    ("network", EntryType::Network),
];

pub(super) const STATUSES: Words<Status> =
    &[("active", Status::Active), ("suspended", Status::Suspended), ("withdrawn", Status::Withdrawn)];

pub(super) const NAME_KINDS: Words<NameKind> = &[
    ("primary", NameKind::Primary),
    ("alias", NameKind::Alias),
    ("weak_alias", NameKind::WeakAlias),
    ("previous", NameKind::Previous),
    ("related_person", NameKind::RelatedPerson),
];

pub(super) const RELATION_KINDS: Words<RelationKind> = &[
    ("brand_of", RelationKind::BrandOf),
    ("front_of", RelationKind::FrontOf),
    ("successor_of", RelationKind::SuccessorOf),
    ("same_operator", RelationKind::SameOperator),
    ("officer_of", RelationKind::OfficerOf),
];

pub(super) const STRENGTHS: Words<Strength> = &[
    ("distinctive", Strength::Distinctive),
    ("reusable", Strength::Reusable),
    ("weak", Strength::Weak),
    ("non_distinctive", Strength::NonDistinctive),
];

pub(super) const WITHDRAWAL_REASONS: Words<WithdrawalReason> = &[
    ("wrong_party", WithdrawalReason::WrongParty),
    ("mistaken", WithdrawalReason::Mistaken),
    ("evidence_failed", WithdrawalReason::EvidenceFailed),
    ("reassigned", WithdrawalReason::Reassigned),
    ("not_seen_again", WithdrawalReason::NotSeenAgain),
    ("ceased", WithdrawalReason::Ceased),
    ("merged", WithdrawalReason::Merged),
    ("split", WithdrawalReason::Split),
    ("unstated", WithdrawalReason::Unstated),
];

pub(super) const ADVICES: Words<Advice> = &[("reopen", Advice::Reopen), ("inform", Advice::Inform)];

pub(super) fn from_word<T: Copy>(words: Words<T>, word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

pub(super) fn to_word<T: Copy + PartialEq>(words: Words<T>, value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map(|(word, _)| *word).expect("every value has a word")
}

/// The words of a table for a message: `brand, legal_entity, person, network`.
pub(super) fn listed<T>(words: Words<T>) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

/// The nature of a list from its word in the format.
pub fn nature(word: &str) -> Option<Nature> {
    from_word(NATURES, word)
}

/// The word of a reason of withdrawal in the format.
pub fn withdrawal_reason(reason: WithdrawalReason) -> &'static str {
    to_word(WITHDRAWAL_REASONS, reason)
}

/// The reason of withdrawal from its word in the format.
pub fn withdrawal_reason_from(word: &str) -> Option<WithdrawalReason> {
    from_word(WITHDRAWAL_REASONS, word)
}

/// The word of an advice in the format.
pub fn advice(advice: Advice) -> &'static str {
    to_word(ADVICES, advice)
}

/// The word of a type of entry in the format.
pub fn entry_type(entry_type: EntryType) -> &'static str {
    to_word(ENTRY_TYPES, entry_type)
}

/// A strength from its word in the format.
pub fn strength_of(word: &str) -> Option<Strength> {
    from_word(STRENGTHS, word)
}

/// The word of a strength in the format.
pub fn strength(strength: Strength) -> &'static str {
    to_word(STRENGTHS, strength)
}

/// The word of a kind of name in the format.
pub fn name_kind(kind: NameKind) -> &'static str {
    to_word(NAME_KINDS, kind)
}

/// The word of a kind of relation in the format.
pub fn relation_kind(kind: RelationKind) -> &'static str {
    to_word(RELATION_KINDS, kind)
}

/// The word of a status in the format.
pub fn status(status: Status) -> &'static str {
    to_word(STATUSES, status)
}
