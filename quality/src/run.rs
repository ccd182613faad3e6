//! The routine run: every set that is present, then the comparison with the accepted figures.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use crate::accepted::{self, Compared, Standing};
use crate::engine::{self, Scratch};
use crate::figures::Figures;
use crate::report::ScoredSet;
use crate::sets::folder::{DataFolder, workspace_root};
use crate::sets::pairs::{self, Pair};
use crate::{baseline, linking, noisy, planted, worst};

/// What to run.
pub struct Plan {
    pub data: DataFolder,
    /// Names of sets, or parts of names; empty means all.
    pub only: Vec<String>,
    pub with_baseline: bool,
    /// Rows of the planted base.
    pub planted_rows: u64,
}

impl Plan {
    fn wants(&self, set: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|part| set.contains(part.as_str()))
    }
}

/// What a run measured.
pub struct Measured {
    pub figures: Figures,
    /// Whether every wanted set that is present could be measured.
    pub complete: bool,
}

/// Runs every wanted set and prints its figures.
pub fn run(plan: &Plan, out: &mut dyn Write) -> Result<Measured> {
    let (mut figures, mut complete) = (Figures::default(), true);
    for name in pairs::FILES.iter().filter(|name| plan.wants(name)) {
        let file = format!("{name}.csv.gz");
        match plan.data.missing(&[&file]) {
            Some(reason) => writeln!(out, "\n{name}: {reason}")?,
            None => pair_file(plan, name, &plan.data.path(&file), &mut figures, out)?,
        }
    }
    if plan.wants("noisy") {
        noisy::task::run(&plan.data, &mut figures, out)?;
    }
    if plan.wants("febrl4") {
        linking::febrl4(&plan.data, &mut figures, out)?;
    }
    if plan.wants("dedupe_sites") {
        linking::dedupe_sites(&plan.data, &mut figures, out)?;
    }
    for path in own_cases()? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if plan.wants(&name) {
            own_case(&name, &mut figures, out)?;
        }
    }
    if plan.wants("planted") {
        // The only set that needs the whole program: if that does not build, the other figures still stand.
        if let Err(error) = planted::run(&plan.data, plan.planted_rows, &mut figures, out) {
            writeln!(out, "\nplanted: NOT MEASURED: {error:#}")?;
            complete = false;
        }
    }
    Ok(Measured { figures, complete })
}

/// One file of the project's own cases, by its name without ending.
pub fn own_case(name: &str, figures: &mut Figures, out: &mut dyn Write) -> Result<()> {
    let path = workspace_root().join("quality/cases").join(format!("{name}.csv"));
    score_and_report(name, &pairs::read(&path)?, None, figures, out)
}

/// The project's own cases, in the order of their names.
pub fn own_cases() -> Result<Vec<PathBuf>> {
    let folder = workspace_root().join("quality/cases");
    let Ok(files) = std::fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    Ok(paths)
}

/// Scores of pairs, in their order.
pub fn scores(pairs: &[Pair]) -> Vec<f64> {
    pairs.par_iter().map_init(Scratch::default, |scratch, pair| engine::score(pair, scratch)).collect()
}

fn pair_file(plan: &Plan, name: &str, path: &Path, figures: &mut Figures, out: &mut dyn Write) -> Result<()> {
    let baseline = if plan.with_baseline { Some(baseline::of_file(path)?) } else { None };
    score_and_report(name, &pairs::read(path)?, baseline.as_ref(), figures, out)
}

fn score_and_report(
    name: &str,
    pairs: &[Pair],
    baseline: Option<&baseline::SetBaseline>,
    figures: &mut Figures,
    out: &mut dyn Write,
) -> Result<()> {
    let scores = scores(pairs);
    let set = ScoredSet { name, pairs, scores: &scores };
    set.report(out, figures, baseline)?;
    worst::write(&set)
}

/// Prints what is better or worse than accepted. Returns how many figures are worse.
pub fn compare_with_accepted(figures: &Figures, out: &mut dyn Write) -> Result<usize> {
    let compared = accepted::compare(figures, &accepted::read(&accepted_path())?);
    let count = |standing| compared.iter().filter(|figure| figure.standing == standing).count();
    writeln!(
        out,
        "\ncompared with the accepted result: {} better, {} equal, {} worse, {} new",
        count(Standing::Better),
        count(Standing::Equal),
        count(Standing::Worse),
        count(Standing::New)
    )?;
    for Compared { name, accepted, now, standing } in &compared {
        if let (Standing::Better | Standing::Worse, Some(accepted)) = (standing, accepted) {
            let word = if *standing == Standing::Worse { "WORSE " } else { "better" };
            writeln!(out, "  {word} {name}: {accepted:.4} -> {now:.4}")?;
        }
    }
    Ok(count(Standing::Worse))
}

pub fn accepted_path() -> PathBuf {
    workspace_root().join("quality/accepted.txt")
}
