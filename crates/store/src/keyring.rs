//! The keyring in the database: made once, opened with the master key, renewed by a rotation.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Connection};

use crate::act::{Act, Actor};
use crate::audit::{Committed, Deed};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::keys::{MasterKey, Vault, cipher, random_key};
use crate::rows::{Cell, ask, fetch, number, stored_cells, text};
use crate::seal::{self, Place};
use crate::store::Store;
use crate::tables::{self, KEYRING, Table};

const FIELDS: &str = "fields";
const LOOKUP: &str = "lookup";
const STATES: &str = "states";

/// Rows that are opened and sealed again at a time; a file part has up to 1 MiB.
const BATCH: i64 = 32;

struct Locked {
    purpose: String,
    number: u32,
    master: String,
    locked: Vec<u8>,
}

/// Opens the keyring, after making it if the database is new.
pub(crate) async fn open(
    conn: &mut AnyConnection,
    dialect: Dialect,
    key: &MasterKey,
) -> Result<Vault, Error> {
    let mut ring = read(conn).await?;
    if ring.is_empty() {
        let doing = "make the keyring";
        let tx = conn.begin_with(dialect.begin_act()).await;
        let mut tx = tx.map_err(|error| Error::from_sqlx(doing, error))?;
        crate::audit::chain::lock_head(&mut tx).await?;
        if read(&mut tx).await?.is_empty() {
            for purpose in [FIELDS, LOOKUP, STATES] {
                insert(&mut tx, purpose, 1, key, &random_key()).await?;
            }
        }
        tx.commit().await.map_err(|error| Error::from_sqlx(doing, error))?;
        ring = read(conn).await?;
    }
    unlock(&ring, key)
}

/// Whether this master key opens the keyring that is there.
pub(crate) async fn check(conn: &mut AnyConnection, key: &MasterKey) -> Result<(), Error> {
    unlock(&read(conn).await?, key).map(drop)
}

async fn read(conn: &mut AnyConnection) -> Result<Vec<Locked>, Error> {
    let sql = format!("SELECT {} FROM keyring ORDER BY id", KEYRING.column_list());
    let rows = fetch(conn, sql, Vec::new(), "read the keyring").await?;
    let mut ring = Vec::new();
    for row in &rows {
        let cells = stored_cells(&KEYRING, row)?;
        let bytes = match &cells[5] {
            Cell::Bytes(Some(bytes)) => bytes.clone(),
            _ => Vec::new(),
        };
        ring.push(Locked {
            purpose: text(cells.get(2)).unwrap_or_default(),
            number: number(cells.get(3)).and_then(|number| u32::try_from(number).ok()).unwrap_or_default(),
            master: text(cells.get(4)).unwrap_or_default(),
            locked: bytes,
        });
    }
    Ok(ring)
}

fn unlock(ring: &[Locked], key: &MasterKey) -> Result<Vault, Error> {
    let wrong = |locked: &Locked| Error::WrongKey { wanted: locked.master.clone(), given: key.fingerprint() };
    let missing =
        || Error::BadValue { kind: KEYRING.kind, id: "ring".to_owned(), column: "purpose".to_owned() };
    let (mut fields, mut lookup, mut states) = (BTreeMap::new(), None, None);
    for locked in ring {
        let open = key.unlock(&locked.purpose, locked.number, &locked.locked).ok_or_else(|| wrong(locked))?;
        match locked.purpose.as_str() {
            FIELDS => drop(fields.insert(locked.number, cipher(&open))),
            LOOKUP => lookup = Some(open),
            STATES => states = Some(open),
            _ => return Err(missing()),
        }
    }
    match (fields.is_empty(), lookup, states) {
        (false, Some(lookup), Some(states)) => Ok(Vault { fields, lookup, states }),
        _ => Err(missing()),
    }
}

async fn insert(
    conn: &mut AnyConnection,
    purpose: &str,
    number: u32,
    master: &MasterKey,
    key: &[u8; 32],
) -> Result<(), Error> {
    let cells = vec![
        Cell::Text(Some(format!("{purpose}-{number}"))),
        Cell::Number(Some(1)),
        Cell::Text(Some(purpose.to_owned())),
        Cell::Number(Some(i64::from(number))),
        Cell::Text(Some(master.fingerprint())),
        Cell::Bytes(Some(master.lock(purpose, number, key))),
    ];
    let done = ask(KEYRING.insert(), cells).execute(conn).await;
    done.map(drop).map_err(|error| Error::from_sqlx("write the keyring", error))
}

