//! The lists that others publish: each form is told by its content, read whole, and its faults are told.
#![allow(clippy::unwrap_used, reason = "writing into a text cannot fail, and a test may stop")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use intake::lists::{ListIntake, ListKind, ListOptions, from_bytes, read};
use proptest::prelude::*;
use watchlist::{Entry, Nature};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/list-sources").join(name)
}

fn name_of(file: &Path) -> &str {
    file.file_name().unwrap().to_str().unwrap()
}

fn entry_shown(entry: &Entry, text: &mut String) {
    write!(text, "\n{} {:?} {:?}", entry.id, entry.entry_type, entry.status).unwrap();
    for fact in entry.jurisdiction.iter().chain(&entry.countries).chain(&entry.birth_date) {
        write!(text, " {fact}").unwrap();
    }
    for name in &entry.names {
        write!(text, "\n  {:?}: {}", name.kind, name.text).unwrap();
    }
    for one in &entry.identifiers {
        write!(text, "\n  {}: {}", one.kind.wire_name(), one.value).unwrap();
        one.country.iter().for_each(|country| write!(text, " [{country}]").unwrap());
        one.validity.from.iter().for_each(|day| write!(text, " from {day}").unwrap());
        one.validity.to.iter().for_each(|day| write!(text, " to {day}").unwrap());
    }
    entry.addresses.iter().for_each(|one| write!(text, "\n  address: {}", one.one_line()).unwrap());
    for one in &entry.relations {
        write!(text, "\n  {:?} {}", one.kind, one.to).unwrap();
    }
    entry.note.iter().for_each(|note| write!(text, "\n  note: {note}").unwrap());
}

fn shown(intake: &ListIntake) -> String {
    let list = &intake.edition.list;
    let mut text = format!(
        "{}\n{} | {} | {} | {}",
        intake.recognised_as,
        list.id,
        list.issuer,
        list.title,
        list.nature.wire_name()
    );
    write!(text, " | {} | {:?}", list.handling, intake.edition.issued_at).unwrap();
    intake.edition.entries.iter().for_each(|entry| entry_shown(entry, &mut text));
    intake.problems.iter().for_each(|problem| write!(text, "\n! {problem}").unwrap());
    text
}

