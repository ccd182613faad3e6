//! Empty databases of both kinds, each for one test.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::{Address, MasterKey, Store};
use tempfile::TempDir;

const SERVER: &str = "HAVENMEESTER_TEST_POSTGRES";

/// Where one test's database is.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) address: Address,
    /// The address as text, for a program that is started.
    pub(crate) text: String,
    pub(crate) is_file: bool,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("store.db");
        let text = format!("sqlite:{}", path.display());
        Self { folder, address: Address::parse(&text).unwrap(), text, is_file: true }
    }

    async fn postgres(server: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut conn = connect(server).await;
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut conn).await.unwrap();
        // postgres:///postgres?host=... becomes postgres:///story_1_2?host=...
        let (start, options) = server.split_once('?').unwrap_or((server, ""));
        let base = start.rsplit_once('/').unwrap().0;
        let text = format!("{base}/{name}?{options}");
        let address = Address::parse(&text).unwrap();
        Self { folder: TempDir::new().unwrap(), address, text, is_file: false }
    }

    /// A second empty place of the same kind.
    pub(crate) async fn another(&self) -> Self {
        if self.is_file { Self::sqlite() } else { Self::postgres(&server().unwrap()).await }
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.address, &key()).await.unwrap()
    }

    /// A way around the store, for whoever means ill.
    pub(crate) async fn raw(&self) -> AnyConnection {
        connect(&if self.is_file { format!("{}?mode=rw", self.text) } else { self.text.clone() }).await
    }

    pub(crate) async fn execute(&self, sql: &str) -> Result<(), sqlx::Error> {
        let mut conn = self.raw().await;
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut conn).await;
        conn.close().await.unwrap();
        done.map(drop)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }
}

pub(crate) fn key() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}

pub(crate) const KEY_TEXT: &str = "0707070707070707070707070707070707070707070707070707070707070707";

async fn connect(url: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url).await.unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the address of the test's server is the test's only setting")]
fn server() -> Option<String> {
    std::env::var(SERVER).ok()
}

/// Tells a story on an empty SQLite database, and on an empty PostgreSQL database where there is a server.
pub(crate) fn on_both<F: Future<Output = ()>>(story: impl Fn(Place) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(story(Place::sqlite()));
    match server() {
        Some(server) => runtime.block_on(async { story(Place::postgres(&server).await).await }),
        None => println!("skipped on PostgreSQL: {SERVER} is not set; scripts/test sets it"),
    }
}

/// Tells a story that only SQLite has.
pub(crate) fn on_sqlite<F: Future<Output = ()>>(story: impl Fn(Place) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(story(Place::sqlite()));
}

/// All bytes of all files below a folder.
pub(crate) fn all_bytes(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        bytes.extend(if path.is_dir() { all_bytes(&path) } else { std::fs::read(path).unwrap() });
    }
    bytes
}
