//! Workbooks: unpacking stays within its limits and never panics.
#![no_main]

use intake::customers::{CustomerOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = from_bytes("fuzz.xlsx", bytes, &CustomerOptions::default()) {
        file.for_each(drop);
    }
});
