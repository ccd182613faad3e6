#![no_main]
//! A registry dump of any bytes: every customer, chain and trace is made.

use intake::registry::{self, Own};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut own = Own::default();
    for one in ["192.0.2.0/24", "2001:db8::/32", "AS64500", "EXAMPLE-MNT", "ORG-EX1-TEST"] {
        own.add(one).expect("things of the test are well formed");
    }
    if let Some(registry) = registry::from_bytes(&[("dump", bytes)], &own) {
        registry.customers(0..registry.len());
        registry.footprint(0..registry.traces());
    }
});
