//! Makes the database and the key that opens it.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use secrecy::{ExposeSecret, SecretString};
use store::{MasterKey, Store};

use crate::arguments;
use crate::desk::{self, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::settings::Common;

pub(crate) fn run(typed: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let places = Places::new(typed)?;
    desk::make_folder(&places.home)?;
    if let Some(folder) = places.key_file.parent() {
        desk::make_folder(folder)?;
    }
    let (key, text) = MasterKey::generate();
    write_key(&places.key_file, &text)?;
    let store = desk::runtime()?.block_on(Store::open(&places.address, &key));
    if let Err(error) = store {
        // A key without a database opens nothing, and would stand in the way of the next attempt.
        let _ = std::fs::remove_file(&places.key_file);
        return Err(error.into());
    }
    common.output.note(format_args!(
        "The database is {}, its key is {}.\n\
         Keep a copy of the key somewhere else: without it nobody can read the database, nor its backups.",
        places.address,
        places.key_file.display()
    ));
    Ok(Outcome::Nothing)
}

/// A key is never written over: it may be the only one to a database.
fn write_key(file: &Path, text: &SecretString) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => anyhow::Error::from(Failure::new(
            format!("there is a key already: {}", file.display()),
            "use the database it belongs to, or name another place with --key-file",
        )),
        _ => anyhow::Error::from(error).context(format!("could not write {}", file.display())),
    })?;
    writeln!(open, "{}", text.expose_secret())
        .and_then(|()| open.sync_all())
        .context("could not write the key")
}
