//! What an answer was given for: the compared values of customer and entry. If one of them changes, the hit is new.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A fingerprint of everything that was compared. Equal for equal values in any order; it tells no value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Compared(String);

impl Compared {
    /// Of the pairs of values that speak for or against: feature, the customer's value, the entry's value.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut hash = Sha256::new_with_prefix("havenmeester compared 1\n");
        for part in pairs.iter().flat_map(|(feature, customer, entry)| [feature, customer, entry]) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hex::encode(hash.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn another_value_is_another_fingerprint() {
        let one = Compared::of([("name", "Orchard", "Orchard"), ("domain", "a.example", "a.example")]);
        assert_ne!(one, Compared::of([("name", "Orchard", "Orchard"), ("domain", "b.example", "a.example")]));
        assert_ne!(one, Compared::of([("name", "Orchard", "Orchard")]));
        assert_ne!(Compared::of([("a", "b", "c")]), Compared::of([("a", "bc", "")]));
    }

    proptest! {
        #[test]
        fn the_order_of_reasons_changes_nothing(pairs in proptest::collection::vec(("[a-c]", "[a-c]{0,3}", "[a-c]{0,3}"), 0..6), turn in 0usize..6) {
            let refs: Vec<_> = pairs.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
            let mut turned = refs.clone();
            let by = turn % turned.len().max(1);
            turned.rotate_left(by);
            prop_assert_eq!(Compared::of(refs), Compared::of(turned));
        }
    }
}
