//! A file of pieces that are kept until something is finished, each sealed on its own, so that an interruption costs
//! the piece that was being written and no more.
//!
//! The file begins with `HVMLOG1\n`, the length of the locked key (4 bytes, big endian) and the key of this file, locked
//! by the master key. Then come pieces: length (4 bytes, big endian), nonce (24 random bytes), ciphertext with tag
//! (XChaCha20-Poly1305). The associated data are what the file is about and the number of the piece, so that pieces
//! cannot be moved, left out or put into another file. What is behind the last whole piece is cut off.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::RngCore;
use rand::rngs::OsRng;
use zeroize::Zeroizing;

use crate::keys::{MasterKey, cipher, random_key};

const MAGIC: &[u8; 8] = b"HVMLOG1\n";
const NONCE: usize = 24;
const PURPOSE: &str = "sealed log";
/// Longer than any piece that is written.
const LONGEST: u32 = 64 * 1024 * 1024;

/// A file of sealed pieces, open for more. Locked against other programs as long as it is open.
pub struct SealedLog {
    file: File,
    cipher: XChaCha20Poly1305,
    about: String,
    pieces: u64,
}

/// Why there is no such file.
#[derive(Debug, thiserror::Error)]
pub enum SealedLogError {
    #[error("another run of the program has it open")]
    InUse,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl SealedLog {
    /// Opens the file, or begins it, and gives the pieces that are whole. A file that another key locked, that is about
    /// something else, or that is none, is begun anew.
    ///
    /// # Errors
    /// If the file is in use, or cannot be read or written.
    pub fn open(path: &Path, key: &MasterKey, about: &str) -> Result<(Self, Vec<Vec<u8>>), SealedLogError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => SealedLogError::InUse,
            TryLockError::Error(error) => error.into(),
        })?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        match opened(&bytes, key, about) {
            Some((cipher, pieces, end)) => {
                file.set_len(end as u64)?;
                file.seek(SeekFrom::End(0))?;
                let log = Self { file, cipher, about: about.to_owned(), pieces: pieces.len() as u64 };
                Ok((log, pieces))
            }
            None => Ok((Self::begin(file, key, about)?, Vec::new())),
        }
    }

    /// Removes all pieces.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn begin_anew(self, key: &MasterKey) -> io::Result<Self> {
        let about = self.about.clone();
        Self::begin(self.file, key, &about)
    }

    fn begin(mut file: File, key: &MasterKey, about: &str) -> io::Result<Self> {
        let own = random_key();
        let locked = key.lock(PURPOSE, 0, &own);
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(&[MAGIC, &(locked.len() as u32).to_be_bytes()[..], &locked].concat())?;
        Ok(Self { file, cipher: cipher(&own), about: about.to_owned(), pieces: 0 })
    }

    /// Adds a piece.
    ///
    /// # Errors
    /// If it is too long or cannot be written.
    pub fn add(&mut self, piece: &[u8]) -> io::Result<()> {
        let mut nonce = [0; NONCE];
        OsRng.fill_bytes(&mut nonce);
        let aad = place(&self.about, self.pieces);
        let sealed = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: piece, aad: &aad })
            .map_err(|_| io::Error::other("the piece is too long"))?;
        let length = u32::try_from(NONCE + sealed.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| io::Error::other("the piece is too long"))?;
        // In one write, so that an interruption leaves a whole piece or a torn end.
        self.file.write_all(&[&length.to_be_bytes()[..], &nonce, &sealed].concat())?;
        self.pieces += 1;
        Ok(())
    }
}

fn place(about: &str, number: u64) -> Vec<u8> {
    [about.as_bytes(), &[0], &number.to_be_bytes()].concat()
}

type Opened = (XChaCha20Poly1305, Vec<Vec<u8>>, usize);

fn opened(bytes: &[u8], key: &MasterKey, about: &str) -> Option<Opened> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let own: Zeroizing<[u8; 32]> = key.unlock(PURPOSE, 0, piece(&mut rest)?)?;
    let cipher = cipher(&own);
    let (mut pieces, mut end) = (Vec::new(), bytes.len() - rest.len());
    while let Some(sealed) = piece(&mut rest) {
        let aad = place(about, pieces.len() as u64);
        let found = sealed.split_at_checked(NONCE).and_then(|(nonce, sealed)| {
            cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: &aad }).ok()
        });
        let Some(found) = found else { break };
        pieces.push(found);
        end = bytes.len() - rest.len();
    }
    Some((cipher, pieces, end))
}

/// The next bytes with their length before them, if all of them are there.
fn piece<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, behind) = rest.split_first_chunk::<4>()?;
    let (piece, behind) = behind.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    *rest = behind;
    Some(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn read(path: &Path, key: [u8; 32], about: &str) -> Vec<Vec<u8>> {
        SealedLog::open(path, &MasterKey::from_bytes(key), about).unwrap().1
    }

    fn with_two(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("log");
        let (mut log, before) = SealedLog::open(&path, &MasterKey::from_bytes(KEY), "a").unwrap();
        assert!(before.is_empty());
        log.add(b"orchard").unwrap();
        log.add(b"kestrel").unwrap();
        path
    }

    #[test]
    fn pieces_come_back_and_nothing_of_them_stands_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = with_two(folder.path());
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(7).any(|text| text == b"orchard" || text == b"kestrel"));
        assert_eq!(read(&path, KEY, "a"), [b"orchard".to_vec(), b"kestrel".to_vec()]);
    }

    #[test]
    fn a_file_cut_off_anywhere_gives_its_whole_pieces_and_can_be_written_on() {
        let folder = tempfile::tempdir().unwrap();
        let whole = std::fs::read(with_two(folder.path())).unwrap();
        let path = folder.path().join("cut");
        for length in 0..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let before = read(&path, KEY, "a");
            assert!(before.len() <= 2 && (length < whole.len() || before.len() == 2));
            let (mut log, _) = SealedLog::open(&path, &MasterKey::from_bytes(KEY), "a").unwrap();
            log.add(b"third").unwrap();
            drop(log);
            let after = read(&path, KEY, "a");
            assert_eq!((after.len(), after.last().unwrap().as_slice()), (before.len() + 1, &b"third"[..]));
        }
    }

    #[test]
    fn another_key_or_subject_begins_anew_and_a_changed_byte_ends_the_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let path = with_two(folder.path());
        let whole = std::fs::read(&path).unwrap();
        assert!(read(&path, [8; 32], "a").is_empty());
        std::fs::write(&path, &whole).unwrap();
        assert!(read(&path, KEY, "b").is_empty());
        for place in 0..whole.len() {
            let mut changed = whole.clone();
            changed[place] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            assert!(read(&path, KEY, "a").len() < 2, "byte {place}");
        }
    }

    #[test]
    fn two_programs_do_not_write_into_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let _first = SealedLog::open(&path, &MasterKey::from_bytes(KEY), "a").unwrap();
        let second = SealedLog::open(&path, &MasterKey::from_bytes(KEY), "a").map(drop);
        assert!(matches!(second, Err(SealedLogError::InUse)));
    }
}
