//! kyc.toml: how the house lets new customers in.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use kyc::Policy;

use crate::failure::Failure;

/// The rules, in the home folder.
const FILE: &str = "kyc.toml";

/// The rules of the house; those of the example, which only keep a log, where it has none of its own.
///
/// # Errors
/// What of the file cannot be used, with its line.
pub(crate) fn of_house(home: &Path) -> Result<Policy> {
    let path = path(home);
    if path.exists() { read(&path) } else { Ok(Policy::default()) }
}

/// Reads rules from a file.
///
/// # Errors
/// What of the file cannot be used, with its line.
pub(crate) fn read(path: &Path) -> Result<Policy> {
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    Policy::read(&text)
        .map_err(|error| Failure::new(format!("{}, {error}", path.display()), error.hint()).into())
}

/// Where the rules of a house stand.
pub(crate) fn path(home: &Path) -> PathBuf {
    home.join(FILE)
}
