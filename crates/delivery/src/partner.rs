//! Who receives: the id that stands inside the signed bytes of a delivery.

use serde::{Deserialize, Serialize};

/// The issuer's id of a partner: 1 to 64 of the letters `a-z`, digits and `-`.
///
/// It is chosen by the issuer and stands only inside the encryption.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartnerId(String);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a partner id has 1 to 64 of the letters a-z, digits and `-`, found {length} characters")]
pub struct PartnerIdError {
    pub length: usize,
}

impl PartnerId {
    pub fn new(id: impl Into<String>) -> Result<Self, PartnerIdError> {
        let id = id.into();
        let allowed =
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if allowed && (1..=64).contains(&id.len()) {
            Ok(Self(id))
        } else {
            Err(PartnerIdError { length: id.chars().count() })
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PartnerId {
    type Error = PartnerIdError;

    fn try_from(id: String) -> Result<Self, PartnerIdError> {
        Self::new(id)
    }
}

impl From<PartnerId> for String {
    fn from(id: PartnerId) -> Self {
        id.0
    }
}

impl std::fmt::Display for PartnerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows nothing: who receives a list is nobody else's business.
impl std::fmt::Debug for PartnerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PartnerId(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_plain() {
        assert_eq!(PartnerId::new("hoster-north-1").unwrap().as_str(), "hoster-north-1");
        for wrong in ["", "Hoster", "a b", "../x", "é", &"a".repeat(65)] {
            assert!(PartnerId::new(wrong).is_err(), "{wrong} was taken");
        }
    }

    #[test]
    fn debug_shows_nobody() {
        assert_eq!(format!("{:?}", PartnerId::new("hoster-north").unwrap()), "PartnerId(..)");
    }
}
