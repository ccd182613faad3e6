//! Customers as JSON, whole or in lines.
#![no_main]

use intake::customers::{CustomerOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let with_first = [b"{\"id\":1,\"company\":\"Orchard Nine\"}\n", bytes].concat();
    for bytes in [bytes, &with_first] {
        if let Ok(file) = from_bytes("fuzz.jsonl", bytes, &CustomerOptions::default()) {
            file.for_each(drop);
        }
    }
});
