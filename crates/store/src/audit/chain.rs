//! The chain in the database.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::AnyConnection;

use crate::audit::canonical::canonical;
use crate::audit::record::{Personal, Record, checkpoint_json, end_line, record_line};
use crate::audit::{Committed, Signature};
use crate::error::Error;
use crate::hash::hex;
use crate::keys::{Vault, random_key};
use crate::rows::{Cell, ask, fetch, number, open_cell, stored_cells, text};
use crate::seal::{self, Place};
use crate::session::Session;
use crate::store::Store;
use crate::tables::{AUDIT_CHECKPOINTS, AUDIT_RECORDS};
use crate::values::moment;

/// Records read at a time.
const BATCH: usize = 500;

/// The last record of the chain.
pub(crate) struct Head {
    pub(crate) seq: u64,
    pub(crate) hash: String,
}

/// Takes the write lock for the rest of the transaction and says where the chain stands.
pub(crate) async fn lock_head(conn: &mut AnyConnection) -> Result<Head, Error> {
    let sql = "UPDATE audit_head SET revision = revision WHERE id = 'head' RETURNING seq, hash".to_owned();
    let rows = fetch(conn, sql, Vec::new(), "lock the audit chain").await?;
    let read = |row: &sqlx::any::AnyRow| -> Result<Head, sqlx::Error> {
        let seq: i64 = sqlx::Row::try_get(row, 0)?;
        Ok(Head { seq: seq.unsigned_abs(), hash: sqlx::Row::try_get(row, 1)? })
    };
    let row = rows.first().ok_or(Error::from_sqlx("lock the audit chain", sqlx::Error::RowNotFound))?;
    read(row).map_err(|error| Error::from_sqlx("lock the audit chain", error))
}

/// The id of a record's row: its number, in an order of text that is the order of numbers.
fn row_id(seq: u64) -> String {
    format!("{seq:016}")
}

fn signed(seq: u64) -> Option<i64> {
    i64::try_from(seq).ok()
}

pub(crate) async fn append(
    conn: &mut AnyConnection,
    vault: &Vault,
    record: &Record,
    details: &BTreeMap<String, String>,
) -> Result<Committed, Error> {
    let personal =
        (!details.is_empty()).then(|| Personal { salt: hex(&*random_key()), details: details.clone() });
    let record = Record { commitment: personal.as_ref().map(Personal::commitment), ..record.clone() };
    let (id, hash) = (row_id(record.seq), record.hash());
    let sealed = |column, plain: &[u8]| {
        seal::seal(vault, Place { table: AUDIT_RECORDS.name, column, row: &id, revision: 1 }, plain)
    };
    let cells = vec![
        Cell::Text(Some(id.clone())),
        Cell::Number(Some(1)),
        Cell::Number(signed(record.seq)),
        Cell::Text(Some(hash.clone())),
        Cell::Bytes(Some(sealed("body", &record.bytes()))),
        Cell::Bytes(personal.map(|personal| sealed("personal", &personal.bytes()))),
    ];
    let failed = |error| Error::from_sqlx("write the audit record", error);
    ask(AUDIT_RECORDS.insert(), cells).execute(&mut *conn).await.map_err(failed)?;
    let cells = vec![Cell::Number(signed(record.seq)), Cell::Text(Some(hash.clone()))];
    let sql = "UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 'head'".to_owned();
    ask(sql, cells).execute(conn).await.map_err(failed)?;
    Ok(Committed { seq: record.seq, hash })
}

/// Takes the personal part of a record away.
pub(crate) async fn erase(conn: &mut AnyConnection, seq: u64) -> Result<(), Error> {
    let sql = "UPDATE audit_records SET personal = NULL WHERE id = $1 AND personal IS NOT NULL".to_owned();
    let done = ask(sql, vec![Cell::Text(Some(row_id(seq)))])
        .execute(conn)
        .await
        .map_err(|error| Error::from_sqlx("erase a personal part", error))?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Error::NothingToErase { seq }) }
}

/// How many records there are: their numbers have no gaps.
pub(crate) async fn count(session: &mut impl Session) -> Result<u64, Error> {
    let sql = "SELECT seq FROM audit_head WHERE id = 'head'".to_owned();
    let rows = fetch(session.parts().conn, sql, Vec::new(), "read the head of the audit chain").await?;
    let seq: Option<i64> = rows.first().and_then(|row| sqlx::Row::try_get(row, 0).ok());
    Ok(seq.unwrap_or_default().unsigned_abs())
}

