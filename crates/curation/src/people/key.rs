//! A person's key for signing: from when it counts, and since when no more.

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use jiff::Timestamp;

use crate::Sha256Hash;

/// Names a key: the SHA-256 of its 32 public bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub Sha256Hash);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The public half of an Ed25519 key with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    public: VerifyingKey,
    valid_from: Timestamp,
    /// From this moment on the key counts no more.
    revoked_at: Option<Timestamp>,
}

/// Why bytes are no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the 32 bytes are no public Ed25519 key that can be trusted")]
pub struct KeyError;

impl KeyError {
    pub fn hint(&self) -> &'static str {
        "let the person export the public key again and compare its fingerprint"
    }
}

impl Key {
    /// # Errors
    /// If the bytes are no point of the curve, or one of the few weak points for which everybody can
    /// make signatures.
    pub fn new(
        public: [u8; 32],
        valid_from: Timestamp,
        revoked_at: Option<Timestamp>,
    ) -> Result<Self, KeyError> {
        let public = VerifyingKey::from_bytes(&public).map_err(|_| KeyError)?;
        if public.is_weak() {
            return Err(KeyError);
        }
        Ok(Self { public, valid_from, revoked_at })
    }

    pub fn id(&self) -> KeyId {
        KeyId(Sha256Hash::of(self.public.as_bytes()))
    }

    pub fn public_bytes(&self) -> [u8; 32] {
        self.public.to_bytes()
    }

    pub fn valid_from(&self) -> Timestamp {
        self.valid_from
    }

    pub fn revoked_at(&self) -> Option<Timestamp> {
        self.revoked_at
    }

    /// Revokes the key. An earlier revocation holds: nobody can give a revoked key more time.
    pub fn revoke(&mut self, at: Timestamp) {
        self.revoked_at = Some(self.revoked_at.map_or(at, |earlier| earlier.min(at)));
    }

    /// Whether what is signed with the key at this moment counts. The moment of revocation is too late.
    pub fn counts_at(&self, at: Timestamp) -> bool {
        self.valid_from <= at && self.revoked_at.is_none_or(|revoked| at < revoked)
    }

    pub(crate) fn has_signed(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.public.verify_strict(bytes, &Signature::from_bytes(signature)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_counts_until_the_moment_of_its_revocation() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let secret = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let mut key = Key::new(secret.verifying_key().to_bytes(), at(10), None).unwrap();

        key.revoke(at(20));
        key.revoke(at(30));

        let counts: Vec<bool> =
            [9, 10, 19, 20, 25].into_iter().map(|second| key.counts_at(at(second))).collect();
        assert_eq!(counts, [false, true, true, false, false]);
    }

    #[test]
    fn a_weak_key_is_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(Key::new(identity, Timestamp::UNIX_EPOCH, None), Err(KeyError));
    }
}
