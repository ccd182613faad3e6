//! A file that was handed in, by a page or by another program: on the disk while it is worked on, however large it is, and
//! never in memory as a whole.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::desk::Desk;

/// The largest file that the desk takes: ten million customers, or a delivery with its letters.
pub(crate) const LARGEST_FILE: usize = 1 << 30;
/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 100;

/// A file under its own name, which tells what it is, in a folder of its own. Dropping it removes both.
pub(crate) struct HandedIn {
    path: PathBuf,
    length: usize,
    _folder: TempDir,
}

impl HandedIn {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The name and all bytes, if there are not more than `most`.
    pub(crate) async fn read(&self, most: usize) -> io::Result<(String, Vec<u8>)> {
        if self.length > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, tokio::fs::read(&self.path).await?))
    }
}

/// A file that is still coming.
pub(crate) struct Arriving {
    kept: HandedIn,
    file: File,
}

impl Arriving {
    /// Begins to write it; nothing where the name names no file.
    pub(crate) async fn begin(desk: &Desk, name: &str) -> io::Result<Option<Self>> {
        let name = plain_name(name);
        if name.is_empty() {
            return Ok(None);
        }
        let folder = tempfile::Builder::new().prefix("upload-").tempdir_in(&desk.settings.uploads)?;
        let path = folder.path().join(name);
        let file = File::create_new(&path).await?;
        Ok(Some(Self { kept: HandedIn { path, length: 0, _folder: folder }, file }))
    }

    /// Writes the next part. More than [`LARGEST_FILE`] is an error of the kind [`io::ErrorKind::FileTooLarge`].
    pub(crate) async fn add(&mut self, part: &[u8]) -> io::Result<()> {
        self.kept.length += part.len();
        if self.kept.length > LARGEST_FILE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.file.write_all(part).await
    }

    /// All of it came.
    pub(crate) async fn end(mut self) -> io::Result<HandedIn> {
        self.file.flush().await?;
        Ok(self.kept)
    }
}

/// The last part of a name, of characters that no file system and no page minds.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |one: char| if one.is_alphanumeric() || "-_. ()".contains(one) { one } else { '_' };
    let kept: String = last.chars().map(plain).collect();
    let kept = kept.trim_start_matches(['.', ' ']);
    // The ending stays: it tells a workbook from a text.
    let skip = kept.chars().count().saturating_sub(LONGEST_NAME);
    kept.chars().skip(skip).collect()
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_stays_in_its_folder() {
        for (name, expected) in [
            ("klanten.csv", "klanten.csv"),
            ("../../etc/passwd", "passwd"),
            ("C:\\map\\klanten (2).xlsx", "klanten (2).xlsx"),
            ("..", ""),
            (".hidden", "hidden"),
            ("a\0b<c>.csv", "a_b_c_.csv"),
        ] {
            assert_eq!(plain_name(name), expected, "{name}");
        }
        assert!(plain_name(&format!("{}.csv", "x".repeat(500))).ends_with(".csv"));
    }
}
