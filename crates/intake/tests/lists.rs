//! Lists that are right: each form is read whole, and fast.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use intake::lists::{ListIntake, ListKind, ListOptions, from_bytes, read};
use watchlist::{Entry, IdentifierKind};

/// An entry on a few lines, for snapshots.
fn shown(entry: &Entry) -> String {
    let mut text = format!("{} {:?}", entry.id, entry.entry_type);
    if let Some(jurisdiction) = &entry.jurisdiction {
        write!(text, " {jurisdiction}").unwrap();
    }
    if !entry.countries.is_empty() {
        write!(text, " {}", entry.countries.join(",")).unwrap();
    }
    for name in &entry.names {
        write!(text, "\n  {:?}: {}", name.kind, name.text).unwrap();
    }
    for one in &entry.identifiers {
        write!(text, "\n  {}: {}", one.kind.wire_name(), one.value).unwrap();
        if let Some(country) = &one.country {
            write!(text, " [{country}]").unwrap();
        }
        if let Some(from) = one.validity.from {
            write!(text, " from {from}").unwrap();
        }
        if let Some(to) = one.validity.to {
            write!(text, " to {to}").unwrap();
        }
    }
    for address in &entry.addresses {
        write!(text, "\n  address: {}", address.one_line()).unwrap();
    }
    if let Some(birth_date) = &entry.birth_date {
        write!(text, "\n  born: {birth_date}").unwrap();
    }
    if let Some(note) = &entry.note {
        write!(text, "\n  note: {note}").unwrap();
    }
    text
}

fn all_shown(intake: &ListIntake) -> String {
    let entries = intake.edition.entries.iter().map(shown);
    let problems = intake.problems.iter().map(ToString::to_string);
    let all: Vec<String> = std::iter::once(intake.recognised_as.to_string()).chain(entries).chain(problems).collect();
    all.join("\n")
}

/// A file that lies beside the repository on some machines only.
fn beside(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {path} is not here");
    None
}

#[test]
fn public_lists_are_read_whole() {
    for (path, entries) in [
        ("data/list.jsonl", 2_175),
        ("data/list_bph.jsonl", 39),
        ("data/list_ofac_cyber.jsonl", 239),
        ("data/list_asndrop.jsonl", 108),
        ("data/list_drop.jsonl", 1_789),
        ("data/hosters.jsonl.gz", 673),
        ("data/bad_asn_list.csv", 354),
        ("domain-samples/demo-list.public-designations.csv", 15),
    ] {
        let Some(file) = beside(path) else { continue };
        let intake = read(&file, &ListOptions::default()).unwrap();
        let problems: Vec<String> = intake.problems.iter().map(ToString::to_string).collect();
        println!("{path}: {:?} {:?}\n{}", intake.recognised_as, intake.counts, problems.join("\n"));
        assert_eq!(intake.edition.entries.len(), entries, "{path}");
        assert!(problems.is_empty(), "{path}: {}", problems.join("\n"));
    }
}

#[test]
fn nothing_of_the_public_lists_is_lost() {
    let Some(file) = beside("data/list.jsonl") else { return };
    let text = std::fs::read_to_string(&file).unwrap();
    let objects: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |field: &str| -> usize { objects.iter().filter_map(|one| one[field].as_array()).map(Vec::len).sum() };

    let counts = read(&file, &ListOptions::default()).unwrap().counts;

    for (kind, field) in [
        (IdentifierKind::Asn, "asns"),
        (IdentifierKind::IpRange, "prefixes"),
        (IdentifierKind::Domain, "domains"),
        (IdentifierKind::Email, "emails"),
        (IdentifierKind::Phone, "phones"),
        (IdentifierKind::Wallet, "wallets"),
        (IdentifierKind::Handle, "handles"),
        (IdentifierKind::RegisterNumber, "reg_numbers"),
    ] {
        assert_eq!(counts.identifiers.get(&kind).copied().unwrap_or(0), count(field), "{field}");
    }
}

#[test]
fn the_table_of_public_designations_is_understood() {
    let Some(file) = beside("domain-samples/demo-list.public-designations.csv") else { return };
    let intake = read(&file, &ListOptions::default()).unwrap();
    println!("{}", all_shown(&intake));
}
