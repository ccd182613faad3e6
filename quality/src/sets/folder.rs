//! The folder with the labelled sets. It is not part of the repository, so every set may be absent.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::GzDecoder;

/// Where the labelled sets are.
#[derive(Clone, Debug)]
pub struct DataFolder(pub PathBuf);

impl DataFolder {
    /// The folder named by the user, or `../shared/data` beside the workspace.
    pub fn find(named: Option<PathBuf>) -> Self {
        Self(named.unwrap_or_else(|| workspace_root().join("../shared/data")))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Why a set is left out, or nothing if all its files are there.
    pub fn missing(&self, names: &[&str]) -> Option<String> {
        let absent: Vec<&str> = names.iter().copied().filter(|name| !self.path(name).is_file()).collect();
        (!absent.is_empty()).then(|| {
            format!("left out: no {} in {} (say where with --data DIR)", absent.join(", "), self.0.display())
        })
    }
}

/// The root of this workspace, where `benches/` and `quality/` are.
pub fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new(".")).to_path_buf()
}

/// Scratch files of this program: generated bases, scores of the outside baseline, wrong pairs.
pub fn scratch(name: &str) -> Result<PathBuf> {
    let folder = workspace_root().join("target/quality").join(name);
    std::fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    Ok(folder)
}

/// Rows of a CSV file with a header, unpacked when the name ends in `.gz`.
pub fn rows(path: &Path) -> Result<csv::Reader<Box<dyn Read>>> {
    let file = File::open(path).with_context(|| format!("could not open {}", path.display()))?;
    let bytes: Box<dyn Read> = if path.extension().is_some_and(|ending| ending == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Ok(csv::ReaderBuilder::new().flexible(true).from_reader(bytes))
}
