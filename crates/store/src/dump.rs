//! A portable dump of the whole database, and its restoration into an empty one.
//!
//! JSON lines, the same from SQLite and PostgreSQL, so a dump of one is restored into the other. What is encrypted
//! stays so; the keyring is in it, locked, so a dump needs its master key and is worthless without. The last line
//! holds the number of rows and the SHA-256 of all lines before it: a cut or changed dump is refused as a whole.

use std::io::{BufRead, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256 as Hasher};
use sqlx::{AnyConnection, Connection};

use crate::address::Address;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::hash::hex;
use crate::keyring;
use crate::keys::MasterKey;
use crate::migrate;
use crate::rows::{Cell, ask, fetch, stored_cells, text};
use crate::session::sealed::Session as _;
use crate::store::{self, Store};
use crate::tables::{self, Kind, Table};

const FORMAT: &str = "havenmeester-dump-1";

/// Rows read at a time; a file part has up to 1 MiB.
const BATCH: i64 = 64;

impl Store {
    /// Writes a dump of the database as it is now; others may go on working. Gives the number of rows.
    ///
    /// # Errors
    /// [`Error::DumpNotWritten`] and what a question can meet.
    pub async fn dump(&self, out: &mut (impl Write + Send)) -> Result<u64, Error> {
        let mut look = self.look().await?;
        let conn = look.parts().conn;
        let mut dump = Dump { out, hash: Hasher::new(), rows: 0 };
        let version = migrate::version(conn).await?;
        dump.line(&json!({ "dump": FORMAT, "migration": version }))?;
        for table in tables::all() {
            dump.table(conn, table).await?;
        }
        dump.end()
    }

    /// Restores a dump into an empty database, brings it up to date, and opens it.
    ///
    /// # Errors
    /// [`Error::BadDump`] if a byte of it was changed or cut, [`Error::NotEmpty`], [`Error::WrongKey`]. The database
    /// stays empty then.
    pub async fn restore(
        address: &Address,
        key: &MasterKey,
        dump: impl BufRead + Send,
    ) -> Result<Self, Error> {
        store::make_file_for(address)?;
        let mut conn = store::connect(address).await?;
        restore_into(&mut conn, Dialect::of(address), key, dump).await?;
        conn.close().await.map_err(|error| Error::from_sqlx("close a connection", error))?;
        Self::open_existing(address, key).await
    }
}

struct Dump<'a, W> {
    out: &'a mut W,
    hash: Hasher,
    rows: u64,
}

impl<W: Write> Dump<'_, W> {
    fn line(&mut self, value: &Value) -> Result<(), Error> {
        let mut line = value.to_string();
        line.push('\n');
        self.hash.update(line.as_bytes());
        self.out.write_all(line.as_bytes()).map_err(|source| Error::DumpNotWritten { source })
    }

    async fn table(&mut self, conn: &mut AnyConnection, table: &'static Table) -> Result<(), Error> {
        let columns = table.column_list();
        let sql = format!("SELECT {columns} FROM {} WHERE id > $1 ORDER BY id LIMIT {BATCH}", table.name);
        let mut after = String::new();
        loop {
            let from = vec![Cell::Text(Some(after.clone()))];
            let rows = fetch(conn, sql.clone(), from, "read rows for the dump").await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in &rows {
                let cells = stored_cells(table, row)?;
                after = text(cells.first()).unwrap_or_default();
                let row: Vec<Value> = cells.iter().map(json_of).collect();
                self.line(&json!({ "table": table.name, "row": row }))?;
                self.rows += 1;
            }
        }
    }

    fn end(mut self) -> Result<u64, Error> {
        let hash = hex(&self.hash.clone().finalize());
        let rows = self.rows;
        self.line(&json!({ "end": { "rows": rows, "sha256": hash } }))?;
        self.out.flush().map_err(|source| Error::DumpNotWritten { source })?;
        Ok(rows)
    }
}

fn json_of(cell: &Cell) -> Value {
    match cell {
        Cell::Text(Some(text)) => json!(text),
        Cell::Number(Some(number)) => json!(number),
        Cell::Bytes(Some(bytes)) => json!(BASE64.encode(bytes)),
        Cell::Text(None) | Cell::Number(None) | Cell::Bytes(None) => Value::Null,
    }
}

fn cell_of(kind: Kind, value: &Value) -> Option<Cell> {
    Some(match (kind, value) {
        (Kind::Number, Value::Null) => Cell::Number(None),
        (Kind::Number, value) => Cell::Number(Some(value.as_i64()?)),
        (Kind::Bytes, Value::Null) => Cell::Bytes(None),
        (Kind::Bytes, value) => Cell::Bytes(Some(BASE64.decode(value.as_str()?).ok()?)),
        (_, Value::Null) => Cell::Text(None),
        (_, value) => Cell::Text(Some(value.as_str()?.to_owned())),
    })
}

