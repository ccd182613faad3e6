//! One part of a delivery: padded so that its size says little, encrypted for one partner.

use std::io::Read;

use crate::keys::{DecryptionKey, Recipient};

/// Parts are filled up to a multiple of this, so that a few words more or less cannot be seen from outside.
pub const PADDING_BYTES: usize = 64 * 1024;

/// Name of the part that holds the edition in the open list format.
pub const EDITION: &str = "edition.json";
/// Name of the part that holds the signed statement.
pub const STATEMENT: &str = "statement.json";

/// Name of a part: up to 23 of `a-z`, digits, `-` and `.`, so that it fits into a tar header with its hash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartName(String);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "`{name}` cannot be the name of an enclosure: up to 23 of a-z, 0-9, `-` and `.`, and not the edition's own"
)]
pub struct PartNameError {
    pub name: String,
}

/// Why a part did not open.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum UnsealError {
    /// It is encrypted for somebody else.
    WrongKey,
    /// It is no age file, or not a whole one, or not padded as it should be.
    Damaged,
}

impl PartName {
    pub fn new(name: impl Into<String>) -> Result<Self, PartNameError> {
        let name = name.into();
        let plain = is_part_name(&name) && name != EDITION && name != STATEMENT;
        if plain { Ok(Self(name)) } else { Err(PartNameError { name }) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a name can stand in a list of targets.
pub(crate) fn is_part_name(name: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    (1..=23).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(allowed)
}

/// The name of a part as a target, after encryption.
pub(crate) fn target_name(part: &str) -> String {
    format!("{part}.age")
}

/// The bytes, padded with zeros and encrypted.
pub(crate) fn seal(bytes: &[u8], recipient: &Recipient) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.resize(bytes.len().next_multiple_of(PADDING_BYTES).max(PADDING_BYTES), 0);
    age::encrypt(&recipient.0, &padded).expect("one X25519 recipient and memory can always be written to")
}

/// Decrypts to the padded bytes.
pub(crate) fn unseal(sealed: &[u8], keys: &[DecryptionKey]) -> Result<Vec<u8>, UnsealError> {
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| UnsealError::Damaged)?;
    let identities = keys.iter().map(|key| &key.0 as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => UnsealError::WrongKey,
        _ => UnsealError::Damaged,
    })?;
    let mut padded = Vec::with_capacity(sealed.len());
    reader.read_to_end(&mut padded).map_err(|_| UnsealError::Damaged)?;
    Ok(padded)
}

/// Takes the filling off: only zeros, and not more of them than padding needs.
pub(crate) fn unpad(mut padded: Vec<u8>, length: u64) -> Result<Vec<u8>, UnsealError> {
    let length = usize::try_from(length).map_err(|_| UnsealError::Damaged)?;
    let expected = length.checked_next_multiple_of(PADDING_BYTES).map(|size| size.max(PADDING_BYTES));
    let filling = padded.get(length..).ok_or(UnsealError::Damaged)?;
    if expected != Some(padded.len()) || filling.iter().any(|byte| *byte != 0) {
        return Err(UnsealError::Damaged);
    }
    padded.truncate(length);
    Ok(padded)
}

/// The length of a text of JSON before its filling: JSON never ends with a zero byte.
pub(crate) fn length_before_zeros(padded: &[u8]) -> u64 {
    padded.iter().rposition(|byte| *byte != 0).map_or(0, |last| last as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_comes_back_and_its_size_is_rounded() {
        let key = DecryptionKey::generate();
        for length in [0, 1, PADDING_BYTES, PADDING_BYTES + 1] {
            let bytes = vec![7; length];
            let sealed = seal(&bytes, &key.recipient());

            let padded = unseal(&sealed, std::slice::from_ref(&key)).unwrap();

            assert_eq!(padded.len() % PADDING_BYTES, 0);
            assert_eq!(unpad(padded, length as u64), Ok(bytes));
        }
        // age adds a random header line of a random length, up to some hundred bytes.
        let size = |length: usize| seal(&vec![1; length], &key.recipient()).len();
        assert!(size(10).abs_diff(size(60_000)) < 1_000);
    }

    #[test]
    fn filling_hides_nothing() {
        let mut padded = vec![0; PADDING_BYTES];
        padded[PADDING_BYTES - 1] = 1;

        assert_eq!(unpad(padded, 3), Err(UnsealError::Damaged));
        assert_eq!(unpad(vec![0; PADDING_BYTES * 2], 3), Err(UnsealError::Damaged));
        assert_eq!(unpad(vec![0; 2], 3), Err(UnsealError::Damaged));
        assert_eq!(unpad(vec![0; 2], u64::MAX), Err(UnsealError::Damaged));
    }

    #[test]
    fn another_key_does_not_open_it() {
        let sealed = seal(b"x", &DecryptionKey::generate().recipient());

        assert_eq!(unseal(&sealed, &[DecryptionKey::generate()]), Err(UnsealError::WrongKey));
        assert_eq!(unseal(b"hello", &[DecryptionKey::generate()]), Err(UnsealError::Damaged));
    }
}
