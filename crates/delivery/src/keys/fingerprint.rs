//! What two people compare by phone: 128 bits as hexadecimal or as twelve words.
//!
//! The words are the English list of BIP-39 (2,048 words, told apart by their first four letters). Its last
//! word holds four bits of checksum, so one misheard word is noticed in 15 of 16 cases before comparing.
//! 128 bits are enough, since a forger has to meet a given fingerprint; two of their own do not help.

use bip39::{Language, Mnemonic};
use sha2::{Digest, Sha256};

use super::{PublicKey, Recipient};

/// Fingerprint of a key or of a root: the first 128 bits of a SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 16]);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FingerprintError {
    #[error(
        "a fingerprint has 32 hexadecimal digits or 12 words, found {words} words, {letters} letters and digits"
    )]
    Length { words: usize, letters: usize },
    #[error("word {place} is not on the word list: listen or look again")]
    UnknownWord { place: usize },
    #[error("the words do not fit together, so at least one is wrong: have them read out again")]
    Checksum,
}

impl Fingerprint {
    pub fn of_key(key: &PublicKey) -> Self {
        Self::of("havenmeester key", &key.to_bytes())
    }

    pub fn of_recipient(recipient: &Recipient) -> Self {
        Self::of("havenmeester recipient", recipient.to_string().as_bytes())
    }

    /// Of the whole file `N.root.json`.
    pub fn of_root(bytes: &[u8]) -> Self {
        Self::of("havenmeester root", bytes)
    }

    /// Of a signing request, so that two people know that they sign the same.
    pub fn of_request(bytes: &[u8]) -> Self {
        Self::of("havenmeester request", bytes)
    }

    fn of(what: &str, bytes: &[u8]) -> Self {
        let digest = Sha256::new().chain_update(what).chain_update([b'\n']).chain_update(bytes).finalize();
        Self(digest[..16].try_into().expect("a SHA-256 has 32 bytes"))
    }

    /// Groups of four digits: `7f3a 09bc ...`. Also the text for a QR code.
    pub fn hex(&self) -> String {
        self.0.chunks(2).map(hex::encode).collect::<Vec<_>>().join(" ")
    }

    /// Twelve words, in lower case, with blanks between.
    pub fn words(&self) -> String {
        let words =
            Mnemonic::from_entropy_in(Language::English, &self.0).expect("16 bytes make twelve words");
        words.words().collect::<Vec<_>>().join(" ")
    }

    /// Reads what a person typed: digits or words, in any case, with any blanks.
    pub fn parse(text: &str) -> Result<Self, FingerprintError> {
        let text = text.to_lowercase();
        let digits: String = text.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
        let mut bytes = [0; 16];
        if hex::decode_to_slice(&digits, &mut bytes).is_ok() {
            return Ok(Self(bytes));
        }
        let words = text.split_whitespace().collect::<Vec<_>>();
        if words.len() != 12 {
            return Err(FingerprintError::Length { words: words.len(), letters: digits.len() });
        }
        Self::from_words(&words.join(" "))
    }

    fn from_words(words: &str) -> Result<Self, FingerprintError> {
        let read = Mnemonic::parse_in_normalized(Language::English, words).map_err(|error| match error {
            bip39::Error::UnknownWord(index) => FingerprintError::UnknownWord { place: index + 1 },
            _ => FingerprintError::Checksum,
        })?;
        let (entropy, _) = read.to_entropy_array();
        Ok(Self(entropy[..16].try_into().expect("twelve words make 16 bytes")))
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fingerprint({})", self.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_reads_as_hex_and_as_words() {
        let fingerprint = Fingerprint::of_root(b"an example");

        insta::assert_snapshot!(fingerprint.hex(), @"5a85 66b0 2c62 3aa6 e684 6336 205a 1fe4");
        insta::assert_snapshot!(fingerprint.words(), @"fold clinic project flee casual fat old midnight curtain actress margin siege");
    }

    #[test]
    fn what_was_shown_can_be_typed() {
        for seed in 0..100_u8 {
            let fingerprint = Fingerprint::of_root(&[seed]);
            assert_eq!(Fingerprint::parse(&fingerprint.hex()), Ok(fingerprint));
            assert_eq!(Fingerprint::parse(&fingerprint.words().to_uppercase()), Ok(fingerprint));
        }
    }

    #[test]
    fn a_misheard_word_is_noticed() {
        let words = Fingerprint::of_root(b"an example").words();
        let mut changed: Vec<&str> = words.split(' ').collect();
        changed[3] = "harbour-master";
        assert_eq!(Fingerprint::parse(&changed.join(" ")), Err(FingerprintError::UnknownWord { place: 4 }));
        assert_eq!(Fingerprint::parse("one two"), Err(FingerprintError::Length { words: 2, letters: 6 }));
    }

    #[test]
    fn key_recipient_and_root_never_share_a_fingerprint() {
        assert_ne!(Fingerprint::of("havenmeester key", b"x"), Fingerprint::of("havenmeester root", b"x"));
    }
}
