//! PNG: every chunk with its checksum, up to the end mark (PNG specification, third edition, part 5).

use flate2::Crc;

use super::{CaptureError, MediaType, damaged};

pub(super) const SIGNATURE: &[u8] = &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// Length, type and checksum of a chunk, around its data.
const CHUNK_FRAME_BYTES: usize = 12;

pub(super) fn check(bytes: &[u8]) -> Result<(), CaptureError> {
    let mut at = SIGNATURE.len();
    let mut first = true;
    loop {
        let (kind, data) = chunk(bytes, at)?;
        let is_header = kind == *b"IHDR" && data.len() == 13;
        if first && !is_header {
            return Err(broken(at, "another chunk", "the header of the picture"));
        }
        first = false;
        at += CHUNK_FRAME_BYTES + data.len();
        if kind == *b"IEND" {
            return Ok(());
        }
    }
}

/// The chunk that begins at `at`, with its checksum proved.
fn chunk(bytes: &[u8], at: usize) -> Result<([u8; 4], &[u8]), CaptureError> {
    let cut = || broken(at, "the end of the file", "another chunk, and IEND at last");
    let rest = bytes.get(at..).unwrap_or_default();
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
    let (kind, _) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
    let length = u32::from_be_bytes(*length) as usize;
    let checked = rest.get(..4 + length).ok_or_else(cut)?;
    let stored = rest.get(4 + length..8 + length).ok_or_else(cut)?;
    let mut crc = Crc::new();
    crc.update(checked);
    if crc.sum().to_be_bytes() != *stored {
        return Err(broken(at, "a chunk whose checksum is wrong", "the bytes that were captured"));
    }
    Ok((*kind, &checked[4..]))
}

fn broken(at: usize, found: &'static str, expected: &'static str) -> CaptureError {
    damaged(MediaType::Png, at, found, expected)
}