/// Reads the dump in one transaction; what its last line says decides whether it is kept.
async fn restore_into(
    conn: &mut AnyConnection,
    dialect: Dialect,
    key: &MasterKey,
    dump: impl BufRead,
) -> Result<(), Error> {
    let mut lines = Lines { dump, line: 0, hash: Hasher::new() };
    let head = lines.next()?.ok_or_else(|| lines.bad("the dump is empty"))?;
    if head.get("dump").and_then(Value::as_str) != Some(FORMAT) {
        return Err(lines.bad("this is not a dump, or one of a newer program"));
    }
    let version = head.get("migration").and_then(Value::as_i64).unwrap_or_default();
    if !(1..=migrate::NEWEST).contains(&version) {
        return Err(Error::NewerDatabase { version });
    }
    migrate::up_to(conn, dialect, version).await?;
    let doing = "restore a dump";
    let tx = conn.begin_with(dialect.begin_act()).await;
    let mut tx = tx.map_err(|error| Error::from_sqlx(doing, error))?;
    check_empty(&mut tx).await?;
    read_rows(&mut tx, &mut lines).await?;
    keyring::check(&mut tx, key).await?;
    tx.commit().await.map_err(|error| Error::from_sqlx(doing, error))
}

async fn check_empty(conn: &mut AnyConnection) -> Result<(), Error> {
    let (keyring, head) = (&tables::KEYRING, &tables::AUDIT_HEAD);
    let sql = format!("SELECT COUNT(*) FROM {}", keyring.name);
    let row = fetch(conn, sql, Vec::new(), "count rows").await?;
    let rows: i64 = row
        .first()
        .map_or(Ok(0), |row| sqlx::Row::try_get(row, 0))
        .map_err(|error| Error::from_sqlx("count rows", error))?;
    if rows > 0 {
        return Err(Error::NotEmpty { table: keyring.name, rows });
    }
    // The migrations put the head of an empty chain there; the dump brings its own.
    let done = ask(format!("DELETE FROM {}", head.name), Vec::new()).execute(conn).await;
    done.map(drop).map_err(|error| Error::from_sqlx("restore a dump", error))
}

async fn read_rows<R: BufRead>(conn: &mut AnyConnection, lines: &mut Lines<R>) -> Result<(), Error> {
    let mut rows = 0_u64;
    loop {
        let hash = hex(&lines.hash.clone().finalize());
        let line = lines.next()?.ok_or_else(|| lines.bad("it ends before its last line, so it was cut"))?;
        if let Some(end) = line.get("end") {
            let said = end.get("rows").and_then(Value::as_u64);
            if end.get("sha256").and_then(Value::as_str) != Some(&hash) || said != Some(rows) {
                return Err(lines.bad("its hash or number of rows is another, so it was changed"));
            }
            return match lines.next()? {
                Some(_) => Err(lines.bad("something follows the last line")),
                None => Ok(()),
            };
        }
        let (table, cells) = row_of(&line).ok_or_else(|| lines.bad("this is not a row of a known table"))?;
        let done = ask(table.insert(), cells).execute(&mut *conn).await;
        done.map_err(|error| Error::of_row(table.kind, "of the dump", "restore a dump", error))?;
        rows += 1;
    }
}

fn row_of(line: &Map<String, Value>) -> Option<(&'static Table, Vec<Cell>)> {
    let name = line.get("table")?.as_str()?;
    let table = tables::all().find(|table| table.name == name)?;
    let (columns, values) = (table.stored_columns(), line.get("row")?.as_array()?);
    if columns.len() != values.len() {
        return None;
    }
    let cells = columns.iter().zip(values).map(|((_, kind), value)| cell_of(*kind, value));
    Some((table, cells.collect::<Option<_>>()?))
}

struct Lines<R> {
    dump: R,
    line: usize,
    hash: Hasher,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<Option<Map<String, Value>>, Error> {
        self.line += 1;
        let mut line = Vec::new();
        let read = self.dump.read_until(b'\n', &mut line);
        read.map_err(|error| self.bad(&format!("it could not be read: {}", error.kind())))?;
        if line.is_empty() {
            return Ok(None);
        }
        self.hash.update(&line);
        match serde_json::from_slice(&line) {
            Ok(Value::Object(members)) => Ok(Some(members)),
            _ => Err(self.bad("this is not JSON, so it was changed")),
        }
    }

    fn bad(&self, what: &str) -> Error {
        Error::BadDump { line: self.line, what: what.to_owned() }
    }
}
