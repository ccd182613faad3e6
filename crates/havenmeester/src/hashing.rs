//! SHA-256 of the files that a screening was made from.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::arguments::CustomerFile;

/// Size of a file and its SHA-256 in lower-case hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileHash {
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// The same of customers, in a file or in memory.
pub(crate) fn of_customers(customers: &CustomerFile) -> io::Result<FileHash> {
    match &customers.content {
        Some(content) => Ok(FileHash { bytes: content.0.len() as u64, sha256: of_bytes(&content.0) }),
        None => of_file(&customers.file),
    }
}

/// Reads a file once, in pieces, and hashes it.
pub(crate) fn of_file(path: &Path) -> io::Result<FileHash> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    // Large enough for full speed, small enough to stay in the processor's cache.
    let mut piece = vec![0; 128 * 1024];
    let mut bytes = 0;
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(FileHash { bytes, sha256: hexadecimal(&hasher.finalize()) }),
            length => {
                hasher.update(&piece[..length]);
                bytes += length as u64;
            }
        }
    }
}

/// Hashes what is written to it and keeps nothing.
#[derive(Default)]
pub(crate) struct HashingWriter(Sha256);

impl HashingWriter {
    pub(crate) fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

impl Write for HashingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// SHA-256 of bytes in memory.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").unwrap();

        assert_eq!(of_bytes(b"abc"), abc);
        assert_eq!(of_file(&path).unwrap(), FileHash { bytes: 3, sha256: abc.to_owned() });
    }
}
