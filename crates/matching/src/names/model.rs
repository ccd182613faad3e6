//! From the features of two names to log-odds: calibrated weights, one column for each kind of party.
//!
//! The weights are fitted by `quality/fit.py` on the training half of the labelled sets (see
//! `quality/README.md`) and shipped as `data/names/weights.tsv`. Log-odds of 0 are the shipped threshold.

use std::sync::LazyLock;

use super::clean::CleanName;
use super::features::{COUNT, Compared, NAMES, Values, compare};
use super::keys::anchored;
use crate::party::PartyKind;

/// A pair without an anchor is never a hit, whatever else agrees: its log-odds stay at or below this.
pub const UNANCHORED: f32 = -0.4;

struct Weights {
    organisation: Values,
    person: Values,
}

fn weights() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(include_str!("../../data/names/weights.tsv")));
    &WEIGHTS
}

/// Reads `feature<TAB>organisation<TAB>person`. A feature without a line has no weight.
fn read(text: &str) -> Weights {
    let mut weights = Weights { organisation: [0.0; COUNT], person: [0.0; COUNT] };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(place) = cells.next().and_then(|name| NAMES.iter().position(|known| *known == name)) else {
            continue;
        };
        let mut next = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
        weights.organisation[place] = next();
        weights.person[place] = next();
    }
    weights
}

/// How alike two names are.
pub struct NameScore {
    /// Natural logarithm of the odds that both names are of one party; 0 is the threshold.
    pub log_odds: f32,
    /// Whether the index would have found the pair.
    pub anchored: bool,
    pub compared: Compared,
    pub persons: bool,
}

/// Scores two cleaned names; `None` where one of them has no word.
pub fn score(a: &CleanName, b: &CleanName) -> Option<NameScore> {
    if a.tokens.is_empty() || b.tokens.is_empty() {
        return None;
    }
    let compared = compare(a, b);
    let persons = a.kind == PartyKind::Person && b.kind == PartyKind::Person;
    let mut log_odds = total(&compared.values, persons);
    let anchored = anchored(a, b, &compared.alignment);
    if !anchored && log_odds > UNANCHORED {
        // Keeps the order among unanchored pairs, below the threshold.
        log_odds = UNANCHORED - 0.3 / (1.0 + log_odds - UNANCHORED);
    }
    Some(NameScore { log_odds, anchored, compared, persons })
}

fn total(values: &Values, persons: bool) -> f32 {
    let weights = if persons { &weights().person } else { &weights().organisation };
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

impl NameScore {
    /// What one feature adds to the log-odds.
    pub fn part(&self, feature: &str) -> f32 {
        let weights = if self.persons { &weights().person } else { &weights().organisation };
        NAMES
            .iter()
            .position(|name| *name == feature)
            .map_or(0.0, |place| self.compared.values[place] * weights[place])
    }
}
