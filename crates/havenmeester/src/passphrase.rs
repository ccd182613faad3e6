//! The passphrase of a key file: from a file, the environment, or the terminal; never from the command line.

use anyhow::{Context, Result};
use delivery::SigningKey;
use delivery::keys::{Passphrase, SecretKey};

use crate::arguments::issuer::{KeyFile, PassphraseFrom};
use crate::failure::Failure;
use crate::office;

/// What opens a key file; asked twice where a key is made.
pub(crate) fn ask(from: &PassphraseFrom, twice: bool) -> Result<Passphrase> {
    let text = secret(from.passphrase_file.as_deref(), twice)?;
    Passphrase::new(text).map_err(|error| Failure::new(error.to_string(), error.hint()).into())
}

/// A secret that a person knows.
pub(crate) fn secret(file: Option<&std::path::Path>, twice: bool) -> Result<String> {
    Ok(match file {
        Some(file) => office::text_of(file)?.trim_end_matches(['\r', '\n']).to_owned(),
        None => match by_environment() {
            Some(text) => text,
            None => on_terminal(twice)?,
        },
    })
}

/// Opens a key file that signs.
pub(crate) fn signing_key(typed: &KeyFile) -> Result<SigningKey> {
    let file = office::bytes_of(&typed.key)?;
    let passphrase = ask(&typed.passphrase, false)?;
    let told = |error: delivery::keys::KeyFileError| {
        Failure::new(format!("{}: {error}", typed.key.display()), error.hint())
    };
    match SecretKey::unlock(&file, &passphrase).map_err(told)? {
        SecretKey::Signing(key) => Ok(key),
        SecretKey::Decryption(_) => Err(Failure::new(
            format!("{} is a key for deliveries; it signs nothing", typed.key.display()),
            "give a key that was made for signing",
        )
        .into()),
    }
}

fn on_terminal(twice: bool) -> Result<String> {
    let terminal = console::Term::stderr();
    if !terminal.is_term() {
        return Err(Failure::new(
            "there is no terminal to ask for the passphrase on",
            "give it in a file with --passphrase-file, or in HAVENMEESTER_PASSPHRASE",
        )
        .into());
    }
    let ask = |question: &str| -> Result<String> {
        terminal.write_str(question).context("could not ask for the passphrase")?;
        terminal.read_secure_line().context("could not read the passphrase")
    };
    let first = ask("Passphrase: ")?;
    if twice && ask("Once more: ")? != first {
        return Err(Failure::new("the two passphrases are not the same", "type it again").into());
    }
    Ok(first)
}

#[expect(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
fn by_environment() -> Option<String> {
    std::env::var("HAVENMEESTER_PASSPHRASE").ok().filter(|value| !value.is_empty())
}
