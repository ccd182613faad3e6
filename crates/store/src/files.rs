//! Captured files, unchanged, by their SHA-256. Encrypted in parts, in the database.
//!
//! In the database and not in a folder beside it: a file and the evidence that names it are then confirmed by one
//! commit, so `kill -9` leaves neither a file without evidence nor evidence without a file; a dump holds both; and a
//! team's PostgreSQL server needs no second, shared disk. The price is a larger database.
//!
//! The row of a file has a keyed hash as its id, not the SHA-256 itself: who has a copy of the database could
//! otherwise ask it whether a known page is among the evidence.

use std::fmt;

use crate::act::Act;
use crate::error::Error;
use crate::hash::{hex, sha256};
use crate::keys::Vault;
use crate::rows::{self, Cell, ask, fetch, open_cell, stored_cells};
use crate::seal::{self, Place};
use crate::session::Session;
use crate::tables::{FILE_PARTS, FILES};
use crate::values::Value;

/// The largest file that is kept: 256 MiB. Captures of pages and of whole small sites are below; a file is in memory
/// while it is kept or read.
pub const LARGEST_FILE_BYTES: usize = 256 << 20;

/// A part is sealed and written at once. 1 MiB keeps rows small enough for both databases' drivers.
const PART_BYTES: usize = 1 << 20;

/// The hash of a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha256(&[bytes]))
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

/// Questions about captured files.
pub struct Files<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Files<'_, S> {
    /// The bytes of a file, checked against their hash.
    ///
    /// # Errors
    /// [`Error::Unreadable`] if a part was damaged.
    pub async fn with_hash(&mut self, sha256: Sha256) -> Result<Option<Vec<u8>>, Error> {
        let id = row_id(self.0.parts().vault, sha256);
        self.with_id(&id).await
    }

    /// The bytes of the file that evidence names by the id of its row.
    ///
    /// # Errors
    /// [`Error::Unreadable`] if a part was damaged or is missing.
    pub async fn with_id(&mut self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let parts = self.0.parts();
        let given = |id: &str| vec![Cell::Text(Some(id.to_owned()))];
        let sql = format!("SELECT {} FROM files WHERE id = $1", FILES.column_list());
        let Some(row) = fetch(parts.conn, sql, given(id), "read a file").await?.pop() else {
            return Ok(None);
        };
        let cells = stored_cells(&FILES, &row)?;
        let wanted = open_cell(&FILES, id, 1, "sha256", cells.get(3), parts.vault)?.unwrap_or_default();
        let sql = format!("SELECT {} FROM file_parts WHERE file = $1 ORDER BY id", FILE_PARTS.column_list());
        let mut bytes = Vec::new();
        for row in fetch(parts.conn, sql, given(id), "read a file").await? {
            let cells = stored_cells(&FILE_PARTS, &row)?;
            let part = rows::text(cells.first()).unwrap_or_default();
            let plain = open_cell(&FILE_PARTS, &part, 1, "bytes", cells.get(4), parts.vault)?;
            bytes.extend_from_slice(&plain.unwrap_or_default());
        }
        let damaged =
            || Error::Unreadable { kind: FILES.kind, id: id.to_owned(), column: "bytes".to_owned() };
        if Sha256::of(&bytes).0.as_slice() == wanted.as_slice() { Ok(Some(bytes)) } else { Err(damaged()) }
    }
}

fn row_id(vault: &Vault, sha256: Sha256) -> String {
    vault.lookup(FILES.name, "sha256", &sha256.to_string())
}

