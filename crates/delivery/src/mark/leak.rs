//! What is known of a leaked copy: notes by entry.

use std::collections::BTreeMap;

use watchlist::{Edition, EntryId};

/// Notes of a leaked copy by the entries they belong to. Content of the list: not shown.
#[derive(Clone, Default)]
pub struct Leak {
    pub(super) notes: BTreeMap<EntryId, String>,
}

impl std::fmt::Debug for Leak {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Leak({} notes)", self.notes.len())
    }
}

impl Leak {
    pub fn new(notes: impl IntoIterator<Item = (EntryId, String)>) -> Self {
        Self { notes: notes.into_iter().collect() }
    }

    /// Of a list file that was read, whole or in part.
    pub fn of_edition(leaked: &Edition) -> Self {
        let note = |entry: &watchlist::Entry| Some((entry.id.clone(), entry.note.clone()?));
        Self::new(leaked.entries.iter().filter_map(note))
    }

    /// Of any text: a forum post, a page read by OCR. An entry begins where its id or its name stands and ends
    /// where the next one begins.
    pub fn of_text(text: &str, edition: &Edition) -> Self {
        let lower = text.to_lowercase();
        let mut starts: Vec<(usize, &EntryId)> = Vec::new();
        for entry in &edition.entries {
            let place = find_word(&lower, &entry.id.0).or_else(|| find_word(&lower, entry.title()));
            starts.extend(place.map(|place| (place, &entry.id)));
        }
        starts.sort_unstable();
        let ends = starts.iter().skip(1).map(|(place, _)| *place).chain([lower.len()]);
        Self::new(
            starts.iter().zip(ends).map(|((start, id), end)| ((*id).clone(), lower[*start..end].to_owned())),
        )
    }
}

/// The first place where the value stands and is not part of a longer word.
fn find_word(text: &str, value: &str) -> Option<usize> {
    let value = value.to_lowercase();
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    (!value.is_empty()).then(|| text.match_indices(&value))?.map(|(place, _)| place).find(|place| {
        let before = text[..*place].chars().next_back();
        let after = text[place + value.len()..].chars().next();
        !is_part(before) && !is_part(after)
    })
}
