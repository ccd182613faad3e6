//! Writes an invented report in every format: `cargo run --example sample_report -- FOLDER`.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use documents::{Language, csv, html, json, jsonl, table, xlsx};

#[path = "../tests/sample/mod.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests")]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder to write to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for (name, sample) in [("sample", sample::sample()), ("clean", sample::clean_sample())] {
        for language in [Language::En, Language::Nl] {
            let report = sample.report(language);
            let file = |ending: &str| {
                File::create(folder.join(format!("{name}.{}.{ending}", language.tag()))).map(BufWriter::new)
            };
            html::write(&report, &mut file("html")?)?;
            json::write(&report, &mut file("json")?)?;
            jsonl::write(&report, &mut file("jsonl")?)?;
            csv::write(&report, &mut file("csv")?)?;
            xlsx::write(&report, &mut file("xlsx")?)?;
            table::write(&report, &table::Options::default(), &mut file("txt")?)?;
        }
    }
    Ok(())
}
