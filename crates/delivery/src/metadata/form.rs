//! The one spelling of signed JSON.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::keys::{KeyId, SignatureBytes};

/// Metadata with its signatures, as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed<T> {
    /// In the order of the key ids, each key once.
    pub signatures: Vec<Signature>,
    pub signed: T,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    pub keyid: KeyId,
    pub sig: SignatureBytes,
}

/// A moment in whole seconds, in UTC, as `2026-03-01T00:00:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(jiff::Timestamp);

/// A file is not what its name says, before any question of signatures.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum FormError {
    #[error("it is not the JSON that is expected there, at byte {byte}")]
    Json { byte: usize },
    #[error("it is not written in canonical JSON, so it was changed after signing")]
    NotCanonical,
}

/// The canonical JSON (OLPC) of a value: keys sorted, no blanks, texts in NFC.
pub fn canonical(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer =
        serde_json::Serializer::with_formatter(&mut bytes, olpc_cjson::CanonicalFormatter::new());
    value.serialize(&mut serializer).expect("texts and whole numbers always have a canonical form");
    bytes
}

/// Reads signed metadata and refuses every other spelling of it.
pub fn read<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<Signed<T>, FormError> {
    let file: Signed<T> =
        serde_json::from_slice(bytes).map_err(|error| FormError::Json { byte: byte_of(bytes, &error) })?;
    if canonical(&file) == bytes { Ok(file) } else { Err(FormError::NotCanonical) }
}

fn byte_of(bytes: &[u8], error: &serde_json::Error) -> usize {
    let before: usize = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    before + error.column()
}

impl Instant {
    /// Fractions of a second are cut off.
    pub fn new(moment: jiff::Timestamp) -> Self {
        Self(
            jiff::Timestamp::from_second(moment.as_second())
                .expect("a whole second of a valid moment is valid"),
        )
    }

    pub const fn timestamp(self) -> jiff::Timestamp {
        self.0
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self::new).map_err(|_| D::Error::custom("not a moment"))
    }
}

/// Bytes of a fixed length as lower-case hexadecimal.
macro_rules! as_hex {
    ($type:ty, $length:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&hex::encode(self.0))
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let mut bytes = [0; $length];
                hex::decode_to_slice(&text, &mut bytes)
                    .map_err(|_| D::Error::custom("not hexadecimal of this length"))?;
                Ok(Self(bytes))
            }
        }
    };
}

as_hex!(KeyId, 32);
as_hex!(SignatureBytes, 64);
as_hex!(super::roles::Sha256Hex, 32);
as_hex!(super::root::PublicHex, 32);
as_hex!(crate::content::ContentRoot, 32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_spelling_is_read() {
        let file = br#"{"signatures":[],"signed":{"a":1,"b":"x"}}"#;
        type Map = std::collections::BTreeMap<String, serde_json::Value>;

        assert!(read::<Map>(file).is_ok());
        for other in [
            &br#"{"signatures":[],"signed":{"a":1, "b":"x"}}"#[..],
            br#"{"signatures":[],"signed":{"b":"x","a":1}}"#,
            br#"{"signatures":[],"signed":{"a":1,"b":"\u0078"}}"#,
            b"{\"signatures\":[],\"signed\":{\"a\":1,\"b\":\"x\"}}\n",
        ] {
            assert_eq!(read::<Map>(other), Err(FormError::NotCanonical));
        }
        assert_eq!(read::<Map>(br#"{"signatures":[],"#), Err(FormError::Json { byte: 17 }));
    }
}
