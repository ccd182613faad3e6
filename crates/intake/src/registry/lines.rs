//! Lines of a dump, one at a time, in a buffer that does not grow with the file.

use std::io::{self, BufRead};

/// Bytes of a line that are kept. The longest values of real registries are some kilobytes.
pub(super) const LONGEST_LINE: usize = 64 << 10;

pub(super) struct Lines<R> {
    reader: R,
    line: Vec<u8>,
    pub(super) number: u64,
    /// Whether the line was cut at [`LONGEST_LINE`].
    pub(super) cut: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, line: Vec::new(), number: 0, cut: false }
    }

    /// The line without its end, as read by the last [`Lines::advance`].
    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Reads the next line. Gives `false` at the end of the file.
    pub(super) fn advance(&mut self) -> io::Result<bool> {
        self.line.clear();
        self.cut = false;
        let mut any = false;
        loop {
            let piece = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if piece.is_empty() {
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', piece);
            let part = &piece[..end.unwrap_or(piece.len())];
            let room = LONGEST_LINE - self.line.len();
            self.cut |= part.len() > room;
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            let used = end.map_or(piece.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if self.line.last() == Some(&b'\r') {
            self.line.pop();
        }
        if any {
            self.number += 1;
            if self.number == 1 && self.line.starts_with(b"\xef\xbb\xbf") {
                self.line.drain(..3);
            }
        }
        Ok(any)
    }
}
