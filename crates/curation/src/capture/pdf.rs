//! PDF: header at the start, and `startxref` and `%%EOF` near the end (ISO 32000-1, 7.5).

use super::{CaptureError, MediaType, damaged};

/// Readers look for the end mark in the last 1,024 bytes (ISO 32000-1, annex H, implementation note 18).
const TAIL_BYTES: usize = 1_024;

pub(super) fn check(bytes: &[u8]) -> Result<(), CaptureError> {
    let version = bytes.get(5..8).unwrap_or_default();
    let is_version = matches!(version, [b'1' | b'2', b'.', digit] if digit.is_ascii_digit());
    if !is_version {
        let found = String::from_utf8_lossy(version).into_owned();
        return Err(damaged(MediaType::Pdf, 5, format!("`{found}`"), "a version such as 1.7"));
    }
    let start = bytes.len().saturating_sub(TAIL_BYTES);
    let tail = &bytes[start..];
    for (mark, expected) in
        [(&b"%%EOF"[..], "the end mark %%EOF"), (b"startxref", "the place of the cross-reference")]
    {
        if !tail.windows(mark.len()).any(|window| window == mark) {
            return Err(damaged(MediaType::Pdf, bytes.len(), "the end of the file", expected));
        }
    }
    Ok(())
}
