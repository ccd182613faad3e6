//! Customer tables as text: every row is a customer or a problem, whatever the bytes.
#![no_main]

use intake::customers::{CustomerOptions, from_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // With a known heading in front, more inputs get as far as the rows.
    let with_headings = [b"id,company,email,phone,domain,ip,country\n", bytes].concat();
    for bytes in [bytes, &with_headings] {
        if let Ok(file) = from_bytes("fuzz.csv", bytes, &CustomerOptions::default()) {
            file.for_each(drop);
        }
    }
});
