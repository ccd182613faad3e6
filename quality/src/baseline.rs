//! RapidFuzz as an outside baseline: a Python script scores the same pair files with every scorer.
//!
//! The result of a file is kept by the hash of the file and of the script, so the slow part runs once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::sets::folder;

/// Figures of one scorer on one set.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Scorer {
    pub auc: f64,
    pub recall_at_1_percent: f64,
    pub best_f1: f64,
    pub kinds: BTreeMap<String, KindFigures>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub struct KindFigures {
    pub auc: f64,
    pub recall_at_1_percent: f64,
}

/// Figures of all scorers on one set, by name of the scorer and its cleaning.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct SetBaseline(pub BTreeMap<String, Scorer>);

impl SetBaseline {
    pub fn auc(&self) -> f64 {
        self.best(|scorer| scorer.auc).1
    }

    pub fn auc_by(&self) -> &str {
        self.best(|scorer| scorer.auc).0
    }

    pub fn recall_at_1_percent(&self) -> f64 {
        self.best(|scorer| scorer.recall_at_1_percent).1
    }

    pub fn recall_at_1_percent_by(&self) -> &str {
        self.best(|scorer| scorer.recall_at_1_percent).0
    }

    pub fn best_f1(&self) -> f64 {
        self.best(|scorer| scorer.best_f1).1
    }

    pub fn best_f1_by(&self) -> &str {
        self.best(|scorer| scorer.best_f1).0
    }

    /// The best AUC and the best recall at 1 % false positives that any scorer has for a kind.
    pub fn kind(&self, kind: &str) -> Option<(f64, f64)> {
        let figures: Vec<KindFigures> =
            self.0.values().filter_map(|scorer| scorer.kinds.get(kind).copied()).collect();
        let highest = |of: fn(&KindFigures) -> f64| figures.iter().map(of).fold(0.0, f64::max);
        (!figures.is_empty()).then(|| (highest(|kind| kind.auc), highest(|kind| kind.recall_at_1_percent)))
    }

    fn best(&self, of: fn(&Scorer) -> f64) -> (&str, f64) {
        self.0.iter().fold(
            ("", 0.0),
            |best, (name, scorer)| {
                if of(scorer) > best.1 { (name.as_str(), of(scorer)) } else { best }
            },
        )
    }
}

/// The baseline of a pair file, computed by the script unless it is known already.
pub fn of_file(pairs: &Path) -> Result<SetBaseline> {
    let script = folder::workspace_root().join("quality/rapidfuzz_baseline.py");
    let kept = folder::scratch("baseline")?.join(format!("{}.json", key(&[pairs, &script])?));
    if !kept.is_file() {
        let output = Command::new(python()?)
            .arg(&script)
            .arg(pairs)
            .output()
            .context("could not start the baseline script")?;
        ensure!(
            output.status.success(),
            "the baseline script failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        std::fs::write(&kept, &output.stdout)
            .with_context(|| format!("could not write {}", kept.display()))?;
    }
    let bytes = std::fs::read(&kept).with_context(|| format!("could not read {}", kept.display()))?;
    serde_json::from_slice(&bytes)
        .with_context(|| format!("{} is not what the script writes; delete it", kept.display()))
}

fn key(files: &[&Path]) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?);
    }
    Ok(hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// The interpreter of an environment of our own that has the packages; made at first use.
fn python() -> Result<PathBuf> {
    let environment = folder::scratch("")?.join("venv");
    let python = environment.join("bin/python");
    if !environment.join("ready").is_file() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        let packages = ["rapidfuzz==3.14.6", "anyascii==0.3.3"];
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
        std::fs::write(environment.join("ready"), packages.join("\n"))
            .context("could not mark the environment as ready")?;
    }
    Ok(python)
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("could not start {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_has_its_own_best_scorer() {
        let scorer = |auc, recall_at_1_percent| Scorer {
            auc,
            recall_at_1_percent,
            best_f1: 0.5,
            kinds: BTreeMap::new(),
        };
        let set = SetBaseline(BTreeMap::from([
            ("ratio".to_owned(), scorer(0.9, 0.2)),
            ("WRatio".to_owned(), scorer(0.8, 0.3)),
        ]));

        assert_eq!((set.auc_by(), set.recall_at_1_percent_by()), ("ratio", "WRatio"));
        assert_eq!((set.auc(), set.recall_at_1_percent()), (0.9, 0.3));
    }
}
