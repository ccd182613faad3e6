//! The last step: snapshot and timestamp, signed on the publishing machine.

use std::collections::BTreeMap;

use crate::container::{self, Files};
use crate::keys::{Role, SigningKey};
use crate::metadata::{
    Instant, Kind, MetaFile, Roots, SPEC_VERSION, Signature, Signed, Snapshot, SnapshotTag, Targets,
    Timestamp, TimestampTag, canonical, read, verify,
};
use crate::open::{TIMESTAMP, root_name, snapshot_name, target_path, targets_name};
use crate::partner::PartnerId;

use super::PublishError;
use super::batch::{Lifetimes, SealedDelivery};

/// The two keys that the publishing machine holds. They can repeat what approvers signed, and nothing else.
pub struct OnlineKeys<'a> {
    pub snapshot: &'a SigningKey,
    pub timestamp: &'a SigningKey,
}

/// A finished delivery for one partner.
#[derive(Clone)]
pub struct Release {
    partner: PartnerId,
    sequence: u64,
    files: Files,
}

impl Release {
    pub const fn partner(&self) -> &PartnerId {
        &self.partner
    }

    /// Number of the delivery, to be kept as the partner's last one.
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The files of the folder, by name.
    pub const fn files(&self) -> &Files {
        &self.files
    }

    /// The same as one file, for mail or a stick.
    pub fn one_file(&self) -> Vec<u8> {
        container::pack(&self.files)
    }
}

/// Shows how much there is, and not for whom.
impl std::fmt::Debug for Release {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Release({}, {} files)", self.sequence, self.files.len())
    }
}

pub(super) fn release(
    sealed: SealedDelivery,
    signatures: Vec<Signature>,
    roots: &Roots,
    online: &OnlineKeys<'_>,
    lifetimes: Lifetimes,
    now: jiff::Timestamp,
) -> Result<Release, PublishError> {
    let sequence = sealed.targets.version;
    let mut files = Files::new();
    for (name, bytes) in sealed.parts {
        let hash = sealed.targets.targets[&name].hashes.sha256.hex();
        files.insert(target_path(&hash, &name), bytes);
    }
    let targets = Signed { signatures, signed: sealed.targets };
    stamp(&mut files, &targets, sequence, roots, online, lifetimes, now)?;
    Ok(Release { partner: sealed.partner, sequence, files })
}

/// The same delivery with a new snapshot and timestamp, before the old ones expire or after a new root.
/// No approver is needed: what they signed stays as it is.
pub fn refresh(
    before: &Release,
    sequence: u64,
    roots: &Roots,
    online: &OnlineKeys<'_>,
    lifetimes: Lifetimes,
    now: jiff::Timestamp,
) -> Result<Release, PublishError> {
    if sequence <= before.sequence {
        return Err(PublishError::Sequence { found: sequence, before: before.sequence });
    }
    let targets = before.files.iter().find(|(name, _)| name.ends_with(".targets.json"));
    let (_, targets) = targets.ok_or(PublishError::Draft { what: "it has no list of targets" })?;
    let targets: Signed<Targets> =
        read(targets).map_err(|_| PublishError::Draft { what: "its list of targets was changed" })?;
    let parts = before.files.iter().filter(|(name, _)| name.starts_with("targets/"));
    let mut files: Files = parts.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    stamp(&mut files, &targets, sequence, roots, online, lifetimes, now)?;
    Ok(Release { partner: before.partner.clone(), sequence, files })
}

/// Adds all metadata to the encrypted parts.
fn stamp(
    files: &mut Files,
    targets: &Signed<Targets>,
    sequence: u64,
    roots: &Roots,
    online: &OnlineKeys<'_>,
    lifetimes: Lifetimes,
    now: jiff::Timestamp,
) -> Result<(), PublishError> {
    check(targets, "the list of targets", roots)?;
    let targets_file = canonical(targets);
    let snapshot = Snapshot {
        kind: SnapshotTag::Snapshot,
        expires: later(now, lifetimes.snapshot),
        meta: BTreeMap::from([
            ("root.json".to_owned(), MetaFile::of(roots.current_file(), roots.current().version)),
            ("targets.json".to_owned(), MetaFile::of(&targets_file, targets.signed.version)),
        ]),
        spec_version: SPEC_VERSION.to_owned(),
        version: sequence,
    };
    let snapshot_file = canonical(&signed(snapshot, online.snapshot, "the snapshot", roots)?);
    let timestamp = Timestamp {
        kind: TimestampTag::Timestamp,
        expires: later(now, lifetimes.timestamp),
        meta: BTreeMap::from([("snapshot.json".to_owned(), MetaFile::of(&snapshot_file, sequence))]),
        spec_version: SPEC_VERSION.to_owned(),
        version: sequence,
    };
    let timestamp_file = canonical(&signed(timestamp, online.timestamp, "the timestamp", roots)?);

    files.insert(targets_name(targets.signed.version), targets_file);
    files.insert(snapshot_name(sequence), snapshot_file);
    files.insert(TIMESTAMP.to_owned(), timestamp_file);
    for (root, version) in roots.files().iter().zip(1..) {
        files.insert(root_name(version), root.clone());
    }
    Ok(())
}

fn later(now: jiff::Timestamp, lifetime: jiff::SignedDuration) -> Instant {
    Instant::new(now.saturating_add(lifetime).unwrap_or(jiff::Timestamp::MAX))
}

/// Signs with one key and checks that the root knows it, so that no partner finds out first.
fn signed<T: Kind + serde::Serialize>(
    content: T,
    key: &SigningKey,
    what: &'static str,
    roots: &Roots,
) -> Result<Signed<T>, PublishError> {
    let sig = key.sign(T::ROLE, &canonical(&content))?;
    let file = Signed { signatures: vec![Signature { keyid: key.public().id(), sig }], signed: content };
    check(&file, what, roots)?;
    Ok(file)
}

fn check<T: Kind + serde::Serialize>(
    file: &Signed<T>,
    what: &'static str,
    roots: &Roots,
) -> Result<(), PublishError> {
    let role: Role = T::ROLE;
    verify(file, &[&roots.current().key_set(role)]).map_err(|cause| PublishError::Signatures { what, cause })
}
