//! Groups of records of one party, made from scored pairs.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::links::Candidate;

/// Groups `records` records (numbered from 0) by average linkage: two groups become one as long as the mean
/// score over all pairs between them reaches `threshold`. A pair that is not among the candidates counts 0.
///
/// Connected components would join two large groups over one wrong pair; the mean does not.
pub fn average_linkage(records: u32, candidates: &[Candidate], threshold: f64) -> Vec<u32> {
    let mut groups = Groups::new(records, candidates);
    while let Some((left, right)) = groups.best(threshold) {
        groups.join(left, right);
    }
    groups.of
}

/// All pairs of records with the same group, smaller number first.
pub fn pairs_within(groups: &[u32]) -> BTreeSet<(u32, u32)> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (record, group) in groups.iter().enumerate() {
        members.entry(*group).or_default().push(record as u32);
    }
    let mut pairs = BTreeSet::new();
    for records in members.values() {
        for (place, left) in records.iter().enumerate() {
            pairs.extend(records[place + 1..].iter().map(|right| (*left, *right)));
        }
    }
    pairs
}

struct Groups {
    /// Group of each record: the number of one of its members.
    of: Vec<u32>,
    size: Vec<u32>,
    /// Sum of the scores between two groups, for each group with its neighbours. Ordered, so that ties
    /// fall the same way in every run.
    between: Vec<BTreeMap<u32, f64>>,
}

impl Groups {
    fn new(records: u32, candidates: &[Candidate]) -> Self {
        let mut best: FxHashMap<(u32, u32), f64> = FxHashMap::default();
        for candidate in candidates.iter().filter(|candidate| candidate.left != candidate.right) {
            let pair = (candidate.left.min(candidate.right), candidate.left.max(candidate.right));
            let score = best.entry(pair).or_insert(candidate.score);
            *score = score.max(candidate.score);
        }
        let mut between = vec![BTreeMap::new(); records as usize];
        for ((left, right), score) in best {
            between[left as usize].insert(right, score);
            between[right as usize].insert(left, score);
        }
        Self { of: (0..records).collect(), size: vec![1; records as usize], between }
    }

    /// The two groups with the highest mean, if it reaches the threshold.
    fn best(&self, threshold: f64) -> Option<(u32, u32)> {
        let mut best: Option<(f64, u32, u32)> = None;
        for (left, neighbours) in self.between.iter().enumerate() {
            for (right, sum) in neighbours.range(left as u32 + 1..) {
                let pairs = f64::from(self.size[left]) * f64::from(self.size[*right as usize]);
                let mean = sum / pairs;
                if mean >= threshold && best.is_none_or(|(highest, ..)| mean > highest) {
                    best = Some((mean, left as u32, *right));
                }
            }
        }
        best.map(|(_, left, right)| (left, right))
    }

    fn join(&mut self, kept: u32, gone: u32) {
        for (neighbour, sum) in std::mem::take(&mut self.between[gone as usize]) {
            self.between[neighbour as usize].remove(&gone);
            if neighbour != kept {
                *self.between[kept as usize].entry(neighbour).or_insert(0.0) += sum;
                *self.between[neighbour as usize].entry(kept).or_insert(0.0) += sum;
            }
        }
        self.size[kept as usize] += self.size[gone as usize];
        for group in self.of.iter_mut().filter(|group| **group == gone) {
            *group = kept;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(left: u32, right: u32, score: f64) -> Candidate {
        Candidate { left, right, score }
    }

    #[test]
    fn three_alike_records_are_one_group() {
        let groups =
            average_linkage(4, &[candidate(0, 1, 0.9), candidate(1, 2, 0.8), candidate(0, 2, 0.7)], 0.5);

        assert_eq!(pairs_within(&groups), BTreeSet::from([(0, 1), (0, 2), (1, 2)]));
    }

    #[test]
    fn one_wrong_pair_does_not_join_two_groups() {
        let pairs = [candidate(0, 1, 0.9), candidate(2, 3, 0.9), candidate(1, 2, 0.8)];

        assert_eq!(pairs_within(&average_linkage(4, &pairs, 0.5)), BTreeSet::from([(0, 1), (2, 3)]));
    }

    #[test]
    fn a_pair_named_twice_counts_once() {
        let pairs = [candidate(0, 1, 0.9), candidate(1, 0, 0.9), candidate(1, 2, 0.6)];

        assert_eq!(pairs_within(&average_linkage(3, &pairs, 0.5)), BTreeSet::from([(0, 1)]));
    }
}
