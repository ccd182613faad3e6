//! What carried the hits: which feature was the strongest reason of how many, by class.

use std::collections::BTreeMap;

use matching::{Class, Reason};
use screening::Hit;

use crate::report::ClassCounts;

/// One feature and the hits it was in.
pub(crate) struct Carrier {
    pub(crate) feature: &'static str,
    /// Hits in which no reason for weighs more.
    pub(crate) carried: ClassCounts,
    /// Further hits in which it speaks for the same party.
    pub(crate) supported: u64,
}

/// Every feature that speaks for a hit; those that carried most come first.
pub(crate) fn carriers(hits: &[Hit]) -> Vec<Carrier> {
    let mut found: BTreeMap<&'static str, Carrier> = BTreeMap::new();
    for hit in hits {
        let Some(strongest) = strongest(hit) else { continue };
        let mut seen: Vec<&'static str> = Vec::with_capacity(hit.reasons.len());
        for reason in hit.reasons.iter().filter(|reason| reason.weight > 0.0) {
            // A hit may have two e-mail addresses in common; it is still one hit.
            if seen.contains(&reason.feature) {
                continue;
            }
            seen.push(reason.feature);
            let carrier = found.entry(reason.feature).or_insert_with(|| Carrier {
                feature: reason.feature,
                carried: ClassCounts::default(),
                supported: 0,
            });
            match (reason.feature == strongest.feature, hit.class) {
                (true, Class::Strong) => carrier.carried.strong += 1,
                (true, Class::Probable) => carrier.carried.probable += 1,
                (true, Class::Weak) => carrier.carried.weak += 1,
                _ => carrier.supported += 1,
            }
        }
    }
    let mut sorted: Vec<Carrier> = found.into_values().collect();
    sorted.sort_by(|left, right| {
        right
            .carried
            .total()
            .cmp(&left.carried.total())
            .then_with(|| right.supported.cmp(&left.supported))
            .then_with(|| left.feature.cmp(right.feature))
    });
    sorted
}

/// The heaviest reason for; of two that weigh the same the one whose name comes first.
fn strongest(hit: &Hit) -> Option<&Reason> {
    hit.reasons.iter().filter(|reason| reason.weight > 0.0).min_by(|left, right| {
        right.weight.total_cmp(&left.weight).then_with(|| left.feature.cmp(right.feature))
    })
}
