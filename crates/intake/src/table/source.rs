//! Bytes of a text file, read in pieces and turned into UTF-8 where the file is UTF-16.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Progress;

/// Bytes asked for at a time: large enough that the calls do not count, small beside everything else.
const PIECE: usize = 256 << 10;

/// Where bytes come from.
pub(crate) trait Bytes: Read + Send {}
impl<T: Read + Send> Bytes for T {}

/// A text that is being read. What was read and not yet used stands in [`Source::unused`].
pub(crate) struct Source {
    reader: Box<dyn Bytes>,
    utf16: Option<encoding_rs::Decoder>,
    progress: Arc<Progress>,
    buffer: Vec<u8>,
    used: usize,
    piece: Vec<u8>,
    at_end: bool,
}

impl Source {
    /// `first` is what was already taken from `reader`.
    pub(crate) fn new(
        reader: Box<dyn Bytes>,
        first: &[u8],
        utf16: Option<&'static encoding_rs::Encoding>,
        progress: Arc<Progress>,
    ) -> Self {
        let mut source = Self {
            reader,
            utf16: utf16.map(encoding_rs::Encoding::new_decoder_with_bom_removal),
            progress,
            buffer: Vec::with_capacity(2 * PIECE),
            used: 0,
            piece: Vec::new(),
            at_end: false,
        };
        source.append(first, false);
        if source.utf16.is_none() && source.buffer.starts_with(b"\xef\xbb\xbf") {
            source.used = 3;
        }
        source
    }

    pub(crate) fn unused(&self) -> &[u8] {
        &self.buffer[self.used..]
    }

    pub(crate) fn at_end(&self) -> bool {
        self.at_end
    }

    pub(crate) fn consume(&mut self, bytes: usize) {
        self.used += bytes;
    }

    /// Reads one more piece. Gives `false` at the end of the file.
    pub(crate) fn fill(&mut self) -> io::Result<bool> {
        if self.at_end {
            return Ok(false);
        }
        self.buffer.drain(..self.used);
        self.used = 0;
        let mut piece = std::mem::take(&mut self.piece);
        piece.resize(PIECE, 0);
        let read = self.read_piece(&mut piece);
        let read = read.inspect_err(|_| self.at_end = true)?;
        self.append(&piece[..read], read == 0);
        self.piece = piece;
        self.at_end = read == 0;
        Ok(read > 0)
    }

    fn read_piece(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.reader.read(piece) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }

    fn append(&mut self, piece: &[u8], last: bool) {
        self.progress.bytes_read.fetch_add(piece.len() as u64, Ordering::Relaxed);
        let Some(decoder) = &mut self.utf16 else {
            self.buffer.extend_from_slice(piece);
            return;
        };
        let room = decoder.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len() * 3 + 16);
        let from = self.buffer.len();
        self.buffer.resize(from + room, 0);
        let (_, _, written, _) = decoder.decode_to_utf8(piece, &mut self.buffer[from..], last);
        self.buffer.truncate(from + written);
    }
}
