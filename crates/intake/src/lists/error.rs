//! A list that cannot be read at all.

use std::fmt;

use watchlist::format::v1::FormatError;
use watchlist::{Phrase, phrase};

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
    /// The stream ended before the list did; holds what the library says.
    BrokenOff(String),
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
    pub fn hint(&self) -> Phrase {
        match &self.fault {
            ListFault::Missing => {
                Phrase::new("look at the name and the folder", "kijk naar de naam en de map")
            }
            ListFault::Directory => Phrase::new(
                "name one file; give --list once for each list",
                "noem één bestand; geef --list voor elke lijst één keer",
            ),
            ListFault::NotAllowed => Phrase::new(
                "ask for the right to read the file, or copy it to a folder of your own",
                "vraag om het recht het bestand te lezen, of kopieer het naar een eigen map",
            ),
            ListFault::Io(_) => Phrase::new(
                "look whether the disk or the network drive is there, then try again",
                "kijk of de schijf of de netwerkschijf er is en probeer het dan opnieuw",
            ),
            ListFault::BrokenOff(_) | ListFault::Empty => Phrase::new(
                "fetch the file again; the transfer may have failed",
                "haal het bestand opnieuw op; de overdracht kan mislukt zijn",
            ),
            ListFault::TooLarge { .. } => Phrase::new(
                "split the list into several files and give --list for each",
                "verdeel de lijst over meer bestanden en lees ze elk apart",
            ),
            ListFault::BrokenGzip | ListFault::BrokenZip => Phrase::new(
                "fetch the file again, or unpack it yourself first",
                "haal het bestand opnieuw op, of pak het eerst zelf uit",
            ),
            ListFault::PackedTwice => Phrase::new(
                "unpack the file once and read what is in it",
                "pak het bestand één keer uit en lees wat erin zit",
            ),
            ListFault::ZipOfMany { .. } => Phrase::new(
                "unpack it and give --list for each list; only sdn.csv, alt.csv and add.csv of OFAC are read together",
                "pak het uit en lees elke lijst apart; alleen sdn.csv, alt.csv en add.csv van OFAC worden samen gelezen",
            ),
            ListFault::OfacAdvanced => Phrase::new(
                "fetch the same list as sdn.xml (or consolidated.xml) and read that",
                "haal dezelfde lijst op als sdn.xml (of consolidated.xml) en lees die",
            ),
            ListFault::OtherXml => Phrase::new(
                "XML is read from OFAC (sdn.xml), the EU (version 1.1) and the UK; docs/format/exchange.md names them",
                "XML wordt gelezen van OFAC (sdn.xml), de EU (versie 1.1) en het VK; docs/format/exchange.md noemt ze",
            ),
            ListFault::Pdf => Phrase::new(
                "copy the text out of the PDF into a .txt file, or ask the issuer for the XLSX",
                "kopieer de tekst uit de PDF naar een .txt-bestand, of vraag de uitgever om de XLSX",
            ),
            ListFault::WebPage | ListFault::RichText => Phrase::new(
                "copy the text into a .txt file and read that, or save the table as CSV or XLSX",
                "kopieer de tekst naar een .txt-bestand en lees dat, of sla de tabel op als CSV of XLSX",
            ),
            ListFault::Binary { .. } => Phrase::new(
                "save the list as XLSX, CSV, JSON or plain text",
                "sla de lijst op als XLSX, CSV, JSON of platte tekst",
            ),
            ListFault::OtherJson => Phrase::new(
                "write a list as in docs/format/v1.md, or one object with `id`, `type` and `name` on each line",
                "schrijf een lijst zoals in docs/format/v1.md, of één object met `id`, `type` en `name` op elke regel",
            ),
            ListFault::Format(error) => error.hint(),
            ListFault::Table(error) => error.hint().unwrap_or(Phrase::new(
                "save the table again as XLSX or CSV and read that",
                "sla de tabel opnieuw op als XLSX of CSV en lees die",
            )),
            ListFault::NoUsableColumn { .. } => Phrase::new(
                "name one column `name` or after its identifiers, such as `domain`, `ip`, `asn` or `kvk`",
                "noem één kolom `naam` of naar haar identificaties, zoals `domain`, `ip`, `asn` of `kvk`",
            ),
            ListFault::NoEntries { problems, .. } => match problems.first() {
                Some(problem) => {
                    let count = problems.len();
                    phrase!(
                        "the first of {count} problems is {}",
                        "het eerste van {count} problemen is {}",
                        problem.phrase()
                    )
                }
                None => {
                    Phrase::new("look whether this is the right file", "kijk of dit het juiste bestand is")
                }
            },
        }
    }

    /// What was found, with the file, in both languages.
    pub fn phrase(&self) -> Phrase {
        self.phrase_for(&self.file)
    }

    /// The same with another name for the file, where readers know it by one.
    pub fn phrase_for(&self, file: &str) -> Phrase {
        match &self.fault {
            ListFault::Missing => {
                phrase!("there is no file `{file}`", "er is geen bestand `{file}`")
            }
            ListFault::Directory => phrase!(
                "`{file}` is a folder, expected one file with a list",
                "`{file}` is een map, verwacht één bestand met een lijst"
            ),
            ListFault::NotAllowed => phrase!(
                "`{file}` may not be read by this user",
                "`{file}` mag door deze gebruiker niet worden gelezen"
            ),
            ListFault::Io(message) => phrase!(
                "`{file}` could not be read: {message}",
                "`{file}` kon niet worden gelezen: {message}"
            ),
            ListFault::BrokenOff(message) => phrase!(
                "`{file}` could not be read to its end ({message})",
                "`{file}` kon niet tot het einde worden gelezen ({message})"
            ),
            ListFault::Empty => {
                phrase!("`{file}` is empty, expected a list", "`{file}` is leeg, verwacht een lijst")
            }
            ListFault::TooLarge { limit } => {
                let limit = limit >> 20;
                phrase!(
                    "`{file}` is larger than {limit} MiB (unpacked), the limit for a list",
                    "`{file}` is groter dan {limit} MiB (uitgepakt), de grens voor een lijst"
                )
            }
            ListFault::BrokenGzip => phrase!(
                "`{file}` begins as a .gz file and cannot be unpacked to its end",
                "`{file}` begint als een .gz-bestand en is niet tot het einde uit te pakken"
            ),
            ListFault::BrokenZip => phrase!(
                "`{file}` begins as a .zip file and cannot be unpacked",
                "`{file}` begint als een .zip-bestand en is niet uit te pakken"
            ),
            ListFault::PackedTwice => phrase!(
                "`{file}` is a packed file in a packed file, expected a list in it",
                "`{file}` is een ingepakt bestand in een ingepakt bestand, verwacht een lijst daarin"
            ),
            ListFault::ZipOfMany { files } => phrase!(
                "`{file}` is a .zip of {files} files, expected one list in it",
                "`{file}` is een .zip van {files} bestanden, verwacht één lijst daarin"
            ),
            ListFault::OfacAdvanced => phrase!(
                "`{file}` is OFAC's advanced XML, which is not read",
                "`{file}` is de uitgebreide XML van OFAC, die niet wordt gelezen"
            ),
            ListFault::OtherXml => phrase!(
                "`{file}` is XML of none of the lists that are known",
                "`{file}` is XML van geen van de lijsten die bekend zijn"
            ),
            ListFault::Pdf => phrase!(
                "`{file}` is a PDF document, expected text or a table",
                "`{file}` is een PDF-document, verwacht tekst of een tabel"
            ),
            ListFault::WebPage => phrase!(
                "`{file}` is a web page, expected text or a table",
                "`{file}` is een webpagina, verwacht tekst of een tabel"
            ),
            ListFault::RichText => phrase!(
                "`{file}` is a word processor document, expected text or a table",
                "`{file}` is een document van een tekstverwerker, verwacht tekst of een tabel"
            ),
            ListFault::Binary { byte, at } => phrase!(
                "`{file}` is not text and not a workbook: byte 0x{byte:02x} at {at}",
                "`{file}` is geen tekst en geen werkmap: byte 0x{byte:02x} op {at}"
            ),
            ListFault::OtherJson => phrase!(
                "`{file}` is JSON, but no list: no `format` and no `id`, `type` and `name` in it",
                "`{file}` is JSON, maar geen lijst: er staat geen `format` en geen `id`, `type` en `name` in"
            ),
            ListFault::Format(error) => phrase!("`{file}`: {}", "`{file}`: {}", error.phrase()),
            ListFault::Table(error) => phrase!("{file}: {}", "{file}: {}", error.problem.phrase()),
            ListFault::NoUsableColumn { headings } => {
                let headings = headings.join(", ");
                phrase!(
                    "no column of `{file}` names or identifies a party; the file has: {headings}",
                    "geen kolom van `{file}` noemt of identificeert een partij; het bestand heeft: {headings}"
                )
            }
            ListFault::NoEntries { kind, .. } => phrase!(
                "`{file}` was read as {} and holds no entry",
                "`{file}` is gelezen als {} en bevat geen vermelding",
                kind.phrase()
            ),
        }
    }
}

/// In English.
impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::error::Error for ListError {}
