//! How well scores rank the pairs that are the same above those that are not.
//!
//! Same definitions as the scoring script of the labelled sets: ties count half for the area under the
//! curve, and a threshold always takes or leaves all pairs of one score.

use super::confusion::share;

/// Counts of pairs at or above each distinct score, highest score first.
pub struct Curve {
    points: Vec<Point>,
    positives: u64,
    negatives: u64,
}

#[derive(Clone, Copy)]
struct Point {
    score: f64,
    true_positives: u64,
    false_positives: u64,
}

/// A threshold and what it gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtThreshold {
    pub threshold: f64,
    pub value: f64,
}

impl Curve {
    /// From `(score, same party)`, in any order.
    pub fn new(scored: impl IntoIterator<Item = (f64, bool)>) -> Self {
        let mut scored: Vec<_> = scored.into_iter().collect();
        scored.sort_by(|left, right| right.0.total_cmp(&left.0));
        let mut points: Vec<Point> = Vec::new();
        let (mut positives, mut negatives) = (0, 0);
        for (score, same) in scored {
            positives += u64::from(same);
            negatives += u64::from(!same);
            let point = Point { score, true_positives: positives, false_positives: negatives };
            match points.last_mut() {
                Some(last) if last.score == score => *last = point,
                _ => points.push(point),
            }
        }
        Self { points, positives, negatives }
    }

    /// Chance that a pair of the same party scores above one of two parties; ties count half.
    /// 0.5 where one of the two is missing.
    pub fn auc(&self) -> f64 {
        if self.positives == 0 || self.negatives == 0 {
            return 0.5;
        }
        let (mut area, mut before) = (0.0, (0, 0));
        for point in &self.points {
            let width = point.false_positives - before.1;
            area += width as f64 * (point.true_positives + before.0) as f64 / 2.0;
            before = (point.true_positives, point.false_positives);
        }
        area / (self.positives as f64 * self.negatives as f64)
    }

    /// Largest recall with at most `rate` (0..1) of the negatives at or above the threshold.
    pub fn recall_at_false_positive_rate(&self, rate: f64) -> AtThreshold {
        let allowed = rate * self.negatives as f64;
        self.points.iter().take_while(|point| point.false_positives as f64 <= allowed).last().map_or(
            AtThreshold { threshold: f64::INFINITY, value: 0.0 },
            |point| AtThreshold {
                threshold: point.score,
                value: share(point.true_positives, self.positives),
            },
        )
    }

    /// The threshold with the best F1. Searched on these very pairs, so it flatters.
    pub fn best_f1(&self) -> AtThreshold {
        let mut best = AtThreshold { threshold: 1.0, value: 0.0 };
        for point in &self.points {
            let answered = point.true_positives + point.false_positives;
            let f1 = share(2 * point.true_positives, answered + self.positives);
            if f1 > best.value {
                best = AtThreshold { threshold: point.score, value: f1 };
            }
        }
        best
    }

    pub const fn positives(&self) -> u64 {
        self.positives
    }

    pub const fn negatives(&self) -> u64 {
        self.negatives
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn curve(same: &[f64], other: &[f64]) -> Curve {
        Curve::new(same.iter().map(|score| (*score, true)).chain(other.iter().map(|score| (*score, false))))
    }

    #[test]
    fn perfect_order_has_area_one() {
        assert_eq!(curve(&[0.9, 0.8], &[0.3, 0.1]).auc(), 1.0);
    }

    #[test]
    fn equal_scores_have_area_one_half() {
        assert_eq!(curve(&[0.5, 0.5, 0.5], &[0.5]).auc(), 0.5);
    }

    #[test]
    fn a_tie_counts_half() {
        // 4 comparisons: 0.9 wins twice, 0.5 ties once and wins once.
        assert_eq!(curve(&[0.9, 0.5], &[0.5, 0.1]).auc(), 3.5 / 4.0);
    }

    #[test]
    fn recall_at_one_percent_does_not_cut_through_a_tie() {
        let others: Vec<f64> = (0..100).map(|n| if n < 2 { 0.8 } else { 0.1 }).collect();

        let found = curve(&[0.9, 0.8, 0.7], &others).recall_at_false_positive_rate(0.01);

        assert_eq!(found, AtThreshold { threshold: 0.9, value: 1.0 / 3.0 });
    }

    #[test]
    fn best_f1_names_its_threshold() {
        let best = curve(&[0.9, 0.6], &[0.7, 0.2]).best_f1();

        assert_eq!(best, AtThreshold { threshold: 0.6, value: 0.8 });
    }

    #[test]
    fn no_pairs_at_all_is_no_error() {
        let empty = curve(&[], &[]);

        assert_eq!((empty.auc(), empty.best_f1().value), (0.5, 0.0));
    }

    proptest! {
        #[test]
        fn area_equals_counting_every_comparison(same in prop::collection::vec(0_u8..12, 1..30), other in prop::collection::vec(0_u8..12, 1..30)) {
            let floats = |scores: &[u8]| scores.iter().map(|score| f64::from(*score)).collect::<Vec<_>>();
            let (same, other) = (floats(&same), floats(&other));
            let wins: f64 = same
                .iter()
                .flat_map(|left| other.iter().map(move |right| f64::from(u8::from(left > right)) + 0.5 * f64::from(u8::from(left == right))))
                .sum();

            let expected = wins / (same.len() * other.len()) as f64;

            prop_assert!((curve(&same, &other).auc() - expected).abs() < 1e-9);
        }
    }
}
