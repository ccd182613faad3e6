//! Refuses packed files that would unpack to more than they may, before anything is unpacked into memory.
//!
//! What a zip says of its sizes is only a claim. A part that could be larger than its limit is unpacked
//! once, into nothing, and counted; the true size decides.

use std::io::{Read, Seek};

use zip::ZipArchive;

use super::Limits;
use crate::OpenProblem;

/// DEFLATE cannot shrink by more than this (zlib's technical notes): a part that is small enough
/// packed needs no counting.
const MOST_DEFLATE_SHRINKS: u64 = 1032;

/// Checks every part of a workbook.
pub(super) fn check<R: Read + Seek>(content: &mut R, limits: &Limits) -> Result<(), OpenProblem> {
    let broken = |error: zip::result::ZipError| OpenProblem::BrokenWorkbook(error.to_string());
    let mut archive = ZipArchive::new(content).map_err(broken)?;
    let mut total = 0;
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).map_err(broken)?;
        if part.encrypted() {
            return Err(OpenProblem::PasswordProtected);
        }
        let name = part.name().map_or_else(|_| String::new(), |name| name.into_owned());
        let (packed, claimed) = (part.compressed_size(), part.size());
        drop(part);
        // What is neither held nor streamed (pictures, themes) is never unpacked.
        if !is_read(&name) {
            continue;
        }
        let limit = if is_streamed(&name) { limits.max_unpacked_bytes } else { limits.max_held_bytes };
        let limit = limit.min(limits.max_unpacked_bytes - total);
        let bytes =
            if claimed > limit || packed.saturating_mul(MOST_DEFLATE_SHRINKS) <= limits.ratio_free_bytes {
                claimed
            } else {
                let mut part = archive.by_index(number).map_err(broken)?.take(limit + 1);
                std::io::copy(&mut part, &mut std::io::sink())
                    .map_err(|error| OpenProblem::BrokenWorkbook(error.to_string()))?
            };
        if bytes > limit {
            return Err(OpenProblem::UnpacksTooLarge { part: name, bytes, limit });
        }
        let ratio = bytes / packed.max(1);
        if bytes > limits.ratio_free_bytes && ratio > limits.max_ratio {
            return Err(OpenProblem::SuspiciousRatio { part: name, ratio, limit: limits.max_ratio });
        }
        total += bytes;
    }
    Ok(())
}

fn is_read(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    [".xml", ".rels", ".bin"].iter().any(|ending| part.ends_with(ending))
}

fn is_streamed(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part.contains("worksheets/") || part == "content.xml"
}
