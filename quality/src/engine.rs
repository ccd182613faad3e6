//! The one place of this program that knows how the product compares.

use matching::party::PartyKind;

use crate::sets::pairs::Pair;

/// Pairs with at least this score count as a match: the product's own shipped threshold.
pub const THRESHOLD: f64 = matching::THRESHOLD;

/// Score of a labelled pair, 0..1.
pub fn score(pair: &Pair) -> f64 {
    compare_names(&pair.name1, &pair.name2, pair.party)
}

/// Score of two names, 0..1.
pub fn compare_names(name1: &str, name2: &str, _kind: PartyKind) -> f64 {
    let words = |name: &str| -> std::collections::BTreeSet<String> {
        name.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (left, right) = (words(name1), words(name2));
    let shared = left.intersection(&right).count() as f64;
    shared / (left.union(&right).count().max(1) as f64)
}
