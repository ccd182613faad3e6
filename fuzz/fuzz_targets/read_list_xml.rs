//! The XML of OFAC, the EU and the UK: any content of their root elements.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for root in ["sdnList", "export", "Designations"] {
        let list = format!("<?xml version=\"1.0\"?><{root} xmlns=\"x\">{text}</{root}>");
        if let Ok(intake) = from_bytes("fuzz", list.as_bytes(), &ListOptions::default()) {
            assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
        }
    }
});
