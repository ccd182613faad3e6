//! One file that says it is a delivery: unpacking it and reading its roots never fails in another way than refusing.
#![no_main]

use delivery::source::{OneFile, Source};
use delivery::Trust;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = OneFile::read(bytes) {
        let _ = Trust::offered(&file);
        let _ = file.fetch("metadata/timestamp.json", 1 << 16);
    }
    // The same bytes as what a hoster keeps of an issuer, and as one file of a delivery.
    let _ = Trust::from_bytes(bytes);
    let _ = Trust::offered(&Everywhere(bytes));
});

/// A delivery each of whose files is the same.
struct Everywhere<'a>(&'a [u8]);

impl Source for Everywhere<'_> {
    fn fetch(&self, _: &str, limit: u64) -> Result<Option<Vec<u8>>, delivery::source::SourceError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        Ok(Some(self.0[..self.0.len().min(limit)].to_vec()))
    }
}
