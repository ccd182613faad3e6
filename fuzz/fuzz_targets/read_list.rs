//! Lists of any kind: what is read has entries, and each of them a name or an identifier.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(intake) = from_bytes("fuzz", bytes, &ListOptions::default()) {
        assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
    }
});
