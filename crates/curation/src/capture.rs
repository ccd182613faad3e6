//! Captured files: what they are by their first bytes, and whether they are whole.
//!
//! A file is kept unchanged; here it is only looked at. A damaged file is refused at import, when it
//! can still be captured again, and not found out a year later in court.

mod html;
mod pdf;
mod png;
#[cfg(test)]
mod tests;
mod warc;

use std::fmt;

use crate::{Canonical, Sha256Hash};

/// Most bytes that a packed WARC may hold after unpacking: 4 GiB. Larger ones are split by the crawlers
/// themselves (usually at 1 GB), so a larger one is a bomb rather than a capture.
pub const MAX_UNPACKED_BYTES: u64 = 4 << 30;

/// What a captured file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaType {
    Html,
    Png,
    Pdf,
    Warc,
    /// A WARC packed with gzip.
    WarcGz,
}

impl MediaType {
    pub const ALL: &[Self] = &[Self::Html, Self::Png, Self::Pdf, Self::Warc, Self::WarcGz];

    /// The registered name; a packed WARC by the name that archives use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Warc => "application/warc",
            Self::WarcGz => "application/warc+gzip",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// A captured file: everything but its bytes, which are found by the hash.
#[derive(Clone, PartialEq, Eq)]
pub struct CapturedFile {
    name: String,
    media_type: MediaType,
    length_bytes: u64,
    sha256: Sha256Hash,
}

/// Shows type and hash only: a name may say where the capture was made.
impl fmt::Debug for CapturedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CapturedFile({:?}, {:?})", self.media_type, self.sha256)
    }
}

/// Why a file is not taken as evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaptureError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is neither HTML, PNG, PDF nor WARC; it begins with {first_bytes}")]
    Unknown { first_bytes: String },
    #[error("the {} is damaged at byte {at}: found {found}, expected {expected}", .media_type.name())]
    Damaged { media_type: MediaType, at: u64, found: String, expected: &'static str },
    #[error("the {} holds more than {limit_bytes} bytes when unpacked", .media_type.name())]
    TooLarge { media_type: MediaType, limit_bytes: u64 },
}

impl CaptureError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::Damaged { .. } => {
                "the capture was not finished or the copy is broken: compare its size, or capture it again"
            }
            Self::Unknown { .. } => "save the capture as a page, a picture (PNG), a PDF or a WARC",
            Self::TooLarge { .. } => "let the crawler split the WARC into smaller files",
        }
    }
}

impl CapturedFile {
    /// Recognises a file by its first bytes, checks that it is whole, and takes its hash.
    ///
    /// # Errors
    /// If the file is none of the known types, or is not whole.
    pub fn recognise(name: &str, bytes: &[u8]) -> Result<Self, CaptureError> {
        let media_type = media_type(bytes)?;
        match media_type {
            MediaType::Html => html::check(bytes)?,
            MediaType::Png => png::check(bytes)?,
            MediaType::Pdf => pdf::check(bytes)?,
            MediaType::Warc => warc::check(bytes, media_type, MAX_UNPACKED_BYTES)?,
            MediaType::WarcGz => warc::check_packed(bytes, MAX_UNPACKED_BYTES)?,
        }
        Ok(Self {
            name: name.to_owned(),
            media_type,
            length_bytes: bytes.len() as u64,
            sha256: Sha256Hash::of(bytes),
        })
    }

    /// A file as a store kept it. The bytes are checked against it with [`CapturedFile::is`].
    pub fn from_parts(name: String, media_type: MediaType, length_bytes: u64, sha256: Sha256Hash) -> Self {
        Self { name, media_type, length_bytes, sha256 }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn media_type(&self) -> MediaType {
        self.media_type
    }

    pub fn length_bytes(&self) -> u64 {
        self.length_bytes
    }

    pub fn sha256(&self) -> Sha256Hash {
        self.sha256
    }

    /// Whether these bytes are still the captured ones.
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.length_bytes == bytes.len() as u64 && self.sha256 == Sha256Hash::of(bytes)
    }

    pub(crate) fn canonical(&self) -> Canonical {
        Canonical::new("havenmeester captured file 1")
            .text("name", &self.name)
            .text("media type", self.media_type.name())
            .text("length in bytes", self.length_bytes)
            .field("sha256", self.sha256.0)
    }
}

fn media_type(bytes: &[u8]) -> Result<MediaType, CaptureError> {
    if bytes.is_empty() {
        return Err(CaptureError::Empty);
    }
    if bytes.starts_with(png::SIGNATURE) {
        return Ok(MediaType::Png);
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(MediaType::Pdf);
    }
    if bytes.starts_with(b"WARC/") {
        return Ok(MediaType::Warc);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return warc::is_packed(bytes).then_some(MediaType::WarcGz).ok_or_else(|| unknown(bytes));
    }
    html::is_html(bytes).then_some(MediaType::Html).ok_or_else(|| unknown(bytes))
}

fn unknown(bytes: &[u8]) -> CaptureError {
    let first: Vec<String> = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    CaptureError::Unknown { first_bytes: first.join(" ") }
}

fn damaged(
    media_type: MediaType,
    at: usize,
    found: impl Into<String>,
    expected: &'static str,
) -> CaptureError {
    CaptureError::Damaged { media_type, at: at as u64, found: found.into(), expected }
}
