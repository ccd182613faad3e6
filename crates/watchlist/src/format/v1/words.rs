//! The words of the format for the small enumerations, in both directions.

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

/// The word of a status in the format.
pub fn status(status: Status) -> &'static str {
    to_word(STATUSES, status)
}
