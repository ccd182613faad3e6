//! The chain of roots: public files `N.root.json` in one folder.

use std::path::{Path, PathBuf};

use anyhow::Result;
use delivery::metadata::Roots;

use crate::arguments::{self, issuer::RootsFolder};
use crate::desk::{self, Places};
use crate::failure::Failure;
use crate::{office, output};

pub(crate) fn folder(typed: &RootsFolder, at: &arguments::Desk) -> Result<PathBuf> {
    match &typed.roots {
        Some(folder) => Ok(folder.clone()),
        None => Ok(Places::new(at)?.home.join("roots")),
    }
}

/// The roots in a folder, the first one first; none where there is no root yet.
pub(crate) fn read(folder: &Path) -> Result<Option<Roots>> {
    let mut files = Vec::new();
    for number in 1.. {
        let path = folder.join(format!("{number}.root.json"));
        if !path.exists() {
            break;
        }
        files.push(office::bytes_of(&path)?);
    }
    if files.is_empty() {
        return Ok(None);
    }
    let told = |error: delivery::metadata::ChainError| {
        Failure::new(
            format!("the roots in {} do not follow from each other: {error}", folder.display()),
            "put the files back as `key ceremony finish` wrote them",
        )
    };
    Ok(Some(Roots::read(files).map_err(told)?))
}

pub(crate) fn needed(folder: &Path) -> Result<Roots> {
    read(folder)?.ok_or_else(|| {
        Failure::new(
            format!("there is no root in {}", folder.display()),
            "make one with `key ceremony draft`, `key sign` and `key ceremony finish`",
        )
        .into()
    })
}

/// Writes the newest root beside those before it.
pub(crate) fn add(folder: &Path, roots: &Roots) -> Result<PathBuf> {
    desk::make_folder(folder)?;
    let path = folder.join(format!("{}.root.json", roots.files().len()));
    output::to_file(&path, |out| Ok(out.write_all(roots.current_file())?))?;
    Ok(path)
}
