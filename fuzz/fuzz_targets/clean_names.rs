//! Names: cleaning takes any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matching::names::{Buffers, clean};
use matching::party::{NameRole, PartyKind};

fuzz_target!(|text: &str| {
    let mut buffers = Buffers::default();
    for kind in [PartyKind::Organisation, PartyKind::Person, PartyKind::Unknown] {
        let _ = clean(text, kind, NameRole::Own, 0, &mut buffers);
    }
});
