//! Lists that are right: each form is read whole, and fast.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop, and says what it skips")]

use std::collections::HashSet;
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
    let all: Vec<String> =
        std::iter::once(intake.recognised_as.to_string()).chain(entries).chain(problems).collect();
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
    let objects: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // One party of the list has the same wallet twice.
    let distinct = |values: &Vec<serde_json::Value>| {
        values.iter().map(ToString::to_string).collect::<HashSet<_>>().len()
    };
    let count =
        |field: &str| -> usize { objects.iter().filter_map(|one| one[field].as_array()).map(distinct).sum() };

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
    let of = |id: &str| shown(intake.edition.entries.iter().find(|entry| entry.id.0 == id).unwrap());

    assert!(of("DEMO-001").contains("\n  wallet: 1M5N4sJ1NHb4fviLVZA5MZLKhLZqU4CPZz\n"));
    assert!(of("DEMO-001").contains("historical and deregistered; do NOT match after deregistration"));
    assert!(of("DEMO-002").contains("\n  asn: AS208091\n  asn: AS209559"));
    assert!(of("DEMO-009").contains("\n  register_number: 2868352\n  vat_number: 312252645"));
}

/// Each annex is laid out in another way.
#[test]
fn annexes_of_all_layouts_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/list-annexes");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut all = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let intake = from_bytes(name, &std::fs::read(&file).unwrap(), &ListOptions::default()).unwrap();
        writeln!(all, "## {name}\n{}\n", all_shown(&intake)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_list_in_the_open_format_keeps_its_head() {
    let example = include_str!("../../../docs/format/v1.md").split("```").nth(1).unwrap();

    let intake =
        from_bytes("list.txt", example.strip_prefix("json").unwrap().as_bytes(), &ListOptions::default())
            .unwrap();

    assert_eq!(intake.recognised_as, ListKind::OpenFormat);
    assert_eq!((intake.edition.list.id.as_str(), intake.edition.number), ("example-list", 12));
    assert!(intake.problems.is_empty(), "{}", intake.problems[0]);
    assert_eq!((intake.counts.entries, intake.counts.names, intake.counts.addresses), (3, 4, 1));
}

#[test]
fn the_caller_may_name_the_nature_and_the_list() {
    let options = ListOptions { nature: Some(watchlist::Nature::Internal), ..ListOptions::default() };

    let intake = from_bytes("/lists/own bad.csv", b"naam\nOrchard Nine\n", &options).unwrap();

    assert_eq!(intake.edition.list.nature, watchlist::Nature::Internal);
    assert_eq!(intake.edition.list.id, "own bad");
}

/// Seconds that this thread worked. The clock on the wall also counts what others do on the machine.
fn seconds_worked() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn rate(what: &str, entries: f64, work: impl FnOnce()) {
    let start = seconds_worked();
    work();
    if let (Some(start), Some(end)) = (start, seconds_worked()) {
        println!("{what}: {:.0} entries for each second of work", entries / (end - start));
    }
}

/// Not a test of time: it prints the rate.
#[test]
fn a_large_list_is_read() {
    let mut text = String::new();
    for number in 0..200_000 {
        let (a, b) = (number / 256 % 256, number % 256);
        writeln!(text, "{{\"id\":\"E-{number}\",\"type\":\"organisation\",\"name\":\"Orchard {number} Ltd\",\"aliases\":[\"O{number}\"],\"domains\":[\"orchard{number}.example\"],\"emails\":[\"a@orchard{number}.example\"],\"prefixes\":[\"10.{a}.{b}.0/24\"],\"asns\":[64500],\"countries\":[\"NL\"]}}").unwrap();
    }
    let mut read = Vec::new();
    rate("JSON lines", 200_000.0, || {
        read.push(from_bytes("large.jsonl", text.as_bytes(), &ListOptions::default()).unwrap())
    });
    assert_eq!((read[0].edition.entries.len(), read[0].problems.len()), (200_000, 0));

    let open = watchlist::format::v1::write(&read[0].edition);
    rate("open format", 200_000.0, || {
        read.push(from_bytes("large.json", open.as_bytes(), &ListOptions::default()).unwrap())
    });
    assert_eq!((read[1].edition.entries.len(), read[1].problems.len()), (200_000, 0));
}

#[test]
fn a_workbook_is_read_by_its_headings() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["Naam", "Alias(es)", "KvK", "IP-reeks", "Kleur"],
        [
            "Orchard Nine B.V.",
            "O9; Orchard9",
            "00000000",
            "192.0.2.0/24 | 198.51.100.0 - 198.51.100.9",
            "rood",
        ],
        ["Quay Ninety", "", "", "0.0.0.0/0", ""],
    ];
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }

    let intake = from_bytes("list.xlsx", &book.save_to_buffer().unwrap(), &ListOptions::default()).unwrap();

    insta::assert_snapshot!(all_shown(&intake), @"
    a workbook
    row-2 LegalEntity
      Primary: Orchard Nine B.V.
      Alias: O9
      Alias: Orchard9
      register_number: 00000000
      ip_range: 192.0.2.0/24
      ip_range: 198.51.100.0 - 198.51.100.9
    row-3 Brand
      Primary: Quay Ninety
    row 1: found the heading `Kleur`, expected a heading that is known; the column was not read; rename its heading if it matters
    row 3, entry row-3: found `0.0.0.0/0` as ip range, expected an IPv4 prefix of /8 or longer; this value was left out; so wide a range would hit customers who have nothing to do with it; ask the issuer for the right one
    ");
}
