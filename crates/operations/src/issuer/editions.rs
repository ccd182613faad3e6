//! Editions: assembled from listed entries by one person, released by the signed voices of two.

use curation::proposal::ReceivedStatement;
use curation::release::{Assembled, ReleasedEdition, assemble as assemble_from};
use curation::statement::{SignedStatement, Step};
use curation::{Action, Person, PersonId, Sha256Hash, Unit};
use delivery::{ContentRoot, SigningKey};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::issuer::editions::{Edition as Row, EditionId};
use store::{Deed, IssuerSide, Revision, Session, Store};
use watchlist::format::v1;
use watchlist::{Dates, Edition, ListInfo};

use super::kept::edition::KeptEdition;
use super::kept::{self, statement::KeptStatement};
use super::{Error, actor, entries, people, signing, word};

/// Where an edition stands, from the first to the last.
pub const STATES: [&str; 5] = ["assembled", "released", "prepared", "sealed", "published"];

/// One edition for a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub list: String,
    pub number: u64,
    /// One of [`STATES`].
    pub state: String,
    pub entries: usize,
    pub voices: usize,
    pub issued_at: Option<Date>,
    pub valid_until: Option<Date>,
    pub content_root: String,
}

/// An edition with the one before it, so that people see what changes.
pub struct Shown {
    pub edition: Edition,
    pub previous: Option<Edition>,
    pub summary: Summary,
}

/// The longest time for which an edition is made: somebody who gets none for a year must not go on with it.
pub const MOST_DAYS: u16 = 400;

/// The days of an edition that is issued today and valid for so many days; nothing for none, or more than [`MOST_DAYS`].
pub fn dates(issued_at: Date, valid_days: u16) -> Option<Dates> {
    let days = (1..=MOST_DAYS).contains(&valid_days).then(|| i64::from(valid_days).days())?;
    Some(Dates { issued_at, valid_until: issued_at.checked_add(days).ok()? })
}

/// Makes the next edition of a list from its entries. One that was assembled and not released is made anew.
///
/// # Errors
/// What a hoster could not use, or what would silently disappear from him; if the person may not.
pub async fn assemble(
    store: &Store,
    by: &PersonId,
    list: ListInfo,
    dates: Dates,
    now: Timestamp,
) -> Result<Shown, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    drop(look);
    let mut act = store.act(actor(&person, Action::Release), now).await?;
    let (unit, person) = people::acting(&mut act, by).await?;
    let rows = act.editions().of_list(&list.id).await?;
    let open = rows.iter().find(|row| row.state.as_str() == "assembled").cloned();
    let previous = previous_of(&rows)?;
    let number = previous.as_ref().map_or(1, |edition| edition.number + 1);
    let listings = entries::listings(&mut act, &list.id, &unit).await?;
    let assembled = assemble_from(list, &listings, previous.as_ref(), number, dates, &person)?;
    let row = row_of(&assembled, open.as_ref());
    if open.is_some() {
        act.editions().change(&row).await?;
    } else {
        act.editions().add(&row).await?;
    }
    act.commit(Deed::new("assemble_edition", "edition", &row.id.0, "next edition of the list")?).await?;
    Ok(Shown { edition: assembled.edition().clone(), previous, summary: summary(&row)? })
}

/// One of the two voices that release an edition.
///
/// # Errors
/// [`Error::ChangedSinceAssembled`]; if the person may not, or neither of the two is a publisher.
pub async fn approve(
    store: &Store,
    by: &PersonId,
    list: &str,
    number: u64,
    key: &SigningKey,
    now: Timestamp,
) -> Result<usize, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    drop(look);
    let mut act = store.act(actor(&person, Action::ConfirmRelease), now).await?;
    let (unit, person) = people::acting(&mut act, by).await?;
    let mut row = self::row(&mut act, list, number).await?;
    in_state(&row, &["assembled"], "assembled")?;
    let mut kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let assembled = assembled_again(&mut act, &kept, &row, &unit).await?;
    let signed = signing::sign(&person, key, Step::Release, assembled.subject(), now)?;
    unit.accept(signed.clone(), Step::Release, assembled.subject(), now)?;
    let mut earlier = voices(&kept, &row)?;
    earlier.retain(|voice| voice.signed.statement.person != person.id);
    earlier.push(ReceivedStatement { signed, received_at: now });
    kept.voices = earlier.iter().map(KeptStatement::from).collect();
    if let [first, second] = earlier.as_slice() {
        let both: [SignedStatement; 2] = [first.signed.clone(), second.signed.clone()];
        assembled.release(both, now, &unit).map_err(|refused| refused.why)?;
        row.state = word("released");
    }
    row.payload = kept::payload(&kept);
    act.editions().change(&row).await?;
    let ground = if earlier.len() == 2 { "two voices" } else { "first of two voices" };
    act.commit(Deed::new("release_edition", "edition", &row.id.0, ground)?).await?;
    Ok(earlier.len())
}

