//! From the bytes of a file to text.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

use super::{ListFault, MAX_LIST_BYTES};

/// The bytes of a file.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, ListFault> {
    let file = File::open(path).map_err(|error| fault(&error))?;
    if file.metadata().map_err(|error| fault(&error))?.is_dir() {
        return Err(ListFault::Directory);
    }
    up_to_limit(file).map_err(|error| fault(&error))?.ok_or(ListFault::TooLarge { limit: MAX_LIST_BYTES })
}

fn fault(error: &io::Error) -> ListFault {
    match error.kind() {
        ErrorKind::NotFound => ListFault::Missing,
        ErrorKind::IsADirectory => ListFault::Directory,
        ErrorKind::PermissionDenied => ListFault::NotAllowed,
        _ => ListFault::Io(error.to_string()),
    }
}

/// Everything that comes out of `source`, or nothing if that is more than a list may have.
fn up_to_limit(source: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(MAX_LIST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_LIST_BYTES).then_some(bytes))
}

/// Unpacks a .gz file; any other stays as it is.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, ListFault> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let unpacked = up_to_limit(MultiGzDecoder::new(bytes)).map_err(|_| ListFault::BrokenGzip)?;
    unpacked.map(Cow::Owned).ok_or(ListFault::TooLarge { limit: MAX_LIST_BYTES })
}

/// The text of a file that is not a workbook: UTF-8, UTF-16 with or without mark, else Windows-1252.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, ListFault> {
    let (text, _) = encoding(bytes).decode_with_bom_removal(bytes);
    // A text has line ends, tabs and page breaks. A few other control signs may come out of a PDF.
    let strange = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let count = text.bytes().filter(|byte| strange(*byte)).count();
    match text.bytes().position(strange) {
        Some(at) if count * 200 > text.len() => Err(ListFault::Binary { byte: text.as_bytes()[at], at }),
        _ => Ok(text),
    }
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // In UTF-16 text of our scripts every second byte of blanks, digits and line ends is 0.
    let start = &bytes[..bytes.len().min(4_096)];
    let zeros = |first: usize| start.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = (start.len() / 8).max(1);
    if start.len() >= 4 && odd > many && even == 0 {
        UTF_16LE
    } else if start.len() >= 4 && even > many && odd == 0 {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(text(bytes).unwrap(), expected);
    }

    #[test]
    fn encodings_are_told_from_the_bytes() {
        let utf_16 = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let little: Vec<u8> = utf_16("Kade é 9\n").into_iter().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = utf_16("\u{feff}Kade é 9\n").into_iter().flat_map(u16::to_be_bytes).collect();

        check("Kade é 9\n".as_bytes(), "Kade é 9\n");
        check("\u{feff}Kade é 9\n".as_bytes(), "Kade é 9\n");
        check(b"Kade \xe9 9\n", "Kade é 9\n");
        check(&little, "Kade é 9\n");
        check(&big, "Kade é 9\n");
    }

    #[test]
    fn bytes_without_text_are_refused() {
        assert!(matches!(text(&[0, 1, 2, 3, 200, 7]), Err(ListFault::Binary { byte: 0, at: 0 })));
    }
}
