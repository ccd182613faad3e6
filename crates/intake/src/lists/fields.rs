//! What a heading or a label means; the words are data (data/lists/fields.csv).

use std::collections::HashMap;
use std::sync::LazyLock;

use watchlist::{EntryType, IdentifierKind};

/// What stands under a heading or after a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Id,
    Name,
    Alias,
    WeakAlias,
    PreviousName,
    Person,
    Type,
    Status,
    Jurisdiction,
    Country,
    Address,
    Street,
    HouseNumber,
    Postcode,
    City,
    BirthDate,
    Note,
    FirstObserved,
    LastObserved,
    ReviewBy,
    ValidFrom,
    ValidTo,
    /// Values of several kinds, told apart by their form.
    Mixed,
    Ignored,
    Identifier(IdentifierKind),
}

impl Field {
    /// The field that a heading or label means, if it is one of ours.
    pub(super) fn of(words: &str) -> Option<Self> {
        // No heading of ours is that long; a paragraph must not be copied to find that out.
        if words.len() > 60 {
            return None;
        }
        FIELDS.get(&key(words)).copied()
    }

    /// Whether the field alone can make an entry: a name or an identifier.
    pub(super) fn names_or_identifies(self) -> bool {
        matches!(self, Self::Name | Self::Alias | Self::Mixed | Self::Person | Self::Identifier(_))
    }

    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "name" => Self::Name,
            "alias" => Self::Alias,
            "weak_alias" => Self::WeakAlias,
            "previous_name" => Self::PreviousName,
            "person" => Self::Person,
            "type" => Self::Type,
            "status" => Self::Status,
            "jurisdiction" => Self::Jurisdiction,
            "country" => Self::Country,
            "address" => Self::Address,
            "street" => Self::Street,
            "house_number" => Self::HouseNumber,
            "postcode" => Self::Postcode,
            "city" => Self::City,
            "birth_date" => Self::BirthDate,
            "note" => Self::Note,
            "first_observed" => Self::FirstObserved,
            "last_observed" => Self::LastObserved,
            "review_by" => Self::ReviewBy,
            "valid_from" => Self::ValidFrom,
            "valid_to" => Self::ValidTo,
            "mixed" => Self::Mixed,
            "ignored" => Self::Ignored,
            other => Self::Identifier(IdentifierKind::from_wire_name(other)?),
        })
    }
}

/// The type of entry that a cell such as `legal entity (UK LP)` or `rechtspersoon` means.
pub(super) fn entry_type(text: &str) -> Option<EntryType> {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.find_map(|word| TYPES.iter().find(|(start, _)| word.starts_with(start.as_str())).map(|(_, of)| *of))
}

/// Whether a short line is a title or notice rather than an entry.
pub(super) fn is_title(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    first.is_some_and(|word| TITLES.iter().any(|title| title == &word.to_lowercase()))
}

/// Whether a word is a legal form such as `Ltd.` or `B.V.`.
pub(super) fn is_legal_form(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    LEGAL_FORMS.contains(&word)
}

/// A word without case, blanks and punctuation.
fn key(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

static FIELDS: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../data/lists/fields.csv"));
    let words = rows.filter_map(|row| {
        let (name, words) = row.split_once(',')?;
        Some((Field::from_name(name)?, words))
    });
    words.flat_map(|(field, words)| words.split('|').map(move |word| (key(word), field))).collect()
});

static TYPES: LazyLock<Vec<(String, EntryType)>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../data/lists/kinds_of_party.csv"));
    let words = rows.filter_map(|row| {
        let (name, words) = row.split_once(',')?;
        let entry_type = match name {
            "person" => EntryType::Person,
            "network" => EntryType::Network,
            "brand" => EntryType::Brand,
            _ => EntryType::LegalEntity,
        };
        Some((entry_type, words))
    });
    words.flat_map(|(of, words)| words.split('|').map(move |word| (word.to_owned(), of))).collect()
});

static TITLES: LazyLock<Vec<String>> =
    LazyLock::new(|| rows(include_str!("../../data/lists/titles.csv")).map(str::to_owned).collect());

static LEGAL_FORMS: LazyLock<Vec<String>> =
    LazyLock::new(|| rows(include_str!("../../data/lists/legal_forms.csv")).map(str::to_owned).collect());

/// The rows of a data file, without its comments and its header.
fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_of_the_table_is_a_field_and_no_word_means_two() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for row in rows(include_str!("../../data/lists/fields.csv")) {
            let (name, words) = row.split_once(',').unwrap();
            assert!(Field::from_name(name).is_some(), "{name}");
            for word in words.split('|') {
                let other = seen.insert(key(word), name);
                assert!(other.is_none_or(|other| other == name), "`{word}` is {name} and {other:?}");
            }
        }
    }

    #[test]
    fn headings_are_known_however_they_are_written() {
        let check = |words: &str, expected: Option<Field>| assert_eq!(Field::of(words), expected, "{words}");

        check("E-mail Adres", Some(Field::Identifier(IdentifierKind::Email)));
        check("KvK-nummer", Some(Field::Identifier(IdentifierKind::RegisterNumber)));
        check("alias(es)", Some(Field::Alias));
        check("registration_number", Some(Field::Identifier(IdentifierKind::RegisterNumber)));
        check("colour", None);
    }

    #[test]
    fn types_are_told_from_their_first_known_word() {
        assert_eq!(entry_type("brand/legal entity"), Some(EntryType::Brand));
        assert_eq!(entry_type("legal entity (UK LP)"), Some(EntryType::LegalEntity));
        assert_eq!(entry_type("Natuurlijk persoon"), Some(EntryType::Person));
        assert_eq!(entry_type("unknown"), None);
    }
}
