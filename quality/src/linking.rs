//! FEBRL4 and the child-care sites: every pair of records through the product's own comparison.

use std::io::{self, Write};

use anyhow::Result;
use matching::Party;
use rayon::prelude::*;

use crate::engine::{self, Scratch};
use crate::figures::Figures;
use crate::measure::clusters::{Tree, pairs_within};
use crate::measure::confusion::Confusion;
use crate::measure::links::{Candidate, compare_pairs, one_to_one};
use crate::records::Record;
use crate::sets::folder::{self, DataFolder};
use crate::sets::{dedupe, febrl};

/// Pairs below this score are forgotten: far under every threshold, so that no answer depends on it.
const KEPT: f64 = 0.05;

/// How many false alarms and how many missed pairs are written for whoever works on the matching.
const WRITTEN: usize = 60;

/// Links the two files of FEBRL4 one to one.
pub fn febrl4(data: &DataFolder, figures: &mut Figures, out: &mut dyn Write) -> Result<()> {
    if let Some(reason) = data.missing(febrl::FILES) {
        return Ok(writeln!(out, "\nfebrl4: {reason}")?);
    }
    let set = febrl::read(data)?;
    let (left, right) = (cleaned(&set.left), cleaned(&set.right));
    let candidates = candidates(left.len(), |place| (0..right.len(), &left[place], &right));
    let links = one_to_one(candidates.clone(), engine::THRESHOLD);
    let confusion = compare_pairs(&links, &set.truth);
    let best =
        best_threshold(|threshold| compare_pairs(&one_to_one(candidates.clone(), threshold), &set.truth));
    print("febrl4 links, one to one", set.left.len() + set.right.len(), confusion, best, out)?;
    add(figures, "febrl4/links", confusion);

    let wrong = links.symmetric_difference(&set.truth).map(|(l, r)| (*l, *r)).collect();
    let show = |person: &febrl::Person| format!("{person:?}");
    write_wrong("febrl4", wrong, &set.truth, &candidates, |l| show(&set.left[l]), |r| show(&set.right[r]))
}

/// Groups the child-care sites.
pub fn dedupe_sites(data: &DataFolder, figures: &mut Figures, out: &mut dyn Write) -> Result<()> {
    if let Some(reason) = data.missing(dedupe::FILES) {
        return Ok(writeln!(out, "\ndedupe_sites: {reason}")?);
    }
    let sites = dedupe::read(data)?;
    let cleaned = cleaned(&sites);
    let candidates = candidates(cleaned.len(), |place| (place + 1..cleaned.len(), &cleaned[place], &cleaned));
    let truth = pairs_within(&dedupe::true_groups(&sites));
    let tree = Tree::by_average_linkage(sites.len() as u32, &candidates);
    let grouped = |threshold| pairs_within(&tree.cut(threshold));
    let found = grouped(engine::THRESHOLD);
    let confusion = compare_pairs(&found, &truth);
    let best = best_threshold(|threshold| compare_pairs(&grouped(threshold), &truth));
    print("dedupe_sites, pairs within groups", sites.len(), confusion, best, out)?;
    add(figures, "dedupe_sites/pairs", confusion);

    let wrong = found.symmetric_difference(&truth).map(|(l, r)| (*l, *r)).collect();
    let show = |place: usize| format!("{:?}", sites[place]);
    write_wrong("dedupe_sites", wrong, &truth, &candidates, show, show)
}

fn cleaned<'a, T>(records: &'a [T]) -> Vec<Party>
where
    Record: From<&'a T>,
{
    let mut scratch = Scratch::default();
    records.iter().map(|record| engine::clean_record(&Record::from(record), &mut scratch)).collect()
}

/// All pairs with a score worth keeping. `partners` says for a record of the left file with which places of
/// which records it is compared.
fn candidates<'a, F>(left: usize, partners: F) -> Vec<Candidate>
where
    F: Fn(usize) -> (std::ops::Range<usize>, &'a Party, &'a [Party]) + Sync,
{
    (0..left)
        .into_par_iter()
        .flat_map_iter(|place| {
            let (range, record, others) = partners(place);
            range
                .map(|other| Candidate {
                    left: place as u32,
                    right: other as u32,
                    score: engine::compare_parties(record, &others[other]),
                })
                .filter(|candidate| candidate.score >= KEPT)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The threshold of 0.1, 0.2 ... 0.9 with the best F1: shows how far the shipped one is from it.
fn best_threshold(confusion_at: impl Fn(f64) -> Confusion) -> (f64, f64) {
    (1..10)
        .map(|tenth| f64::from(tenth) / 10.0)
        .map(|threshold| (threshold, confusion_at(threshold).f1()))
        .fold((0.0, 0.0), |best, this| if this.1 > best.1 { this } else { best })
}

fn print(
    name: &str,
    records: usize,
    confusion: Confusion,
    best: (f64, f64),
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "\n{name}: {records} records")?;
    writeln!(
        out,
        "  precision {:.4} recall {:.4} F1 {:.4}; {} wrong, {} missed; best F1 {:.4} at {:.1}",
        confusion.precision(),
        confusion.recall(),
        confusion.f1(),
        confusion.false_positives,
        confusion.false_negatives,
        best.1,
        best.0
    )
}

fn add(figures: &mut Figures, name: &str, confusion: Confusion) {
    figures.set(format!("{name}/precision"), confusion.precision());
    figures.set(format!("{name}/recall"), confusion.recall());
    figures.set(format!("{name}/f1"), confusion.f1());
}

fn write_wrong(
    name: &str,
    wrong: Vec<(u32, u32)>,
    truth: &std::collections::BTreeSet<(u32, u32)>,
    candidates: &[Candidate],
    left: impl Fn(usize) -> String,
    right: impl Fn(usize) -> String,
) -> Result<()> {
    let scores: rustc_hash::FxHashMap<(u32, u32), f64> =
        candidates.iter().map(|candidate| ((candidate.left, candidate.right), candidate.score)).collect();
    let score = |pair: &(u32, u32)| scores.get(pair).copied().unwrap_or_default();
    let (mut missed, mut alarms): (Vec<_>, Vec<_>) = wrong.into_iter().partition(|pair| truth.contains(pair));
    missed.sort_by(|a, b| score(a).total_cmp(&score(b)));
    alarms.sort_by(|a, b| score(b).total_cmp(&score(a)));
    let mut file = csv::Writer::from_path(folder::scratch("worst")?.join(format!("{name}.csv")))?;
    file.write_record(["wrong", "score", "left", "right"])?;
    for (what, pairs) in [("false_alarm", alarms), ("missed", missed)] {
        for pair in pairs.iter().take(WRITTEN) {
            let score = format!("{:.4}", score(pair));
            file.write_record([what, &score, &left(pair.0 as usize), &right(pair.1 as usize)])?;
        }
    }
    Ok(file.flush()?)
}
