//! Groups of records of one party, made from scored pairs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::links::Candidate;

/// Which groups were joined, one after the other, and how alike they were.
pub struct Tree {
    records: u32,
    joins: Vec<Join>,
}

struct Join {
    kept: u32,
    gone: u32,
    /// Mean score over all pairs between both groups.
    mean: f64,
}

impl Tree {
    /// Joins `records` records (numbered from 0), always the two groups with the highest mean score over all
    /// pairs between them. A pair that is not among the candidates counts 0.
    ///
    /// Connected components would join two large groups over one wrong pair; the mean does not.
    pub fn by_average_linkage(records: u32, candidates: &[Candidate]) -> Self {
        let mut groups = Groups::new(records, candidates);
        let mut joins = Vec::new();
        while let Some(join) = groups.next_join() {
            groups.join(&join);
            joins.push(join);
        }
        Self { records, joins }
    }

    /// The group of each record where only joins with at least `threshold` count. Means never rise from join
    /// to join, so that cutting the tree is the same as having stopped there.
    pub fn cut(&self, threshold: f64) -> Vec<u32> {
        let mut groups: Vec<u32> = (0..self.records).collect();
        for join in self.joins.iter().filter(|join| join.mean >= threshold).rev() {
            groups[join.gone as usize] = join.kept;
        }
        // A group that was kept once may be gone later: follow the chain to its end.
        (0..self.records).map(|record| last_of_chain(&groups, record)).collect()
    }
}

fn last_of_chain(groups: &[u32], mut record: u32) -> u32 {
    while groups[record as usize] != record {
        record = groups[record as usize];
    }
    record
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
    size: Vec<u32>,
    /// Sum of the scores between two groups, for each group with its neighbours. Ordered, so that ties
    /// fall the same way in every run.
    between: Vec<BTreeMap<u32, f64>>,
    /// Pairs of groups, highest mean first. Holds outdated ones, which are known by their sizes.
    queue: BinaryHeap<Queued>,
}

/// A pair of groups as it was when it was queued.
#[derive(PartialEq)]
struct Queued {
    mean: f64,
    groups: (u32, u32),
    sizes: (u32, u32),
}

impl Eq for Queued {}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then_with(|| other.groups.cmp(&self.groups))
            .then_with(|| self.sizes.cmp(&other.sizes))
    }
}

impl Groups {
    fn new(records: u32, candidates: &[Candidate]) -> Self {
        let mut best: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for candidate in candidates.iter().filter(|candidate| candidate.left != candidate.right) {
            let pair = (candidate.left.min(candidate.right), candidate.left.max(candidate.right));
            let score = best.entry(pair).or_insert(candidate.score);
            *score = score.max(candidate.score);
        }
        let mut groups = Self {
            size: vec![1; records as usize],
            between: vec![BTreeMap::new(); records as usize],
            queue: BinaryHeap::new(),
        };
        for ((left, right), score) in best {
            groups.between[left as usize].insert(right, score);
            groups.between[right as usize].insert(left, score);
            groups.queue_pair(left, right);
        }
        groups
    }

    fn queue_pair(&mut self, one: u32, other: u32) {
        let (left, right) = (one.min(other), one.max(other));
        let sizes = (self.size[left as usize], self.size[right as usize]);
        let mean = self.between[left as usize][&right] / (f64::from(sizes.0) * f64::from(sizes.1));
        self.queue.push(Queued { mean, groups: (left, right), sizes });
    }

    /// The two groups with the highest mean. A group that is gone has size 0, one that grew another size.
    fn next_join(&mut self) -> Option<Join> {
        while let Some(Queued { mean, groups: (left, right), sizes }) = self.queue.pop() {
            if sizes == (self.size[left as usize], self.size[right as usize]) {
                return Some(Join { kept: left, gone: right, mean });
            }
        }
        None
    }

    fn join(&mut self, join: &Join) {
        let (kept, gone) = (join.kept as usize, join.gone as usize);
        self.between[kept].remove(&join.gone);
        self.size[kept] += self.size[gone];
        self.size[gone] = 0;
        for (neighbour, sum) in std::mem::take(&mut self.between[gone]) {
            self.between[neighbour as usize].remove(&join.gone);
            if neighbour != join.kept {
                *self.between[kept].entry(neighbour).or_insert(0.0) += sum;
                *self.between[neighbour as usize].entry(join.kept).or_insert(0.0) += sum;
            }
        }
        let neighbours: Vec<u32> = self.between[kept].keys().copied().collect();
        neighbours.into_iter().for_each(|neighbour| self.queue_pair(join.kept, neighbour));
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
            Tree::by_average_linkage(4, &[candidate(0, 1, 0.9), candidate(1, 2, 0.8), candidate(0, 2, 0.7)])
                .cut(0.5);

        assert_eq!(pairs_within(&groups), BTreeSet::from([(0, 1), (0, 2), (1, 2)]));
    }

    #[test]
    fn one_wrong_pair_does_not_join_two_groups() {
        let pairs = [candidate(0, 1, 0.9), candidate(2, 3, 0.9), candidate(1, 2, 0.8)];

        assert_eq!(
            pairs_within(&Tree::by_average_linkage(4, &pairs).cut(0.5)),
            BTreeSet::from([(0, 1), (2, 3)])
        );
    }

    #[test]
    fn a_higher_cut_leaves_smaller_groups() {
        let tree =
            Tree::by_average_linkage(4, &[candidate(2, 3, 0.9), candidate(1, 2, 0.8), candidate(1, 3, 0.6)]);

        assert_eq!(pairs_within(&tree.cut(0.8)), BTreeSet::from([(2, 3)]));
        assert_eq!(pairs_within(&tree.cut(0.7)), BTreeSet::from([(1, 2), (1, 3), (2, 3)]));
    }

    #[test]
    fn a_pair_named_twice_counts_once() {
        let pairs = [candidate(0, 1, 0.9), candidate(1, 0, 0.9), candidate(1, 2, 0.6)];

        assert_eq!(pairs_within(&Tree::by_average_linkage(3, &pairs).cut(0.5)), BTreeSet::from([(0, 1)]));
    }
}