/// The edition as its assembler would make it now: if it is another one, its entries changed meanwhile.
async fn assembled_again(
    session: &mut impl Session,
    kept: &KeptEdition,
    row: &Row,
    unit: &Unit,
) -> Result<Assembled, Error> {
    let stored = edition_in(kept, row)?;
    let assembler = PersonId::new(&kept.assembled_by).and_then(|id| unit.person(&id).cloned());
    let assembler: Person = assembler.ok_or_else(|| Error::UnknownPerson(kept.assembled_by.clone()))?;
    let rows = session.editions().of_list(&row.list).await?;
    let previous = previous_of(&rows)?;
    let listings = entries::listings(session, &row.list, unit).await?;
    let (Some(issued_at), Some(valid_until)) = (stored.issued_at, stored.valid_until) else {
        return Err(kept::not_readable("edition", &row.id.0));
    };
    let dates = Dates { issued_at, valid_until };
    let again =
        assemble_from(stored.list.clone(), &listings, previous.as_ref(), stored.number, dates, &assembler)?;
    if again.content_hash().to_string() != kept.content_hash {
        return Err(Error::ChangedSinceAssembled { what: "an entry", number: row.number });
    }
    Ok(again)
}

/// Every edition of a list, the newest first.
///
/// # Errors
/// What the store says.
pub async fn list(session: &mut impl Session, list: &str) -> Result<Vec<Summary>, Error> {
    session.editions().of_list(list).await?.iter().map(summary).collect()
}

/// One edition with the one before it.
///
/// # Errors
/// [`Error::NotThere`].
pub async fn show(session: &mut impl Session, list: &str, number: u64) -> Result<Shown, Error> {
    let row = row(session, list, number).await?;
    let kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let edition = edition_in(&kept, &row)?;
    let previous = match edition.replaces {
        Some(before) => {
            let row = self::row(session, list, u64::from(before)).await?;
            Some(edition_in(&kept::read("edition", &row.id.0, &row.payload)?, &row)?)
        }
        None => None,
    };
    Ok(Shown { edition, previous, summary: summary(&row)? })
}

/// A released edition, checked again: its content and its two voices.
pub(crate) fn released(kept: &KeptEdition, row: &Row, unit: &Unit) -> Result<ReleasedEdition, Error> {
    let voices: [ReceivedStatement; 2] =
        voices(kept, row)?.try_into().map_err(|_| kept::not_readable("edition", &row.id.0))?;
    let hash =
        Sha256Hash::from_hex(&kept.content_hash).ok_or_else(|| kept::not_readable("edition", &row.id.0))?;
    Ok(ReleasedEdition::from_parts(edition_in(kept, row)?, hash, voices, unit)?)
}

pub(crate) async fn row(session: &mut impl Session, list: &str, number: u64) -> Result<Row, Error> {
    let found = session.editions().numbered(list, number).await?;
    found.ok_or_else(|| Error::NotThere { what: "edition", id: format!("{number} of {list}") })
}

pub(crate) fn in_state(row: &Row, states: &[&str], needed: &'static str) -> Result<(), Error> {
    if states.contains(&row.state.as_str()) {
        return Ok(());
    }
    let (id, found) = (format!("{} of {}", row.number, row.list), row.state.to_string());
    Err(Error::State { what: "edition", id, found, needed })
}

pub(crate) fn edition_in(kept: &KeptEdition, row: &Row) -> Result<Edition, Error> {
    v1::read(kept.edition.as_bytes())
        .ok()
        .filter(|reading| reading.problems.is_empty())
        .map(|reading| reading.edition)
        .ok_or_else(|| kept::not_readable("edition", &row.id.0))
}

/// The newest edition that two people released.
fn previous_of(rows: &[Row]) -> Result<Option<Edition>, Error> {
    let newest = rows.iter().filter(|row| row.state.as_str() != "assembled").max_by_key(|row| row.number);
    match newest {
        Some(row) => Ok(Some(edition_in(&kept::read("edition", &row.id.0, &row.payload)?, row)?)),
        None => Ok(None),
    }
}

fn voices(kept: &KeptEdition, row: &Row) -> Result<Vec<ReceivedStatement>, Error> {
    let read = kept.voices.iter().map(KeptStatement::read).collect::<Option<Vec<_>>>();
    read.ok_or_else(|| kept::not_readable("edition", &row.id.0))
}

fn row_of(assembled: &Assembled, before: Option<&Row>) -> Row {
    let edition = assembled.edition();
    let kept = KeptEdition {
        edition: v1::write(edition),
        content_hash: assembled.content_hash().to_string(),
        assembled_by: assembled.assembled_by().to_string(),
        voices: Vec::new(),
        preparation: None,
    };
    Row {
        id: id_of(&edition.list.id, edition.number),
        list: edition.list.id.clone(),
        number: u64::from(edition.number),
        content_root: ContentRoot::of(edition).hex(),
        state: word("assembled"),
        payload: kept::payload(&kept),
        revision: before.map_or(Revision::NEW, |row| row.revision),
    }
}

/// Ids of lists may hold anything; ids of rows may not.
fn id_of(list: &str, number: u32) -> EditionId {
    let hash = Sha256Hash::of(list.as_bytes()).to_string();
    EditionId(format!("{}.{number}", &hash[..12]))
}

fn summary(row: &Row) -> Result<Summary, Error> {
    let kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let edition = edition_in(&kept, row)?;
    let root =
        ContentRoot::from_hex(&row.content_root).ok_or_else(|| kept::not_readable("edition", &row.id.0))?;
    Ok(Summary {
        list: row.list.clone(),
        number: row.number,
        state: row.state.to_string(),
        entries: edition.entries.iter().filter(|entry| entry.stands()).count(),
        voices: kept.voices.len(),
        issued_at: edition.issued_at,
        valid_until: edition.valid_until,
        content_root: root.line(),
    })
}
