//! The whole program, cold: customers as CSV in, hits as CSV out, with time and peak memory.

use std::io::Write;

use anyhow::Result;

use super::list;
use crate::planted::{self, Recipe};
use crate::product;
use crate::sets::folder::DataFolder;

/// Runs of each size; the median counts.
const RUNS: usize = 3;

/// Screens `rows` customers against `entries` entries, with two threads and with one.
pub fn run(data: &DataFolder, rows: u64, entries: usize, out: &mut dyn Write) -> Result<()> {
    if let Some(reason) = data.missing(list::FILES) {
        return Ok(writeln!(out, "screen: {reason}")?);
    }
    let made = list::make(data, entries)?;
    let name = format!("bench-{entries}");
    let base = planted::make(data, Recipe { rows, seed: 1, list: Some(&made), name: &name })?;
    let program = product::build()?;
    for threads in ["2", "1"] {
        let hits = base.customers.with_file_name(format!("hits-{threads}.csv"));
        let run = || product::screen(&program, &base.customers, &base.list, &hits, &["--threads", threads]);
        let mut runs = (0..RUNS).map(|_| run()).collect::<Result<Vec<product::Needed>>>()?;
        runs.sort_unstable_by_key(|needed| needed.wall);
        let needed = runs[RUNS / 2];
        write!(
            out,
            "{rows} customers x {entries} entries, {threads} threads: {:.2} s ({:.2} to {:.2})",
            needed.wall.as_secs_f64(),
            runs[0].wall.as_secs_f64(),
            runs[RUNS - 1].wall.as_secs_f64()
        )?;
        if let Some(cpu) = needed.cpu_seconds {
            write!(out, ", {cpu:.2} s of all cores")?;
        }
        match needed.peak_kib {
            Some(peak) => writeln!(out, ", peak {:.1} MiB", peak as f64 / 1024.0)?,
            None => writeln!(out, ", peak not measured: /usr/bin/time is not installed")?,
        }
    }
    Ok(())
}
