//! Runs the task and counts.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use matching::{Party, PartyKind};
use rayon::prelude::*;

use super::corpus::{self, Company, Corpus};
use super::noise::Noise;
use crate::engine::{self, Scratch};
use crate::figures::Figures;
use crate::measure::confusion::share;
use crate::random::Random;
use crate::sets::folder::{self, DataFolder};
use crate::split::Portion;

/// Draws for each portion. More than one, so that a single unlucky draw of 500 names decides nothing.
const DRAWS: u64 = 4;

/// A name to look up, and what should come out.
struct Query {
    text: String,
    /// Place in the list; nothing for a stranger.
    right: Option<usize>,
    noise: Option<Noise>,
    /// A stranger that is a typing error away from a listed company.
    is_twin: bool,
}

/// The best entry for a query.
struct Answer<'a> {
    query: &'a Query,
    entry: usize,
    score: f64,
}

impl Answer<'_> {
    fn is_hit(&self) -> bool {
        self.score >= engine::THRESHOLD
    }

    fn is_right(&self) -> bool {
        self.is_hit() && self.query.right == Some(self.entry)
    }

    /// A stranger that hits, or a query that does not lead to its entry.
    fn is_wrong(&self) -> bool {
        if self.query.right.is_some() { !self.is_right() } else { self.is_hit() }
    }
}

/// What came out, over all draws of one portion.
#[derive(Default)]
struct Outcome {
    queries: u64,
    right: u64,
    wrong_entry: u64,
    strangers: u64,
    false_alarms: u64,
    twins: u64,
    twin_hits: u64,
    by_noise: BTreeMap<Noise, (u64, u64)>,
}

impl Outcome {
    fn count(&mut self, answer: &Answer<'_>) {
        if answer.query.is_twin {
            self.twins += 1;
            self.twin_hits += u64::from(answer.is_hit());
            return;
        }
        let Some(noise) = answer.query.noise else {
            self.strangers += 1;
            self.false_alarms += u64::from(answer.is_hit());
            return;
        };
        self.queries += 1;
        self.right += u64::from(answer.is_right());
        self.wrong_entry += u64::from(answer.is_hit() && !answer.is_right());
        let of_noise = self.by_noise.entry(noise).or_default();
        *of_noise = (of_noise.0 + u64::from(answer.is_right()), of_noise.1 + 1);
    }

    fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong_entry + self.false_alarms)
    }

    fn recall(&self) -> f64 {
        share(self.right, self.queries)
    }

    fn f1(&self) -> f64 {
        share(2 * self.right, self.right + self.wrong_entry + self.false_alarms + self.queries)
    }
}

/// Runs both portions, prints the outcome and adds the figures.
pub fn run(data: &DataFolder, figures: &mut Figures, out: &mut dyn Write) -> Result<()> {
    if let Some(reason) = data.missing(&[corpus::FILE]) {
        return Ok(writeln!(out, "\nnoisy: {reason}")?);
    }
    let companies = corpus::companies(data)?;
    let mut wrong = csv::Writer::from_path(folder::scratch("worst")?.join("noisy.csv"))?;
    wrong.write_record(["what", "noise", "score", "query", "answered", "right"])?;
    for portion in [Portion::Training, Portion::Rest] {
        let mut outcome = Outcome::default();
        for draw in 0..DRAWS {
            let corpus = corpus::draw(&companies, portion, draw);
            let queries = queries(&corpus, draw);
            for answer in answers(&corpus.listed, &queries) {
                outcome.count(&answer);
                // Only the training portion is shown: whoever looks at the rest can no longer report on it.
                if portion == Portion::Training && answer.is_wrong() {
                    note_wrong(&mut wrong, &corpus.listed, &answer)?;
                }
            }
        }
        print(&outcome, portion, out)?;
        add_figures(&outcome, portion, figures);
    }
    wrong.flush()?;
    Ok(())
}

