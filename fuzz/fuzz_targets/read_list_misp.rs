//! Attributes and objects of a MISP event after a good one.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let list = format!(
        "{{\"Event\":{{\"Attribute\":[{{\"uuid\":\"1\",\"type\":\"domain\",\"value\":\"quay.example\"}}],\"Object\":[{text}]}}}}"
    );
    if let Ok(intake) = from_bytes("fuzz", list.as_bytes(), &ListOptions::default()) {
        assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
    }
});
