//! The JSON objects of the format, field by field. The order of the fields is the order of writing.
//!
//! Absent and `null` mean the same: unknown. Unknown fields are passed over by the reader.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// The whole file. Entries stay raw, so that a fault in one of them does not touch the others.
#[derive(Deserialize)]
pub(super) struct File<'a> {
    #[serde(borrow)]
    pub(super) format: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) list: Option<List<'a>>,
    #[serde(default, borrow)]
    pub(super) edition: Option<EditionHead<'a>>,
    #[serde(borrow)]
    pub(super) entries: Option<Vec<&'a RawValue>>,
}

/// Only what tells the version, for files whose other fields this program does not understand.
#[derive(Deserialize)]
pub(super) struct Version<'a> {
    #[serde(borrow)]
    pub(super) format: Option<&'a RawValue>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct List<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "or_default")]
    pub(super) issuer: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "or_default")]
    pub(super) title: Cow<'a, str>,
    pub(super) nature: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "or_default")]
    pub(super) purpose: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "or_default")]
    pub(super) handling: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "or_default")]
    pub(super) onward_sharing: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) answers_to: Option<Cow<'a, str>>,
}

#[derive(Default, Serialize, Deserialize)]
pub(super) struct EditionHead<'a> {
    pub(super) number: Option<u32>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) issued_at: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) valid_until: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replaces: Option<u32>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Entry<'a> {
    pub(super) id: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<u32>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    pub(super) entry_type: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) names: Vec<Name<'a>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) jurisdiction: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) countries: Vec<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) identifiers: Vec<Identifier<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) birth_date: Option<Text<'a>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) relations: Vec<Relation<'a>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) claims: Option<Claims<'a>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) first_observed: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) last_observed: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) review_by: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) criteria: Vec<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) withdrawal: Option<Withdrawal<'a>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) retracted: Vec<Retracted<'a>>,
}

/// Why an entry no longer stands.
#[derive(Serialize, Deserialize)]
pub(super) struct Withdrawal<'a> {
    #[serde(borrow)]
    pub(super) reason: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) advice: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) successors: Vec<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<Cow<'a, str>>,
}

/// A value that no longer stands: an identifier type, `name` or `address`.
#[derive(Serialize, Deserialize)]
pub(super) struct Retracted<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Cow<'a, str>,
    pub(super) value: Text<'a>,
    #[serde(borrow)]
    pub(super) reason: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) advice: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Name<'a> {
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) script: Option<Cow<'a, str>>,
}

/// An identifier, or an address in parts or in one line.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Identifier<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Text<'a>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) street: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) postcode: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) city: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) valid_from: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) valid_to: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) strength: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Relation<'a> {
    #[serde(borrow)]
    pub(super) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) to: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) from_date: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) to_date: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Claims<'a> {
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub(super) bulletproof: Option<Cow<'a, str>>,
    #[serde(default, borrow, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub(super) offences: Vec<Cow<'a, str>>,
}

/// A text that other programs may write as a number, such as an AS number or an id.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a whole number")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }
}

/// Takes `null` for an empty value.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
