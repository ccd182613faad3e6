//! The key of the database, and the keys that it locks.
//!
//! One master key comes from outside: a file or the environment, never the settings. It only locks the keyring, a
//! handful of random keys in the database: one for the fields (replaced by a rotation), one for look-ups, one for the
//! hashes of states. So the master key can change without touching an index or the audit chain, and a wrong one
//! is known at once: its fingerprint is not the stored one, or the keyring does not open.

use std::collections::BTreeMap;
use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::RngCore;
use rand::rngs::OsRng;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use crate::error::Error;
use crate::hash::hex;

/// The 32 random bytes that lock the keyring. Cannot be printed and is wiped when dropped.
pub struct MasterKey(SecretBox<[u8; 32]>);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.fingerprint())
    }
}

impl MasterKey {
    /// Reads a key as it stands in a file or a variable: 64 hexadecimal digits, white space around them ignored.
    ///
    /// # Errors
    /// [`Error::BadKey`], which does not repeat the text.
    pub fn parse(text: &SecretString) -> Result<Self, Error> {
        let text = text.expose_secret().trim();
        let bad = || Error::BadKey { found: text.chars().count() };
        if text.len() != 64 || !text.is_ascii() {
            return Err(bad());
        }
        let mut key = Zeroizing::new([0; 32]);
        for (place, byte) in key.iter_mut().enumerate() {
            let digits = &text[2 * place..2 * place + 2];
            if digits.starts_with('+') {
                return Err(bad());
            }
            *byte = u8::from_str_radix(digits, 16).map_err(|_| bad())?;
        }
        Ok(Self::from_bytes(*key))
    }

    pub fn from_bytes(mut bytes: [u8; 32]) -> Self {
        let key = Self(SecretBox::new(Box::new(bytes)));
        bytes.zeroize();
        key
    }

    /// A new key from the system's random source, and its text for the file in which it will be kept.
    pub fn generate() -> (Self, SecretString) {
        let key = random_key();
        let text = SecretString::from(hex(&*key));
        (Self::from_bytes(*key), text)
    }

    /// 16 digits that name the key and tell nothing about it.
    pub fn fingerprint(&self) -> String {
        hex(&keyed(self.0.expose_secret(), &[b"havenmeester master key"])[..8])
    }

    /// The same key once more, for a part of the program that opens the store itself.
    pub fn again(&self) -> Self {
        Self::from_bytes(*self.0.expose_secret())
    }

    pub(crate) fn lock(&self, purpose: &str, number: u32, key: &[u8; 32]) -> Vec<u8> {
        let mut nonce = [0; 24];
        OsRng.fill_bytes(&mut nonce);
        let cipher = XChaCha20Poly1305::new(Key::from_slice(self.0.expose_secret()));
        let aad = keyring_place(purpose, number);
        let locked = cipher
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: key, aad: &aad })
            .expect("a key is far shorter than the cipher's limit");
        [nonce.as_slice(), &locked].concat()
    }

    /// The key from the keyring, or nothing if this master key did not lock it.
    pub(crate) fn unlock(&self, purpose: &str, number: u32, locked: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        let (nonce, locked) = locked.split_at_checked(24)?;
        let cipher = XChaCha20Poly1305::new(Key::from_slice(self.0.expose_secret()));
        let aad = keyring_place(purpose, number);
        let open = cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: locked, aad: &aad }).ok()?;
        let open = Zeroizing::new(open);
        Some(Zeroizing::new(open.as_slice().try_into().ok()?))
    }
}

fn keyring_place(purpose: &str, number: u32) -> Vec<u8> {
    format!("havenmeester keyring 1|{purpose}|{number}").into_bytes()
}

pub(crate) fn random_key() -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    OsRng.fill_bytes(&mut *key);
    key
}

/// HMAC-SHA256 over parts, each with its length before it so that no two lists of parts look the same.
fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The open keyring, for as long as the store is open.
#[derive(Clone)]
pub(crate) struct Vault {
    /// Ciphers of the fields by number; all but the newest only open what was sealed before.
    pub(crate) fields: BTreeMap<u32, XChaCha20Poly1305>,
    pub(crate) lookup: Zeroizing<[u8; 32]>,
    pub(crate) states: Zeroizing<[u8; 32]>,
}

impl Vault {
    pub(crate) fn newest(&self) -> u32 {
        *self.fields.keys().next_back().expect("a keyring is refused without a key for fields")
    }

    /// What stands in an index instead of a confidential value: finds equal values, tells nothing else.
    pub(crate) fn lookup(&self, table: &str, column: &str, value: &str) -> String {
        hex(&keyed(&self.lookup, &[table.as_bytes(), column.as_bytes(), value.as_bytes()]))
    }

    /// The hash of an object's state that stands in the audit chain.
    ///
    /// Keyed, because exports of the chain leave the house, and a short state could be guessed from a plain hash.
    pub(crate) fn state_hash(&self, parts: &[&[u8]]) -> String {
        hex(&keyed(&self.states, parts))
    }
}

pub(crate) fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(Key::from_slice(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let (key, text) = MasterKey::generate();

        let again = MasterKey::parse(&SecretString::from(format!("  {}\n", text.expose_secret()))).unwrap();

        assert_eq!(again.fingerprint(), key.fingerprint());
    }

    #[test]
    fn a_text_that_is_no_key_is_not_repeated() {
        for text in ["", "correct horse", &"+1".repeat(32), &"é".repeat(32), &"a".repeat(63)] {
            let error = MasterKey::parse(&SecretString::from(text.to_owned())).unwrap_err();

            assert!(matches!(error, Error::BadKey { found } if found == text.chars().count()), "{text}");
        }
    }

    #[test]
    fn only_its_own_master_key_opens_a_locked_key() {
        let (mine, other) = (MasterKey::from_bytes([1; 32]), MasterKey::from_bytes([2; 32]));
        let locked = mine.lock("fields", 1, &[7; 32]);

        assert_eq!(mine.unlock("fields", 1, &locked).as_deref(), Some(&[7; 32]));
        assert!(other.unlock("fields", 1, &locked).is_none());
        assert!(mine.unlock("lookup", 1, &locked).is_none());
        assert!(mine.unlock("fields", 1, &locked[..20]).is_none());
    }
}
