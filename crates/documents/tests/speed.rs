//! How long writing takes. Run with `cargo test --release -p documents --test speed -- --ignored --nocapture`.
#![expect(clippy::print_stdout, reason = "a measurement that a person reads")]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::io::sink;
use std::time::Instant;

use documents::{Language, csv, html, json, jsonl, table, xlsx};

#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
mod sample;

fn many(hits: usize) -> sample::Sample {
    let mut sample = sample::sample();
    let patterns = std::mem::take(&mut sample.hits);
    sample.hits = (0..hits)
        .map(|row| {
            let pattern = &patterns[row % patterns.len()];
            let score = 0.5 + (row * 7_919 % 50_000) as f64 / 100_000.0;
            screening::Hit { row: row as u64, customer_id: row.to_string(), score, ..pattern.clone() }
        })
        .collect();
    sample.manifest.counts = documents::ClassCounts::of(&sample.hits);
    sample
}

fn measure(name: &str, run: impl FnOnce()) {
    let start = Instant::now();
    run();
    println!("{name:<24} {:>8.1} ms", start.elapsed().as_secs_f64() * 1e3);
}

#[test]
#[ignore = "measures; run it alone"]
fn hundred_thousand_hits() {
    let (all, few) = (many(100_000), many(2_000));
    for language in [Language::En, Language::Nl] {
        let report = all.report(language);
        measure("csv 100,000", || csv::write(&report, &mut sink()).unwrap());
        measure("jsonl 100,000", || jsonl::write(&report, &mut sink()).unwrap());
        measure("json 100,000", || json::write(&report, &mut sink()).unwrap());
        measure("xlsx 100,000", || xlsx::write(&report, &mut sink()).unwrap());
        measure("table 100,000 (20)", || {
            table::write(&report, &table::Options::default(), &mut sink()).unwrap();
        });
        measure("html 100,000 (2,000)", || html::write(&report, &mut sink()).unwrap());
        measure("html 2,000", || html::write(&few.report(language), &mut sink()).unwrap());
    }
}
