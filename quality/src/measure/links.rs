//! One-to-one links between two files.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::confusion::Confusion;

/// A scored pair of a record of the left file and one of the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    pub left: u32,
    pub right: u32,
    pub score: f64,
}

/// Takes the best pair first and every record once; pairs below `threshold` are left.
///
/// Equal scores go by record number, so that the answer does not depend on the order of the candidates.
pub fn one_to_one(mut candidates: Vec<Candidate>, threshold: f64) -> BTreeSet<(u32, u32)> {
    candidates.retain(|candidate| candidate.score >= threshold);
    candidates
        .sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (a.left, a.right).cmp(&(b.left, b.right))));
    let (mut used_left, mut used_right) = (FxHashSet::default(), FxHashSet::default());
    let mut links = BTreeSet::new();
    for Candidate { left, right, .. } in candidates {
        if !used_left.contains(&left) && !used_right.contains(&right) {
            used_left.insert(left);
            used_right.insert(right);
            links.insert((left, right));
        }
    }
    links
}

/// Found against true pairs. True negatives stay 0: nobody counts all the pairs that are none.
pub fn compare_pairs(found: &BTreeSet<(u32, u32)>, truth: &BTreeSet<(u32, u32)>) -> Confusion {
    Confusion {
        true_positives: found.intersection(truth).count() as u64,
        false_positives: found.difference(truth).count() as u64,
        false_negatives: truth.difference(found).count() as u64,
        true_negatives: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(left: u32, right: u32, score: f64) -> Candidate {
        Candidate { left, right, score }
    }

    #[test]
    fn the_best_pair_takes_both_records() {
        let links = one_to_one(
            vec![candidate(1, 1, 0.8), candidate(1, 2, 0.9), candidate(2, 2, 0.7), candidate(2, 1, 0.6)],
            0.5,
        );

        assert_eq!(links, BTreeSet::from([(1, 2), (2, 1)]));
    }

    #[test]
    fn below_the_threshold_there_is_no_link() {
        assert!(one_to_one(vec![candidate(1, 1, 0.49)], 0.5).is_empty());
    }

    #[test]
    fn pairs_are_counted_against_the_truth() {
        let confusion = compare_pairs(&BTreeSet::from([(1, 2), (2, 1)]), &BTreeSet::from([(1, 2), (3, 3)]));

        assert_eq!(
            (confusion.true_positives, confusion.false_positives, confusion.false_negatives),
            (1, 1, 1)
        );
    }
}
