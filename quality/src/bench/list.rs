//! Lists of a fixed size for the benchmarks: public listings, ordinary hosters and registered organisations.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::json;

use crate::random::Random;
use crate::sets::folder::{self, DataFolder};

/// What the lists are made of.
pub const FILES: &[&str] = &["list.jsonl", "hosters.jsonl.gz", "base_orgs.csv.gz"];

/// One fifth of a list is address space without names, as it is in the lists that hosters use.
const NETWORKS: f64 = 0.2;

/// At most a third are hosters with domain, e-mail and prefixes; the rest has a name and an ASN.
const HOSTERS: f64 = 0.3;

#[derive(Deserialize)]
struct Organisation {
    asn: u32,
    org_name: String,
    country: String,
}

/// Writes a list of `entries` entries as JSON lines, unless it is there already. Named public listings come
/// first, so that every list has them.
pub fn make(data: &DataFolder, entries: usize) -> Result<PathBuf> {
    let path = folder::scratch("bench")?.join(format!("list-{entries}.jsonl"));
    if path.is_file() {
        return Ok(path);
    }
    let mut random = Random::new(entries as u64);
    let (networks, mut lines): (Vec<_>, Vec<_>) = json_lines(&data.path("list.jsonl"))?
        .into_iter()
        .partition(|line| line.contains("\"type\": \"network\""));
    take(networks, (entries as f64 * NETWORKS) as usize, &mut random, &mut lines);
    let hosters = json_lines(&data.path("hosters.jsonl.gz"))?;
    take(hosters, (entries as f64 * HOSTERS) as usize, &mut random, &mut lines);
    let rest = entries.saturating_sub(lines.len());
    take(organisations(data)?, rest, &mut random, &mut lines);
    ensure!(lines.len() == entries, "made {} entries, expected {entries}", lines.len());

    let mut file =
        BufWriter::new(File::create(&path).with_context(|| format!("could not write {}", path.display()))?);
    for line in &lines {
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    Ok(path)
}

fn take(mut from: Vec<String>, count: usize, random: &mut Random, lines: &mut Vec<String>) {
    random.shuffle(&mut from);
    lines.extend(from.into_iter().take(count));
}

fn json_lines(path: &Path) -> Result<Vec<String>> {
    let file = File::open(path).with_context(|| format!("could not open {}", path.display()))?;
    let lines = if path.extension().is_some_and(|ending| ending == "gz") {
        BufReader::new(GzDecoder::new(file)).lines().collect::<Result<_, _>>()
    } else {
        BufReader::new(file).lines().collect::<Result<_, _>>()
    };
    lines.with_context(|| format!("could not read {}", path.display()))
}

fn organisations(data: &DataFolder) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for row in folder::rows(&data.path("base_orgs.csv.gz"))?.deserialize::<Organisation>() {
        let Organisation { asn, org_name, country } = row?;
        let id = format!("ORG{asn}");
        lines.push(json!({ "id": id, "type": "organisation", "name": org_name, "countries": [country], "asns": [asn] }).to_string());
    }
    Ok(lines)
}
