//! What a file is, told from its first bytes.

use watchlist::Phrase;

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
    OtherText(&'static Phrase),
    /// Bytes of another sort; holds the words for a person ("a PDF document").
    Binary(&'static Phrase),
}

impl FileKind {
    /// The name for people.
    pub const fn title(self) -> &'static Phrase {
        match self {
            Self::Text => &TEXT,
            Self::Xlsx => &XLSX,
            Self::Ods => &ODS,
            Self::Json => &JSON,
            Self::OtherText(what) | Self::Binary(what) => what,
        }
    }
}

static TEXT: Phrase = Phrase::new("text", "tekst");
static XLSX: Phrase = Phrase::new("Excel workbook (XLSX)", "Excel-werkmap (XLSX)");
static ODS: Phrase = Phrase::new("OpenDocument spreadsheet (ODS)", "OpenDocument-rekenblad (ODS)");
static JSON: Phrase = Phrase::new("JSON", "JSON");
static NO_TEXT: Phrase = Phrase::new("bytes that are no text", "bytes die geen tekst zijn");
static OTHER_OFFICE: Phrase =
    Phrase::new("an office document that is no spreadsheet", "een kantoordocument dat geen rekenblad is");
static XLSB: Phrase = Phrase::new("a binary Excel workbook (XLSB)", "een binaire Excel-werkmap (XLSB)");
static ZIP: Phrase = Phrase::new("a zip archive", "een zip-archief");
/// A web page, which has a cause of its own: a session that has ended.
pub(crate) static WEB_PAGE: Phrase = Phrase::new("a web page (HTML)", "een webpagina (HTML)");

/// Beginnings that give a file of bytes away.
static MAGIC: &[(&[u8], Phrase)] = &[
    (b"%PDF", Phrase::new("a PDF document", "een PDF-document")),
    (b"\x89PNG", Phrase::new("a PNG picture", "een PNG-afbeelding")),
    (b"\xff\xd8\xff", Phrase::new("a JPEG picture", "een JPEG-afbeelding")),
    (b"GIF8", Phrase::new("a GIF picture", "een GIF-afbeelding")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Phrase::new(
            "an old Excel file (XLS) or a workbook with a password",
            "een oud Excel-bestand (XLS) of een werkmap met een wachtwoord",
        ),
    ),
    (b"\x1f\x8b", Phrase::new("a gzip archive", "een gzip-archief")),
    (b"BZh", Phrase::new("a bzip2 archive", "een bzip2-archief")),
    (b"\xfd7zXZ", Phrase::new("an xz archive", "een xz-archief")),
    (b"\x28\xb5\x2f\xfd", Phrase::new("a zstd archive", "een zstd-archief")),
    (b"7z\xbc\xaf\x27\x1c", Phrase::new("a 7-Zip archive", "een 7-Zip-archief")),
    (b"Rar!", Phrase::new("a RAR archive", "een RAR-archief")),
    (b"SQLite format 3", Phrase::new("a SQLite database", "een SQLite-database")),
    (b"PAR1", Phrase::new("a Parquet file", "een Parquet-bestand")),
    (b"\x7fELF", Phrase::new("a program", "een programma")),
    (b"MZ", Phrase::new("a Windows program", "een Windows-programma")),
    (b"age-encryption.org", Phrase::new("an age-encrypted file", "een met age versleuteld bestand")),
];

/// Beginnings (lower case, blanks before them skipped) that give other text away.
static TEXT_STARTS: &[(&str, Phrase)] = &[
    ("<!doctype html", Phrase::new("a web page (HTML)", "een webpagina (HTML)")),
    ("<html", Phrase::new("a web page (HTML)", "een webpagina (HTML)")),
    ("<table", Phrase::new("a web page (HTML)", "een webpagina (HTML)")),
    ("<?xml", Phrase::new("an XML document", "een XML-document")),
    ("begin:vcard", Phrase::new("a vCard file", "een vCard-bestand")),
    ("{\\rtf", Phrase::new("a rich text document", "een document met opmaak (RTF)")),
    (
        "-----begin pgp",
        Phrase::new("a PGP-encrypted or signed file", "een met PGP versleuteld of ondertekend bestand"),
    ),
    ("-- mysql dump", Phrase::new("a database dump (SQL)", "een databasekopie (SQL)")),
    ("-- mariadb dump", Phrase::new("a database dump (SQL)", "een databasekopie (SQL)")),
    ("-- phpmyadmin sql dump", Phrase::new("a database dump (SQL)", "een databasekopie (SQL)")),
    ("--\n-- postgresql database dump", Phrase::new("a database dump (SQL)", "een databasekopie (SQL)")),
    ("insert into", Phrase::new("a database dump (SQL)", "een databasekopie (SQL)")),
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
        return FileKind::Binary(&NO_TEXT);
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
        FileKind::Binary(&OTHER_OFFICE)
    } else if has(b"xl/workbook.bin") {
        FileKind::Binary(&XLSB)
    } else if has(b"[Content_Types].xml") || has(b"xl/") {
        FileKind::Xlsx
    } else {
        FileKind::Binary(&ZIP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &[u8], expected: FileKind) {
        assert_eq!(of(first), expected);
    }

    #[track_caller]
    fn check_other(first: &[u8], words: &str) {
        let (FileKind::Binary(what) | FileKind::OtherText(what)) = of(first) else {
            panic!("{:?}", of(first))
        };
        assert_eq!(what.english(), words);
    }

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        check(b"id;naam\r\n1;x", FileKind::Text);
        check(b"MZ Hosting;1\n", FileKind::Text);
        check_other(b"MZ\x90\x00\x03\x00\x00\x00", "a Windows program");
        check_other(b"%PDF-1.7", "a PDF document");
        check(b" \n[ {\"id\":1}]", FileKind::Json);
        check(b"[section]\n", FileKind::Text);
        check(b"\xef\xbb\xbf{\"id\":1}", FileKind::Json);
        check_other(b"<!DOCTYPE html><html>", "a web page (HTML)");
        check(b"i\0d\0;\0n\0a\0a\0m\0\n\0", FileKind::Text);
        check_other(b"PK\x03\x04aaaaword/document.xml", "an office document that is no spreadsheet");
    }
}
