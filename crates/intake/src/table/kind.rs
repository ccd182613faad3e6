//! What a file is, told from its first bytes.

/// What we can read, or what else a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Text that is none of the others: CSV or free text.
    Text,
    Xlsx,
    Ods,
    /// JSON, one document or one for each line.
    Json,
    /// Text of another sort; holds the words for a person ("a web page").
    OtherText(&'static str),
    /// Bytes of another sort; holds the words for a person ("a PDF document").
    Binary(&'static str),
}

impl FileKind {
    /// The name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Xlsx => "Excel workbook (XLSX)",
            Self::Ods => "OpenDocument spreadsheet (ODS)",
            Self::Json => "JSON",
            Self::OtherText(what) | Self::Binary(what) => what,
        }
    }
}

/// Beginnings that give a file of bytes away.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file (XLS) or a workbook with a password"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"age-encryption.org", "an age-encrypted file"),
];

/// Beginnings (lower case, blanks before them skipped) that give other text away.
const TEXT_STARTS: &[(&str, &str)] = &[
    ("<!doctype html", "a web page (HTML)"),
    ("<html", "a web page (HTML)"),
    ("<table", "a web page (HTML)"),
    ("<?xml", "an XML document"),
    ("begin:vcard", "a vCard file"),
    ("{\\rtf", "a rich text document"),
    ("-----begin pgp", "a PGP-encrypted or signed file"),
    ("-- mysql dump", "a database dump (SQL)"),
    ("-- mariadb dump", "a database dump (SQL)"),
    ("-- phpmyadmin sql dump", "a database dump (SQL)"),
    ("--\n-- postgresql database dump", "a database dump (SQL)"),
    ("insert into", "a database dump (SQL)"),
];

/// Judges by the first bytes (some KiB are enough), never by the file's name.
pub fn of(first: &[u8]) -> FileKind {
    if first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06") {
        return zip_kind(first);
    }
    if is_utf16(first).is_some() {
        return FileKind::Text;
    }
    if let Some((_, what)) =
        MAGIC.iter().find(|(magic, _)| first.starts_with(magic) && is_bytes(magic, first))
    {
        return FileKind::Binary(what);
    }
    if looks_binary(first) {
        return FileKind::Binary("bytes that are no text");
    }
    text_kind(first)
}

/// Which UTF-16 a text is in: by its byte order mark, or by the zero byte that every ASCII letter has.
pub(super) fn is_utf16(first: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if first.starts_with(b"\xff\xfe") {
        return Some(encoding_rs::UTF_16LE);
    }
    if first.starts_with(b"\xfe\xff") {
        return Some(encoding_rs::UTF_16BE);
    }
    let pairs = first.len().min(4096) / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |odd: usize| first.chunks_exact(2).take(pairs).filter(|pair| pair[odd] == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Text with a few foreign letters still has most of its zeros on one side.
    let most = pairs * 2 / 3;
    match () {
        () if odd >= most && even <= pairs / 50 => Some(encoding_rs::UTF_16LE),
        () if even >= most && odd <= pairs / 50 => Some(encoding_rs::UTF_16BE),
        () => None,
    }
}

/// Short beginnings made of letters ("MZ", "BZh") also begin words; bytes must follow.
fn is_bytes(magic: &[u8], first: &[u8]) -> bool {
    !magic.iter().all(u8::is_ascii_alphanumeric)
        || magic.len() > 8
        || first.iter().take(512).any(|byte| *byte < 9)
}

fn looks_binary(first: &[u8]) -> bool {
    let control = first.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    // A stray NUL in a text is a fault of one row; a tenth of control bytes is no text.
    control * 10 > first.len()
}

fn text_kind(first: &[u8]) -> FileKind {
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let start = first.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(first.len());
    let text = &first[start..];
    let begins =
        |with: &str| text.len() >= with.len() && text[..with.len()].eq_ignore_ascii_case(with.as_bytes());
    if let Some((_, what)) = TEXT_STARTS.iter().find(|(with, _)| begins(with)) {
        return FileKind::OtherText(what);
    }
    if begins("{")
        || begins("[{")
        || (begins("[") && next_sign(&text[1..]).is_some_and(|sign| sign == b'{' || sign == b']'))
    {
        return FileKind::Json;
    }
    FileKind::Text
}

fn next_sign(text: &[u8]) -> Option<u8> {
    text.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

/// A zip is a workbook when the names of its parts, which stand unpacked in it, say so.
fn zip_kind(first: &[u8]) -> FileKind {
    let has = |needle: &[u8]| memchr::memmem::find(first, needle).is_some();
    if has(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        FileKind::Ods
    } else if has(b"mimetypeapplication/vnd.oasis.opendocument") || has(b"word/") || has(b"ppt/") {
        FileKind::Binary("an office document that is no spreadsheet")
    } else if has(b"xl/workbook.bin") {
        FileKind::Binary("a binary Excel workbook (XLSB)")
    } else if has(b"[Content_Types].xml") || has(b"xl/") {
        FileKind::Xlsx
    } else {
        FileKind::Binary("a zip archive")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &[u8], expected: FileKind) {
        assert_eq!(of(first), expected);
    }

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        check(b"id;naam\r\n1;x", FileKind::Text);
        check(b"MZ Hosting;1\n", FileKind::Text);
        check(b"MZ\x90\x00\x03\x00\x00\x00", FileKind::Binary("a Windows program"));
        check(b"%PDF-1.7", FileKind::Binary("a PDF document"));
        check(b" \n[ {\"id\":1}]", FileKind::Json);
        check(b"[section]\n", FileKind::Text);
        check(b"\xef\xbb\xbf{\"id\":1}", FileKind::Json);
        check(b"<!DOCTYPE html><html>", FileKind::OtherText("a web page (HTML)"));
        check(b"i\0d\0;\0n\0a\0a\0m\0\n\0", FileKind::Text);
        check(
            b"PK\x03\x04aaaaword/document.xml",
            FileKind::Binary("an office document that is no spreadsheet"),
        );
    }
}
