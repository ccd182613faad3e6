//! Objects of a STIX bundle after a good one, patterns too.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let list = format!(
        "{{\"type\":\"bundle\",\"objects\":[{{\"type\":\"domain-name\",\"id\":\"domain-name--1\",\"value\":\"quay.example\"}},{text}]}}"
    );
    if let Ok(intake) = from_bytes("fuzz", list.as_bytes(), &ListOptions::default()) {
        assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
    }
});
