//! A picture of the issuer's own for the head of a letter.

use crate::LetterError;

/// SVG or PNG, with the words that a screen reader says instead.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub(crate) bytes: Vec<u8>,
    pub(crate) format: Format,
    pub(crate) description: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Svg,
    Png,
}

impl Picture {
    /// # Errors
    /// If the bytes are neither SVG nor PNG. Whether the whole picture can be read shows when it is printed.
    pub fn new(bytes: Vec<u8>, description: impl Into<String>) -> Result<Self, LetterError> {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1_000)]);
        let format = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Format::Png
        } else if start.contains("<svg") {
            Format::Svg
        } else {
            let found = start.chars().take(12).collect::<String>();
            return Err(LetterError::Logo(format!("{found:?}")));
        };
        Ok(Self { bytes, format, description: description.into() })
    }
}

impl Format {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({:?}, {} bytes)", self.format, self.bytes.len())
    }
}