/// Nobody writes with a key that a rotation has thrown away.
pub(crate) async fn check_unrotated(act: &mut Act) -> Result<(), Error> {
    let sql = "SELECT MAX(number) AS newest FROM keyring WHERE purpose = $1".to_owned();
    let rows = fetch(act.conn(), sql, vec![Cell::Text(Some(FIELDS.to_owned()))], "read the keyring").await?;
    let newest: Option<i64> = rows
        .first()
        .map(|row| sqlx::Row::try_get(row, 0))
        .transpose()
        .map_err(|error| Error::from_sqlx("read the keyring", error))?
        .flatten();
    if newest == Some(i64::from(act.vault.newest())) { Ok(()) } else { Err(Error::KeysRotated) }
}

impl Store {
    /// Rotates the keys: seals every field again with a new key, throws the old one away, and locks the keyring with
    /// `new_master`. One act, so a crash leaves the old or the new state. Look-ups and the audit chain stay as they are.
    ///
    /// Other programs with this database open get [`Error::KeysRotated`] at their next act.
    ///
    /// # Errors
    /// What an act can meet; [`Error::Unreadable`] if a field does not open. Nothing was changed then.
    pub async fn rotate_keys(
        &self,
        actor: Actor,
        at: jiff::Timestamp,
        new_master: &MasterKey,
        ground: &str,
    ) -> Result<Committed, Error> {
        let mut act = self.act(actor, at).await?;
        let old = std::sync::Arc::clone(&act.vault);
        let (number, field_key) = (old.newest() + 1, random_key());
        let new = Vault {
            fields: BTreeMap::from([(number, cipher(&field_key))]),
            lookup: old.lookup.clone(),
            states: old.states.clone(),
        };
        for table in tables::all() {
            reseal(act.conn(), table, &old, &new).await?;
        }
        ask("DELETE FROM keyring".to_owned(), Vec::new())
            .execute(act.conn())
            .await
            .map_err(|error| Error::from_sqlx("write the keyring", error))?;
        insert(act.conn(), FIELDS, number, new_master, &field_key).await?;
        insert(act.conn(), LOOKUP, 1, new_master, &new.lookup).await?;
        insert(act.conn(), STATES, 1, new_master, &new.states).await?;
        act.vault = std::sync::Arc::new(new.clone());
        let deed = Deed::new("rotate_keys", "keyring", &format!("{FIELDS}-{number}"), ground)?;
        let committed = act.commit(deed).await?;
        self.replace_vault(new);
        Ok(committed)
    }
}

async fn reseal(
    conn: &mut AnyConnection,
    table: &'static Table,
    old: &Vault,
    new: &Vault,
) -> Result<(), Error> {
    let sealed = table.sealed_columns();
    if sealed.is_empty() {
        return Ok(());
    }
    let columns = sealed.join(", ");
    let next =
        format!("SELECT id, revision, {columns} FROM {} WHERE id > $1 ORDER BY id LIMIT {BATCH}", table.name);
    let sets: Vec<String> =
        sealed.iter().zip(2..).map(|(name, place)| format!("{name} = ${place}")).collect();
    let update = format!("UPDATE {} SET {} WHERE id = $1", table.name, sets.join(", "));
    let mut after = String::new();
    loop {
        let from = vec![Cell::Text(Some(after.clone()))];
        let rows = fetch(conn, next.clone(), from, "read rows for the rotation").await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = cell(last, 0)?;
        for row in &rows {
            let cells = resealed(table, &sealed, row, old, new)?;
            let done = ask(update.clone(), cells).execute(&mut *conn).await;
            done.map_err(|error| Error::from_sqlx("write rows of the rotation", error))?;
        }
    }
}

fn resealed(
    table: &'static Table,
    sealed: &[&'static str],
    row: &sqlx::any::AnyRow,
    old: &Vault,
    new: &Vault,
) -> Result<Vec<Cell>, Error> {
    let (id, revision): (String, i64) = (cell(row, 0)?, cell(row, 1)?);
    let mut cells = vec![Cell::Text(Some(id.clone()))];
    for (place, column) in (2..).zip(sealed) {
        let bytes = Cell::Bytes(cell(row, place)?);
        let plain = crate::rows::open_cell(table, &id, revision, column, Some(&bytes), old)?;
        let here = Place { table: table.name, column, row: &id, revision };
        cells.push(Cell::Bytes(plain.map(|plain| seal::seal(new, here, &plain))));
    }
    Ok(cells)
}

fn cell<'r, T>(row: &'r sqlx::any::AnyRow, place: usize) -> Result<T, Error>
where
    T: sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    sqlx::Row::try_get(row, place).map_err(|error| Error::from_sqlx("understand a row", error))
}
