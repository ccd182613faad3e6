//! Where a delivery comes from: a folder, one file, or whatever the caller can fetch from.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::container::{ContainerError, Files, unpack};

/// A place to fetch the files of a delivery from. The caller gives one for HTTPS.
pub trait Source {
    /// The file of this name, or `None` where there is none (for HTTP: 404 and 403).
    ///
    /// Reading stops after `limit` bytes and one more; the caller of this trait refuses what is longer.
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, SourceError>;

    /// All names, where the place holds one delivery and nothing else. Then a file that the delivery does not
    /// name is refused. A folder may keep older deliveries beside the newest.
    fn all_names(&self) -> Option<Vec<String>> {
        None
    }
}

/// A file could not be fetched, for reasons that say nothing about the delivery.
#[derive(Debug, thiserror::Error)]
#[error("could not read `{name}`")]
pub struct SourceError {
    pub name: String,
    #[source]
    pub cause: std::io::Error,
}

/// A delivery in one file.
#[derive(Debug)]
pub struct OneFile(Files);

impl OneFile {
    pub fn read(bytes: &[u8]) -> Result<Self, ContainerError> {
        unpack(bytes).map(Self)
    }
}

impl Source for OneFile {
    fn fetch(&self, name: &str, _limit: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(name).cloned())
    }

    fn all_names(&self) -> Option<Vec<String>> {
        Some(self.0.keys().cloned().collect())
    }
}

/// A delivery as a folder, from a stick or a mounted share.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    fn read(path: &Path, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
        let file = match std::fs::File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

impl Source for Folder {
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Self::read(&self.0.join(name), limit).map_err(|cause| SourceError { name: name.to_owned(), cause })
    }
}
