//! What two approvers say inside the encryption: this edition, these parts, for this partner.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Instant;
use super::roles::Sha256Hex;
use crate::content::ContentRoot;
use crate::partner::PartnerId;

/// The signed inside of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    #[serde(rename = "_type")]
    pub kind: StatementTag,
    /// Equal for all partners: over everything but the notes.
    pub content_root: ContentRoot,
    pub edition: u32,
    /// Id of the list.
    pub list: String,
    pub partner: PartnerId,
    /// Every part by its name: `edition.json`, letters, enclosures.
    pub parts: BTreeMap<String, Part>,
    pub published_at: Instant,
    /// Last day of the edition's validity.
    pub valid_until: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatementTag {
    #[serde(rename = "havenmeester-delivery/1")]
    Delivery1,
}

/// One part before padding and encryption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub length: u64,
    pub sha256: Sha256Hex,
}

impl Part {
    pub fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, sha256: Sha256Hex::of(bytes) }
    }

    pub fn matches(&self, bytes: &[u8]) -> bool {
        self.length == bytes.len() as u64 && self.sha256 == Sha256Hex::of(bytes)
    }
}
