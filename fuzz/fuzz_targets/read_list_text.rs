//! Text pasted from a letter: names and identifiers are recognised, defanged values restored.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let letter = format!("1. Orchard Nine Ltd\n   noc[at]orchard[.]example\n{text}");
    if let Ok(intake) = from_bytes("annex.txt", letter.as_bytes(), &ListOptions::default()) {
        assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
    }
});