#[test]
fn every_form_is_read_whole() {
    let mut all = String::new();
    for file in files("list-sources") {
        let intake =
            read(&file, &ListOptions::default()).unwrap_or_else(|error| panic!("{error}; {}", error.hint()));
        writeln!(all, "## {}\n{}\n", name_of(&file), shown(&intake)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_file_and_its_bytes_are_read_alike_whatever_its_name() {
    for file in files("list-sources") {
        let options = ListOptions { list_id: Some("same".to_owned()), ..ListOptions::default() };
        let from_file = read(&file, &options).unwrap();
        let bytes = fs::read(&file).unwrap();
        let from_memory = from_bytes("no-name", &bytes, &options).unwrap();

        assert_eq!(shown(&from_file), shown(&from_memory), "{}", file.display());
    }
}

#[test]
fn each_fault_is_told_and_costs_only_its_value() {
    let mut all = String::new();
    for file in files("list-source-faults") {
        let said = match read(&file, &ListOptions::default()) {
            Ok(intake) => shown(&intake),
            Err(error) => {
                let text = error.to_string().replace(&file.display().to_string(), name_of(&file));
                format!("error: {text}\nhint: {}", error.hint())
            }
        };
        writeln!(all, "## {}\n{said}\n", name_of(&file)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_three_files_of_ofac_say_the_same_joined_or_in_a_zip() {
    let entries = |name: &str| {
        let intake = read(&source(name), &ListOptions::default()).unwrap();
        let mut text = String::new();
        intake.edition.entries.iter().for_each(|entry| entry_shown(entry, &mut text));
        text
    };

    assert_eq!(entries("ofac_joined.csv"), entries("ofac_three_files.zip"));
}

#[test]
fn the_nature_follows_from_the_source() {
    let check = |name: &str, said: Option<Nature>, expected: Nature| {
        let options = ListOptions { nature_if_unsaid: said, ..ListOptions::default() };
        assert_eq!(read(&source(name), &options).unwrap().edition.list.nature, expected, "{name}");
    };

    check("eu_list.xml", None, Nature::Binding);
    check("eu_list.csv", Some(Nature::Reputation), Nature::Binding);
    check("ofac_sdn.xml", Some(Nature::Binding), Nature::Foreign);
    check("uk_list.csv", None, Nature::Foreign);
    check("entities.ftm.json", None, Nature::Foreign);
    check("entities.ftm.json", Some(Nature::Binding), Nature::Binding);
    check("bundle.stix.json", None, Nature::Reputation);
    check("event.misp.json", Some(Nature::Advisory), Nature::Advisory);
    check("drop.txt", None, Nature::Reputation);
}

#[test]
fn a_victim_never_becomes_an_entry() {
    let intake = read(&source("bundle.stix.json"), &ListOptions::default()).unwrap();

    assert!(!intake.edition.entries.iter().any(|entry| entry.title().contains("Bakery")));
    assert!(intake.problems.iter().any(|problem| problem.found.english().contains("victim")));
}

/// The stream is read party by party: the text of the file is never in memory as a whole.
#[test]
fn a_large_list_is_read_as_a_stream() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.xml");
    let mut text = String::from("<?xml version=\"1.0\"?>\n<sdnList xmlns=\"x\">\n");
    for number in 0..50_000 {
        writeln!(text, "<sdnEntry><uid>{number}</uid><lastName>ORCHARD {number} LLC</lastName><sdnType>Entity</sdnType><idList><id><idType>Website</idType><idNumber>orchard{number}.example</idNumber></id></idList></sdnEntry>").unwrap();
    }
    text.push_str("</sdnList>\n");
    fs::write(&path, text).unwrap();

    let intake = read(&path, &ListOptions::default()).unwrap();

    assert_eq!(intake.recognised_as, ListKind::OfacXml);
    assert_eq!((intake.counts.entries, intake.counts.names, intake.problems.len()), (50_000, 50_000, 0));
}

#[test]
fn one_party_cannot_fill_the_memory() {
    let parts = "<aka><lastName>x</lastName></aka>".repeat(200_000);
    let deep = "<a>".repeat(1_000_000);
    for inside in [parts, deep] {
        let text = format!(
            "<?xml version=\"1.0\"?><sdnList xmlns=\"x\"><sdnEntry><uid>1</uid><lastName>ORCHARD</lastName></sdnEntry><sdnEntry>{inside}"
        );
        let intake = from_bytes("large.xml", text.as_bytes(), &ListOptions::default()).unwrap();

        assert_eq!(intake.edition.entries.len(), 1);
        assert!(intake.problems.iter().any(|problem| problem.to_string().contains("broken XML")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// One changed byte in a good file: no panic, and whatever is read has no entry that says nothing.
    #[test]
    fn no_changed_byte_panics(which in 0usize..32, at: prop::sample::Index, byte: u8) {
        let all = files("list-sources");
        let mut bytes = fs::read(&all[which % all.len()]).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(intake) = from_bytes("x", &bytes, &ListOptions::default()) {
            for entry in &intake.edition.entries {
                prop_assert!(!entry.names.is_empty() || !entry.identifiers.is_empty() || !entry.addresses.is_empty() || entry.status == watchlist::Status::Withdrawn);
            }
        }
    }

    #[test]
    fn no_cut_panics(which in 0usize..32, at: prop::sample::Index) {
        let all = files("list-sources");
        let bytes = fs::read(&all[which % all.len()]).unwrap();
        let _ = from_bytes("x", &bytes[..at.index(bytes.len())], &ListOptions::default());
    }

    #[test]
    fn no_xml_panics(inside in "(<sdnEntry>|</sdnEntry>|<lastName>|</lastName>|<nameAlias wholeName=\"x\"/>|&amp;|&#x0;|&#99999999;|&|<!--|-->|<!\\[CDATA\\[|\\]\\]>|x|\"|é){0,30}", root in "(sdnList|export|Designations)") {
        let _ = from_bytes("x.xml", format!("<?xml version=\"1.0\"?><{root} xmlns=\"x\">{inside}").as_bytes(), &ListOptions::default());
    }
}
