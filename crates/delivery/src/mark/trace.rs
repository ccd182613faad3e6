//! Who a leaked copy came from: a likelihood for each partner, and a threshold below which nobody is named.
//!
//! For each place whose choice can be read, a partner gains ln(k·(1−e) + e) where the choice is theirs and loses
//! ln(1/e) where it is not; k is the number of alternatives and e = 0.2 the share of places that a
//! leaker is supposed to have changed. The sum is the log of how much more likely the text is if this partner's
//! copy was the source than if it was not.
//!
//! For an innocent partner the expected value of that ratio is 1, whatever the text says and whoever made it,
//! because their choices do not depend on it (HMAC). By Markov's inequality it exceeds N/α with a chance
//! of at most α/N, so for N partners the chance that any innocent one does is at most α. This holds against a leaker
//! who knows the method and the words, as long as the secret is secret.

use watchlist::{Edition, EntryId};

use super::reading::read;
use super::{Leak, Marker, Wording};
use crate::partner::PartnerId;

/// The highest chance that an innocent partner is named, for one leak: a tenth of the 1 in 10,000 that is asked for.
pub const WRONG_ACCUSATION: f64 = 1e-5;

/// Share of places that a leaker may have changed. A higher one forgives more and needs more text.
const CHANGED: f64 = 0.2;

/// All partners' choices for one edition.
pub struct Tracer {
    partners: Vec<PartnerId>,
    entries: Vec<TracedEntry>,
}

struct TracedEntry {
    id: EntryId,
    wording: Wording,
    /// The picks of each partner, in the order of the partners.
    picks: Vec<Vec<usize>>,
}

/// What a leaked copy says.
#[derive(Debug)]
pub struct Trace {
    pub verdict: Verdict,
    /// Entries of the edition that were found in the copy.
    pub entries: usize,
    /// Places whose choice could be read.
    pub places: usize,
    /// What a likelihood must exceed, as a natural logarithm.
    pub threshold: f64,
    /// The most likely partners with the natural logarithm of their likelihood, at most five.
    pub ranking: Vec<(PartnerId, f64)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One partner's copy, beyond the threshold.
    Named(PartnerId),
    /// Copies of several partners were mixed: each of them is beyond the threshold.
    Several(Vec<PartnerId>),
    /// Too little, or nobody's. Nobody is named.
    Unsure,
}

impl Tracer {
    /// `edition` is the issuer's own, before marking; `partners` are all who received it.
    pub fn new(marker: &Marker, edition: &Edition, partners: &[PartnerId]) -> Self {
        let traced = |entry: &watchlist::Entry| {
            let wording = marker.wording_of(entry);
            let picks =
                partners.iter().map(|partner| marker.picks(&wording, edition, entry, partner)).collect();
            TracedEntry { id: entry.id.clone(), wording, picks }
        };
        Self { partners: partners.to_vec(), entries: edition.entries.iter().map(traced).collect() }
    }

    /// Weighs a leaked copy.
    pub fn trace(&self, leak: &Leak) -> Trace {
        let mut likelihoods = vec![0.0; self.partners.len()];
        let (mut entries, mut places) = (0, 0);
        for entry in &self.entries {
            let Some(note) = leak.notes.get(&entry.id) else { continue };
            entries += 1;
            let counts = entry.wording.choices().map(<[String]>::len);
            for (place, (seen, count)) in read(&entry.wording, note).into_iter().zip(counts).enumerate() {
                let Some(seen) = seen else { continue };
                places += 1;
                for (likelihood, picks) in likelihoods.iter_mut().zip(&entry.picks) {
                    *likelihood += weight(picks[place] == seen, count);
                }
            }
        }
        self.judge(&likelihoods, entries, places)
    }

    fn judge(&self, likelihoods: &[f64], entries: usize, places: usize) -> Trace {
        let threshold = (self.partners.len().max(1) as f64 / WRONG_ACCUSATION).ln();
        let mut ranking: Vec<(PartnerId, f64)> =
            self.partners.iter().cloned().zip(likelihoods.iter().copied()).collect();
        ranking.sort_by(|one, other| other.1.total_cmp(&one.1));
        let beyond: Vec<PartnerId> = ranking
            .iter()
            .take_while(|(_, likelihood)| *likelihood > threshold)
            .map(|(partner, _)| partner.clone())
            .collect();
        ranking.truncate(5);
        let verdict = match beyond.as_slice() {
            [] => Verdict::Unsure,
            [one] => Verdict::Named(one.clone()),
            _ => Verdict::Several(beyond),
        };
        Trace { verdict, entries, places, threshold, ranking }
    }
}

fn weight(same: bool, alternatives: usize) -> f64 {
    let alternatives = alternatives as f64;
    if same { (alternatives * (1.0 - CHANGED) + CHANGED).ln() } else { CHANGED.ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expected_ratio_of_an_innocent_partner_is_one() {
        for alternatives in 2..=8 {
            let chance = 1.0 / alternatives as f64;
            let expected = chance * weight(true, alternatives).exp()
                + (1.0 - chance) * weight(false, alternatives).exp();
            assert!((expected - 1.0).abs() < 1e-12, "{alternatives} alternatives: {expected}");
        }
    }
}
