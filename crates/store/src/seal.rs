//! Encryption of one field, bound to its place.
//!
//! Sealed form: version `1` (1 byte), number of the key (4 bytes, big endian), nonce (24 bytes, random), ciphertext
//! with tag (XChaCha20-Poly1305). The associated data are the first five bytes and the place: table, column, row
//! and revision of the row, each with its length. So a ciphertext opens only where it was written: swapped between
//! rows, moved to another column, or put back from an older revision, it does not.
//!
//! What is not hidden: how long a field is, and when a row changed.

use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead, Payload as Message};
use rand::RngCore;
use rand::rngs::OsRng;
use zeroize::Zeroizing;

use crate::keys::Vault;

const VERSION: u8 = 1;
const HEAD: usize = 5;
const NONCE: usize = 24;

/// Where a field stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'a str,
    pub(crate) column: &'a str,
    pub(crate) row: &'a str,
    pub(crate) revision: i64,
}

impl Place<'_> {
    fn bound_to(&self, head: &[u8]) -> Vec<u8> {
        let mut out = head.to_vec();
        for part in [self.table, self.column, self.row] {
            out.extend((part.len() as u64).to_be_bytes());
            out.extend(part.as_bytes());
        }
        out.extend(self.revision.to_be_bytes());
        out
    }
}

pub(crate) fn seal(vault: &Vault, place: Place<'_>, plain: &[u8]) -> Vec<u8> {
    let number = vault.newest();
    let mut sealed = Vec::with_capacity(HEAD + NONCE + plain.len() + 16);
    sealed.push(VERSION);
    sealed.extend(number.to_be_bytes());
    let aad = place.bound_to(&sealed);
    let mut nonce = [0; NONCE];
    OsRng.fill_bytes(&mut nonce);
    sealed.extend(nonce);
    let text = vault.fields[&number]
        .encrypt(XNonce::from_slice(&nonce), Message { msg: plain, aad: &aad })
        .expect("a field is far shorter than the cipher's limit of 256 GB");
    sealed.extend(text);
    sealed
}

/// The plain field, or nothing if it was damaged, moved, or sealed with a key that is not there.
pub(crate) fn open(vault: &Vault, place: Place<'_>, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (head, rest) = sealed.split_at_checked(HEAD)?;
    let (nonce, text) = rest.split_at_checked(NONCE)?;
    let number = u32::from_be_bytes(head[1..].try_into().ok()?);
    let cipher = vault.fields.get(&number).filter(|_| head[0] == VERSION)?;
    let aad = place.bound_to(head);
    cipher.decrypt(XNonce::from_slice(nonce), Message { msg: text, aad: &aad }).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::keys::cipher;

    fn vault(numbers: &[u32]) -> Vault {
        let fields: BTreeMap<u32, _> = numbers.iter().map(|n| (*n, cipher(&[*n as u8; 32]))).collect();
        Vault { fields, lookup: Zeroizing::new([8; 32]), states: Zeroizing::new([9; 32]) }
    }

    const HERE: Place<'static> = Place { table: "partners", column: "payload", row: "p-1", revision: 3 };

    #[test]
    fn a_field_opens_only_in_its_own_place() {
        let vault = vault(&[1]);
        let sealed = seal(&vault, HERE, b"canary");

        assert_eq!(open(&vault, HERE, &sealed).unwrap().as_slice(), b"canary");
        for elsewhere in [
            Place { table: "people", ..HERE },
            Place { column: "name", ..HERE },
            Place { row: "p-2", ..HERE },
            Place { revision: 4, ..HERE },
            Place { table: "partner", column: "spayload", ..HERE },
        ] {
            assert!(open(&vault, elsewhere, &sealed).is_none());
        }
    }

    #[test]
    fn an_old_key_still_opens_and_a_missing_one_does_not() {
        let sealed = seal(&vault(&[1]), HERE, b"canary");

        assert!(open(&vault(&[1, 2]), HERE, &sealed).is_some());
        assert!(open(&vault(&[2]), HERE, &sealed).is_none());
    }

    proptest! {
        #[test]
        fn no_changed_or_cut_byte_opens(plain in proptest::collection::vec(any::<u8>(), 0..80), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let vault = vault(&[1]);
            let mut sealed = seal(&vault, HERE, &plain);
            prop_assert!(open(&vault, HERE, &sealed[..sealed.len() - 1]).is_none());

            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;

            prop_assert!(open(&vault, HERE, &sealed).is_none());
        }
    }
}
