//! Writes the feature values of all labelled pairs, for whoever fits or studies weights.

use std::path::Path;

use anyhow::{Context, Result};

use crate::engine::{self, Scratch};
use crate::sets::folder::DataFolder;
use crate::sets::pairs;

/// Writes one row for each pair of the sets that are present: set, pair id, portion, kind, type, label, features.
/// Returns how many rows were written.
pub fn write(data: &DataFolder, out: &Path) -> Result<u64> {
    let mut file =
        csv::Writer::from_path(out).with_context(|| format!("could not write {}", out.display()))?;
    let about = ["set", "pair_id", "portion", "kind", "type", "label"];
    file.write_record(about.iter().chain(engine::FEATURE_NAMES))?;
    let (mut scratch, mut written) = (Scratch::default(), 0);
    for set in pairs::FILES {
        let path = data.path(&format!("{set}.csv.gz"));
        if !path.is_file() {
            continue;
        }
        for pair in pairs::read(&path)? {
            let Some(values) = engine::feature_values(&pair, &mut scratch) else { continue };
            let label = if pair.same { "1" } else { "0" };
            let party = format!("{:?}", pair.party).to_lowercase();
            file.write_field(set)?;
            for cell in [&pair.id, pair.portion().name(), &pair.kind, &party, label] {
                file.write_field(cell)?;
            }
            file.write_record(values.iter().map(|value| format!("{value:.5}")))?;
            written += 1;
        }
    }
    file.flush()?;
    Ok(written)
}
