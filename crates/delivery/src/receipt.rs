//! A hoster's voluntary answer to the issuer: how many, in bands, and nothing else.
//!
//! There is no field for a name, an id or a text, so no customer can get into a receipt. Small counts are widened to
//! bands, because "one hit ended" next to a list of entries can point to a customer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::content::ContentRoot;
use crate::keys::{PublicKey, Role, SigningKey, WrongRole};
use crate::metadata::{KeySet, Signature, SignatureError, Signed, canonical, read, verify};
use crate::open::VerifiedEdition;
use crate::partner::PartnerId;

/// How many, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Band {
    #[serde(rename = "0")]
    None,
    #[serde(rename = "1-4")]
    To4,
    #[serde(rename = "5-9")]
    To9,
    #[serde(rename = "10-24")]
    To24,
    #[serde(rename = "25-49")]
    To49,
    #[serde(rename = "50-99")]
    To99,
    #[serde(rename = "100-249")]
    To249,
    #[serde(rename = "250-999")]
    To999,
    #[serde(rename = "1000-9999")]
    To9999,
    #[serde(rename = "10000-99999")]
    To99999,
    #[serde(rename = "100000-")]
    More,
}

/// The counts of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub cannot_tell: Band,
    pub customers_screened: Band,
    pub decided_conditions: Band,
    pub decided_end: Band,
    pub decided_keep: Band,
    pub decided_suspend: Band,
    pub hits_probable: Band,
    pub hits_strong: Band,
    pub hits_weak: Band,
    pub judged_not_the_same: Band,
    pub judged_same: Band,
    pub judged_undecided: Band,
}

/// What is signed: which edition, which day, how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    #[serde(rename = "_type")]
    kind: Tag,
    pub content_root: ContentRoot,
    pub counts: Counts,
    pub edition: u32,
    pub list: String,
    pub made_on: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Tag {
    #[serde(rename = "havenmeester-receipt/1")]
    Receipt1,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReceiptError {
    #[error("this is not a receipt, or it was changed")]
    NotAReceipt,
    #[error("the receipt is not signed by a key of a known partner")]
    UnknownKey,
    #[error("the signature does not belong to the receipt: {0}")]
    Signature(SignatureError),
    #[error(transparent)]
    WrongRole(#[from] WrongRole),
}

impl ReceiptError {
    /// What the reader can do next, in one sentence.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotAReceipt | Self::Signature(_) => "ask the partner to send the receipt again",
            Self::UnknownKey => {
                "enrol the partner's receipt key, compare its fingerprint, then take the receipt again"
            }
            Self::WrongRole(_) => "take the key that was made for receipts",
        }
    }
}

impl Band {
    const UPPER: &[(u64, Self)] = &[
        (0, Self::None),
        (4, Self::To4),
        (9, Self::To9),
        (24, Self::To24),
        (49, Self::To49),
        (99, Self::To99),
        (249, Self::To249),
        (999, Self::To999),
        (9_999, Self::To9999),
        (99_999, Self::To99999),
    ];

    pub fn of(count: u64) -> Self {
        Self::UPPER.iter().find(|(upper, _)| count <= *upper).map_or(Self::More, |(_, band)| *band)
    }

    /// The fewest and the most that the band stands for.
    pub fn bounds(self) -> (u64, Option<u64>) {
        let index = Self::UPPER.iter().position(|(_, band)| *band == self);
        let from = |index: usize| if index == 0 { 0 } else { Self::UPPER[index - 1].0 + 1 };
        index.map_or((from(Self::UPPER.len()), None), |index| (from(index), Some(Self::UPPER[index].0)))
    }
}

impl Receipt {
    pub fn new(edition: &VerifiedEdition, counts: Counts, made_on: Date) -> Self {
        let list = edition.edition().list.id.clone();
        Self::about(edition.content_root(), edition.number(), list, counts, made_on)
    }

    /// A receipt for an edition that was verified when it was installed, by what was kept of it.
    pub const fn about(
        content_root: ContentRoot,
        edition: u32,
        list: String,
        counts: Counts,
        made_on: Date,
    ) -> Self {
        Self { kind: Tag::Receipt1, content_root, counts, edition, list, made_on }
    }

    /// The signed file. Takes the hoster's key for receipts.
    pub fn sign(self, key: &SigningKey) -> Result<Vec<u8>, ReceiptError> {
        let sig = key.sign(Role::Receipt, &canonical(&self))?;
        Ok(canonical(&Signed { signatures: vec![Signature { keyid: key.public().id(), sig }], signed: self }))
    }

