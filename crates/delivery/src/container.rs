//! A delivery as one file: a tar archive of which only one spelling exists.
//!
//! Names sorted, fixed owner, rights and time, two empty blocks at the end and nothing behind them. What is
//! read is written again and must give the same bytes, so nothing can hide in a header or between files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use crate::limits;

/// The files of a delivery by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Why one file is not a whole and unchanged archive.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ContainerError {
    #[error("the file ends before the archive does, after {found} bytes")]
    Truncated { found: usize },
    #[error("the file has {found} bytes, at most {} are read", limits::ONE_FILE_BYTES)]
    TooLarge { found: u64 },
    #[error("the archive has more than {} files", limits::FILES)]
    TooManyFiles,
    #[error("`{name}` stands in the archive twice")]
    Repeated { name: String },
    #[error("the archive is damaged: {what}")]
    Damaged { what: String },
    #[error("the archive is not written as a delivery is: order, headers or filling bytes were changed")]
    OtherSpelling,
}

/// Packs files. The same files give the same bytes.
pub fn pack(files: &Files) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_size(bytes.len() as u64);
        header.set_path(name).expect("names of a delivery are short and plain");
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).expect("memory takes all bytes");
    }
    archive.into_inner().expect("memory takes all bytes")
}

/// Unpacks and refuses everything that [`pack`] would not have written.
pub fn unpack(bytes: &[u8]) -> Result<Files, ContainerError> {
    if bytes.len() as u64 > limits::ONE_FILE_BYTES {
        return Err(ContainerError::TooLarge { found: bytes.len() as u64 });
    }
    unpack_own(bytes)
}

/// The same for a file of one's own, which holds what many partners get and may be as large as it is.
pub(crate) fn unpack_own(bytes: &[u8]) -> Result<Files, ContainerError> {
    let mut files = Files::new();
    let mut archive = tar::Archive::new(Cursor::new(bytes));
    for entry in archive.entries().map_err(|_| damaged(bytes, &files))? {
        let entry = entry.map_err(|_| damaged(bytes, &files))?;
        take(entry, bytes, &mut files)?;
        if files.len() > limits::FILES {
            return Err(ContainerError::TooManyFiles);
        }
    }
    if pack(&files) == bytes { Ok(files) } else { Err(other_spelling(bytes, &files)) }
}

fn take(
    mut entry: tar::Entry<'_, Cursor<&[u8]>>,
    bytes: &[u8],
    files: &mut Files,
) -> Result<(), ContainerError> {
    if entry.header().entry_type() != tar::EntryType::Regular {
        return Err(ContainerError::Damaged { what: "it holds something that is not a file".to_owned() });
    }
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    if !is_plain(&name) {
        return Err(ContainerError::Damaged { what: "a name in it is not plain".to_owned() });
    }
    // The header may claim any size; what is there is the limit.
    let mut content = Vec::new();
    entry.read_to_end(&mut content).map_err(|_| damaged(bytes, files))?;
    if (content.len() as u64) < entry.size() {
        return Err(ContainerError::Truncated { found: bytes.len() });
    }
    if files.insert(name.clone(), content).is_some() {
        return Err(ContainerError::Repeated { name });
    }
    Ok(())
}

/// Names that a delivery uses: no way out of a folder, and short enough for a tar header.
pub(crate) fn is_plain(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
    let segments = name.split('/').all(|segment| !segment.is_empty() && !segment.starts_with('.'));
    letters && segments && name.len() <= 100
}

/// An archive consists of whole blocks, so one that does not, and began well, was cut.
fn damaged(bytes: &[u8], found: &Files) -> ContainerError {
    if !found.is_empty() && !bytes.len().is_multiple_of(512) {
        return ContainerError::Truncated { found: bytes.len() };
    }
    // The library's words name no content, but they can quote a name from a damaged header.
    ContainerError::Damaged { what: "a header in it cannot be read".to_owned() }
}

/// A whole archive ends with two empty blocks, so one that only lacks them was cut.
fn other_spelling(bytes: &[u8], files: &Files) -> ContainerError {
    let whole = pack(files);
    if bytes.len() < whole.len() && whole.starts_with(bytes) {
        return ContainerError::Truncated { found: bytes.len() };
    }
    ContainerError::OtherSpelling
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Files {
        let file = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
        Files::from([file("metadata/1.root.json", b"{}"), file("targets/a.age", &[7; 700])])
    }

    #[test]
    fn files_come_back() {
        assert_eq!(unpack(&pack(&example())), Ok(example()));
        assert_eq!(pack(&example()), pack(&example()));
    }

    #[test]
    fn every_cut_is_noticed() {
        let whole = pack(&example());
        for length in 0..whole.len() {
            assert!(unpack(&whole[..length]).is_err(), "cut after {length} bytes");
        }
        assert_eq!(unpack(&whole[..whole.len() - 512]), Err(ContainerError::Truncated { found: 3_072 }));
        assert_eq!(unpack(&whole[..1700]), Err(ContainerError::Truncated { found: 1700 }));
    }

    #[test]
    fn every_byte_of_the_frame_counts() {
        let whole = pack(&example());
        for place in 0..whole.len() {
            let mut changed = whole.clone();
            changed[place] ^= 0x20;
            assert_ne!(unpack(&changed), Ok(example()), "byte {place}");
        }
    }

    #[test]
    fn nothing_can_be_added() {
        let whole = pack(&example());

        assert_eq!(unpack(&[whole.as_slice(), b"x"].concat()), Err(ContainerError::OtherSpelling));
        assert_eq!(unpack(&[whole.as_slice(), &[0; 512]].concat()), Err(ContainerError::OtherSpelling));
        let twice = [&whole[..1024], &whole[..1024], &whole[1024..]].concat();
        assert_eq!(unpack(&twice), Err(ContainerError::Repeated { name: "metadata/1.root.json".to_owned() }));
    }

    #[test]
    fn names_lead_nowhere_else() {
        for wrong in ["../x", "/x", "a//b", "a/.b", "", "a\\b", "ä"] {
            assert!(!is_plain(wrong), "{wrong}");
        }
    }
}
