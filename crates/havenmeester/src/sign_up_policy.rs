//! kyc.toml: how the house lets new customers in.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use kyc::Policy;

use crate::failure::Failure;
use crate::office::text_if_there;

/// The rules, in the home folder.
const FILE: &str = "kyc.toml";

/// The rules of the house; those of the example, which only keep a log, where it has none of its own.
///
/// # Errors
/// What of the file cannot be used, with its line.
pub(crate) fn of_house(home: &Path) -> Result<Policy> {
    let path = path(home);
    text_if_there(&path)?.map_or_else(|| Ok(Policy::default()), |text| of_text(&text, &path))
}

/// Reads rules from a file.
///
/// # Errors
/// What of the file cannot be used, with its line.
pub(crate) fn read(path: &Path) -> Result<Policy> {
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    of_text(&text, path)
}

fn of_text(text: &str, path: &Path) -> Result<Policy> {
    Policy::read(text)
        .map_err(|error| Failure::new(format!("{}, {error}", path.display()), error.hint()).into())
}

/// Where the rules of a house stand.
pub(crate) fn path(home: &Path) -> PathBuf {
    home.join(FILE)
}
