//! Pages of a source that was not read to its end, in the home folder: sealed by the key of the database, and removed as
//! soon as the source was read, or when they are too old to be gone on from.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use intake::connectors::{Connector, Page};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{MasterKey, SealedLog, SealedLogError};

use crate::desk::make_folder;
use crate::failure::Failure;

/// Pages older than this are read again: who was read yesterday morning may be somebody else by now.
const OLDEST: SignedDuration = SignedDuration::from_hours(12);

/// What is known before any page.
#[derive(Serialize, Deserialize)]
struct Head {
    begun_at: Timestamp,
}

/// Pages that outlive an interruption.
pub(super) struct KeptPages {
    log: SealedLog,
    path: PathBuf,
    pub(super) begun_at: Timestamp,
}

impl KeptPages {
    /// Opens what is kept of a source, or begins.
    ///
    /// # Errors
    /// If another run reads the same source, or nothing can be kept.
    pub(super) fn open(
        home: &Path,
        name: &str,
        connector: &Connector,
        key: &MasterKey,
        now: Timestamp,
    ) -> Result<(Self, Vec<Page>)> {
        let folder = home.join("connectors");
        make_folder(&folder)?;
        let path = folder.join(format!("{name}.pages"));
        let (log, pieces) =
            SealedLog::open(&path, key, &connector.fingerprint()).map_err(|error| told(name, error))?;
        let mut pieces = pieces.into_iter();
        let head: Option<Head> = pieces.next().and_then(|piece| serde_json::from_slice(&piece).ok());
        let pages: Option<Vec<Page>> = pieces.map(|piece| serde_json::from_slice(&piece).ok()).collect();
        match (head, pages) {
            (Some(head), Some(pages)) if !pages.is_empty() && now.duration_since(head.begun_at) < OLDEST => {
                Ok((Self { log, path, begun_at: head.begun_at }, pages))
            }
            _ => {
                let mut log =
                    log.begin_anew(key).with_context(|| format!("could not write {}", path.display()))?;
                let head = serde_json::to_vec(&Head { begun_at: now }).context("a time is JSON")?;
                log.add(&head).with_context(|| format!("could not write {}", path.display()))?;
                Ok((Self { log, path, begun_at: now }, Vec::new()))
            }
        }
    }

    /// Whether the page is kept.
    pub(super) fn add(&mut self, page: &Page) -> bool {
        serde_json::to_vec(page).is_ok_and(|piece| self.log.add(&piece).is_ok())
    }

    /// Nothing of the source stays behind.
    pub(super) fn remove(self) -> Result<()> {
        std::fs::remove_file(&self.path).with_context(|| format!("could not remove {}", self.path.display()))
    }
}

fn told(name: &str, error: SealedLogError) -> anyhow::Error {
    match error {
        SealedLogError::InUse => Failure::new(
            format!("`{name}` is being read by another run of the program"),
            "wait until it has ended",
        )
        .into(),
        SealedLogError::Io(error) => {
            anyhow::Error::new(error).context(format!("what was read of `{name}` cannot be kept"))
        }
    }
}
