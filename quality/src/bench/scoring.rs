//! Pairs scored in a second on one core, near pairs and random pairs apart.

use std::cell::RefCell;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Result;
use matching::compare::hit;
use matching::names::{Buffers, CleanName};
use matching::party::{NameRole, RawParty};
use matching::{Context, Party, PartyKind, causes, compare, reasons};

use super::median;
use crate::engine;
use crate::random::Random;
use crate::sets::folder::DataFolder;
use crate::sets::pairs::{self, Pair};

/// Names without letters of another script, as most customers have, and with: both sets together.
const SETS: &[&str] = &["pairs_org_ror", "pairs_ofac"];

/// Every figure is the median of this many measurements, each of which runs at least so long.
const MEASUREMENTS: usize = 7;
const LONG_ENOUGH: Duration = Duration::from_millis(300);

/// Two parties, cleaned, with what they were made of.
struct Made<'a> {
    raw: RawParty<'a>,
    clean: Party,
}

/// Prints the rates.
pub fn run(data: &DataFolder, out: &mut dyn Write) -> Result<()> {
    let files: Vec<String> = SETS.iter().map(|set| format!("{set}.csv.gz")).collect();
    if let Some(reason) = data.missing(&files.iter().map(String::as_str).collect::<Vec<_>>()) {
        return Ok(writeln!(out, "scoring: {reason}")?);
    }
    let mut near: Vec<Pair> = Vec::new();
    for file in &files {
        near.extend(pairs::read(&data.path(file))?.into_iter().filter(|pair| pair.kind != "random_negative"));
    }
    Random::new(1).shuffle(&mut near);
    near.truncate(20_000);

    let mut buffers = Buffers::default();
    let left: Vec<Made<'_>> = near.iter().map(|pair| made(&pair.name1, pair.party, &mut buffers)).collect();
    let right: Vec<Made<'_>> = near.iter().map(|pair| made(&pair.name2, pair.party, &mut buffers)).collect();
    let context = Context { today: engine::TODAY };
    let score = |a: &Made<'_>, b: &Made<'_>| {
        black_box(compare(&a.clean, &b.clean, &context).log_odds);
    };
    let found = RefCell::new(Vec::new());
    // Score, class, and every feature with its weight and the places of both values.
    let explain = |a: &Made<'_>, b: &Made<'_>| {
        let comparison = compare(&a.clean, &b.clean, &context);
        let found = &mut *found.borrow_mut();
        causes(&comparison, &a.clean, &b.clean, found);
        black_box((comparison.score(), comparison.class, found.as_slice()));
    };
    // What a screening does with a pair: a score and its reasons where it is a hit, and no more than it takes
    // to know that it is none elsewhere.
    let screen = |a: &Made<'_>, b: &Made<'_>| {
        let Some(comparison) = hit(&a.clean, &b.clean, std::iter::once((0, 0)), false, &context) else {
            return;
        };
        let found = &mut *found.borrow_mut();
        causes(&comparison, &a.clean, &b.clean, found);
        black_box((comparison.score(), comparison.class, found.as_slice()));
    };
    let write = |a: &Made<'_>, b: &Made<'_>| {
        let comparison = compare(&a.clean, &b.clean, &context);
        black_box(reasons(&comparison, (&a.raw, &a.clean), (&b.raw, &b.clean)).len());
    };
    // Near pairs stand at the same place; a shift makes random ones.
    for (name, shift) in [("near pairs", 0), ("random pairs", 7_919)] {
        let mut each = |what: &str, work: &dyn Fn(&Made<'_>, &Made<'_>)| {
            let (rate, spread) = rate(near.len(), || {
                for (place, one) in left.iter().enumerate() {
                    work(one, &right[(place + shift) % right.len()]);
                }
            });
            writeln!(out, "{name:<14} {what:<20} {rate:>12.0} a second and core, {}", within(spread))
        };
        each("score and class", &score)?;
        each("as a screening", &screen)?;
        each("with reasons", &explain)?;
        each("with reasons as text", &write)?;
    }
    let mut buffers = Buffers::default();
    let (cleaned, spread) = rate(near.len(), || {
        for pair in &near {
            let name: CleanName =
                matching::names::clean(&pair.name1, pair.party, NameRole::Own, 0, &mut buffers);
            black_box(name.tokens.len());
        }
    });
    writeln!(out, "names cleaned {cleaned:>34.0} a second and core, {}", within(spread))?;
    Ok(())
}

fn within(spread: f64) -> String {
    format!("within {:.0} %", 100.0 * spread)
}

fn made<'a>(name: &'a str, kind: PartyKind, buffers: &mut Buffers) -> Made<'a> {
    let raw = RawParty::named(name, kind);
    let clean = Party::clean(&raw, buffers);
    Made { raw, clean }
}

/// Rounds a second times `each`, which is how many pairs a round has: the median, and how far the others are.
fn rate(each: usize, mut round: impl FnMut()) -> (f64, f64) {
    round();
    let mut measured: Vec<f64> = Vec::with_capacity(MEASUREMENTS);
    for _ in 0..MEASUREMENTS {
        let (start, mut rounds) = (Instant::now(), 0);
        while rounds == 0 || start.elapsed() < LONG_ENOUGH {
            round();
            rounds += 1;
        }
        measured.push((rounds * each) as f64 / start.elapsed().as_secs_f64());
    }
    median(&mut measured)
}
