//! A file as a stream that knows its line and its limit, so that a list of any size stays out of memory.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::WINDOWS_1252;

/// Longest line that is taken into memory. The longest honest lines are entities of the FollowTheMoney
/// format with some thousand properties (about 1 MB).
const MAX_LINE_BYTES: usize = 16 << 20;

/// Counts lines while others read.
pub(super) struct Lines<'a> {
    inner: BufReader<Box<dyn Read + 'a>>,
    ended: u64,
    left: u64,
    over: bool,
    /// Bytes until the reader must ask again.
    allowed: u64,
    used_up: bool,
}

/// One line without its end.
pub(super) enum Line {
    /// Number from 1, and the text.
    Text(u64, String),
    /// More than a line may hold; the rest of it was passed over.
    TooLong(u64),
}

impl<'a> Lines<'a> {
    /// At most `limit` bytes are read; [`Self::over_limit`] says whether there were more.
    pub(super) fn new(source: Box<dyn Read + 'a>, limit: u64) -> Self {
        Self {
            inner: BufReader::with_capacity(256 << 10, source),
            ended: 0,
            left: limit,
            over: false,
            allowed: u64::MAX,
            used_up: false,
        }
    }

    /// The line that is being read, from 1.
    pub(super) fn number(&self) -> u64 {
        self.ended + 1
    }

    /// Lets so many bytes be read from here; after them the stream ends.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.allowed = bytes;
    }

    pub(super) fn used_up(&self) -> bool {
        self.used_up
    }

    pub(super) fn over_limit(&self) -> bool {
        self.over
    }

    /// The next line; nothing at the end of the file.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line>> {
        let number = self.number();
        let (mut bytes, mut any, mut too_long) = (Vec::new(), false, false);
        loop {
            let piece = self.fill_buf()?;
            if piece.is_empty() {
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', piece);
            let taken = end.map_or(piece.len(), |end| end + 1);
            too_long |= bytes.len() + taken > MAX_LINE_BYTES;
            if !too_long {
                bytes.extend_from_slice(&piece[..taken]);
            }
            self.consume(taken);
            if end.is_some() {
                break;
            }
        }
        Ok(match (any, too_long) {
            (false, _) => None,
            (true, true) => Some(Line::TooLong(number)),
            (true, false) => Some(Line::Text(number, text(bytes))),
        })
    }
}

/// UTF-8, or Windows-1252 where it is not; the end of the line and a mark at the beginning are gone.
fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned());
    text.trim_start_matches('\u{feff}').trim_end_matches(['\n', '\r']).to_owned()
}

impl Read for Lines<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let piece = self.fill_buf()?;
        let taken = piece.len().min(into.len());
        into[..taken].copy_from_slice(&piece[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl BufRead for Lines<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let piece = self.inner.fill_buf()?;
        self.over |= self.left == 0 && !piece.is_empty();
        self.used_up |= self.allowed == 0 && !piece.is_empty();
        let allowed = usize::try_from(self.left.min(self.allowed)).unwrap_or(usize::MAX).min(piece.len());
        Ok(&piece[..allowed])
    }

    fn consume(&mut self, taken: usize) {
        self.ended += memchr::memchr_iter(b'\n', &self.inner.buffer()[..taken]).count() as u64;
        self.left -= taken as u64;
        self.allowed -= taken as u64;
        self.inner.consume(taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], limit: u64) -> (Vec<String>, bool) {
        let mut lines = Lines::new(Box::new(bytes), limit);
        let mut found = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            match line {
                Line::Text(number, text) => found.push(format!("{number} {text}")),
                Line::TooLong(number) => found.push(format!("{number} too long")),
            }
        }
        (found, lines.over_limit())
    }

    #[test]
    fn lines_have_numbers_and_no_ends() {
        let (found, over) = all("\u{feff}a\r\n\nc".as_bytes(), 100);

        assert_eq!(
            (found.as_slice(), over),
            (&["1 a".to_owned(), "2 ".to_owned(), "3 c".to_owned()][..], false)
        );
    }

    #[test]
    fn a_limit_is_told() {
        assert_eq!(all(b"abcdef", 3), (vec!["1 abc".to_owned()], true));
    }

    #[test]
    fn a_line_without_end_is_not_kept() {
        let mut text = vec![b'x'; MAX_LINE_BYTES + 1];
        text.extend_from_slice(b"\nshort\n");

        assert_eq!(all(&text, u64::MAX).0, ["1 too long", "2 short"]);
    }
}
