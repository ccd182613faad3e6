//! The lists that a command was given: read, hashed, with what was wrong in them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use documents::ListStamp;
use documents::report::Origin;
use intake::lists::{self as reader, ListIntake, ListOptions};
use operations::hoster::editions;
use watchlist::{Edition, Nature, Phrase};

use crate::arguments::{self, ListReading, NatureChoice};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::hashing::{self, FileHash};
use crate::problems::{Tally, short_name};

/// Lists in the order in which they were given.
pub(crate) struct Lists {
    pub(crate) editions: Vec<Edition>,
    pub(crate) stamps: Vec<ListStamp>,
}

/// The lists that were named, otherwise the editions that are installed.
pub(crate) fn named_or_installed(
    paths: &[PathBuf],
    reading: ListReading,
    desk: &arguments::Desk,
    tally: &mut Tally,
) -> Result<Lists> {
    if paths.is_empty() { installed(desk) } else { read(paths, reading, tally) }
}

/// The newest installed edition of every list.
fn installed(desk: &arguments::Desk) -> Result<Lists> {
    let none = || Failure::Worded {
        what: Phrase::new(
            "no list is named, and no edition is installed",
            "er is geen lijst genoemd en er is geen editie geïnstalleerd",
        ),
        hint: Phrase::new(
            "name a list with --list FILE, or receive an edition with `havenmeester edition receive`",
            "noem een lijst met --list BESTAND, of ontvang een editie",
        ),
    };
    let desk = Desk::open_if_there(desk)?.ok_or_else(none)?;
    let in_use = desk.run(async { editions::in_use(&mut desk.store.look().await?).await })?;
    if in_use.is_empty() {
        return Err(none().into());
    }
    Ok(of_editions(in_use))
}

/// Installed editions as the lists of a screening.
pub(crate) fn of_editions(in_use: Vec<editions::InUse>) -> Lists {
    let mut lists = Lists { editions: Vec::new(), stamps: Vec::new() };
    for one in in_use {
        let name = format!("{} (installed)", one.edition.list.id);
        let hash = FileHash { bytes: 0, sha256: one.sha256 };
        let origin = if one.verified { Origin::Verified } else { Origin::Unverified };
        lists.stamps.push(ListStamp { origin, ..stamp(&one.edition, name, hash) });
        lists.editions.push(one.edition);
    }
    lists
}

/// Reads all lists. Faults within a list go to `tally`; a list that gives nothing at all is an error.
pub(crate) fn read(paths: &[PathBuf], reading: ListReading, tally: &mut Tally) -> Result<Lists> {
    let mut lists = Lists { editions: Vec::new(), stamps: Vec::new() };
    for path in paths {
        let intake = reader::read(path, &options(reading))?;
        let hash = hashing::of_file(path).with_context(|| format!("could not read {}", path.display()))?;
        lists.stamps.push(stamp(&intake.edition, short_name(path), hash));
        tally.add_list(path, &intake);
        lists.editions.push(intake.edition);
    }
    Ok(lists)
}

/// How the list appears in a report.
pub(crate) fn stamp(edition: &Edition, file_name: String, hash: FileHash) -> ListStamp {
    ListStamp {
        title: title(edition, &file_name),
        issuer: edition.list.issuer.clone(),
        nature: edition.list.nature,
        edition: edition.number,
        entries: edition.entries.len() as u64,
        issued_at: edition.issued_at,
        valid_until: edition.valid_until,
        handling: edition.list.handling.clone(),
        // Only a signed delivery has a verified origin; a file that somebody names has none.
        origin: Origin::Unverified,
        file_name,
        sha256: hash.sha256,
    }
}

fn title(edition: &Edition, file_name: &str) -> String {
    if edition.list.title.is_empty() { file_name.to_owned() } else { edition.list.title.clone() }
}

/// Reads one list, for commands that are about the list itself.
pub(crate) fn read_one(path: &Path, reading: ListReading) -> Result<ListIntake> {
    Ok(reader::read(path, &options(reading))?)
}

fn options(reading: ListReading) -> ListOptions {
    let nature_if_unsaid = reading.nature.map(|choice| match choice {
        NatureChoice::Advisory => Nature::Advisory,
        NatureChoice::Binding => Nature::Binding,
        NatureChoice::Internal => Nature::Internal,
        NatureChoice::Foreign => Nature::Foreign,
        NatureChoice::Reputation => Nature::Reputation,
    });
    ListOptions { nature_if_unsaid, ..ListOptions::default() }
}