/// Keeps a file, or finds that it is kept already; gives the id of its row.
pub(crate) async fn keep(act: &mut Act, sha256: Sha256, bytes: &[u8]) -> Result<String, Error> {
    if bytes.len() > LARGEST_FILE_BYTES {
        return Err(Error::FileTooLarge { size_bytes: bytes.len(), limit_bytes: LARGEST_FILE_BYTES });
    }
    let found = Sha256::of(bytes);
    if found != sha256 {
        return Err(Error::OtherFile { wanted: sha256.to_string(), found: found.to_string() });
    }
    let vault = std::sync::Arc::clone(&act.vault);
    let id = row_id(&vault, sha256);
    if rows::count(act, &FILES, "id = $1", &[Value::Text(id.clone())]).await? > 0 {
        return Ok(id);
    }
    let place = Place { table: FILES.name, column: "sha256", row: &id, revision: 1 };
    let cells = vec![
        Cell::Text(Some(id.clone())),
        Cell::Number(Some(1)),
        Cell::Number(i64::try_from(bytes.len()).ok()),
        Cell::Bytes(Some(seal::seal(&vault, place, &sha256.0))),
    ];
    execute(act, FILES.insert(), cells).await?;
    for (number, part) in bytes.chunks(PART_BYTES).enumerate() {
        keep_part(act, &vault, &id, number, part).await?;
    }
    let after = vault.state_hash(&[FILES.kind.as_bytes(), id.as_bytes(), &sha256.0]);
    act.touch(FILES.kind, &id, None, Some(after));
    Ok(id)
}

async fn keep_part(
    act: &mut Act,
    vault: &Vault,
    file: &str,
    number: usize,
    part: &[u8],
) -> Result<(), Error> {
    let id = format!("{file}.{number:06}");
    let place = Place { table: FILE_PARTS.name, column: "bytes", row: &id, revision: 1 };
    let cells = vec![
        Cell::Text(Some(id.clone())),
        Cell::Number(Some(1)),
        Cell::Text(Some(file.to_owned())),
        Cell::Number(i64::try_from(number).ok()),
        Cell::Bytes(Some(seal::seal(vault, place, part))),
    ];
    execute(act, FILE_PARTS.insert(), cells).await
}

/// Removes a file that no evidence and no attachment names any more.
pub(crate) async fn drop_unused(act: &mut Act, id: &str) -> Result<(), Error> {
    let mut still = 0;
    for table in [&crate::issuer::evidence::FILES, &crate::hoster::attachments::ATTACHMENTS] {
        still += rows::count(act, table, "file = $1", &[Value::Text(id.to_owned())]).await?;
    }
    let Some(bytes) = Files(&mut *act).with_id(id).await?.filter(|_| still == 0) else { return Ok(()) };
    let before = act.vault.state_hash(&[FILES.kind.as_bytes(), id.as_bytes(), &Sha256::of(&bytes).0]);
    for table in ["DELETE FROM file_parts WHERE file = $1", "DELETE FROM files WHERE id = $1"] {
        execute(act, table.to_owned(), vec![Cell::Text(Some(id.to_owned()))]).await?;
    }
    act.touch(FILES.kind, id, Some(before), None);
    Ok(())
}

async fn execute(act: &mut Act, sql: String, cells: Vec<Cell>) -> Result<(), Error> {
    let done = ask(sql, cells).execute(act.conn()).await;
    done.map(drop).map_err(|error| Error::from_sqlx("keep a file", error))
}

/// The id and the state hash of every kept file, for the doctor.
pub(crate) async fn states(session: &mut impl Session) -> Result<Vec<(String, String)>, Error> {
    let parts = session.parts();
    let sql = format!("SELECT {} FROM files ORDER BY id", FILES.column_list());
    let mut states = Vec::new();
    for row in fetch(parts.conn, sql, Vec::new(), "read the files").await? {
        let cells = stored_cells(&FILES, &row)?;
        let id = rows::text(cells.first()).unwrap_or_default();
        let hash = open_cell(&FILES, &id, 1, "sha256", cells.get(3), parts.vault)?.unwrap_or_default();
        let state = parts.vault.state_hash(&[FILES.kind.as_bytes(), id.as_bytes(), &hash]);
        states.push((id, state));
    }
    Ok(states)
}
