//! What a root must promise before a hoster follows it: four eyes that no root can switch off.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::{Root, canonical};
use crate::keys::{KeyId, PublicKey, Role};

/// Why a root is not followed, even when it is signed well.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum PolicyError {
    #[error("`{role}` asks for {found} signatures, at least {needed} are wanted")]
    Threshold { role: Role, found: u32, needed: u32 },
    #[error("`{role}` has {keys} keys for {threshold} signatures")]
    TooFewKeys { role: Role, keys: usize, threshold: u32 },
    #[error("the keys of `{role}` are not sorted, or one stands there twice")]
    RepeatedKey { role: Role },
    #[error("key {} has more than one role", .key.short())]
    SharedKey { key: KeyId },
    #[error("key {} is named for a role but not given, or given and not named", .key.short())]
    StrayKey { key: KeyId },
    #[error("the id of key {} does not belong to the key", .key.short())]
    WrongId { key: KeyId },
    #[error("key {} is not a usable Ed25519 key", .key.short())]
    BadKey { key: KeyId },
    #[error("it does not use consistent snapshots")]
    NoConsistentSnapshots,
    #[error("its version is 0")]
    NoVersion,
    #[error("it is written after TUF {found}, this program reads 1.0")]
    OtherSpecification { found: String },
}

/// Roles of a root and the fewest signatures each must ask for.
const ROLES: [(Role, u32); 4] =
    [(Role::Root, 2), (Role::Approver, 2), (Role::Snapshot, 1), (Role::Timestamp, 1)];

/// Checks what does not depend on signatures.
pub fn check(root: &Root) -> Result<(), PolicyError> {
    if !root.consistent_snapshot {
        return Err(PolicyError::NoConsistentSnapshots);
    }
    if root.version == 0 {
        return Err(PolicyError::NoVersion);
    }
    if !root.spec_version.starts_with("1.0.") {
        return Err(PolicyError::OtherSpecification { found: root.spec_version.clone() });
    }
    for (id, key) in &root.keys {
        if KeyId(Sha256::digest(canonical(key)).into()) != *id {
            return Err(PolicyError::WrongId { key: *id });
        }
        PublicKey::from_bytes(Role::Root, &key.keyval.public.0)
            .map_err(|_| PolicyError::BadKey { key: *id })?;
    }
    let mut used = BTreeSet::new();
    for (role, needed) in ROLES {
        check_role(root, role, needed, &mut used)?;
    }
    let given: BTreeSet<KeyId> = root.keys.keys().copied().collect();
    given.symmetric_difference(&used).next().map_or(Ok(()), |key| Err(PolicyError::StrayKey { key: *key }))
}

fn check_role(root: &Root, role: Role, needed: u32, used: &mut BTreeSet<KeyId>) -> Result<(), PolicyError> {
    let keys = root.role(role).expect("the four roles of a root are always there");
    if keys.threshold < needed {
        return Err(PolicyError::Threshold { role, found: keys.threshold, needed });
    }
    if (keys.keyids.len() as u64) < u64::from(keys.threshold) {
        return Err(PolicyError::TooFewKeys { role, keys: keys.keyids.len(), threshold: keys.threshold });
    }
    if !keys.keyids.is_sorted_by(|one, next| one < next) {
        return Err(PolicyError::RepeatedKey { role });
    }
    for key in &keys.keyids {
        if !used.insert(*key) {
            return Err(PolicyError::SharedKey { key: *key });
        }
    }
    Ok(())
}
