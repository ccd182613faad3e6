//! The bytes of an edition, and the one line that all partners can compare.
//!
//! The content root is SHA-256 over everything that has an effect: the edition as it is written, without
//! the `note` of each entry, in canonical JSON. Notes carry the mark of a partner and differ; nothing else
//! does. It is computed from the bytes and not from the types of this program, so a field that an older
//! program does not know counts as well.

use sha2::{Digest, Sha256};
use watchlist::Edition;
use watchlist::format::v1;

use crate::metadata::canonical;

/// Hash over the operative content of an edition. Equal for all partners.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentRoot(pub(crate) [u8; 32]);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ContentError {
    #[error("the edition is not JSON with a list of entries, so it has no content root")]
    NotAnEdition,
    #[error("the edition has a number with a fraction, which has no canonical form")]
    Fraction,
}

/// The bytes of an edition in the open list format. The same edition gives the same bytes.
pub fn bytes(edition: &Edition) -> Vec<u8> {
    v1::write(edition).into_bytes()
}

impl ContentRoot {
    /// Of an edition as it stands in a delivery.
    pub fn of_bytes(edition: &[u8]) -> Result<Self, ContentError> {
        let mut value: serde_json::Value =
            serde_json::from_slice(edition).map_err(|_| ContentError::NotAnEdition)?;
        if has_fraction(&value) {
            return Err(ContentError::Fraction);
        }
        let entries = value.get_mut("entries").and_then(|entries| entries.as_array_mut());
        for entry in entries.ok_or(ContentError::NotAnEdition)? {
            if let Some(fields) = entry.as_object_mut() {
                fields.remove("note");
            }
        }
        Ok(Self(Sha256::digest(canonical(&value)).into()))
    }

    /// Of an edition in memory.
    pub fn of(edition: &Edition) -> Self {
        Self::of_bytes(&bytes(edition)).expect("a written edition is JSON with entries and whole numbers")
    }

    /// Eight groups of eight digits: the line that two partners compare.
    pub fn line(&self) -> String {
        self.0.chunks(4).map(hex::encode).collect::<Vec<_>>().join(" ")
    }

    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// What [`Self::hex`] wrote, for a store that kept it; nothing where the text is not of that form.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

fn has_fraction(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => number.is_f64(),
        serde_json::Value::Array(values) => values.iter().any(has_fraction),
        serde_json::Value::Object(fields) => fields.values().any(has_fraction),
        _ => false,
    }
}

impl std::fmt::Display for ContentRoot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.line())
    }
}

impl std::fmt::Debug for ContentRoot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ContentRoot({}..)", hex::encode(&self.0[..4]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(json: &str) -> ContentRoot {
        ContentRoot::of_bytes(json.as_bytes()).unwrap()
    }

    #[test]
    fn a_note_does_not_count_and_everything_else_does() {
        let plain = root(r#"{"entries":[{"id":"EX-1","type":"brand"}]}"#);

        assert_eq!(plain, root(r#"{"entries":[{"type":"brand","id":"EX-1","note":"by a person"}]}"#));
        assert_ne!(plain, root(r#"{"entries":[{"id":"EX-2","type":"brand"}]}"#));
        assert_ne!(plain, root(r#"{"entries":[{"id":"EX-1","type":"brand","new_field":1}]}"#));
        assert_ne!(plain, root(r#"{"note":"x","entries":[{"id":"EX-1","type":"brand"}]}"#));
    }

    #[test]
    fn what_is_no_edition_has_no_root() {
        for (json, expected) in [
            ("{}", ContentError::NotAnEdition),
            ("[", ContentError::NotAnEdition),
            (r#"{"entries":[{"x":1.5}]}"#, ContentError::Fraction),
        ] {
            assert_eq!(ContentRoot::of_bytes(json.as_bytes()), Err(expected));
        }
    }
}
