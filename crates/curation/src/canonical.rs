//! The one form of bytes over which the issuer hashes and signs.
//!
//! Every field is written as its name and its value, each after its length as 8 bytes, big end first.
//! So two different contents never give the same bytes, and nothing depends on a text format.

use std::fmt;

use sha2::{Digest, Sha256};

/// A SHA-256 hash: of a file, or of content in canonical form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256Hash(pub [u8; 32]);

impl Sha256Hash {
    /// The hash of bytes as they are.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// From 64 hexadecimal digits, of either case.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut hash = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (place, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
        }
        // `from_str_radix` takes a sign.
        text.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(Self(hash))
    }
}

impl fmt::Display for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The first eight digits: enough to tell two hashes apart in a message.
impl fmt::Debug for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Content on its way to bytes. The first field is what it is, so that the hash or signature of one
/// kind of content can never pass for another.
pub struct Canonical {
    bytes: Vec<u8>,
}

impl Canonical {
    /// Begins content of a kind, such as `havenmeester evidence 1`.
    pub fn new(kind: &str) -> Self {
        let mut canonical = Self { bytes: Vec::new() };
        canonical.piece(kind.as_bytes());
        canonical
    }

    #[must_use]
    pub fn field(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.piece(name.as_bytes());
        self.piece(value.as_ref());
        self
    }

    #[must_use]
    pub fn text(self, name: &str, value: impl ToString) -> Self {
        self.field(name, value.to_string())
    }

    /// A field that is absent is not written; an empty one is.
    #[must_use]
    pub fn optional(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Several values under one name, in their order.
    #[must_use]
    pub fn list<T: AsRef<[u8]>>(mut self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<T> = values.into_iter().collect();
        self = self.field(name, (values.len() as u64).to_be_bytes());
        for value in values {
            self.piece(value.as_ref());
        }
        self
    }

    pub fn hash(&self) -> Sha256Hash {
        Sha256Hash::of(&self.bytes)
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn piece(&mut self, bytes: &[u8]) {
        self.bytes.extend((bytes.len() as u64).to_be_bytes());
        self.bytes.extend(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_value_ends_changes_the_hash() {
        let left = Canonical::new("k").text("ab", "c").hash();
        let right = Canonical::new("k").text("a", "bc").hash();
        let list = Canonical::new("k").list("x", ["a", "b"]).hash();
        let other_list = Canonical::new("k").list("x", ["ab"]).hash();

        assert_ne!(left, right);
        assert_ne!(list, other_list);
        assert_ne!(
            Canonical::new("k").optional("x", None::<u8>).hash(),
            Canonical::new("k").text("x", "").hash()
        );
    }

    #[test]
    fn hexadecimal_digits_are_read_back() {
        let hash = Sha256Hash::of(b"orchard");

        assert_eq!(Sha256Hash::from_hex(&hash.to_string()), Some(hash));
        for text in ["", "+1", &"g".repeat(64), &"+1".repeat(32), &"é".repeat(32)] {
            assert_eq!(Sha256Hash::from_hex(text), None);
        }
    }
}
