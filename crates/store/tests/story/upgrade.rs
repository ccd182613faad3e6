//! A database of an older program is brought up to date and loses nothing; a released migration is never edited.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, AssertSqlSafe};
use store::{BothSides, Error, HosterSide, IssuerSide, MasterKey, Store};

use crate::cast::*;
use crate::place::{Place, key, on_both};

const FOLDERS: [&str; 2] = ["sqlite", "postgres"];

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind)
}

fn names(kind: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder(kind)).unwrap().flatten();
    let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Brings an empty database to an older version, in the way in which the program of then did it.
pub(crate) async fn old_database(place: &Place, migrations: usize) -> AnyConnection {
    let kind = if place.is_file { "sqlite" } else { "postgres" };
    let migrator = sqlx::migrate::Migrator::new(folder(kind)).await.unwrap();
    let oldest: Vec<_> = migrator.iter().take(migrations).cloned().collect();
    let mut conn = place.raw().await;
    sqlx::migrate::Migrator::with_migrations(oldest).run_direct(None, &mut conn, false).await.unwrap();
    conn
}

#[test]
fn the_database_of_every_earlier_version_opens() {
    on_both(|place: Place| async move {
        for migrations in 1..names("sqlite").len() {
            let old = place.another().await;
            if old.is_file {
                std::fs::File::create(old.file()).unwrap();
            }
            drop(old_database(&old, migrations).await);

            let store = old.open().await;

            add_people(&store).await;
            let findings = Store::doctor(&old.address, &key(), |_| true).await;
            assert!(findings.iter().all(|finding| finding.wrong.is_empty()), "{findings:?}");
        }
    });
}

#[test]
fn rows_of_the_version_before_are_still_there() {
    on_both(|place: Place| async move {
        // The newest migration is taken back, as far as its tables go: what is left is a filled database of N-1.
        let store = place.open().await;
        add_people(&store).await;
        store.close().await;
        let newest = names("sqlite").len();
        let mut conn = place.raw().await;
        for table in ["outbox", "followers", "schedule_runs", "customer_changes"] {
            sqlx::query(AssertSqlSafe(format!("DROP TABLE {table}"))).execute(&mut conn).await.unwrap();
        }
        let forget = format!("DELETE FROM _sqlx_migrations WHERE version = {newest}");
        sqlx::query(AssertSqlSafe(forget)).execute(&mut conn).await.unwrap();
        drop(conn);
        let before = Store::doctor(&place.address, &key(), |_| true).await;
        assert!(before.iter().any(|finding| finding.wrong == ["migration 8 was not done yet"]), "{before:?}");

        let store = place.open().await;

        let mut look = store.look().await.unwrap();
        assert_eq!(look.people().all().await.unwrap().len(), 3);
    });
}

/// A house that worked with the program before migration 5: it received two editions, screened, judged. Everybody in it is
/// invented; its key is of no other database.
const BEFORE_0005: &str = include_str!("../fixtures/hoster-0004.dump");
const KEY_BEFORE_0005: &str = include_str!("../fixtures/hoster-0004.key");

#[test]
fn a_house_at_work_is_brought_up_to_date_and_loses_nothing() {
    on_both(|place: Place| async move {
        let place = place;
        let key = MasterKey::parse(&secrecy::SecretString::from(KEY_BEFORE_0005)).unwrap();

        let store = Store::restore(&place.address, &key, BEFORE_0005.as_bytes()).await.unwrap();

        let mut look = store.look().await.unwrap();
        let screening = look.screenings().newest().await.unwrap().unwrap();
        assert_eq!(look.screenings().count_hits_of(&screening.id).await.unwrap(), 22);
        assert_eq!(look.accounts().all().await.unwrap().len(), 3);
        assert_eq!(look.installed_editions().newest().await.unwrap().len(), 1);
        assert!(look.attachments().all().await.unwrap().is_empty(), "the new tables are there");
        let acts = look.audit().verify(|_| true).await.unwrap().records;
        assert_eq!(acts, 11);
        drop(look);
        store.close().await;
        let findings = Store::doctor(&place.address, &key, |_| true).await;
        assert!(findings.iter().all(|finding| finding.wrong.is_empty()), "{findings:?}");
    });
}

#[test]
fn the_database_of_a_newer_program_is_left_alone() {
    on_both(|place: Place| async move {
        place.open().await.close().await;
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                      VALUES (99, 'later', true, CAST('x' AS BLOB), 1)";
        let insert =
            if place.is_file { insert.to_owned() } else { insert.replace("CAST('x' AS BLOB)", "'x'") };
        place.execute(&insert).await.unwrap();

        let error = Store::open(&place.address, &key()).await.unwrap_err();

        assert!(matches!(error, Error::NewerDatabase { version: 99 }), "{error}");
    });
}

#[test]
fn an_edited_migration_is_noticed() {
    on_both(|place: Place| async move {
        place.open().await.close().await;
        let other = if place.is_file { "CAST('x' AS BLOB)" } else { "'x'" };
        let edit = format!("UPDATE _sqlx_migrations SET checksum = {other} WHERE version = 2");
        place.execute(&edit).await.unwrap();

        let error = Store::open(&place.address, &key()).await.unwrap_err();

        assert!(matches!(error, Error::OtherMigration { version: 2 }), "{error}");
    });
}

#[test]
fn both_folders_hold_the_same_migrations() {
    assert_eq!(names(FOLDERS[0]), names(FOLDERS[1]));
}

/// `migrations/released.txt` gets a line for each migration of a release, and never loses or changes one.
#[test]
fn released_migrations_are_as_they_were_released() {
    let released = std::fs::read_to_string(folder("released.txt")).unwrap();
    let mut seen = BTreeSet::new();
    for line in released.lines().filter(|line| !line.starts_with('#')) {
        let (hash, name) = line.split_once("  ").expect("a line is a hash, two spaces and a name");
        let text = std::fs::read(folder(name)).unwrap();
        assert_eq!(store::Sha256::of(&text).to_string(), hash, "{name} was edited after its release");
        assert!(seen.insert(name), "{name} stands there twice");
    }
}
