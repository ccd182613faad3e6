//! The small types that every subject uses: revision, state, payload, and how values stand in columns.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::error::Error;

/// How often a row was changed. Who changes a row says which revision they saw; if it is no longer the stored one,
/// somebody else was faster and nothing happens ([`Error::Conflict`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub(crate) i64);

impl Revision {
    /// Of a row that is not stored yet.
    pub const NEW: Self = Self(0);

    pub fn number(self) -> i64 {
        self.0
    }
}

/// A short word of a fixed vocabulary: a state, a role, an action. The crate that owns the vocabulary turns its
/// enum into words and back; the store only keeps them readable and harmless.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(String);

impl Word {
    /// # Errors
    /// [`Error::BadWord`] unless it has 1 to 40 characters of a-z, 0-9, `_` and `-`.
    pub fn new(text: &str) -> Result<Self, Error> {
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
        if text.is_empty() || text.len() > 40 || !text.bytes().all(plain) {
            return Err(Error::BadWord { found: text.chars().take(40).collect() });
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// The canonical bytes of an object, as the crate that owns it writes them. Confidential: encrypted in the database,
/// wiped in memory, and never shown.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Payload(Zeroizing<Vec<u8>>);

impl Payload {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Payload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({} bytes)", self.0.len())
    }
}

/// What stands in one column of a subject.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Nothing,
}

/// A type that can stand in a column.
pub(crate) trait Field: Sized {
    fn to_value(&self) -> Value;
    /// Nothing if the column holds what this type never writes.
    fn from_value(value: Value) -> Option<Self>;
}

impl Field for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Field for u64 {
    fn to_value(&self) -> Value {
        // Numbers of editions and versions; one above 2^63 is stored as the largest and never equals another.
        Value::Number(i64::try_from(*self).unwrap_or(i64::MAX))
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::try_from(number).ok(),
            _ => None,
        }
    }
}

impl<T: Field> Field for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Nothing, T::to_value)
    }
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// Types that stand as text.
macro_rules! text_field {
    ($($type:ty, $write:expr, $read:expr;)*) => {$(
        impl $crate::values::Field for $type {
            fn to_value(&self) -> $crate::values::Value {
                let write: fn(&$type) -> String = $write;
                $crate::values::Value::Text(write(self))
            }
            fn from_value(value: $crate::values::Value) -> Option<Self> {
                let read: fn(&str) -> Option<$type> = $read;
                read(&<String as $crate::values::Field>::from_value(value)?)
            }
        }
    )*};
}
pub(crate) use text_field;

text_field! {
    Word, |word| word.0.clone(), |text| Word::new(text).ok();
    Date, |day| day.to_string(), |text| text.parse().ok();
    Timestamp, |at| moment(*at), |text| text.parse().ok();
    watchlist::EntryId, |id| id.0.clone(), |text| Some(watchlist::EntryId(text.to_owned()));
}

/// A moment as text: UTC, whole seconds, always equally long, so that texts are in the order of time.
pub(crate) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Ids may stand in logs, errors and exports, so they must be harmless: random or numbered, never a name.
pub(crate) fn check_id(kind: &'static str, id: &str) -> Result<(), Error> {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
    if id.is_empty() || id.len() > 100 || !id.bytes().all(harmless) {
        return Err(Error::BadId { kind });
    }
    Ok(())
}

/// Ids of subjects that have no home in an earlier crate.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        $crate::values::text_field! {
            $name, |id| id.0.clone(), |text| Some($name(text.to_owned()));
        }
    )*};
}
pub(crate) use ids;

ids! {
    /// Somebody who works with the program. Stands in the audit chain for good, so it must not be a name.
    PersonId,
}
