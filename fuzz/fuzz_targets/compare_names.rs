//! Two names: the score is between 0 and 1 and does not depend on their order.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use matching::names::Buffers;
use matching::{Context, PartyKind, compare_names};

fuzz_target!(|names: (&str, &str, u8)| {
    let kind = match names.2 % 3 {
        0 => PartyKind::Organisation,
        1 => PartyKind::Person,
        _ => PartyKind::Unknown,
    };
    let context = Context { today: date(2026, 4, 12) };
    let mut buffers = Buffers::default();
    let there = compare_names(names.0, names.1, kind, &context, &mut buffers);
    let back = compare_names(names.1, names.0, kind, &context, &mut buffers);

    assert!((0.0..=1.0).contains(&there.score), "score {}", there.score);
    assert!((there.score - back.score).abs() < 1e-6, "{} there, {} back", there.score, back.score);
});
