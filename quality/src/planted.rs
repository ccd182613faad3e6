//! The planted base: a generated customer base in which listed parties are hidden in many ways.
//!
//! The whole product runs on it, from the CSV file to the file of hits.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::figures::Figures;
use crate::measure::confusion::share;
use crate::product::{self, Needed};
use crate::sets::folder::{self, DataFolder};

const GENERATOR: &str = "make_customers.py";

/// Kinds that are found by the name, or by a domain that only looks like the listed one.
const NAME_KINDS: &[&str] = &[
    "exact_name",
    "typo",
    "alias",
    "legal_form",
    "spacing",
    "homoglyph",
    "translit_variant",
    "translit_cyrillic",
    "lookalike_domain",
];

/// Kinds that are neither: the name says something else than the listed one, or it is a contact's.
const OTHER_KINDS: &[&str] = &["word_change", "contact_person"];

/// How to make a base. The same values make the same files.
#[derive(Clone, Copy, Debug)]
pub struct Recipe<'a> {
    pub rows: u64,
    pub seed: u64,
    /// List to plant from; the generator's own where there is none.
    pub list: Option<&'a Path>,
    /// Short name of the list, part of the folder's name.
    pub name: &'a str,
}

/// The files of a generated base.
pub struct Base {
    pub customers: PathBuf,
    pub list: PathBuf,
    truth: PathBuf,
    hard: PathBuf,
}

#[derive(Deserialize)]
struct Planted {
    customer_id: String,
    list_id: String,
    kind: String,
    detail: String,
}

#[derive(Deserialize)]
struct FoundHit {
    customer_id: String,
    entry_id: String,
    class: String,
    score: String,
}

/// Generates a base, unless it is there already.
pub fn make(data: &DataFolder, recipe: Recipe<'_>) -> Result<Base> {
    let folder = folder::scratch(&format!("base-{}-{}-{}", recipe.name, recipe.rows, recipe.seed))?;
    let base = Base {
        customers: folder.join("base.csv"),
        list: folder.join("base.list.jsonl"),
        truth: folder.join("base.truth.csv"),
        hard: folder.join("base.hard.csv"),
    };
    let done = folder.join("ready");
    if !done.is_file() {
        let mut command = Command::new("python3");
        command.arg(data.path(GENERATOR)).args([
            "--rows",
            &recipe.rows.to_string(),
            "--seed",
            &recipe.seed.to_string(),
        ]);
        command.args(["--plant", "500", "--hard", "1500", "--enrich", "--out"]).arg(&base.customers);
        if let Some(list) = recipe.list {
            command.arg("--list").arg(list);
        }
        let output = command.output().context("could not start python3")?;
        ensure!(output.status.success(), "{GENERATOR} failed:\n{}", String::from_utf8_lossy(&output.stderr));
        std::fs::write(&done, []).with_context(|| format!("could not write {}", done.display()))?;
    }
    Ok(base)
}

/// Screens a planted base with the whole product and adds the figures.
pub fn run(data: &DataFolder, rows: u64, figures: &mut Figures, out: &mut dyn Write) -> Result<()> {
    if let Some(reason) = data.missing(&[GENERATOR]) {
        return Ok(writeln!(out, "\nplanted: {reason}")?);
    }
    let base = make(data, Recipe { rows, seed: 1, list: None, name: "planted" })?;
    let program = product::build()?;
    let hits_file = base.customers.with_file_name("hits.csv");
    let needed = product::screen(&program, &base.customers, &base.list, &hits_file, &[])?;
    let outcome = Outcome::new(&base, read(&hits_file)?)?;
    outcome.write_wrong()?;
    outcome.print(rows, needed, out)?;
    outcome.add_figures(rows, figures);
    Ok(())
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>> {
    folder::rows(path)?
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("could not read {}", path.display()))
}

struct Outcome {
    planted: Vec<Planted>,
    hard: Vec<Planted>,
    hits: Vec<FoundHit>,
    /// Customers with any hit.
    flagged: FxHashSet<String>,
}

impl Outcome {
    fn new(base: &Base, hits: Vec<FoundHit>) -> Result<Self> {
        let flagged = hits.iter().map(|hit| hit.customer_id.clone()).collect();
        Ok(Self { planted: read(&base.truth)?, hard: read(&base.hard)?, hits, flagged })
    }

    /// Found and all by kind. Counted by customer, as two entries may share a value.
    fn recall(&self) -> BTreeMap<&str, (u64, u64)> {
        let mut kinds: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for planted in &self.planted {
            let kind = kinds.entry(&planted.kind).or_default();
            *kind = (kind.0 + u64::from(self.flagged.contains(&planted.customer_id)), kind.1 + 1);
        }
        kinds
    }

