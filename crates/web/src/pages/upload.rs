//! A form with a file: the token first, then the fields, and the file on the disk only while it is worked on.

use std::io;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use axum::response::Response;
use zeroize::Zeroizing;

use super::Page;
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::handed_in::{Arriving, HandedIn};

/// A field that is not the file: words, an id, a few headings.
const LARGEST_FIELD: usize = 16 * 1024;

/// What was handed in. Dropping it removes the file, and wipes the fields: one of them may be the passphrase of a key. What
/// the library that reads the form has buffered of it is not in our hands.
pub(crate) struct Upload {
    fields: Vec<(String, Zeroizing<String>)>,
    files: Vec<HandedIn>,
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
                let token =
                    if name == "csrf" { short(field).await.map_err(broken)? } else { Zeroizing::default() };
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
    pub(crate) fn file(&self) -> Option<&HandedIn> {
        self.files.first()
    }

    /// The file itself, if one was chosen: it is the caller's from now on.
    pub(crate) fn take_file(&mut self) -> Option<HandedIn> {
        if self.files.is_empty() { None } else { Some(self.files.swap_remove(0)) }
    }

    /// Every file with its name and its bytes, if none has more than `most`.
    pub(crate) async fn read_files(&self, most: usize) -> io::Result<Vec<(String, Vec<u8>)>> {
        let mut read = Vec::new();
        for file in &self.files {
            read.push(file.read(most).await?);
        }
        Ok(read)
    }
}

async fn short(mut field: Field<'_>) -> Result<Zeroizing<String>, MultipartError> {
    // Room for all of it at once: a buffer that grows leaves what it held behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST_FIELD));
    while let Some(chunk) = field.chunk().await? {
        let room = LARGEST_FIELD.saturating_sub(bytes.len());
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Writes the file to the disk; nothing where none was chosen.
async fn keep(desk: &Desk, mut field: Field<'_>) -> io::Result<Option<HandedIn>> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let Some(mut arriving) = Arriving::begin(desk, &name).await? else { return Ok(None) };
    while let Some(chunk) = field.chunk().await.map_err(io::Error::other)? {
        arriving.add(&chunk).await?;
    }
    arriving.end().await.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_wiped_when_the_form_is_done() {
        fn is_wiped<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        let words = Zeroizing::new("nine old barges ".to_owned());
        let upload = Upload { fields: vec![("passphrase".to_owned(), words)], files: Vec::new() };

        upload.fields.iter().for_each(|(_, value)| is_wiped(value));
        assert_eq!(upload.field("passphrase"), "nine old barges");
        assert_eq!(upload.field("other"), "");
    }
}
