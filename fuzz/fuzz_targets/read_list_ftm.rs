//! FollowTheMoney entities after a good one.
#![no_main]

use intake::lists::{ListOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let list = format!(
        "{{\"id\":\"NK-1\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"Orchard Nine\"]}}}}\n{text}"
    );
    if let Ok(intake) = from_bytes("fuzz", list.as_bytes(), &ListOptions::default()) {
        assert!(!intake.edition.entries.is_empty(), "a list without entries is refused");
    }
});
