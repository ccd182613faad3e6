//! The files of a registry: one file or every file of a folder, packed with gzip or not.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use crate::{OpenError, OpenProblem};

/// Bytes asked for at a time.
const PIECE: usize = 256 << 10;

/// One file, to be read as often as it takes.
#[derive(Clone)]
pub(super) enum Source {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

impl Source {
    pub(super) fn open(&self) -> io::Result<Box<dyn BufRead>> {
        match self {
            Self::File(path) => unpacked(File::open(path)?),
            Self::Memory(bytes) => unpacked(Cursor::new(Arc::clone(bytes))),
        }
    }
}

fn unpacked(reader: impl Read + 'static) -> io::Result<Box<dyn BufRead>> {
    let mut reader = BufReader::with_capacity(PIECE, reader);
    let packed = reader.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if packed {
        Box::new(BufReader::with_capacity(PIECE, MultiGzDecoder::new(reader)))
    } else {
        Box::new(reader)
    })
}

/// The files of a path in the order of their names; hidden ones are left out.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, OpenError> {
    let wrong = |error: &io::Error| OpenError::at(path, OpenProblem::from_io(error));
    if !fs::metadata(path).map_err(|error| wrong(&error))?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| wrong(&error))? {
        let entry = entry.map_err(|error| wrong(&error))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_file = fs::metadata(entry.path()).is_ok_and(|about| about.is_file());
        if is_file && !hidden {
            files.push(entry.path());
        }
    }
    files.sort();
    if files.is_empty() { Err(OpenError::at(path, OpenProblem::Empty)) } else { Ok(files) }
}
