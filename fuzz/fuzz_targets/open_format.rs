//! The open list format: what was read can be written, and reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use watchlist::format::v1;

fuzz_target!(|bytes: &[u8]| {
    let Ok(first) = v1::read(bytes) else { return };
    let written = v1::write(&first.edition);
    let second = v1::read(written.as_ref()).expect("what we write we can read");
    assert!(first.edition.entries == second.edition.entries, "an entry changed on its way");
});
