//! A delivery as a folder that a web server can offer as it is.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::open::TIMESTAMP;

use super::Release;

#[derive(Debug, thiserror::Error)]
#[error("could not write {}: nothing that was offered before was changed", .path.display())]
pub struct FolderError {
    pub path: PathBuf,
    #[source]
    pub cause: std::io::Error,
}

/// Writes the files of a delivery. Older deliveries to the same partner may lie in the folder.
///
/// The timestamp comes last, and each file is complete or not there: whoever fetches meanwhile, or after the
/// machine stopped half way, gets the old delivery or the new one.
pub fn write_folder(release: &Release, folder: &Path) -> Result<(), FolderError> {
    let (timestamp, others): (Vec<_>, Vec<_>) =
        release.files().iter().partition(|(name, _)| name.as_str() == TIMESTAMP);
    for (name, bytes) in others.into_iter().chain(timestamp) {
        let path = folder.join(name);
        // Names hold a version or a hash, so a file that is there already is the same.
        if name != TIMESTAMP && fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        write(&path, bytes).map_err(|cause| FolderError { path, cause })?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let parent = path.parent().expect("a file of a delivery lies in a folder");
    fs::create_dir_all(parent)?;
    let unfinished = path.with_extension("unfinished");
    let mut file = fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    // So that the new name outlives a power cut as well. Not every system can do this for folders.
    if let Ok(folder) = fs::File::open(parent) {
        let _ = folder.sync_all();
    }
    Ok(())
}
