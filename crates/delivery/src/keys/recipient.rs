//! Keys that a delivery is encrypted for: age X25519.

use age::secrecy::ExposeSecret;

/// The public half of a partner's key, as `age1...`.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(pub(crate) age::x25519::Recipient);

/// A partner's secret key. Shown to nobody.
#[derive(Clone)]
pub struct DecryptionKey(pub(crate) age::x25519::Identity);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "no age recipient: expected `age1...`, found {found} characters; copy the whole line from the key file"
)]
pub struct RecipientError {
    pub found: usize,
}

impl Recipient {
    pub fn parse(text: &str) -> Result<Self, RecipientError> {
        text.parse().map(Self).map_err(|_| RecipientError { found: text.chars().count() })
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recipient({})", self.0)
    }
}

impl DecryptionKey {
    /// A new key. The library draws it from the system's random source and takes no other.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    pub(super) fn with_secret<T>(&self, then: impl FnOnce(&str) -> T) -> T {
        then(self.0.to_string().expose_secret())
    }
}

impl std::fmt::Debug for DecryptionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DecryptionKey(..)")
    }
}
