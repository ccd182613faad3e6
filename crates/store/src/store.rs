//! Opens the database and hands out looks and acts.

use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions, Connection, Transaction};

use crate::act::{Act, Actor};
use crate::address::Address;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::keyring;
use crate::keys::{MasterKey, Vault};
use crate::migrate;
use crate::session::Look;

/// Readers at the same time. SQLite reads from one file and one cache; more readers than cores bring nothing.
const READERS: u32 = 8;

/// How long a look or an act waits for its turn before it gives up with [`Error::Busy`].
const PATIENCE: Duration = Duration::from_secs(15);

/// The database, open: migrated, and with its keyring unlocked.
pub struct Store {
    pub(crate) dialect: Dialect,
    address: Address,
    /// One writer: acts come one after the other, so each sees what it decides on.
    write: AnyPool,
    read: AnyPool,
    vault: RwLock<Arc<Vault>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.address)
    }
}

impl Store {
    /// Opens the database at this address. A SQLite file that is not there yet is made, readable by its owner only;
    /// an empty database gets its tables and a keyring that `key` locks; an older one is brought up to date.
    ///
    /// # Errors
    /// [`Error::NoFolder`], [`Error::CannotOpen`], [`Error::WrongKey`], [`Error::Damaged`], [`Error::NewerDatabase`]
    /// and what else can be wrong. The database is as it was then.
    pub async fn open(address: &Address, key: &MasterKey) -> Result<Self, Error> {
        make_file_for(address)?;
        Self::open_existing(address, key).await
    }

    /// As [`Store::open`], for commands that only make sense on a database that is there.
    ///
    /// # Errors
    /// [`Error::NoDatabase`] besides those of [`Store::open`].
    pub async fn open_existing(address: &Address, key: &MasterKey) -> Result<Self, Error> {
        let mut conn = connect(address).await?;
        let dialect = Dialect::of(address);
        migrate::up_to(&mut conn, dialect, migrate::NEWEST).await?;
        let vault = keyring::open(&mut conn, dialect, key).await?;
        conn.close().await.map_err(|error| Error::from_sqlx("close a connection", error))?;
        Self::with_vault(address, vault)
    }

    fn with_vault(address: &Address, vault: Vault) -> Result<Self, Error> {
        let dialect = Dialect::of(address);
        let options = options(address)?;
        let pool = |connections: u32| {
            AnyPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(PATIENCE)
                .after_connect(move |conn, _| Box::pin(greet(conn, dialect)))
                // When a write fails, SQLite may end the transaction by itself, of which the driver's count knows
                // nothing: such a connection could never begin another one, so it is not used again.
                .before_acquire(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }))
                .connect_lazy_with(options.clone())
        };
        let (write, read) = (pool(1), pool(READERS));
        Ok(Self { dialect, address: address.clone(), write, read, vault: RwLock::new(Arc::new(vault)) })
    }

    /// Opens a look: questions only, all answered as of the first.
    pub async fn look(&self) -> Result<Look, Error> {
        let begun = self.read.begin_with(self.dialect.begin_look()).await;
        let tx = begun.map_err(|error| Error::from_sqlx("open a look", error))?;
        Ok(Look::new(tx, self.vault()))
    }

    /// Opens an act for this person at this time, and waits until no other act is open.
    ///
    /// # Errors
    /// [`Error::Busy`] if another act stays open too long; [`Error::KeysRotated`] if another program rotated the keys.
    pub async fn act(&self, actor: Actor, at: Timestamp) -> Result<Act, Error> {
        let tx = self.begin_write().await?;
        let vault = self.vault();
        let mut act = Act::begin(tx, vault, actor, at).await?;
        keyring::check_unrotated(&mut act).await?;
        Ok(act)
    }

    pub(crate) async fn begin_write(&self) -> Result<Transaction<'static, Any>, Error> {
        let begun = self.write.begin_with(self.dialect.begin_act()).await;
        begun.map_err(|error| Error::from_sqlx("begin to write", error))
    }

    /// Closes all connections and waits for it. SQLite then has everything in its one file.
    pub async fn close(self) {
        self.read.close().await;
        self.write.close().await;
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    pub(crate) fn vault(&self) -> Arc<Vault> {
        Arc::clone(&self.vault.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn replace_vault(&self, vault: Vault) {
        *self.vault.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(vault);
    }
}

/// Statements are never logged: they could be read as a trace of who is on the list.
fn options(address: &Address) -> Result<AnyConnectOptions, Error> {
    sqlx::any::install_default_drivers();
    let options = AnyConnectOptions::from_str(&address.url());
    let options = options.map_err(|source| Error::CannotOpen { place: address.to_string(), source })?;
    Ok(options.disable_statement_logging())
}

/// One connection outside the pools. A pool would try again and again where the file is damaged.
pub(crate) async fn connect(address: &Address) -> Result<AnyConnection, Error> {
    if let Some(path) = address.path() {
        check_folder(path)?;
        if !path.exists() {
            return Err(Error::NoDatabase { place: address.to_string() });
        }
        check_writable(path)?;
    }
    let cannot_open = |source: sqlx::Error| match Error::from_sqlx("open the database", source) {
        Error::Database { source, .. } => Error::CannotOpen { place: address.to_string(), source },
        known => known,
    };
    let mut conn = options(address)?.connect().await.map_err(cannot_open)?;
    greet(&mut conn, Dialect::of(address)).await.map_err(cannot_open)?;
    Ok(conn)
}

async fn greet(conn: &mut AnyConnection, dialect: Dialect) -> Result<(), sqlx::Error> {
    for line in dialect.greeting() {
        sqlx::query(*line).execute(&mut *conn).await?;
    }
    Ok(())
}

/// SQLite opens a file that it may not write as well, and says so only at the first act.
fn check_writable(path: &Path) -> Result<(), Error> {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    match OpenOptions::new().write(true).open(path) {
        Err(error) if matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem) => Err(Error::ReadOnly),
        Err(error) => {
            Err(Error::CannotOpen { place: path.display().to_string(), source: sqlx::Error::Io(error) })
        }
        Ok(_) => Ok(()),
    }
}

fn check_folder(path: &Path) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(Error::NoFolder { folder: folder.display().to_string() }),
        _ => Ok(()),
    }
}

/// Makes the file of a SQLite database that is not there yet, for its owner's eyes only.
pub(crate) fn make_file_for(address: &Address) -> Result<(), Error> {
    let Some(path) = address.path() else { return Ok(()) };
    check_folder(path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Error::CannotOpen { place: path.display().to_string(), source: sqlx::Error::Io(error) })
        }
        _ => Ok(()),
    }
}
