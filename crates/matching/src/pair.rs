//! Two names, nothing else: what `compare` of the command line does for each row.

use crate::class::Class;
use crate::compare::{Comparison, compare};
use crate::explain::reasons;
use crate::names::Buffers;
use crate::party::{Context, Party, PartyKind, RawParty};
use crate::reason::Reason;

/// What came of comparing two names.
pub struct PairResult {
    /// 0..1; at or above [`crate::THRESHOLD`] exactly when `class` is not `None`.
    pub score: f64,
    pub class: Class,
    pub reasons: Vec<Reason>,
}

/// Compares two names by the same path as a screening. `second` takes the place of the entry.
pub fn compare_names(
    first: &str,
    second: &str,
    kind: PartyKind,
    context: &Context,
    buffers: &mut Buffers,
) -> PairResult {
    let (left, right) = (RawParty::named(first, kind), RawParty::named(second, kind));
    let (a, b) = (Party::clean(&left, buffers), Party::clean(&right, buffers));
    let comparison: Comparison = compare(&a, &b, context);
    PairResult {
        score: comparison.score(),
        class: comparison.class,
        reasons: reasons(&comparison, (&left, &a), (&right, &b)),
    }
}
