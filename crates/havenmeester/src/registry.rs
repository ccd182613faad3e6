//! Dumps of an address registry: as customers, and as chains beside a customer file.

use std::path::Path;

use anyhow::{Context, Result};
use documents::FileStamp;
use intake::ProblemKind;
use intake::registry::{self as reader, Own, Registry};
use screening::{Customer, Index, Links, Settings};

use crate::arguments::CustomerFile;
use crate::customers::PER_BATCH;
use crate::failure::Failure;
use crate::hashing::{self, FileHash};
use crate::problems::{Tally, short_name};
use crate::run::Screened;

/// Whether the customers are the sub-assignments of a registry: own things are named, and no other file is.
pub(crate) fn holds_customers(typed: &CustomerFile) -> bool {
    !typed.registry.own.is_empty() && typed.registry.registry.is_none()
}

/// Reads the dumps and keeps what lies in the hoster's own space.
pub(crate) fn open(path: &Path, own: &[String]) -> Result<Registry> {
    let mut things = Own::default();
    for one in own {
        things.add(one).map_err(|error| {
            let hint = "give a range (192.0.2.0/24), an AS number (AS64500), a maintainer or an organisation";
            Failure::new(format!("--own: {error}"), hint)
        })?;
    }
    Ok(reader::open(path, &things)?)
}

/// What the customers' ranges lead to, if that was asked for.
pub(crate) fn chains(typed: &CustomerFile, tally: &mut Tally) -> Result<Option<Registry>> {
    let Some(path) = &typed.registry.registry else { return Ok(None) };
    let registry = open(path, &typed.registry.own)?;
    add_problems(&registry, tally);
    Ok(Some(registry))
}

/// The sub-assignments as customers, some at a time.
pub(crate) fn customers(registry: &Registry) -> impl Iterator<Item = Vec<Customer>> + '_ {
    let starts = (0..registry.len()).step_by(PER_BATCH);
    starts.map(|start| registry.customers(start..registry.len().min(start + PER_BATCH)))
}

/// Screens the sub-assignments of a registry. They are made twice, as a file is read twice: see [`crate::run`].
pub(crate) fn screen(
    typed: &CustomerFile,
    index: &Index,
    settings: &Settings,
    workers: usize,
    tally: &mut Tally,
) -> Result<Screened> {
    let path = typed.file.clone();
    let hash = std::thread::spawn(move || hash(&path));
    let registry = open(&typed.file, &typed.registry.own)?;
    add_problems(&registry, tally);
    let starts = (0..registry.len()).step_by(PER_BATCH);
    let mut screening = screening::screen(
        index,
        starts.map(|start| start..registry.len().min(start + PER_BATCH)),
        |places| (registry.customers(places), ()),
        settings,
        workers,
        |()| {},
    );
    let keys = std::mem::take(&mut screening.link_keys);
    if !keys.is_empty() {
        let mut links = Links::default();
        customers(&registry).flatten().for_each(|customer| links.visit(&keys, &customer));
        links.attach(&mut screening.hits);
    }
    let hash = hash.join().map_err(|_| anyhow::anyhow!("hashing stopped"))??;
    let left_out = registry.problems().map(|(_, problems)| problems.lost()).sum();
    let broke_off = registry
        .problems()
        .any(|(_, problems)| problems.counts().any(|(kind, _)| kind == ProblemKind::ReadFailed));
    let customers_file = FileStamp {
        name: short_name(&typed.file),
        bytes: hash.bytes,
        sha256: hash.sha256,
        rows: registry.objects(),
        left_out,
    };
    Ok(Screened { screening, customers_file, broke_off })
}

pub(crate) fn add_problems(registry: &Registry, tally: &mut Tally) {
    registry.problems().for_each(|(path, problems)| tally.add_file(path, problems));
}

/// The hash of a file; of a folder that of its files' names and hashes, in the order of the names.
pub(crate) fn hash(path: &Path) -> Result<FileHash> {
    let of_file =
        |path: &Path| hashing::of_file(path).with_context(|| format!("could not read {}", path.display()));
    if !path.is_dir() {
        return of_file(path);
    }
    let (mut bytes, mut lines) = (0, String::new());
    for file in reader::files(path)? {
        let hash = of_file(&file)?;
        bytes += hash.bytes;
        lines.push_str(&format!("{}  {}\n", hash.sha256, short_name(&file)));
    }
    Ok(FileHash { bytes, sha256: hashing::of_bytes(lines.as_bytes()) })
}
