//! The root of TUF 1.0: which keys count for which role.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Instant, KeySet};
use crate::keys::{KeyId, PublicKey, Role};

/// Which keys count, signed by the root keys themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Root {
    #[serde(rename = "_type")]
    pub kind: RootTag,
    pub consistent_snapshot: bool,
    pub expires: Instant,
    pub keys: BTreeMap<KeyId, Key>,
    pub roles: Roles,
    pub spec_version: String,
    pub version: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RootTag {
    #[serde(rename = "root")]
    Root,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    pub root: RoleKeys,
    pub snapshot: RoleKeys,
    pub targets: RoleKeys,
    pub timestamp: RoleKeys,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleKeys {
    /// Sorted, each once.
    pub keyids: Vec<KeyId>,
    /// How many of them must sign.
    pub threshold: u32,
}

/// A public key as TUF writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    pub keytype: Ed25519Tag,
    pub keyval: KeyValue,
    pub scheme: Ed25519Tag,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyValue {
    pub public: PublicHex,
}

/// The 32 bytes of an Ed25519 public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicHex(pub(crate) [u8; 32]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ed25519Tag {
    #[serde(rename = "ed25519")]
    Ed25519,
}

impl From<&PublicKey> for Key {
    fn from(key: &PublicKey) -> Self {
        Self {
            keytype: Ed25519Tag::Ed25519,
            keyval: KeyValue { public: PublicHex(key.to_bytes()) },
            scheme: Ed25519Tag::Ed25519,
        }
    }
}

impl Root {
    /// The keys of a role and how many of them must sign. Roles that a root does not know have none.
    pub fn role(&self, role: Role) -> Option<&RoleKeys> {
        match role {
            Role::Root => Some(&self.roles.root),
            Role::Approver => Some(&self.roles.targets),
            Role::Snapshot => Some(&self.roles.snapshot),
            Role::Timestamp => Some(&self.roles.timestamp),
            Role::EntryApproval | Role::Receipt => None,
        }
    }

    /// The same as a set that signatures can be checked with.
    pub fn key_set(&self, role: Role) -> KeySet {
        let Some(keys) = self.role(role) else { return KeySet::nobody(role) };
        let known = keys.keyids.iter().filter_map(|id| {
            let bytes = &self.keys.get(id)?.keyval.public.0;
            Some((*id, PublicKey::from_bytes(role, bytes).ok()?))
        });
        KeySet::new(role, known.collect(), keys.threshold as usize)
    }
}
