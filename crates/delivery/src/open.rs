//! From a delivery to a verified edition: the workflow of a TUF client, then of the statement inside.
//!
//! This is the only way to a [`VerifiedEdition`]. The steps are numbered; those of the TUF specification
//! (chapter 5 of version 1.0) name their number there.

mod files;
mod refusal;
mod roots;
mod statement;
mod verified;

use crate::keys::{DecryptionKey, Role};
use crate::limits;
use crate::metadata::{Instant, Kind, Root, Snapshot, Targets, Timestamp, read, verify};
use crate::source::Source;
use crate::trust::{Installed, Trust};

use files::Delivery;
pub(crate) use files::{TIMESTAMP, fetch, root_name, snapshot_name, target_path, targets_name};
pub use refusal::Refusal;
pub(crate) use refusal::root_refusal;
pub use verified::VerifiedEdition;

/// A delivery that was accepted.
#[derive(Debug)]
pub struct Opened {
    pub edition: VerifiedEdition,
    /// To be stored together with the edition, in place of the trust that was given.
    pub trust: Trust,
}

/// Verifies a delivery and opens it.
///
/// `keys` are the hoster's own; more than one while a key is being replaced. `now` is the time of receipt.
/// The same delivery can be opened again, so that a receipt that was interrupted can be repeated.
///
/// # Errors
/// A [`Refusal`], and nothing was changed.
pub fn open(
    source: &dyn Source,
    trust: &Trust,
    keys: &[DecryptionKey],
    now: jiff::Timestamp,
) -> Result<Opened, Refusal> {
    let now = Instant::new(now);
    let mut delivery = Delivery::of(source);

    // Step 1 (TUF 5.1): fix the time, and refuse one that was already over.
    check_clock(now, trust.last_seen)?;

    // Steps 2 to 4 (TUF 5.2, 5.3): from the pinned root to the newest.
    let (root, root_file) = roots::newest(&mut delivery, trust)?;
    not_expired(&root, now)?;
    let floor = Floor::of(trust, &root);

    // Step 5 (TUF 5.4): the timestamp, signed, not older than the last, not expired.
    let timestamp_file = delivery.need(TIMESTAMP, limits::TIMESTAMP_BYTES)?;
    let timestamp: Timestamp = signed(TIMESTAMP, &timestamp_file, &root)?;
    floor.check_timestamp(&timestamp, &timestamp_file)?;
    not_expired(&timestamp, now)?;

    // Step 6 (TUF 5.5): the snapshot that the timestamp names, with its hash.
    let named = delivery.only_meta(TIMESTAMP, &timestamp.meta, "snapshot.json")?;
    let name = snapshot_name(named.version);
    let file = delivery.linked::<Snapshot>(&name, named, limits::SNAPSHOT_BYTES, &root)?;
    let snapshot: Snapshot = signed(&name, &file, &root)?;
    not_older("snapshot", snapshot.version, floor.snapshot)?;
    not_expired(&snapshot, now)?;

    // Step 7: the root that the snapshot was made under must be the newest one here, so none was left out.
    delivery.root_belongs(&name, &snapshot, &root_file)?;

    // Step 8 (TUF 5.6): the targets that the snapshot names, signed by two approvers.
    let named = delivery.meta(&name, &snapshot.meta, "targets.json")?;
    let name = targets_name(named.version);
    let file = delivery.linked::<Targets>(&name, named, limits::TARGETS_BYTES, &root)?;
    let targets: Targets = signed(&name, &file, &root)?;
    not_older("targets", targets.version, floor.targets)?;

    // Step 9 (TUF 5.7): every part, with its hash. All of them, since an edition without its letter is not whole.
    let sealed = delivery.parts(&name, &targets)?;

    // Step 10: nothing else came along.
    delivery.nothing_else()?;

    // Steps 11 to 14: decrypt, check the statement, take the parts out, read the edition.
    let edition = statement::open(sealed, trust, keys, &root, now)?;

    // Step 8 again (TUF 5.6.6): lists of targets expire with their edition. Asked only now, because "the edition
    // was valid until" says more to a person.
    not_expired(&targets, now)?;

    // Step 15: what was seen is the floor of the next delivery.
    let installed = Installed {
        content_root: edition.content_root(),
        edition: edition.number(),
        list: edition.edition().list.id.clone(),
        snapshot_version: snapshot.version,
        targets_version: targets.version,
        timestamp_sha256: crate::metadata::Sha256Hex::of(&timestamp_file),
        timestamp_version: timestamp.version,
    };
    let trust = trust.after(&root_file, installed, now.timestamp());
    Ok(Opened { edition, trust })
}

/// The versions below which a delivery is a step back.
struct Floor<'a> {
    installed: Option<&'a Installed>,
    timestamp: u64,
    snapshot: u64,
    targets: u64,
}

impl<'a> Floor<'a> {
    /// TUF 5.3.11: where a new root replaced the keys of a role, its old versions do not bind any more.
    /// Otherwise a thief of a key could send a huge number once and block every delivery after it.
    fn of(trust: &'a Trust, root: &Root) -> Self {
        let before = trust.root();
        let installed = trust.installed.as_ref();
        let floor = |role, version: fn(&Installed) -> u64| {
            let same_keys = before.role(role) == root.role(role);
            installed.filter(|_| same_keys).map_or(0, version)
        };
        let timestamp = floor(Role::Timestamp, |seen| seen.timestamp_version);
        Self {
            installed: installed.filter(|_| timestamp > 0),
            timestamp,
            snapshot: floor(Role::Snapshot, |seen| seen.snapshot_version),
            targets: floor(Role::Approver, |seen| seen.targets_version),
        }
    }

    fn check_timestamp(&self, timestamp: &Timestamp, file: &[u8]) -> Result<(), Refusal> {
        not_older("timestamp", timestamp.version, self.timestamp)?;
        let twin = self.installed.filter(|seen| seen.timestamp_version == timestamp.version);
        if twin.is_some_and(|seen| seen.timestamp_sha256 != crate::metadata::Sha256Hex::of(file)) {
            return Err(Refusal::TwoVersions { what: "timestamp", number: timestamp.version });
        }
        Ok(())
    }
}

/// Reads a metadata file and checks its signatures by the keys that the root gives its role.
fn signed<T>(name: &str, bytes: &[u8], root: &Root) -> Result<T, Refusal>
where
    T: Kind + serde::Serialize + serde::de::DeserializeOwned,
{
    let file = read::<T>(bytes).map_err(|_| Refusal::Changed { part: name.to_owned() })?;
    verify(&file, &[&root.key_set(T::ROLE)]).map_err(|error| Refusal::of_signatures(name, error))?;
    Ok(file.signed)
}

fn check_clock(now: Instant, seen: Instant) -> Result<(), Refusal> {
    let behind = seen.timestamp().as_second() - now.timestamp().as_second();
    if behind > limits::CLOCK_TOLERANCE_SECONDS {
        return Err(Refusal::ClockSetBack { now, seen });
    }
    Ok(())
}

fn not_older(what: &'static str, offered: u64, installed: u64) -> Result<(), Refusal> {
    if offered < installed { Err(Refusal::RolledBack { what, offered, installed }) } else { Ok(()) }
}

/// Something is expired from the moment on that it names.
fn not_expired<T: Kind>(file: &T, now: Instant) -> Result<(), Refusal> {
    let expires = file.expires();
    if now < expires {
        return Ok(());
    }
    let days = (now.timestamp().as_second() - expires.timestamp().as_second()) / 86_400;
    let on = expires.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    Err(Refusal::Expired { role: T::ROLE, on, days })
}
