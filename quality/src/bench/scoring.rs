//! Pairs scored in a second on one core, near pairs and random pairs apart.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Result;
use matching::names::{Buffers, CleanName};
use matching::party::{NameRole, RawName, RawParty};
use matching::{Context, Party, PartyKind, compare, reasons};
use watchlist::Validity;

use crate::engine;
use crate::random::Random;
use crate::sets::folder::DataFolder;
use crate::sets::pairs::{self, Pair};

/// Names without letters of another script, as most customers have, and with: both sets together.
const SETS: &[&str] = &["pairs_org_ror", "pairs_ofac"];

/// Every measurement runs at least this long.
const LONG_ENOUGH: Duration = Duration::from_secs(2);

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
    let explain = |a: &Made<'_>, b: &Made<'_>| {
        let comparison = compare(&a.clean, &b.clean, &context);
        black_box(reasons(&comparison, (&a.raw, &a.clean), (&b.raw, &b.clean)).len());
    };
    // Near pairs stand at the same place; a shift makes random ones.
    for (name, shift) in [("near pairs", 0), ("random pairs", 7_919)] {
        let each = |work: &dyn Fn(&Made<'_>, &Made<'_>)| {
            rate(near.len(), || {
                for (place, one) in left.iter().enumerate() {
                    work(one, &right[(place + shift) % right.len()]);
                }
            })
        };
        writeln!(out, "{name:<14} score and class {:>12.0} a second and core", each(&score))?;
        writeln!(out, "{name:<14} with reasons    {:>12.0} a second and core", each(&explain))?;
    }
    let cleaning = rate(near.len(), || {
        for pair in &near {
            let name: CleanName =
                matching::names::clean(&pair.name1, pair.party, NameRole::Own, 0, &mut Buffers::default());
            black_box(name.tokens.len());
        }
    });
    writeln!(out, "names cleaned {cleaning:>28.0} a second and core")?;
    Ok(())
}

fn made<'a>(name: &'a str, kind: PartyKind, buffers: &mut Buffers) -> Made<'a> {
    let raw = RawParty {
        kind,
        names: vec![RawName { text: name, role: NameRole::Own, kind }],
        identifiers: &[],
        addresses: &[],
        country: None,
        birth_date: None,
        validity: Validity::default(),
    };
    let clean = Party::clean(&raw, buffers);
    Made { raw, clean }
}

/// Runs `round` until it took long enough; `each` is how many pairs a round has.
fn rate(each: usize, mut round: impl FnMut()) -> f64 {
    round();
    let (start, mut rounds) = (Instant::now(), 0);
    while start.elapsed() < LONG_ENOUGH {
        round();
        rounds += 1;
    }
    (rounds * each) as f64 / start.elapsed().as_secs_f64()
}
