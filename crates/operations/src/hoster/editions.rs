//! The editions that are installed: what a screening uses, and what people read of them.

use delivery::ContentRoot;
use jiff::Timestamp;
use jiff::civil::Date;
use store::hoster::editions::{InstalledEdition, InstalledEditionId, Origin};
use store::{Deed, HosterSide, Look, Payload, PersonId, Revision, Store};
use watchlist::{Edition, Nature};

use super::{actor, retractions, word};
use crate::day_of;

/// One installed edition for a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub list: String,
    pub title: String,
    pub issuer: String,
    pub nature: Nature,
    pub number: u64,
    pub entries: usize,
    pub issued_at: Option<Date>,
    pub valid_until: Option<Date>,
    pub received_on: Date,
    pub verified: bool,
    /// Eight groups of eight digits that all partners share.
    pub content_root: String,
    /// Whether a newer edition took its place.
    pub replaced: bool,
}

impl Summary {
    /// Whether the edition is past its day: it is still used, and says so everywhere.
    pub fn is_stale(&self, today: Date) -> bool {
        self.valid_until.is_some_and(|until| until < today)
    }
}

/// An edition that a screening uses, with what its report says of it.
pub struct InUse {
    pub edition: Edition,
    pub verified: bool,
    /// SHA-256 of the edition as it came, 64 digits.
    pub sha256: String,
}

/// The newest edition of every list, by the lists' ids.
///
/// # Errors
/// What the store says.
pub async fn in_use(look: &mut Look) -> Result<Vec<InUse>, store::Error> {
    let mut rows = look.installed_editions().newest().await?;
    rows.sort_by(|a, b| a.list.cmp(&b.list));
    let in_use = |row: &InstalledEdition| {
        Ok(InUse {
            edition: read(row)?,
            verified: Origin::of(&row.origin) == Some(Origin::Verified),
            sha256: store::Sha256::of(row.payload.bytes()).to_string(),
        })
    };
    rows.iter().map(in_use).collect()
}

/// What is installed, the newest edition of each list or, with `all`, every one that is kept.
///
/// # Errors
/// What the store says.
pub async fn list(look: &mut Look, all: bool) -> Result<Vec<Summary>, store::Error> {
    let mut rows = look.installed_editions().newest().await?;
    if all {
        let mut every = Vec::new();
        for row in &rows {
            every.extend(look.installed_editions().of_list(&row.list).await?);
        }
        rows = every;
    }
    rows.sort_by(|a, b| a.list.cmp(&b.list).then(a.number.cmp(&b.number)));
    rows.iter().map(summary).collect()
}

/// One installed edition, by its list's id and its number.
///
/// # Errors
/// What the store says; nothing where there is no such edition.
pub async fn numbered(look: &mut Look, list: &str, number: u64) -> Result<Option<Edition>, store::Error> {
    let rows = look.installed_editions().of_list(list).await?;
    rows.iter().find(|row| row.number == number).map(read).transpose()
}

/// Installs a list that came without a delivery: a pasted annex, a workbook, a list of others. Nobody signed it, and it
/// says so everywhere. A list without a number of its own gets the next one.
///
/// # Errors
/// If the list is a signed one, which only a delivery may renew, or an edition as new is installed.
pub async fn install_unsigned(
    store: &Store,
    person: &PersonId,
    edition: &Edition,
    now: Timestamp,
) -> Result<Summary, InstallError> {
    let mut act = store.act(actor(person), now).await?;
    let before = act.installed_editions().newest_of(&edition.list.id).await?;
    if before.as_ref().is_some_and(|row| Origin::of(&row.origin) == Some(Origin::Verified)) {
        return Err(InstallError::Signed { list: edition.list.id.clone() });
    }
    let mut edition = edition.clone();
    if edition.number == 0 {
        let next = before.as_ref().map_or(1, |row| row.number.saturating_add(1));
        edition.number = u32::try_from(next).unwrap_or(u32::MAX);
    }
    let bytes = watchlist::format::v1::write(&edition).into_bytes();
    let root = ContentRoot::of_bytes(&bytes).map_err(|_| InstallError::NotWritten)?;
    let row = InstalledEdition {
        id: InstalledEditionId(format!("{}.{}", &root.hex()[..16], edition.number)),
        list: edition.list.id.clone(),
        number: u64::from(edition.number),
        content_root: root.hex(),
        origin: Origin::Unverified.word(),
        received_at: now,
        state: word("installed"),
        payload: Payload::new(bytes),
        revision: Revision::NEW,
    };
    act.installed_editions().install(&row).await?;
    if let Some(before) = before {
        let old = read(&before)?;
        retractions::apply(&mut act, &old, &edition).await?;
        act.installed_editions().change(&InstalledEdition { state: word("replaced"), ..before }).await?;
    }
    act.commit(Deed::new("install_list", "installed edition", &row.id.0, "from a file that nobody signed")?)
        .await?;
    Ok(summary(&row)?)
}

/// Why a list was not installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    #[error("the list cannot be written in the open format")]
    NotWritten,
    #[error("{list} comes signed from its issuer; a file cannot take the place of a delivery")]
    Signed { list: String },
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The number of the newest installed edition of a list.
///
/// # Errors
/// What the store says.
pub async fn newest_number(look: &mut Look, list: &str) -> Result<Option<u64>, store::Error> {
    Ok(look.installed_editions().newest_of(list).await?.map(|row| row.number))
}

fn summary(row: &InstalledEdition) -> Result<Summary, store::Error> {
    let edition = read(row)?;
    Ok(Summary {
        list: row.list.clone(),
        title: edition.list.title.clone(),
        issuer: edition.list.issuer.clone(),
        nature: edition.list.nature,
        number: row.number,
        entries: edition.entries.len(),
        issued_at: edition.issued_at,
        valid_until: edition.valid_until,
        received_on: day_of(row.received_at),
        verified: Origin::of(&row.origin) == Some(Origin::Verified),
        content_root: content_root(row)?.line(),
        replaced: row.state.as_str() == "replaced",
    })
}

/// The content root that the issuer signed. Reading the edition again could give another one, where this program is
/// older than the issuer's and passes over what it does not know.
pub(crate) fn content_root(row: &InstalledEdition) -> Result<ContentRoot, store::Error> {
    ContentRoot::from_hex(&row.content_root).ok_or_else(|| unreadable(row, "content_root"))
}

/// The edition in a row.
pub(crate) fn read(row: &InstalledEdition) -> Result<Edition, store::Error> {
    watchlist::format::v1::read(row.payload.bytes())
        .map(|reading| reading.edition)
        .map_err(|_| unreadable(row, "payload"))
}

fn unreadable(row: &InstalledEdition, column: &str) -> store::Error {
    store::Error::BadValue { kind: "installed edition", id: row.id.to_string(), column: column.to_owned() }
}

/// The edition without its notes, whose wording differs between partners and editions.
pub fn without_notes(edition: &Edition) -> Edition {
    let mut edition = edition.clone();
    edition.entries.iter_mut().for_each(|entry| entry.note = None);
    edition
}
