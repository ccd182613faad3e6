//! Spamhaus DROP and ASN-DROP, as text and as JSON, after a good line.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let list = format!("; Spamhaus DROP List 2026/03/01\n192.0.2.0/24 ; SBL000001\n{text}");
    if let Ok(intake) = from_bytes("fuzz", list.as_bytes(), &ListOptions::default()) {
        assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
    }
});