/// Hands out the lines of an export, one after the other.
pub(crate) async fn lines(
    session: &mut impl Session,
    out: &mut (dyn FnMut(&[u8]) -> Result<(), Error> + Send),
) -> Result<(), Error> {
    let mut checkpoints = checkpoints(session).await?;
    let (mut seq, mut hash) = (0, crate::audit::record::NO_RECORD.to_owned());
    for line in checkpoints.remove(&0).unwrap_or_default() {
        out(line.as_bytes())?;
    }
    loop {
        let records = after(session, seq).await?;
        for (record, personal) in &records {
            out(&record_line(record, personal.as_ref()))?;
            (seq, hash) = (record.seq, record.hash());
            for line in checkpoints.remove(&seq).unwrap_or_default() {
                out(line.as_bytes())?;
            }
        }
        if records.len() < BATCH {
            return out(&end_line(seq, &hash));
        }
    }
}

/// The next records after this one, opened. The stored hash must be the record's own.
pub(crate) async fn after(
    session: &mut impl Session,
    seq: u64,
) -> Result<Vec<(Record, Option<Personal>)>, Error> {
    let parts = session.parts();
    let columns = AUDIT_RECORDS.column_list();
    let sql = format!("SELECT {columns} FROM audit_records WHERE id > $1 ORDER BY id LIMIT {BATCH}");
    let rows = fetch(parts.conn, sql, vec![Cell::Text(Some(row_id(seq)))], "read the audit chain").await?;
    rows.iter().map(|row| opened(&stored_cells(&AUDIT_RECORDS, row)?, parts.vault)).collect()
}

fn opened(cells: &[Cell], vault: &Vault) -> Result<(Record, Option<Personal>), Error> {
    let id = text(cells.first()).unwrap_or_default();
    let wrong = |column: &str| Error::BadValue {
        kind: AUDIT_RECORDS.kind,
        id: id.clone(),
        column: column.to_owned(),
    };
    let revision = number(cells.get(1)).unwrap_or_default();
    let open = |column, cell| open_cell(&AUDIT_RECORDS, &id, revision, column, cell, vault);
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    let body = open("body", cells.get(4))?.ok_or_else(|| wrong("body"))?;
    let record = json(&body).as_ref().and_then(Record::from_json).ok_or_else(|| wrong("body"))?;
    let personal = match open("personal", cells.get(5))? {
        Some(bytes) => {
            Some(json(&bytes).as_ref().and_then(Personal::from_json).ok_or_else(|| wrong("personal"))?)
        }
        None => None,
    };
    if row_id(record.seq) != id || text(cells.get(3)) != Some(record.hash()) {
        return Err(wrong("hash"));
    }
    Ok((record, personal))
}

async fn checkpoints(session: &mut impl Session) -> Result<BTreeMap<u64, Vec<String>>, Error> {
    let sql = format!("SELECT {} FROM audit_checkpoints ORDER BY id", AUDIT_CHECKPOINTS.column_list());
    let rows = fetch(session.parts().conn, sql, Vec::new(), "read the checkpoints").await?;
    let mut found: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for row in &rows {
        let cells = stored_cells(&AUDIT_CHECKPOINTS, row)?;
        let seq = number(cells.get(2)).unwrap_or_default().unsigned_abs();
        found.entry(seq).or_default().push(text(cells.get(3)).unwrap_or_default());
    }
    Ok(found)
}

impl Store {
    /// Signs where the chain stands now. Keep a copy of what was signed outside: it proves later that nothing up to
    /// here was changed, by whomever.
    ///
    /// # Errors
    /// [`Error::Signer`] with what `sign` said, and what a write can meet.
    pub async fn sign_checkpoint(
        &self,
        at: Timestamp,
        sign: impl FnOnce(&[u8]) -> Result<Signature, String> + Send,
    ) -> Result<Committed, Error> {
        let doing = "write a checkpoint";
        let mut tx = self.begin_write().await?;
        let head = lock_head(&mut tx).await?;
        let checkpoint = checkpoint_json(&moment(at), head.seq, &head.hash);
        let message = canonical(&checkpoint).expect("text and a whole number");
        let signature = sign(&message).map_err(Error::Signer)?;
        let line = json!({
            "checkpoint": checkpoint,
            "key": signature.key,
            "signature": hex(&signature.bytes),
        });
        let line = canonical(&line).expect("text and a whole number");
        let line = String::from_utf8(line).expect("canonical JSON is UTF-8");
        let cells = vec![
            Cell::Text(Some(format!("{}-{}", row_id(head.seq), &hex(&*random_key())[..16]))),
            Cell::Number(Some(1)),
            Cell::Number(signed(head.seq)),
            Cell::Text(Some(line)),
        ];
        let done = ask(AUDIT_CHECKPOINTS.insert(), cells).execute(&mut *tx).await;
        done.map_err(|error| Error::from_sqlx(doing, error))?;
        tx.commit().await.map_err(|error| Error::from_sqlx(doing, error))?;
        Ok(Committed { seq: head.seq, hash: head.hash })
    }
}
