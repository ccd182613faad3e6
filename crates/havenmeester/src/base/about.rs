//! What a base was screened with last, and so which entries could make another outcome now.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use documents::FileStamp;
use jiff::civil::Date;
use screening::Settings;
use serde::{Deserialize, Serialize};
use watchlist::format::v1;
use watchlist::{Entry, Validity};

use crate::arguments::CustomerFile;
use crate::commands::screen::said;
use crate::hashing;
use crate::lists::Lists;

/// Kept beside the customers.
#[derive(Serialize, Deserialize)]
pub(crate) struct About {
    file: KeptFile,
    /// How its columns were read, to read changed customers in the same way.
    pub(crate) column: Vec<(String, String)>,
    pub(crate) profile: Option<String>,
    /// The highest row: a new customer stands below.
    pub(crate) last_row: u64,
    screened: Screened,
    /// Part and place of the customers with a hit.
    pub(crate) hit_customers: Vec<(u64, usize)>,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    name: String,
    bytes: u64,
    sha256: String,
    rows: u64,
    left_out: u64,
}

/// What the outcome is a function of, but for the customers.
#[derive(PartialEq, Serialize, Deserialize)]
struct Screened {
    program_version: String,
    minimum: String,
    today: Date,
    /// By list and id, the hash of each entry.
    entries: BTreeMap<String, BTreeMap<String, String>>,
}

/// What must be looked at.
pub(crate) enum Changed<'l> {
    /// Every customer: the program or its settings are others.
    Everything,
    /// Whom these entries touch.
    Entries(Vec<&'l Entry>),
}

impl About {
    /// Of a base that was just screened.
    pub(crate) fn new(
        typed: &CustomerFile,
        file: &FileStamp,
        lists: &[(String, BTreeMap<String, String>)],
        settings: &Settings,
    ) -> Self {
        Self {
            file: KeptFile {
                name: file.name.clone(),
                bytes: file.bytes,
                sha256: file.sha256.clone(),
                rows: file.rows,
                left_out: file.left_out,
            },
            column: typed.column.clone(),
            profile: typed.profile.clone(),
            last_row: 0,
            screened: screened(lists, settings),
            hit_customers: Vec::new(),
        }
    }

    pub(crate) fn read(kept: &serde_json::Value) -> Result<Self> {
        Self::deserialize(kept).context("the base that is kept is of another version of the program")
    }

    /// Says that the base is that of another file now.
    pub(crate) fn is_of(&mut self, file: &FileStamp) {
        let FileStamp { name, bytes, sha256, rows, left_out } = file.clone();
        self.file = KeptFile { name, bytes, sha256, rows, left_out };
    }

    /// The stamp of the file that the base came from.
    pub(crate) fn file(&self) -> FileStamp {
        let KeptFile { name, bytes, sha256, rows, left_out } = &self.file;
        FileStamp {
            name: name.clone(),
            bytes: *bytes,
            sha256: sha256.clone(),
            rows: *rows,
            left_out: *left_out,
        }
    }

    /// The settings as the manifest names them: those of a screening of the whole file.
    pub(crate) fn said(&self, settings: &Settings) -> Vec<(String, String)> {
        let typed = CustomerFile {
            file: self.file.name.clone().into(),
            column: self.column.clone(),
            profile: self.profile.clone(),
            content: None,
            registry: crate::arguments::RegistryFiles::default(),
        };
        said(&typed, settings)
    }

    /// Which entries could make another outcome than before.
    pub(crate) fn changed<'l>(&self, lists: &'l Lists, settings: &Settings) -> Changed<'l> {
        let before = &self.screened;
        if before.program_version != env!("CARGO_PKG_VERSION") || before.minimum != settings.minimum.name() {
            return Changed::Everything;
        }
        let days = (before.today.min(settings.today), before.today.max(settings.today));
        let mut changed = Vec::new();
        for (list, edition) in keys(lists).into_iter().zip(&lists.editions) {
            let known = before.entries.get(&list);
            changed.extend(edition.entries.iter().filter(|entry| {
                let same = known.and_then(|known| known.get(&entry.id.0)) == Some(&hash(entry));
                !same || turns(entry, days)
            }));
        }
        Changed::Entries(changed)
    }

    /// Says that it was screened with these.
    pub(crate) fn screened_with(
        &mut self,
        lists: &[(String, BTreeMap<String, String>)],
        settings: &Settings,
    ) {
        self.screened = screened(lists, settings);
    }
}

fn screened(lists: &[(String, BTreeMap<String, String>)], settings: &Settings) -> Screened {
    Screened {
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        minimum: settings.minimum.name().to_owned(),
        today: settings.today,
        entries: lists.iter().cloned().collect(),
    }
}

/// The hashes of the entries of each list.
pub(crate) fn hashes(lists: &Lists) -> Vec<(String, BTreeMap<String, String>)> {
    let of = |edition: &watchlist::Edition| {
        edition.entries.iter().map(|entry| (entry.id.0.clone(), hash(entry))).collect()
    };
    keys(lists).into_iter().zip(lists.editions.iter().map(of)).collect()
}

/// A list by its place and id: two files that somebody names may have none.
fn keys(lists: &Lists) -> Vec<String> {
    let of = |(place, edition): (usize, &watchlist::Edition)| format!("{place}:{}", edition.list.id);
    lists.editions.iter().enumerate().map(of).collect()
}

fn hash(entry: &Entry) -> String {
    let mut hash = hashing::of_bytes(v1::write_entry(entry).as_bytes());
    hash.truncate(32);
    hash
}

/// Whether a value of the entry begins or ends to count within these days. Days matter nowhere else: a value that counts
/// on both of two days, or on none, counts the same between them.
fn turns(entry: &Entry, (from, to): (Date, Date)) -> bool {
    let within = |day: Option<Date>| day.is_some_and(|day| (from..=to).contains(&day));
    from != to
        && entry
            .identifiers
            .iter()
            .map(|one| one.validity)
            .any(|Validity { from, to }| within(from) || within(to))
}
