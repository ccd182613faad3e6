//! The files of a delivery as they are asked for, and which of them were.

use std::collections::{BTreeMap, BTreeSet};

use crate::limits;
use crate::metadata::{Kind, MetaFile, Root, Snapshot, Targets, read, verify};
use crate::publish::part::{is_part_name, target_name};
use crate::source::Source;

use super::Refusal;

pub(crate) const TIMESTAMP: &str = "metadata/timestamp.json";

pub(crate) fn root_name(version: u64) -> String {
    format!("metadata/{version}.root.json")
}

pub(crate) fn snapshot_name(version: u64) -> String {
    format!("metadata/{version}.snapshot.json")
}

pub(crate) fn targets_name(version: u64) -> String {
    format!("metadata/{version}.targets.json")
}

/// Consistent snapshots: the hash stands before the name, so parts of two editions lie side by side.
pub(crate) fn target_path(sha256: &str, target: &str) -> String {
    format!("targets/{sha256}.{target}")
}

/// Fetches a file and holds it to its limit.
pub(crate) fn fetch(source: &dyn Source, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Refusal> {
    let bytes = source.fetch(name, limit)?;
    if bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > limit) {
        return Err(Refusal::Oversized { part: name.to_owned(), limit });
    }
    Ok(bytes)
}

/// A delivery while it is read.
pub(super) struct Delivery<'a> {
    source: &'a dyn Source,
    /// All names, where the source holds nothing but this delivery.
    pub(super) names: Option<Vec<String>>,
    used: BTreeSet<String>,
}

impl<'a> Delivery<'a> {
    pub(super) fn of(source: &'a dyn Source) -> Self {
        Self { source, names: source.all_names(), used: BTreeSet::new() }
    }

    pub(super) fn find(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Refusal> {
        let bytes = fetch(self.source, name, limit)?;
        if bytes.is_some() {
            self.used.insert(name.to_owned());
        }
        Ok(bytes)
    }

    pub(super) fn need(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, Refusal> {
        match self.find(name, limit)? {
            Some(bytes) => Ok(bytes),
            None => Err(self.missing(name)),
        }
    }

    /// A file that is missing while another version of it is there comes from another delivery.
    fn missing(&self, name: &str) -> Refusal {
        let ending = |name: &str| name.split_once('.').map(|(_, ending)| ending.to_owned());
        let twin = self.names.iter().flatten().any(|other| ending(other) == ending(name));
        let part = name.to_owned();
        if twin && name != TIMESTAMP && !name.ends_with(".root.json") {
            Refusal::Mixed { part }
        } else {
            Refusal::Missing { part }
        }
    }

    /// The one file that a timestamp vouches for.
    pub(super) fn only_meta<'m>(
        &self,
        part: &str,
        meta: &'m BTreeMap<String, MetaFile>,
        name: &str,
    ) -> Result<&'m MetaFile, Refusal> {
        if meta.len() == 1 { self.meta(part, meta, name) } else { Err(changed(part)) }
    }

    pub(super) fn meta<'m>(
        &self,
        part: &str,
        meta: &'m BTreeMap<String, MetaFile>,
        name: &str,
    ) -> Result<&'m MetaFile, Refusal> {
        meta.get(name).ok_or_else(|| changed(part))
    }

    /// A metadata file that another one vouches for by length, hash and version.
    ///
    /// One with good signatures and another hash was not changed: it belongs to another delivery.
    pub(super) fn linked<T>(
        &mut self,
        name: &str,
        named: &MetaFile,
        limit: u64,
        root: &Root,
    ) -> Result<Vec<u8>, Refusal>
    where
        T: Kind + serde::Serialize + serde::de::DeserializeOwned,
    {
        let bytes = self.need(name, limit)?;
        let file = read::<T>(&bytes).map_err(|_| changed(name))?;
        if named.matches(&bytes) && file.signed.version() == named.version {
            return Ok(bytes);
        }
        let honest = verify(&file, &[&root.key_set(T::ROLE)]).is_ok();
        Err(if honest { Refusal::Mixed { part: name.to_owned() } } else { changed(name) })
    }

    /// The snapshot names the root that it was made under, beyond what TUF asks for.
    pub(super) fn root_belongs(&self, name: &str, snapshot: &Snapshot, root: &[u8]) -> Result<(), Refusal> {
        let named = self.meta(name, &snapshot.meta, "root.json")?;
        if snapshot.meta.len() != 2 {
            return Err(changed(name));
        }
        if named.matches(root) { Ok(()) } else { Err(Refusal::Missing { part: root_name(named.version) }) }
    }

    /// All encrypted parts by their names before encryption.
    pub(super) fn parts(
        &mut self,
        name: &str,
        targets: &Targets,
    ) -> Result<BTreeMap<String, Vec<u8>>, Refusal> {
        if targets.targets.len() > limits::PARTS {
            return Err(Refusal::Oversized { part: name.to_owned(), limit: limits::PARTS as u64 });
        }
        let mut parts = BTreeMap::new();
        for (target, file) in &targets.targets {
            let part = target.strip_suffix(".age").filter(|part| is_part_name(part));
            let part =
                part.ok_or_else(|| Refusal::UnknownPart { part: "a part with an odd name".to_owned() })?;
            let path = target_path(&file.hashes.sha256.hex(), &target_name(part));
            if file.length > limits::PART_BYTES {
                return Err(Refusal::Oversized { part: path, limit: limits::PART_BYTES });
            }
            let bytes = self.need(&path, file.length)?;
            if !file.matches(&bytes) {
                return Err(changed(&path));
            }
            parts.insert(part.to_owned(), bytes);
        }
        Ok(parts)
    }

    /// Whether the source holds a file that nobody asked for.
    pub(super) fn nothing_else(&self) -> Result<(), Refusal> {
        let stray = self.names.iter().flatten().find(|name| !self.used.contains(*name));
        stray.map_or(Ok(()), |name| Err(Refusal::UnknownPart { part: format!("`{name}`") }))
    }
}

fn changed(part: &str) -> Refusal {
    Refusal::Changed { part: part.to_owned() }
}
