//! The order in which hits and reasons are shown, in every format.

use std::cmp::Ordering;

use matching::Reason;
use screening::Hit;

/// Strongest class first, then highest score, then the customer's row, then the entry.
///
/// List and customer id come last, so that no two different hits are equal and the order does not depend
/// on the one in which they were found.
pub fn compare(left: &Hit, right: &Hit) -> Ordering {
    right
        .class
        .cmp(&left.class)
        .then_with(|| right.score.total_cmp(&left.score))
        .then_with(|| left.row.cmp(&right.row))
        .then_with(|| left.entry_id.cmp(&right.entry_id))
        .then_with(|| left.list.cmp(&right.list))
        .then_with(|| left.customer_id.cmp(&right.customer_id))
}

/// Sorts hits in place.
pub fn sort(hits: &mut [Hit]) {
    hits.sort_by(compare);
}

pub(crate) fn in_order(hits: &[Hit]) -> Vec<&Hit> {
    let mut sorted: Vec<&Hit> = hits.iter().collect();
    sorted.sort_by(|left, right| compare(left, right));
    sorted
}

/// The reasons of a hit, the heaviest first, whether they speak for or against.
pub(crate) fn reasons(hit: &Hit) -> Vec<&Reason> {
    let mut sorted: Vec<&Reason> = hit.reasons.iter().collect();
    sorted.sort_by(|left, right| {
        right.weight.abs().total_cmp(&left.weight.abs()).then_with(|| left.feature.cmp(right.feature))
    });
    sorted
}
