//! One check in process, as a sign-up form asks for it.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Result;
use intake::customers::{self, CustomerOptions};
use intake::lists::{self, ListOptions};
use screening::{Customer, Index, Settings, check_with};

use super::{list, median, quantile};
use crate::engine;
use crate::planted::{self, Recipe};
use crate::sets::folder::DataFolder;

/// Entries of the list and customers that are checked one by one.
const ENTRIES: usize = 1_000;
const CUSTOMERS: u64 = 100_000;

/// How often all customers are checked.
const ROUNDS: usize = 5;

/// Prints median, 99th percentile and the slowest check of each round, and the medians of all rounds.
pub fn run(data: &DataFolder, out: &mut dyn Write) -> Result<()> {
    if let Some(reason) = data.missing(list::FILES) {
        return Ok(writeln!(out, "check: {reason}")?);
    }
    let made = list::make(data, ENTRIES)?;
    let base =
        planted::make(data, Recipe { rows: CUSTOMERS, seed: 1, list: Some(&made), name: "bench-1000" })?;
    let edition = lists::read(&base.list, &ListOptions::default())?.edition;
    let start = Instant::now();
    let index = Index::build(&[edition]);
    writeln!(out, "index of {ENTRIES} entries built in {:.1} ms", start.elapsed().as_secs_f64() * 1e3)?;

    let customers: Vec<Customer> =
        customers::open(&base.customers, &CustomerOptions::default())?.filter_map(Result::ok).collect();
    let settings = Settings::on(engine::TODAY);
    let mut worker = screening::Worker::default();
    let (mut halves, mut tails) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut took: Vec<Duration> = Vec::with_capacity(customers.len());
        let mut hits = 0;
        for customer in &customers {
            let start = Instant::now();
            hits += black_box(check_with(&mut worker, &index, customer, &settings)).len();
            took.push(start.elapsed());
        }
        let mean = took.iter().sum::<Duration>().as_secs_f64() * 1e6 / took.len().max(1) as f64;
        took.sort_unstable();
        let micros = |share| quantile(&took, share).as_secs_f64() * 1e6;
        halves.push(micros(0.5));
        tails.push(micros(0.99));
        writeln!(
            out,
            "{} checks: p50 {:.1} µs, p99 {:.1} µs, slowest {:.1} µs, mean {mean:.1} µs; {hits} hits",
            took.len(),
            micros(0.5),
            micros(0.99),
            micros(1.0)
        )?;
    }
    let ((half, half_spread), (tail, tail_spread)) = (median(&mut halves), median(&mut tails));
    writeln!(
        out,
        "check of one customer against {ENTRIES} entries, median of {ROUNDS} rounds: \
         p50 {half:.1} µs (within {:.0} %), p99 {tail:.1} µs (within {:.0} %)",
        100.0 * half_spread,
        100.0 * tail_spread
    )?;
    Ok(())
}
