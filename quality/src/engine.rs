//! The one place of this program that knows how the product compares.

use matching::party::PartyKind;

use crate::records::Record;
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

/// A record after the product's cleaning.
pub struct Cleaned(String);

/// What a thread keeps between comparisons.
#[derive(Default)]
pub struct Scratch;

pub fn clean(record: &Record) -> Cleaned {
    Cleaned(record.raw().names[0].text.to_owned())
}

/// Score of two parties, 0..1.
pub fn compare_parties(left: &Cleaned, right: &Cleaned, _scratch: &mut Scratch) -> f64 {
    compare_names(&left.0, &right.0, PartyKind::Unknown)
}
