//! Brings a database to the tables that this program knows. Migrations are part of the program.
//!
//! The two folders hold the same tables in the words of each database. A released migration is never edited
//! (`tests/upgrade.rs` looks after it): a change is a new file in both folders.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, SqlSafeStr};

use crate::dialect::Dialect;
use crate::error::Error;

/// Number, name, text for SQLite, text for PostgreSQL.
type Text = (i64, &'static str, &'static str, &'static str);

macro_rules! migration {
    ($number:literal, $name:literal) => {
        (
            $number,
            $name,
            include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        )
    };
}

const MIGRATIONS: &[Text] = &[
    migration!(1, "0001_foundation"),
    migration!(2, "0002_issuer"),
    migration!(3, "0003_hoster"),
    migration!(4, "0004_hoster_work"),
    migration!(5, "0005_desk"),
    migration!(6, "0006_bases"),
    migration!(7, "0007_applications"),
    migration!(8, "0008_continuous"),
];

/// The newest migration, which is the version of the tables.
pub(crate) const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

fn migrator(dialect: Dialect) -> Migrator {
    let text = |(number, name, sqlite, postgres): &Text| {
        let sql = match dialect {
            Dialect::Sqlite => *sqlite,
            Dialect::Postgres => *postgres,
        };
        Migration::new(*number, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(MIGRATIONS.iter().map(text).collect())
}

/// Brings the tables up to `version`, which is [`NEWEST`] but for a dump of an older program.
pub(crate) async fn up_to(conn: &mut AnyConnection, dialect: Dialect, version: i64) -> Result<(), Error> {
    migrator(dialect).run_direct(Some(version), conn, false).await.map_err(|source| match source {
        MigrateError::VersionMissing(version) => Error::NewerDatabase { version },
        MigrateError::VersionTooNew(version, _) => Error::NewerDatabase { version },
        MigrateError::VersionMismatch(version) => Error::OtherMigration { version },
        MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
            Error::from_sqlx("bring the database up to date", source)
        }
        source => Error::Migration { source },
    })
}

/// The newest migration that the database has had; 0 for an empty one.
pub(crate) async fn version(conn: &mut AnyConnection) -> Result<i64, Error> {
    sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success")
        .fetch_one(conn)
        .await
        .map_err(|source| Error::from_sqlx("read the version of the database", source))
}