    /// Found and all over a group of kinds.
    fn group(&self, name: &str) -> f64 {
        let of_group = |kind: &str| match name {
            "name kinds" => NAME_KINDS.contains(&kind),
            "other kinds" => OTHER_KINDS.contains(&kind),
            _ => !NAME_KINDS.contains(&kind) && !OTHER_KINDS.contains(&kind),
        };
        let (found, all) = self
            .recall()
            .into_iter()
            .filter(|(kind, _)| of_group(kind))
            .fold((0, 0), |sum, (_, kind)| (sum.0 + kind.0, sum.1 + kind.1));
        share(found, all)
    }

    /// Hits on hard negatives by kind and class, against the very entry they look like or any other.
    fn hard_hits(&self) -> BTreeMap<&str, BTreeMap<&str, u64>> {
        let kinds: FxHashMap<&str, &str> =
            self.hard.iter().map(|row| (row.customer_id.as_str(), row.kind.as_str())).collect();
        let mut found: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
        for hit in &self.hits {
            if let Some(kind) = kinds.get(hit.customer_id.as_str()) {
                *found.entry(kind).or_default().entry(&hit.class).or_default() += 1;
            }
        }
        found
    }

    fn hard_strong(&self) -> u64 {
        self.hard_hits().values().filter_map(|classes| classes.get("strong")).sum()
    }

    /// Customers that were neither planted nor made to look like an entry, and have a hit.
    fn alarms(&self) -> Vec<&FoundHit> {
        let made: FxHashSet<&str> =
            self.planted.iter().chain(&self.hard).map(|row| row.customer_id.as_str()).collect();
        let mut seen = BTreeSet::new();
        self.hits
            .iter()
            .filter(|hit| !made.contains(hit.customer_id.as_str()) && seen.insert(hit.customer_id.as_str()))
            .collect()
    }

    fn alerts_per_1000(&self, rows: u64) -> f64 {
        1000.0 * share(self.alarms().len() as u64, rows)
    }

    fn print(&self, rows: u64, needed: Needed, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "\nplanted base: {rows} rows, {} planted, {} hard negatives",
            self.planted.len(),
            self.hard.len()
        )?;
        write!(out, "  {:.1} s", needed.wall.as_secs_f64())?;
        if let Some(peak) = needed.peak_kib {
            write!(out, ", peak {} MiB", peak / 1024)?;
        }
        writeln!(out, ", {} hits", self.hits.len())?;
        for group in ["identifier kinds", "name kinds", "other kinds"] {
            writeln!(out, "  recall {group:<21} {:.4}", self.group(group))?;
        }
        for (kind, (found, all)) in self.recall() {
            writeln!(out, "    + {kind:<24} {:.4} of {all}", share(found, all))?;
        }
        writeln!(out, "  hits on hard negatives: {} strong; by kind and class:", self.hard_strong())?;
        for (kind, classes) in self.hard_hits() {
            writeln!(out, "    - {kind:<24} {classes:?}")?;
        }
        writeln!(
            out,
            "  alerts on other rows: {} ({:.4} for each 1,000 rows)",
            self.alarms().len(),
            self.alerts_per_1000(rows)
        )
    }

    fn add_figures(&self, rows: u64, figures: &mut Figures) {
        let set = format!("planted {rows}");
        for group in ["identifier kinds", "name kinds", "other kinds"] {
            figures.set(format!("{set}/{group}/recall"), self.group(group));
        }
        for (kind, (found, all)) in self.recall() {
            figures.set(format!("{set}/kind {kind}/recall"), share(found, all));
        }
        figures.set(format!("{set}/hard negatives/strong"), self.hard_strong() as f64);
        figures.set(format!("{set}/other rows/alerts_per_1000"), self.alerts_per_1000(rows));
    }

    /// Missed plants, hits on hard negatives, and alarms on other rows.
    fn write_wrong(&self) -> Result<()> {
        let mut file = csv::Writer::from_path(folder::scratch("worst")?.join("planted.csv"))?;
        file.write_record(["what", "kind", "class", "score", "customer_id", "entry_id", "detail"])?;
        for row in self.planted.iter().filter(|row| !self.flagged.contains(&row.customer_id)) {
            file.write_record(["missed", &row.kind, "", "", &row.customer_id, &row.list_id, &row.detail])?;
        }
        let hard: FxHashMap<&str, &Planted> =
            self.hard.iter().map(|row| (row.customer_id.as_str(), row)).collect();
        for hit in &self.hits {
            if let Some(row) = hard.get(hit.customer_id.as_str()) {
                file.write_record([
                    "hard",
                    &row.kind,
                    &hit.class,
                    &hit.score,
                    &hit.customer_id,
                    &hit.entry_id,
                    &row.detail,
                ])?;
            }
        }
        for hit in self.alarms() {
            file.write_record(["alarm", "", &hit.class, &hit.score, &hit.customer_id, &hit.entry_id, ""])?;
        }
        Ok(file.flush()?)
    }
}