    /// Reads a receipt that was verified when it was taken in: the key it was signed with may have been replaced since.
    ///
    /// # Errors
    /// [`ReceiptError::NotAReceipt`].
    pub fn of_kept(file: &[u8]) -> Result<Self, ReceiptError> {
        let receipt: Signed<Self> = read(file).map_err(|_| ReceiptError::NotAReceipt)?;
        Ok(receipt.signed)
    }

    /// Reads a receipt and says whose it is, by the receipt keys that were enrolled.
    pub fn verify(
        file: &[u8],
        partners: &[(PartnerId, PublicKey)],
    ) -> Result<(PartnerId, Self), ReceiptError> {
        let receipt: Signed<Self> = read(file).map_err(|_| ReceiptError::NotAReceipt)?;
        let signer = receipt.signatures.first().ok_or(ReceiptError::UnknownKey)?.keyid;
        let known = partners.iter().find(|(_, key)| key.id() == signer && key.role() == Role::Receipt);
        let (partner, key) = known.ok_or(ReceiptError::UnknownKey)?;
        let keys = KeySet::new(Role::Receipt, [(signer, *key)].into(), 1);
        verify(&receipt, &[&keys]).map_err(ReceiptError::Signature)?;
        Ok((partner.clone(), receipt.signed))
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn receipt() -> Receipt {
        let counts = Counts {
            cannot_tell: Band::of(31),
            customers_screened: Band::of(12_400),
            decided_conditions: Band::of(0),
            decided_end: Band::of(1),
            decided_keep: Band::of(0),
            decided_suspend: Band::of(1),
            hits_probable: Band::of(7),
            hits_strong: Band::of(2),
            hits_weak: Band::of(40),
            judged_not_the_same: Band::of(46),
            judged_same: Band::of(2),
            judged_undecided: Band::of(1),
        };
        Receipt {
            kind: Tag::Receipt1,
            content_root: ContentRoot([3; 32]),
            counts,
            edition: 12,
            list: "example-list".to_owned(),
            made_on: jiff::civil::date(2026, 3, 20),
        }
    }

    fn key(seed: u64) -> SigningKey {
        SigningKey::generate(Role::Receipt, &mut ChaCha20Rng::seed_from_u64(seed))
    }

    #[test]
    fn a_receipt_holds_bands_and_nothing_else() {
        insta::assert_snapshot!(String::from_utf8(canonical(&receipt())).unwrap(), @r#"{"_type":"havenmeester-receipt/1","content_root":"0303030303030303030303030303030303030303030303030303030303030303","counts":{"cannot_tell":"25-49","customers_screened":"10000-99999","decided_conditions":"0","decided_end":"1-4","decided_keep":"0","decided_suspend":"1-4","hits_probable":"5-9","hits_strong":"1-4","hits_weak":"25-49","judged_not_the_same":"25-49","judged_same":"1-4","judged_undecided":"1-4"},"edition":12,"list":"example-list","made_on":"2026-03-20"}"#);
    }

    #[test]
    fn bands_cover_every_number_once() {
        for count in (0..2_000).chain([9_999, 10_000, 99_999, 100_000, u64::MAX]) {
            let (from, to) = Band::of(count).bounds();
            assert!(from <= count && to.is_none_or(|to| count <= to), "{count} in {from} to {to:?}");
        }
        assert_eq!(Band::of(1), Band::of(4));
        assert_ne!(Band::of(4), Band::of(5));
    }

    #[test]
    fn the_issuer_learns_whose_it_is_from_the_key() {
        let north = PartnerId::new("hoster-north").unwrap();
        let south = PartnerId::new("hoster-south").unwrap();
        let partners = [(south, key(2).public()), (north.clone(), key(1).public())];

        let file = receipt().sign(&key(1)).unwrap();

        assert_eq!(Receipt::verify(&file, &partners), Ok((north, receipt())));
        assert_eq!(
            Receipt::verify(&receipt().sign(&key(3)).unwrap(), &partners),
            Err(ReceiptError::UnknownKey)
        );
    }

    #[test]
    fn every_byte_of_a_receipt_counts() {
        let partners = [(PartnerId::new("hoster-north").unwrap(), key(1).public())];
        let file = receipt().sign(&key(1)).unwrap();

        for place in 0..file.len() {
            let mut changed = file.clone();
            changed[place] ^= 1;
            assert!(Receipt::verify(&changed, &partners).is_err(), "byte {place}");
        }
    }

    #[test]
    fn another_key_does_not_sign_receipts() {
        let key = SigningKey::generate(Role::Approver, &mut ChaCha20Rng::seed_from_u64(1));
        assert!(matches!(receipt().sign(&key), Err(ReceiptError::WrongRole(_))));
    }
}
