//! Lists that are read as a stream: opened, unpacked (.gz, or a .zip of one list) and told by their first bytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::lines::Lines;
use super::streamed::Streamed;
use super::{ListFault, ListIntake, MAX_LIST_BYTES};

/// Bytes by which a list is told.
const FIRST_BYTES: u64 = 64 << 10;

/// Reads the file if it is one of the lists that are read as a stream.
pub(super) fn file(path: &Path) -> Option<Result<ListIntake, ListFault>> {
    // Whether it is there and may be read is said by the reader that comes next.
    let file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|about| !about.is_dir()))?;
    read(BufReader::new(file), Some(path))
}

pub(super) fn bytes(bytes: &[u8]) -> Option<Result<ListIntake, ListFault>> {
    read(Cursor::new(bytes), None)
}

fn read<R: BufRead + Seek>(mut source: R, plain: Option<&Path>) -> Option<Result<ListIntake, ListFault>> {
    let first = first_bytes(&mut source).ok()?;
    if first.starts_with(b"PK") {
        return zipped(source);
    }
    source.seek(SeekFrom::Start(0)).ok()?;
    if first.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = MultiGzDecoder::new(source);
        return one(&mut unpacked);
    }
    let streamed = Streamed::of(&first)?;
    // A table in a file of its own is read by the table reader, which needs the file.
    match (streamed.table(), plain) {
        (true, Some(path)) => Some(super::official_tables::file(path)),
        (true, None) => None,
        (false, _) => Some(streamed.read(vec![lines(Box::new(source))])),
    }
}

/// One packed list.
fn one(source: &mut dyn Read) -> Option<Result<ListIntake, ListFault>> {
    let mut first = Vec::new();
    Read::take(&mut *source, FIRST_BYTES).read_to_end(&mut first).ok()?;
    let streamed = Streamed::of(&first)?;
    let whole = Cursor::new(first).chain(source);
    Some(if streamed.table() {
        held(whole).and_then(|bytes| super::official_tables::bytes("list.csv", &bytes))
    } else {
        streamed.read(vec![lines(Box::new(whole))])
    })
}

/// A .zip that is no workbook. It holds one list, or the parts of the SDN list of OFAC.
fn zipped<R: Read + Seek>(source: R) -> Option<Result<ListIntake, ListFault>> {
    // What cannot be opened here is told by the reader of workbooks.
    let mut archive = ZipArchive::new(source).ok()?;
    let names = members(&mut archive)?;
    Some(match names.as_slice() {
        [] => Err(ListFault::Empty),
        [only] => member(&mut archive, *only),
        several => parts(&mut archive, several),
    })
}

/// The files of the archive; nothing for a workbook.
fn members<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Option<Vec<usize>> {
    let mut files = Vec::new();
    for number in 0..archive.len() {
        let member = archive.by_index_raw(number).ok()?;
        let name = member.name().map_or_else(|_| String::new(), |name| name.into_owned());
        if name == "[Content_Types].xml" || name == "mimetype" {
            return None;
        }
        if member.is_file() && !name.starts_with("__MACOSX/") {
            files.push(number);
        }
    }
    Some(files)
}

/// The only file of an archive, of any kind that is no archive itself.
fn member<R: Read + Seek>(archive: &mut ZipArchive<R>, number: usize) -> Result<ListIntake, ListFault> {
    let mut source = archive.by_index(number).map_err(|_| ListFault::BrokenZip)?;
    if let Some(read) = one(&mut source) {
        return read;
    }
    drop(source);
    let source = archive.by_index(number).map_err(|_| ListFault::BrokenZip)?;
    let name = source.name().map_or_else(|_| String::new(), |name| name.into_owned());
    let bytes = held(source)?;
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(ListFault::PackedTwice);
    }
    super::recognise::content(&name, &bytes)?.read(&name)
}

/// The SDN list in its three files, whatever their order in the archive.
fn parts<R: Read + Seek>(archive: &mut ZipArchive<R>, numbers: &[usize]) -> Result<ListIntake, ListFault> {
    let mut parts = Vec::new();
    for &number in numbers {
        let mut first = Vec::new();
        let member = archive.by_index(number).map_err(|_| ListFault::BrokenZip)?;
        member.take(FIRST_BYTES).read_to_end(&mut first).map_err(|_| ListFault::BrokenZip)?;
        let Some(place) = super::ofac_csv::part(&first) else {
            return Err(ListFault::ZipOfMany { files: numbers.len() });
        };
        parts.push((place, number));
    }
    parts.sort_unstable();
    let mut held_parts = Vec::new();
    for (_, number) in parts {
        held_parts.push(held(archive.by_index(number).map_err(|_| ListFault::BrokenZip)?)?);
    }
    let lines = held_parts.iter().map(|part| lines(Box::new(part.as_slice()))).collect();
    Streamed::OfacCsv.read(lines)
}

fn held(source: impl Read) -> Result<Vec<u8>, ListFault> {
    let mut bytes = Vec::new();
    source.take(MAX_LIST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| ListFault::BrokenZip)?;
    let fits = bytes.len() as u64 <= MAX_LIST_BYTES;
    fits.then_some(bytes).ok_or(ListFault::TooLarge { limit: MAX_LIST_BYTES })
}

fn first_bytes(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    source.take(FIRST_BYTES).read_to_end(&mut first)?;
    Ok(first)
}

fn lines<'a>(source: Box<dyn Read + 'a>) -> Lines<'a> {
    Lines::new(source, MAX_LIST_BYTES)
}

/// A stream that ended in an error after its first bytes were good.
pub(super) fn broken_stream(error: &io::Error) -> ListFault {
    ListFault::BrokenOff(error.to_string())
}
