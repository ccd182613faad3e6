//! The database of this organisation, opened for a person: from what was typed and the environment to a store.

use std::future::Future;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::Timestamp;
use secrecy::SecretString;
use store::{Address, MasterKey, PersonId, Store};

use crate::arguments;
use crate::clock;
use crate::failure::Failure;

/// A person at the database.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) person: PersonId,
    runtime: tokio::runtime::Runtime,
}

/// Where the database is and where its key, before anything is opened.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) home: PathBuf,
    pub(crate) address: Address,
    pub(crate) key_file: PathBuf,
}

impl Desk {
    /// Opens the database that is there.
    pub(crate) fn open(typed: &arguments::Desk) -> Result<Self> {
        let places = Places::new(typed)?;
        let key = places.key()?;
        let person = person(typed)?;
        let runtime = runtime()?;
        let store = runtime.block_on(Store::open_existing(&places.address, &key))?;
        Ok(Self { store, person, runtime })
    }

    /// Opens the database only if there is one; a folder without it is no error.
    pub(crate) fn open_if_there(typed: &arguments::Desk) -> Result<Option<Self>> {
        let places = Places::new(typed)?;
        if places.is_default_and_absent(typed) { Ok(None) } else { Self::open(typed).map(Some) }
    }

    /// Runs an operation to its end.
    pub(crate) fn run<T>(&self, operation: impl Future<Output = T>) -> T {
        self.runtime.block_on(operation)
    }

    pub(crate) fn now(&self) -> Timestamp {
        clock::now()
    }
}

impl Places {
    pub(crate) fn new(typed: &arguments::Desk) -> Result<Self> {
        let home = typed.home.clone().or_else(|| path("HAVENMEESTER_HOME")).or_else(data_folder);
        let home = home.ok_or_else(|| {
            Failure::new("there is no folder to keep the database in", "name one with --home FOLDER")
        })?;
        let address = match typed.database.clone().or_else(|| variable("HAVENMEESTER_DATABASE")) {
            Some(text) => Address::parse(&text)?,
            None => Address::file(&home.join("havenmeester.db")),
        };
        let key_file = typed.key_file.clone().or_else(|| path("HAVENMEESTER_KEY_FILE"));
        let key_file = key_file.or_else(|| settings_folder().map(|folder| folder.join("database.key")));
        let key_file = key_file.ok_or_else(|| {
            Failure::new("there is no place to keep the key of the database", "name one with --key-file FILE")
        })?;
        Ok(Self { home, address, key_file })
    }

    /// The key from the environment or from its file.
    pub(crate) fn key(&self) -> Result<MasterKey> {
        let text = match variable("HAVENMEESTER_KEY") {
            Some(text) => text,
            None => std::fs::read_to_string(&self.key_file).map_err(|error| self.no_key(&error))?,
        };
        Ok(MasterKey::parse(&SecretString::from(text))?)
    }

    /// The key, or nothing where there is none at all.
    pub(crate) fn key_if_there(&self) -> Result<Option<MasterKey>> {
        let is_there = variable("HAVENMEESTER_KEY").is_some() || self.key_file.exists();
        if is_there { self.key().map(Some) } else { Ok(None) }
    }

    fn no_key(&self, error: &std::io::Error) -> Failure {
        let place = self.key_file.display();
        if error.kind() == std::io::ErrorKind::NotFound {
            return Failure::new(
                format!("there is no key for the database: {place} is not there"),
                "`havenmeester init` makes a database with its key; or name the file with --key-file, \
                 or put the key into HAVENMEESTER_KEY",
            );
        }
        Failure::new(format!("the key in {place} cannot be read: {error}"), "check who may read the file")
    }

    /// Nobody named a database, and there is none where one would be.
    fn is_default_and_absent(&self, typed: &arguments::Desk) -> bool {
        let named = typed.database.is_some() || typed.home.is_some() || typed.key_file.is_some();
        let by_environment = ["HAVENMEESTER_DATABASE", "HAVENMEESTER_HOME"];
        let named = named || by_environment.into_iter().any(|name| variable(name).is_some());
        !named && !self.home.join("havenmeester.db").exists()
    }
}

/// Makes a folder that only its owner may enter; one that is there stays as it is.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("could not make the folder {}", folder.display()))
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("could not start the runtime")
}

fn person(typed: &arguments::Desk) -> Result<PersonId> {
    let login = || variable("USER").or_else(|| variable("LOGNAME")).or_else(|| variable("USERNAME"));
    let named = typed.person.clone().or_else(|| variable("HAVENMEESTER_PERSON")).or_else(login);
    let named =
        named.ok_or_else(|| Failure::new("nobody is named as the one who acts", "name them: --as PERSON"))?;
    Ok(PersonId(named))
}

/// Where programs of this user keep data (XDG base directory specification).
fn data_folder() -> Option<PathBuf> {
    let base = path("XDG_DATA_HOME").or_else(|| Some(path("HOME")?.join(".local/share")))?;
    Some(base.join("havenmeester"))
}

fn settings_folder() -> Option<PathBuf> {
    let base = path("XDG_CONFIG_HOME").or_else(|| Some(path("HOME")?.join(".config")))?;
    Some(base.join("havenmeester"))
}

fn path(name: &str) -> Option<PathBuf> {
    variable(name).map(PathBuf::from)
}

#[expect(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
