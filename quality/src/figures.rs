//! Named figures of a run, as they are accepted and compared.

use std::collections::BTreeMap;

/// Figures by name, for example `pairs_ofac/rest/auc`. The last part of the name says what it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(pub BTreeMap<String, f64>);

impl Figures {
    pub fn set(&mut self, name: impl Into<String>, value: f64) {
        self.0.insert(name.into(), value);
    }

    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }
}

/// Whether a smaller value of this figure is the better one.
pub fn less_is_better(name: &str) -> bool {
    matches!(
        name.rsplit('/').next().unwrap_or_default(),
        "false_positive_rate" | "false_alarms" | "strong" | "alerts_per_1000"
    )
}

/// How much worse a figure may be before it counts as worse.
///
/// 0.002 is one pair of 500; counts of alarms may not rise at all.
pub fn tolerance(name: &str) -> f64 {
    match name.rsplit('/').next().unwrap_or_default() {
        "false_alarms" | "strong" => 0.0,
        "alerts_per_1000" => 0.02,
        _ => 0.002,
    }
}
