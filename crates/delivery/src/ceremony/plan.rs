//! What a root shall say, before anybody signs it.

use std::collections::BTreeMap;

use crate::keys::{KeyId, PublicKey, Role};
use crate::metadata::{Instant, Key, RoleKeys, Roles, Root, RootTag, SPEC_VERSION, check_policy};

use super::{CeremonyError, Payload, Request};

/// The keys of one role and how many of them must sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holders {
    pub keys: Vec<PublicKey>,
    pub threshold: u32,
}

/// A root in the making.
#[derive(Clone, Debug)]
pub struct RootPlan {
    pub version: u64,
    pub expires: jiff::Timestamp,
    pub root: Holders,
    pub approvers: Holders,
    pub snapshot: Holders,
    pub timestamp: Holders,
}

impl RootPlan {
    /// Root 1: two root keys and two approvers must sign, one key each for snapshot and timestamp. Each key
    /// goes to the role that it was made for; three root keys are usual, so that one can be lost.
    pub fn first(keys: &[PublicKey], expires: jiff::Timestamp) -> Result<Self, CeremonyError> {
        let nobody = |threshold| Holders { keys: Vec::new(), threshold };
        let mut plan = Self {
            version: 1,
            expires,
            root: nobody(2),
            approvers: nobody(2),
            snapshot: nobody(1),
            timestamp: nobody(1),
        };
        for key in keys {
            plan.add(*key)?;
        }
        Ok(plan)
    }

    /// The root that follows `current`, with the same keys until they are changed.
    pub fn after(current: &Root, expires: jiff::Timestamp) -> Result<Self, CeremonyError> {
        let holders = |role| -> Result<Holders, CeremonyError> {
            let keys = current.role(role).ok_or(CeremonyError::NoRootRole { role })?;
            let key = |id: &KeyId| {
                let key = current.keys.get(id).ok_or(CeremonyError::NotInRoot { key: *id })?;
                Ok::<_, CeremonyError>(PublicKey::from_bytes(role, &key.keyval.public.0)?)
            };
            let known = keys.keyids.iter().map(key).collect::<Result<_, _>>()?;
            Ok(Holders { keys: known, threshold: keys.threshold })
        };
        Ok(Self {
            version: current.version.saturating_add(1),
            expires,
            root: holders(Role::Root)?,
            approvers: holders(Role::Approver)?,
            snapshot: holders(Role::Snapshot)?,
            timestamp: holders(Role::Timestamp)?,
        })
    }

    /// Adds a key to the role that it was made for.
    pub fn add(&mut self, key: PublicKey) -> Result<(), CeremonyError> {
        if self.all().any(|known| known.id() == key.id()) {
            return Err(CeremonyError::InRootAlready { key: key.id() });
        }
        self.holders(key.role())?.keys.push(key);
        Ok(())
    }

    /// Takes a key out, for instance a stolen one. What it signed does not count from this root on.
    pub fn revoke(&mut self, key: KeyId) -> Result<(), CeremonyError> {
        for holders in [&mut self.root, &mut self.approvers, &mut self.snapshot, &mut self.timestamp] {
            let before = holders.keys.len();
            holders.keys.retain(|known| known.id() != key);
            if holders.keys.len() < before {
                return Ok(());
            }
        }
        Err(CeremonyError::NotInRoot { key })
    }

    /// A new key in place of a lost one of the same role.
    pub fn replace(&mut self, lost: KeyId, new: PublicKey) -> Result<(), CeremonyError> {
        self.revoke(lost)?;
        self.add(new)
    }

    /// The root as it will be signed.
    pub fn draft(&self) -> Result<Root, CeremonyError> {
        let keys: BTreeMap<KeyId, Key> = self.all().map(|key| (key.id(), Key::from(key))).collect();
        let root = Root {
            kind: RootTag::Root,
            consistent_snapshot: true,
            expires: Instant::new(self.expires),
            keys,
            roles: Roles {
                root: role_keys(&self.root),
                snapshot: role_keys(&self.snapshot),
                targets: role_keys(&self.approvers),
                timestamp: role_keys(&self.timestamp),
            },
            spec_version: SPEC_VERSION.to_owned(),
            version: self.version,
        };
        check_policy(&root)?;
        Ok(root)
    }

    /// The request that the holders of root keys sign.
    pub fn request(&self) -> Result<Request, CeremonyError> {
        Ok(Request::new(vec![Payload::Root(self.draft()?)]))
    }

    fn all(&self) -> impl Iterator<Item = &PublicKey> {
        [&self.root, &self.approvers, &self.snapshot, &self.timestamp].into_iter().flat_map(|role| &role.keys)
    }

    fn holders(&mut self, role: Role) -> Result<&mut Holders, CeremonyError> {
        match role {
            Role::Root => Ok(&mut self.root),
            Role::Approver => Ok(&mut self.approvers),
            Role::Snapshot => Ok(&mut self.snapshot),
            Role::Timestamp => Ok(&mut self.timestamp),
            Role::EntryApproval | Role::Receipt => Err(CeremonyError::NoRootRole { role }),
        }
    }
}

fn role_keys(holders: &Holders) -> RoleKeys {
    let mut keyids: Vec<KeyId> = holders.keys.iter().map(PublicKey::id).collect();
    keyids.sort_unstable();
    RoleKeys { keyids, threshold: holders.threshold }
}
