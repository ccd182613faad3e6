//! Ed25519 keys and their ids in the metadata.

use ed25519_dalek::{Signer, VerifyingKey};
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha256};

use super::Role;
use crate::metadata::{Key, canonical};

/// The id of a key in TUF: SHA-256 over its canonical JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub(crate) [u8; 32]);

/// 64 bytes of an Ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SignatureBytes(pub(crate) [u8; 64]);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    #[error("an Ed25519 public key has 64 hexadecimal digits, found {found} characters or other letters")]
    NotHex { found: usize },
    #[error("these 32 bytes are not a point of the curve, so no public key")]
    NotAPoint,
    #[error("this public key is of small order: every signature would pass")]
    Weak,
}

/// A key was asked to sign what its role does not sign.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a key for `{has}` cannot sign this, it takes a key for `{needs}`")]
pub struct WrongRole {
    pub has: Role,
    pub needs: Role,
}

/// A secret signing key with its role. Wiped from memory when dropped.
pub struct SigningKey {
    role: Role,
    key: ed25519_dalek::SigningKey,
}

/// The public half, with the role it was made for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    role: Role,
    key: VerifyingKey,
}

impl SigningKey {
    pub fn generate(role: Role, random: &mut impl CryptoRngCore) -> Self {
        Self { role, key: ed25519_dalek::SigningKey::generate(random) }
    }

    pub(super) fn from_seed(role: Role, seed: &[u8; 32]) -> Self {
        Self { role, key: ed25519_dalek::SigningKey::from_bytes(seed) }
    }

    pub(super) fn seed(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    pub const fn role(&self) -> Role {
        self.role
    }

    pub fn public(&self) -> PublicKey {
        PublicKey { role: self.role, key: self.key.verifying_key() }
    }

    /// Signs for a role. Not public: what is signed is chosen in this crate, so no bytes of one
    /// purpose can pass for another.
    pub(crate) fn sign(&self, needs: Role, bytes: &[u8]) -> Result<SignatureBytes, WrongRole> {
        if self.role != needs {
            return Err(WrongRole { has: self.role, needs });
        }
        Ok(SignatureBytes(self.key.sign(bytes).to_bytes()))
    }
}

impl PublicKey {
    pub fn from_hex(role: Role, text: &str) -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)
            .map_err(|_| KeyError::NotHex { found: text.chars().count() })?;
        Self::from_bytes(role, &bytes)
    }

    pub fn from_bytes(role: Role, bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAPoint)?;
        if key.is_weak() { Err(KeyError::Weak) } else { Ok(Self { role, key }) }
    }

    pub const fn role(&self) -> Role {
        self.role
    }

    pub fn to_bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    pub fn to_hex(&self) -> String {
        hex::encode(self.to_bytes())
    }

    pub fn id(&self) -> KeyId {
        KeyId(Sha256::digest(canonical(&Key::from(self))).into())
    }

    /// Whether the signature is this key's over these bytes. Strict: each signature has one valid form.
    pub(crate) fn verifies(&self, bytes: &[u8], signature: &SignatureBytes) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.key.verify_strict(bytes, &signature).is_ok()
    }
}

impl KeyId {
    /// The first eight digits, for messages.
    pub fn short(&self) -> String {
        hex::encode(&self.0[..4])
    }
}

impl std::fmt::Display for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for KeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyId({})", self.short())
    }
}

impl std::fmt::Debug for SignatureBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signature({}..)", hex::encode(&self.0[..4]))
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({}, {})", self.role, self.id().short())
    }
}

/// Shows the role only.
impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({}, ..)", self.role)
    }
}