/// One query for each listed company, its kinds of noise taking turns, then the strangers as they are.
fn queries(corpus: &Corpus, seed: u64) -> Vec<Query> {
    let mut random = Random::new(seed ^ 0x6e6f_6973);
    let mut queries = Vec::new();
    for (place, company) in corpus.listed.iter().enumerate() {
        // A name that gives no hold for the noise whose turn it is gets the next one.
        let turn = Noise::ALL.iter().cycle().skip(place % Noise::ALL.len()).take(Noise::ALL.len());
        let noisy = turn
            .copied()
            .find_map(|noise| Some((noise, noise.apply(&company.name, &company.country, &mut random)?)));
        if let Some((noise, text)) = noisy {
            queries.push(Query { text, right: Some(place), noise: Some(noise), is_twin: false });
        }
    }
    let stranger =
        |company: &Company, is_twin| Query { text: company.name.clone(), right: None, noise: None, is_twin };
    queries.extend(corpus.strangers.iter().map(|company| stranger(company, false)));
    queries.extend(corpus.twins.iter().map(|company| stranger(company, true)));
    queries
}

fn answers<'a>(listed: &[Company], queries: &'a [Query]) -> Vec<Answer<'a>> {
    let mut scratch = Scratch::default();
    let entries: Vec<Party> = listed
        .iter()
        .map(|company| engine::party(&company.name, PartyKind::Organisation, &mut scratch))
        .collect();
    queries
        .par_iter()
        .map_init(Scratch::default, |scratch, query| {
            let name = engine::party(&query.text, PartyKind::Organisation, scratch);
            let scores = entries.iter().map(|entry| engine::compare_parties(&name, entry));
            let (entry, score) =
                scores.enumerate().fold((0, -1.0), |best, this| if this.1 > best.1 { this } else { best });
            Answer { query, entry, score }
        })
        .collect()
}

fn note_wrong(file: &mut csv::Writer<std::fs::File>, listed: &[Company], answer: &Answer<'_>) -> Result<()> {
    let what = match (answer.query.right, answer.is_hit()) {
        (None, _) if answer.query.is_twin => "twin",
        (None, _) => "false alarm",
        (Some(_), true) => "wrong entry",
        (Some(_), false) => "missed",
    };
    let noise = answer.query.noise.map_or("", Noise::name);
    let right = answer.query.right.map_or("", |place| listed[place].name.as_str());
    let score = format!("{:.4}", answer.score);
    Ok(file.write_record([what, noise, &score, &answer.query.text, &listed[answer.entry].name, right])?)
}

fn print(outcome: &Outcome, portion: Portion, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\nnoisy company names, {} portion, {DRAWS} draws: {} queries, {} strangers\n  precision {:.4} recall {:.4} F1 {:.4}; {} wrong entries, {} false alarms",
        portion.name(),
        outcome.queries,
        outcome.strangers,
        outcome.precision(),
        outcome.recall(),
        outcome.f1(),
        outcome.wrong_entry,
        outcome.false_alarms
    )?;
    writeln!(
        out,
        "  beside them {} strangers a typing error away from a listed name, {} of them with a hit",
        outcome.twins, outcome.twin_hits
    )?;
    for (noise, (right, all)) in &outcome.by_noise {
        writeln!(out, "  {:<28} {:.4} of {all}", noise.name(), share(*right, *all))?;
    }
    Ok(())
}

fn add_figures(outcome: &Outcome, portion: Portion, figures: &mut Figures) {
    let mut set = |what: &str, value| figures.set(format!("noisy/{}/{what}", portion.name()), value);
    set("precision", outcome.precision());
    set("recall", outcome.recall());
    set("f1", outcome.f1());
    set("false_alarms", outcome.false_alarms as f64);
    for (noise, (right, all)) in &outcome.by_noise {
        figures.set(format!("noisy/{}/{}/recall", portion.name(), noise.name()), share(*right, *all));
    }
}
