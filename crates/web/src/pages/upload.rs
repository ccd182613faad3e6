//! A form with a file: the token first, then the fields, and the file on the disk only while it is worked on.

use std::path::{Path, PathBuf};

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use axum::response::Response;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

use super::Page;
use crate::desk::Desk;
use crate::guard::Visitor;

/// The largest file that the desk takes: ten million customers, or a delivery with its letters.
pub(crate) const LARGEST_FILE: usize = 1 << 30;
/// A field that is not the file: words, an id, a few headings.
const LARGEST_FIELD: usize = 16 * 1024;
/// Characters of a file's name that are kept.
const LONGEST_NAME: usize = 100;

/// What was handed in. Dropping it removes the file.
pub(crate) struct Upload {
    fields: Vec<(String, String)>,
    files: Vec<(TempDir, PathBuf)>,
}

/// Files that one form may hold.
const MOST_FILES: usize = 20;

impl Upload {
    /// Reads a form of a visitor. The answer is the page that says why not.
    pub(crate) async fn read(desk: &Desk, visitor: &Visitor, mut form: Multipart) -> Result<Self, Response> {
        let page = Page::of(visitor);
        let broken = |_: MultipartError| page.problem(StatusCode::BAD_REQUEST, "problem-upload");
        let mut upload = Self { fields: Vec::new(), files: Vec::new() };
        let mut is_trusted = false;
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            // Nothing is written for a form from elsewhere, so the token comes before the file.
            if !is_trusted {
                let token = if name == "csrf" { short(field).await.map_err(broken)? } else { String::new() };
                if let Some(response) = visitor.refused_form(&token) {
                    return Err(response);
                }
                is_trusted = true;
            } else if name == "file" {
                let refused = || page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-upload");
                if upload.files.len() >= MOST_FILES {
                    return Err(refused());
                }
                upload.files.extend(keep(desk, field).await.map_err(|_| refused())?);
            } else {
                upload.fields.push((name, short(field).await.map_err(broken)?));
            }
        }
        if is_trusted { Ok(upload) } else { Err(page.problem(StatusCode::FORBIDDEN, "problem-form")) }
    }

    /// A field without surrounding blanks; empty where it is not there.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// The file, if one was chosen.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.files.first().map(|(_, path)| path.as_path())
    }

    /// Every file with its name and its bytes, if none has more than `most`.
    pub(crate) async fn read_files(&self, most: usize) -> std::io::Result<Vec<(String, Vec<u8>)>> {
        let mut read = Vec::new();
        for (_, path) in &self.files {
            if tokio::fs::metadata(path).await?.len() > most as u64 {
                return Err(std::io::ErrorKind::FileTooLarge.into());
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            read.push((name, tokio::fs::read(path).await?));
        }
        Ok(read)
    }
}

async fn short(mut field: Field<'_>) -> Result<String, MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let room = LARGEST_FIELD.saturating_sub(bytes.len());
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes the file into a folder of its own, under its own name, which tells what it is.
async fn keep(desk: &Desk, mut field: Field<'_>) -> std::io::Result<Option<(TempDir, PathBuf)>> {
    let Some(name) = field.file_name().map(plain_name).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let folder = tempfile::Builder::new().prefix("upload-").tempdir_in(&desk.settings.uploads)?;
    let path = folder.path().join(name);
    let mut file = tokio::fs::File::create_new(&path).await?;
    let mut length = 0;
    while let Some(chunk) = field.chunk().await.map_err(std::io::Error::other)? {
        length += chunk.len();
        if length > LARGEST_FILE {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    Ok(Some((folder, path)))
}

/// The last part of a name, of characters that no file system and no page minds.
pub(crate) fn plain_name(name: &str) -> String {
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
