//! Timestamp, snapshot and targets of TUF 1.0.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::Digest;

use super::Instant;
use crate::keys::Role;

/// What every kind of signed file says of itself.
pub trait Kind {
    /// The role whose keys sign it.
    const ROLE: Role;
    fn version(&self) -> u64;
    fn expires(&self) -> Instant;
}

/// SHA-256 as it stands in metadata.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sha256Hex(pub(crate) [u8; 32]);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hashes {
    pub sha256: Sha256Hex,
}

/// A metadata file that another one vouches for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetaFile {
    pub hashes: Hashes,
    pub length: u64,
    pub version: u64,
}

/// An encrypted part that the targets vouch for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetFile {
    pub hashes: Hashes,
    pub length: u64,
}

/// Says which snapshot is the newest. Signed by a key on the publishing machine, short-lived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timestamp {
    #[serde(rename = "_type")]
    pub kind: TimestampTag,
    pub expires: Instant,
    pub meta: BTreeMap<String, MetaFile>,
    pub spec_version: String,
    pub version: u64,
}

/// Says which root and which targets belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    #[serde(rename = "_type")]
    pub kind: SnapshotTag,
    pub expires: Instant,
    pub meta: BTreeMap<String, MetaFile>,
    pub spec_version: String,
    pub version: u64,
}

/// Says which encrypted parts belong to the delivery. Signed by two approvers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    #[serde(rename = "_type")]
    pub kind: TargetsTag,
    pub expires: Instant,
    pub spec_version: String,
    pub targets: BTreeMap<String, TargetFile>,
    pub version: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimestampTag {
    #[serde(rename = "timestamp")]
    Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SnapshotTag {
    #[serde(rename = "snapshot")]
    Snapshot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetsTag {
    #[serde(rename = "targets")]
    Targets,
}

impl Sha256Hex {
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }
}

impl std::fmt::Debug for Sha256Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sha256({}..)", hex::encode(&self.0[..4]))
    }
}

impl MetaFile {
    pub fn of(bytes: &[u8], version: u64) -> Self {
        Self { hashes: Hashes { sha256: Sha256Hex::of(bytes) }, length: bytes.len() as u64, version }
    }

    pub fn matches(&self, bytes: &[u8]) -> bool {
        self.length == bytes.len() as u64 && self.hashes.sha256 == Sha256Hex::of(bytes)
    }
}

impl TargetFile {
    pub fn of(bytes: &[u8]) -> Self {
        Self { hashes: Hashes { sha256: Sha256Hex::of(bytes) }, length: bytes.len() as u64 }
    }

    pub fn matches(&self, bytes: &[u8]) -> bool {
        self.length == bytes.len() as u64 && self.hashes.sha256 == Sha256Hex::of(bytes)
    }
}

/// Version and expiry stand in fields of the same names.
macro_rules! kind {
    ($type:ty, $role:expr) => {
        impl Kind for $type {
            const ROLE: Role = $role;

            fn version(&self) -> u64 {
                self.version
            }

            fn expires(&self) -> Instant {
                self.expires
            }
        }
    };
}

kind!(Timestamp, Role::Timestamp);
kind!(Snapshot, Role::Snapshot);
kind!(Targets, Role::Approver);
kind!(super::Root, Role::Root);
