//! The pairs that are most wrong, written apart for whoever works on the matching.
//!
//! Only under `target/`: the labelled sets are not ours to publish.

use anyhow::{Context, Result};

use crate::engine::THRESHOLD;
use crate::report::ScoredSet;
use crate::sets::folder;
use crate::split::Portion;

/// How many false alarms and how many missed pairs are written for each set.
const OF_EACH: usize = 30;

/// Writes the false alarms with the highest scores and, for each kind in turn, missed pairs with the lowest.
///
/// Only the training portion: whoever looks at the rest can no longer report on it.
pub fn write(set: &ScoredSet<'_>) -> Result<()> {
    let path = folder::scratch("worst")?.join(format!("{}.csv", set.name));
    let mut file =
        csv::Writer::from_path(&path).with_context(|| format!("could not write {}", path.display()))?;
    file.write_record(["wrong", "score", "kind", "type", "name1", "name2", "pair_id"])?;
    for (wrong, places) in [("false_alarm", false_alarms(set)), ("missed", missed(set))] {
        for place in places {
            let pair = &set.pairs[place];
            let (score, party) = (format!("{:.4}", set.scores[place]), format!("{:?}", pair.party));
            file.write_record([wrong, &score, &pair.kind, &party, &pair.name1, &pair.name2, &pair.id])?;
        }
    }
    Ok(file.flush()?)
}

fn false_alarms(set: &ScoredSet<'_>) -> Vec<usize> {
    let mut places = wrong(set, false);
    places.sort_by(|left, right| set.scores[*right].total_cmp(&set.scores[*left]));
    places.truncate(OF_EACH);
    places
}

/// Every n-th missed pair in order of score, so that not only the hopeless ones are seen.
fn missed(set: &ScoredSet<'_>) -> Vec<usize> {
    let mut places = wrong(set, true);
    places.sort_by(|left, right| set.scores[*right].total_cmp(&set.scores[*left]));
    let step = places.len().div_ceil(OF_EACH).max(1);
    places.into_iter().step_by(step).collect()
}

fn wrong(set: &ScoredSet<'_>, same: bool) -> Vec<usize> {
    (0..set.pairs.len())
        .filter(|place| set.pairs[*place].portion() == Portion::Training)
        .filter(|place| set.pairs[*place].same == same && (set.scores[*place] >= THRESHOLD) != same)
        .collect()
}
