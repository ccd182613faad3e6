//! A list that cannot be read at all.

use std::fmt;

use watchlist::format::v1::FormatError;

use super::{ListKind, ListProblem};
use crate::OpenError;

/// A file that gave no list, and why.
#[derive(Debug)]
pub struct ListError {
    /// The file as the user named it.
    pub file: String,
    pub fault: ListFault,
}

/// Why a file gave no list.
#[derive(Debug)]
#[non_exhaustive]
pub enum ListFault {
    Missing,
    Directory,
    NotAllowed,
    /// Any other answer of the operating system.
    Io(String),
    Empty,
    TooLarge {
        limit: u64,
    },
    BrokenGzip,
    BrokenZip,
    /// A .zip with another .zip or .gz in it.
    PackedTwice,
    /// A .zip of several files that are not the parts of one list.
    ZipOfMany {
        files: usize,
    },
    /// The other XML of OFAC, whose values stand apart from their meaning.
    OfacAdvanced,
    /// XML that is none of the lists that are known.
    OtherXml,
    Pdf,
    WebPage,
    RichText,
    /// Neither text nor a workbook.
    Binary {
        byte: u8,
        at: usize,
    },
    /// A JSON object that is neither a list in the open format nor a line of the simple form.
    OtherJson,
    Format(FormatError),
    /// A table that cannot be opened.
    Table(OpenError),
    /// A table whose columns name and identify nobody.
    NoUsableColumn {
        headings: Vec<String>,
    },
    /// It was read to its end and holds no entry.
    NoEntries {
        kind: ListKind,
        problems: Vec<ListProblem>,
    },
}

impl ListError {
    pub(super) fn new(file: &str, fault: ListFault) -> Self {
        Self { file: file.to_owned(), fault }
    }

    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> String {
        match &self.fault {
            ListFault::Missing => "look at the name and the folder".to_owned(),
            ListFault::Directory => "name one file; give --list once for each list".to_owned(),
            ListFault::NotAllowed => "ask for the right to read the file, or copy it to a folder of your own".to_owned(),
            ListFault::Io(_) => "look whether the disk or the network drive is there, then try again".to_owned(),
            ListFault::Empty => "fetch the file again; the transfer may have failed".to_owned(),
            ListFault::TooLarge { .. } => "split the list into several files and give --list for each".to_owned(),
            ListFault::BrokenGzip => "fetch the file again, or unpack it yourself first".to_owned(),
            ListFault::BrokenZip => "fetch the file again, or unpack it yourself first".to_owned(),
            ListFault::PackedTwice => "unpack the file once and read what is in it".to_owned(),
            ListFault::ZipOfMany { .. } => {
                "unpack it and give --list for each list; only sdn.csv, alt.csv and add.csv of OFAC are read together"
                    .to_owned()
            }
            ListFault::OfacAdvanced => "fetch the same list as sdn.xml (or consolidated.xml) and read that".to_owned(),
            ListFault::OtherXml => {
                "XML is read from OFAC (sdn.xml), the EU (version 1.1) and the UK; docs/format/exchange.md names them".to_owned()
            }
            ListFault::Pdf => "copy the text out of the PDF into a .txt file, or ask the issuer for the XLSX".to_owned(),
            ListFault::WebPage | ListFault::RichText => {
                "copy the text into a .txt file and read that, or save the table as CSV or XLSX".to_owned()
            }
            ListFault::Binary { .. } => "save the list as XLSX, CSV, JSON or plain text".to_owned(),
            ListFault::OtherJson => {
                "write a list as in docs/format/v1.md, or one object with `id`, `type` and `name` on each line".to_owned()
            }
            ListFault::Format(error) => error.hint().to_owned(),
            ListFault::Table(error) => {
                error.hint().unwrap_or_else(|| "save the table again as XLSX or CSV and read that".to_owned())
            }
            ListFault::NoUsableColumn { .. } => {
                "name one column `name` or after its identifiers, such as `domain`, `ip`, `asn` or `kvk`".to_owned()
            }
            ListFault::NoEntries { problems, .. } => match problems.first() {
                Some(problem) => format!("the first of {} problems is {problem}", problems.len()),
                None => "look whether this is the right file".to_owned(),
            },
        }
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.fault {
            ListFault::Missing => write!(f, "there is no file `{file}`"),
            ListFault::Directory => write!(f, "`{file}` is a folder, expected one file with a list"),
            ListFault::NotAllowed => write!(f, "`{file}` may not be read by this user"),
            ListFault::Io(message) => write!(f, "`{file}` could not be read: {message}"),
            ListFault::Empty => write!(f, "`{file}` is empty, expected a list"),
            ListFault::TooLarge { limit } => {
                write!(f, "`{file}` is larger than {} MiB (unpacked), the limit for a list", limit >> 20)
            }
            ListFault::BrokenGzip => {
                write!(f, "`{file}` begins as a .gz file and cannot be unpacked to its end")
            }
            ListFault::BrokenZip => write!(f, "`{file}` begins as a .zip file and cannot be unpacked"),
            ListFault::PackedTwice => {
                write!(f, "`{file}` is a packed file in a packed file, expected a list in it")
            }
            ListFault::ZipOfMany { files } => {
                write!(f, "`{file}` is a .zip of {files} files, expected one list in it")
            }
            ListFault::OfacAdvanced => write!(f, "`{file}` is OFAC's advanced XML, which is not read"),
            ListFault::OtherXml => write!(f, "`{file}` is XML of none of the lists that are known"),
            ListFault::Pdf => write!(f, "`{file}` is a PDF document, expected text or a table"),
            ListFault::WebPage => write!(f, "`{file}` is a web page, expected text or a table"),
            ListFault::RichText => {
                write!(f, "`{file}` is a word processor document, expected text or a table")
            }
            ListFault::Binary { byte, at } => {
                write!(f, "`{file}` is not text and not a workbook: byte 0x{byte:02x} at {at}")
            }
            ListFault::OtherJson => {
                write!(f, "`{file}` is JSON, but no list: no `format` and no `id`, `type` and `name` in it")
            }
            ListFault::Format(error) => write!(f, "`{file}`: {error}"),
            ListFault::Table(error) => write!(f, "{error}"),
            ListFault::NoUsableColumn { headings } => {
                write!(
                    f,
                    "no column of `{file}` names or identifies a party; the file has: {}",
                    headings.join(", ")
                )
            }
            ListFault::NoEntries { kind, .. } => write!(f, "`{file}` was read as {kind} and holds no entry"),
        }
    }
}

impl std::error::Error for ListError {}
