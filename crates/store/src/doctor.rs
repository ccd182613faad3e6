//! Looks the database over: is it whole, is it ours, and did anybody change it behind the audit chain?

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use crate::address::Address;
use crate::audit::{Checkpoint, chain};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::files;
use crate::keyring;
use crate::keys::MasterKey;
use crate::migrate;
use crate::rows::{self, fetch};
use crate::session::Look;
use crate::session::sealed::Session as _;
use crate::store::{self, Store};
use crate::tables;

/// What is looked at, in this order. A check that fails keeps those after it from running only where they need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The address leads to a database.
    Reachable,
    /// SQLite's own check of the file; PostgreSQL guards its files itself.
    Integrity,
    /// No row points to one that is not there.
    Links,
    /// All migrations were done, and are the ones that this program has.
    Migrations,
    /// The key opens the keyring.
    Key,
    /// The audit chain is unbroken from its first record to its head.
    Audit,
    /// Every row opens, and is as the audit chain says that an act left it.
    Rows,
}

/// What a check came to. The texts name tables, kinds and ids, never contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub check: Check,
    /// Nothing where all is well; otherwise what is wrong, one sentence for each thing, at most the first few.
    pub wrong: Vec<String>,
}

/// More than this many faults of one check are not listed: they have one cause.
const MOST: usize = 20;

impl Store {
    /// Examines the database at this address without changing it: missing migrations are reported, not done.
    ///
    /// `signature_holds` judges the signatures of audit checkpoints.
    pub async fn doctor(
        address: &Address,
        key: &MasterKey,
        signature_holds: impl Fn(&Checkpoint) -> bool + Send,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut note = |check, result: Result<Vec<String>, Error>| {
            let mut wrong = result.unwrap_or_else(|error| vec![told(&error)]);
            wrong.truncate(MOST);
            let fine = wrong.is_empty();
            findings.push(Finding { check, wrong });
            fine
        };
        let mut conn = match store::connect(address).await {
            Ok(conn) => conn,
            Err(error) => {
                note(Check::Reachable, Err(error));
                return findings;
            }
        };
        note(Check::Reachable, Ok(Vec::new()));
        let dialect = Dialect::of(address);
        note(Check::Integrity, integrity(&mut conn, dialect).await);
        note(Check::Links, links(&mut conn, dialect).await);
        let current = note(Check::Migrations, pending(&mut conn).await);
        let opens = current && note(Check::Key, keyring::check(&mut conn, key).await.map(|()| Vec::new()));
        drop(conn);
        if opens {
            match Self::open_existing(address, key).await {
                Ok(store) => {
                    note(Check::Audit, audit(&store, signature_holds).await);
                    note(Check::Rows, unexplained(&store).await);
                    store.close().await;
                }
                Err(error) => {
                    note(Check::Key, Err(error));
                }
            }
        }
        findings
    }
}

/// An error with its causes.
fn told(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

async fn integrity(conn: &mut AnyConnection, dialect: Dialect) -> Result<Vec<String>, Error> {
    if dialect == Dialect::Postgres {
        return Ok(Vec::new());
    }
    let rows = fetch(conn, "PRAGMA integrity_check(20)".to_owned(), Vec::new(), "check the file").await?;
    let lines: Vec<String> = rows.iter().filter_map(|row| sqlx::Row::try_get(row, 0).ok()).collect();
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

async fn links(conn: &mut AnyConnection, dialect: Dialect) -> Result<Vec<String>, Error> {
    let sql = match dialect {
        Dialect::Sqlite => "SELECT \"table\", \"parent\" FROM pragma_foreign_key_check",
        // A constraint that holds was checked with every write; one that was never checked is found here.
        Dialect::Postgres => {
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint \
             WHERE contype = 'f' AND NOT convalidated"
        }
    };
    let rows = fetch(conn, sql.to_owned(), Vec::new(), "check the links between rows").await?;
    let told = |row: &sqlx::any::AnyRow| {
        let name = |place| sqlx::Row::try_get::<String, usize>(row, place).unwrap_or_default();
        format!("a row of {} points to one of {} that is not there", name(0), name(1))
    };
    Ok(rows.iter().map(told).collect())
}

async fn pending(conn: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let version = migrate::version(conn).await?;
    if version > migrate::NEWEST {
        return Err(Error::NewerDatabase { version });
    }
    Ok((version + 1..=migrate::NEWEST).map(|number| format!("migration {number} was not done yet")).collect())
}

async fn audit(
    store: &Store,
    signature_holds: impl Fn(&Checkpoint) -> bool + Send,
) -> Result<Vec<String>, Error> {
    use crate::BothSides as _;
    let mut look = store.look().await?;
    let verified = look.audit().verify(signature_holds).await?;
    let sql = "SELECT seq, hash FROM audit_head WHERE id = 'head'".to_owned();
    let rows = fetch(look.parts().conn, sql, Vec::new(), "read the head of the audit chain").await?;
    let head = rows.first().and_then(|row| {
        let seq: i64 = sqlx::Row::try_get(row, 0).ok()?;
        Some((seq.unsigned_abs(), sqlx::Row::try_get::<String, usize>(row, 1).ok()?))
    });
    if head == Some((verified.records, verified.head)) {
        return Ok(Vec::new());
    }
    Ok(vec!["the last record of the audit chain is not the one that was written last".to_owned()])
}

/// Rows whose state is not the one that the last act about them left.
async fn unexplained(store: &Store) -> Result<Vec<String>, Error> {
    let mut look = store.look().await?;
    let mut told = told_states(&mut look).await?;
    let mut wrong = Vec::new();
    let mut compare =
        |kind: &'static str, id: String, state: &str| match told.remove(&(kind.to_owned(), id.clone())) {
            Some(Some(after)) if after == state => {}
            _ => wrong.push(format!("{kind} {id} was changed without an act")),
        };
    let vault = store.vault();
    for table in tables::all().filter(|table| table.subject) {
        for row in rows::select(&mut look, table, "1 = 1", Vec::new()).await? {
            let state = rows::state_hash(table, &row, &vault);
            compare(table.kind, row.id, &state);
        }
    }
    for (id, state) in files::states(&mut look).await? {
        compare(tables::FILES.kind, id, &state);
    }
    let stored = |kind: &str| tables::all().any(|table| table.kind == kind);
    for ((kind, id), after) in told {
        if after.is_some() && stored(&kind) {
            wrong.push(format!("{kind} {id} was removed without an act"));
        }
    }
    Ok(wrong)
}

/// For every object, the hash of the state in which the last act left it.
async fn told_states(look: &mut Look) -> Result<BTreeMap<(String, String), Option<String>>, Error> {
    let (mut told, mut seq) = (BTreeMap::new(), 0);
    loop {
        let records = chain::after(look, seq).await?;
        let Some((last, _)) = records.last() else { return Ok(told) };
        seq = last.seq;
        for (record, _) in records {
            for object in record.also.into_iter().chain([record.object]) {
                if object.before.is_some() || object.after.is_some() {
                    told.insert((object.kind, object.id), object.after);
                }
            }
        }
    }
}
