//! The same figures for each kind of pair.

use std::collections::BTreeMap;

use super::confusion::share;
use super::ranking::Curve;

/// A pair with its score. `kind` says how the two names differ, or how a negative was chosen.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'a> {
    pub kind: &'a str,
    pub same: bool,
    pub score: f64,
}

/// Figures of one kind of positives, against all negatives of the set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PositiveKind {
    pub pairs: u64,
    /// At the shipped threshold.
    pub recall: f64,
    pub auc: f64,
    /// Where at most 1 % of all negatives of the set are above.
    pub recall_at_1_percent: f64,
}

/// Figures of one kind of negatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegativeKind {
    pub pairs: u64,
    /// Share of them at or above the shipped threshold.
    pub false_positive_rate: f64,
}

/// Figures for each kind of positives.
pub fn positives<'a>(scored: &[Scored<'a>], threshold: f64) -> BTreeMap<&'a str, PositiveKind> {
    let others: Vec<(f64, bool)> =
        scored.iter().filter(|pair| !pair.same).map(|pair| (pair.score, false)).collect();
    by_kind(scored, true)
        .into_iter()
        .map(|(kind, scores)| {
            let curve = Curve::new(others.iter().copied().chain(scores.iter().map(|score| (*score, true))));
            let figures = PositiveKind {
                pairs: scores.len() as u64,
                recall: share_at(&scores, threshold),
                auc: curve.auc(),
                recall_at_1_percent: curve.recall_at_false_positive_rate(0.01).value,
            };
            (kind, figures)
        })
        .collect()
}

/// Figures for each kind of negatives.
pub fn negatives<'a>(scored: &[Scored<'a>], threshold: f64) -> BTreeMap<&'a str, NegativeKind> {
    by_kind(scored, false)
        .into_iter()
        .map(|(kind, scores)| {
            (
                kind,
                NegativeKind {
                    pairs: scores.len() as u64,
                    false_positive_rate: share_at(&scores, threshold),
                },
            )
        })
        .collect()
}

fn by_kind<'a>(scored: &[Scored<'a>], same: bool) -> BTreeMap<&'a str, Vec<f64>> {
    let mut kinds: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for pair in scored.iter().filter(|pair| pair.same == same) {
        kinds.entry(pair.kind).or_default().push(pair.score);
    }
    kinds
}

fn share_at(scores: &[f64], threshold: f64) -> f64 {
    share(scores.iter().filter(|score| **score >= threshold).count() as u64, scores.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_stands_against_all_negatives() {
        let pair = |kind, same, score| Scored { kind, same, score };
        let scored = [
            pair("typo", true, 0.9),
            pair("alias", true, 0.2),
            pair("hard", false, 0.6),
            pair("random", false, 0.1),
        ];

        let positive = positives(&scored, 0.5);
        let negative = negatives(&scored, 0.5);

        assert_eq!((positive["typo"].recall, positive["typo"].auc), (1.0, 1.0));
        assert_eq!((positive["alias"].recall, positive["alias"].auc), (0.0, 0.5));
        assert_eq!(
            (negative["hard"].false_positive_rate, negative["random"].false_positive_rate),
            (1.0, 0.0)
        );
    }
}
