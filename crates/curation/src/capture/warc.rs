//! WARC: record after record, each with its head, its length and as many bytes (ISO 28500:2017).

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::{CaptureError, MediaType};

/// Longest head of a record. Heads are some lines; the longest hold a URL of some kilobytes.
const MAX_HEAD_BYTES: u64 = 64 << 10;

/// Whether the gzip holds a WARC: only its first bytes are unpacked.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    let mut start = [0; 5];
    MultiGzDecoder::new(bytes).read_exact(&mut start).is_ok() && start == *b"WARC/"
}

pub(super) fn check_packed(bytes: &[u8], limit_bytes: u64) -> Result<(), CaptureError> {
    check(BufReader::new(MultiGzDecoder::new(bytes)), MediaType::WarcGz, limit_bytes)
}

/// Walks over all records. At least one must be there, and the file must end after one.
pub(super) fn check(
    input: impl BufRead,
    media_type: MediaType,
    limit_bytes: u64,
) -> Result<(), CaptureError> {
    // One byte more than allowed tells a file that is too large from one that ends there.
    let mut walk = Walk { input: input.take(limit_bytes.saturating_add(1)), media_type, limit_bytes, at: 0 };
    walk.record()?;
    while !walk.is_at_end()? {
        walk.record()?;
    }
    Ok(())
}

struct Walk<R> {
    input: io::Take<R>,
    media_type: MediaType,
    limit_bytes: u64,
    /// Bytes read so far, unpacked.
    at: u64,
}

impl<R: BufRead> Walk<R> {
    fn record(&mut self) -> Result<(), CaptureError> {
        let start = self.at;
        let version = self.line()?;
        if !matches!(version.as_str(), "WARC/1.0" | "WARC/1.1" | "WARC/0.18" | "WARC/0.17") {
            return Err(self.damaged(
                start,
                "another line",
                "the version line of a record, such as WARC/1.1",
            ));
        }
        let length = self.head(start)?;
        self.skip(length)?;
        for _ in 0..2 {
            let at = self.at;
            if !self.line()?.is_empty() {
                return Err(self.damaged(
                    at,
                    "more bytes than the record says",
                    "two line ends after a record",
                ));
            }
        }
        Ok(())
    }

    /// Reads the fields of a head and answers the length of the block.
    fn head(&mut self, start: u64) -> Result<u64, CaptureError> {
        let mut length = None;
        let mut has_type = false;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            if self.at - start > MAX_HEAD_BYTES {
                return Err(self.damaged(start, "a head of more than 64 KiB", "the head of a record"));
            }
            let (name, value) = line.split_once(':').unwrap_or((line.as_str(), ""));
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse::<u64>().ok();
            }
            has_type |= name.eq_ignore_ascii_case("warc-type");
        }
        if !has_type {
            return Err(self.damaged(start, "a head without WARC-Type", "the type of the record"));
        }
        length.ok_or_else(|| {
            self.damaged(start, "a head without a readable Content-Length", "the length of the record")
        })
    }

    /// One line without its end.
    fn line(&mut self) -> Result<String, CaptureError> {
        let start = self.at;
        let mut line = Vec::new();
        let read = (&mut self.input).take(MAX_HEAD_BYTES).read_until(b'\n', &mut line);
        self.advance(read.map(|bytes| bytes as u64))?;
        let Some(text) = line.strip_suffix(b"\n") else {
            return Err(self.damaged(start, "the end of the file", "the rest of a record"));
        };
        Ok(String::from_utf8_lossy(text.strip_suffix(b"\r").unwrap_or(text)).into_owned())
    }

    fn skip(&mut self, length: u64) -> Result<(), CaptureError> {
        let start = self.at;
        let skipped = io::copy(&mut (&mut self.input).take(length), &mut io::sink());
        let skipped = self.advance(skipped)?;
        if skipped < length {
            return Err(self.damaged(start, "the end of the file", "as many bytes as the record says"));
        }
        Ok(())
    }

    fn is_at_end(&mut self) -> Result<bool, CaptureError> {
        let at = self.at;
        let is_at_end = self.input.fill_buf().map(<[u8]>::is_empty);
        is_at_end.map_err(|error| self.damaged(at, error.to_string(), "data that can be unpacked"))
    }

    fn advance(&mut self, read: io::Result<u64>) -> Result<u64, CaptureError> {
        let at = self.at;
        let read = read.map_err(|error| self.damaged(at, error.to_string(), "data that can be unpacked"))?;
        self.at += read;
        if self.at > self.limit_bytes {
            return Err(CaptureError::TooLarge {
                media_type: self.media_type,
                limit_bytes: self.limit_bytes,
            });
        }
        Ok(read)
    }

    fn damaged(&self, at: u64, found: impl Into<String>, expected: &'static str) -> CaptureError {
        CaptureError::Damaged { media_type: self.media_type, at, found: found.into(), expected }
    }
}
