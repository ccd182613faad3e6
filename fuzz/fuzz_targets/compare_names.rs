//! Two names: the score is between 0 and 1, and at the threshold exactly when there is a class.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use matching::names::Buffers;
use matching::{Class, Context, PartyKind, THRESHOLD, compare_names};

fuzz_target!(|names: (&str, &str, u8)| {
    let kind = match names.2 % 3 {
        0 => PartyKind::Organisation,
        1 => PartyKind::Person,
        _ => PartyKind::Unknown,
    };
    let context = Context { today: date(2026, 4, 12) };
    let mut buffers = Buffers::default();
    let result = compare_names(names.0, names.1, kind, &context, &mut buffers);

    assert!((0.0..=1.0).contains(&result.score), "score {}", result.score);
    assert_eq!(
        result.score >= THRESHOLD,
        result.class != Class::None,
        "score {} is {:?}",
        result.score,
        result.class
    );
    assert!(result.reasons.iter().all(|reason| reason.weight.is_finite()), "a weight is no number");
});
