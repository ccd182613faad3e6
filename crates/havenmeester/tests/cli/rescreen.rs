//! Remembered customers are screened again with the outcome of a whole screening, whatever changed.

use testkit::customer_base::{SEED, export};

use crate::program::Desk;

const AT: &str = "--home home --key-file key --as marleen --quiet";

/// A customer of the export: its id, name, domain and its row as it stands there.
struct Row {
    id: String,
    company: String,
    domain: String,
    line: String,
}

/// Rows that can be cut at their semicolons.
fn rows(base: &str) -> Vec<Row> {
    let cut = |line: &str| {
        let cells: Vec<&str> = line.split(';').collect();
        (cells.len() == 22 && !line.contains('"') && !cells[3].is_empty() && !cells[12].is_empty()).then(
            || Row {
                id: cells[0].to_owned(),
                company: cells[3].to_owned(),
                domain: cells[12].to_owned(),
                line: line.to_owned(),
            },
        )
    };
    base.lines().skip(1).filter_map(cut).collect()
}

/// An entry with the name and the domain of a customer, the name a little changed.
fn entry(id: usize, of: &Row, validity: &str) -> String {
    let (name, domain) = (of.company.replace('"', ""), &of.domain);
    format!(
        r#"{{"id": "E-{id}", "type": "legal_entity", "names": [{{"text": "{name} Group", "kind": "primary"}}],
            "identifiers": [{{"type": "domain", "value": "{domain}"{validity}}}]}}"#
    )
}

fn list(number: u32, entries: &[String]) -> String {
    format!(
        r#"{{"format": "havenmeester-list/1",
            "list": {{"id": "test", "issuer": "Invented Harbour Office", "title": "Test", "nature": "advisory"}},
            "edition": {{"number": {number}, "issued_at": "2026-04-01", "valid_until": "2027-04-01"}},
            "entries": [{}]}}"#,
        entries.join(",\n")
    )
}

/// A house that remembers a base, screened with a first edition; the base is `base.csv` beside it.
fn house(base: &str, entries: &[String]) -> Desk {
    let desk = Desk::empty().with("base.csv", base).with("first.json", list(1, entries));
    assert_eq!(desk.run(&format!("init {AT}")).status, 0);
    assert_eq!(desk.run(&format!("edition install first.json {AT}")).status, 0);
    let screened = desk.run(&format!("screen base.csv --keep --remember --out before.jsonl {AT}"));
    assert_eq!(screened.status, 1, "{}", screened.stderr);
    desk
}

/// The hits of a whole screening of a file.
fn whole(desk: &Desk, file: &str, form: &str) -> String {
    desk.run(&format!("screen {file} --keep --out whole.{form} {AT}"));
    desk.read(&format!("whole.{form}"))
}

#[test]
fn a_new_edition_has_the_outcome_of_a_whole_screening() {
    let base = export(3_000, SEED);
    let rows = rows(&base);
    let of = |id: usize| entry(id, &rows[id * 37], "");
    let first: Vec<String> = (0..40).map(of).collect();
    let desk = house(&base, &first);
    let before = desk.read("before.jsonl");

    // Entries go, others change, others are new.
    let changed = (5..9).map(|id| entry(id, &rows[id * 41 + 1], ""));
    let second: Vec<String> = changed.chain((9..40).map(of)).chain((40..50).map(of)).collect();
    let desk = desk.with("second.json", list(2, &second));
    desk.run(&format!("edition install second.json {AT}"));
    let again = desk.run(&format!("rescreen --out again.jsonl {}", AT.replace("--quiet", "")));
    assert_eq!(again.status, 1, "{}", again.stderr);
    let looked_at = again.stderr.split("hits; ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
    assert!(looked_at.parse::<u64>().unwrap() < 2_500, "everybody was looked at: {}", again.stderr);

    let again = desk.read("again.jsonl");
    assert_ne!(again, before);
    assert_eq!(again, whole(&desk, "base.csv", "jsonl"));
    // A second time, nothing changed.
    desk.run(&format!("rescreen --out once.jsonl {AT}"));
    assert_eq!(desk.read("once.jsonl"), again);
}

#[test]
fn changed_new_and_gone_customers_have_the_outcome_of_the_file_that_they_make() {
    let base = export(3_000, SEED);
    let rows = rows(&base);
    let desk = house(&base, &(0..40).map(|id| entry(id, &rows[id * 37], "")).collect::<Vec<_>>());

    // One on the list takes another name and domain, one who was not gets those of an entry, one is new, one is gone.
    let rename = |row: &Row, as_row: &Row| {
        row.line.replace(&row.company, &as_row.company).replace(&row.domain, &as_row.domain)
    };
    let (listed, other, gone) = (&rows[37], &rows[38], &rows[74]);
    let (unlisted, now_listed) = (rename(listed, &rows[39]), rename(other, listed));
    let new = rename(&rows[40], &rows[111]).replacen(&rows[40].id, "77001", 1);
    let heading = base.lines().next().unwrap();
    let desk = desk.with("changes.csv", format!("{heading}\r\n{unlisted}\r\n{now_listed}\r\n{new}\r\n"));
    let again = desk.run(&format!("rescreen --changes changes.csv --gone {} --out again.csv {AT}", gone.id));
    assert_eq!(again.status, 1, "{}", again.stderr);

    let lines = base.lines().filter(|line| *line != gone.line).map(|line| match line {
        line if line == listed.line => unlisted.clone(),
        line if line == other.line => now_listed.clone(),
        line => line.to_owned(),
    });
    let made: Vec<String> = lines.chain([new]).collect();
    let desk = desk.with("made.csv", made.join("\r\n") + "\r\n");
    let (again, whole) = (desk.read("again.csv"), whole(&desk, "made.csv", "csv"));
    assert_eq!(again, whole);
    for (id, is_there) in [("77001", true), (&gone.id, false), (&other.id, true)] {
        assert_eq!(again.lines().any(|line| line.starts_with(&format!("{id},"))), is_there, "{id}");
    }
    // What changed is remembered.
    desk.run(&format!("rescreen --out once.csv {AT}"));
    assert_eq!(desk.read("once.csv"), again);
}

#[test]
fn a_value_that_ends_to_count_changes_the_outcome_without_any_change() {
    let base = export(500, SEED);
    let rows = rows(&base);
    let ends = r#", "valid_to": "2026-05-01""#;
    let desk = house(&base, &[entry(1, &rows[10], ends), entry(2, &rows[20], "")]);

    let later = |arguments: &str| desk.run_on("2026-09-01", arguments);
    // The last day that is said counts.
    later(&format!("rescreen --out again.jsonl {AT}"));
    later(&format!("screen base.csv --keep --out whole.jsonl {AT}"));

    assert_ne!(desk.read("again.jsonl"), desk.read("before.jsonl"));
    assert_eq!(desk.read("again.jsonl"), desk.read("whole.jsonl"));
}

#[test]
fn without_a_remembered_base_there_is_nothing_to_screen_again() {
    let base = export(50, SEED);
    let desk = house(&base, &[entry(1, &rows(&base)[3], "")]);
    let shown = desk.run(&format!("customers base {AT}"));
    assert!(shown.stdout.contains("file       base.csv"), "{}", shown.stdout);

    // A file with changes that cannot be read changes nothing.
    let desk = desk.with("broken.csv", "Client ID;Company Name\r\n1;\"Quay");
    let refused = desk.run(&format!("rescreen --changes broken.csv {AT}"));
    assert!(refused.status == 2 && refused.stderr.contains("nothing was changed"), "{}", refused.stderr);

    desk.run(&format!("customers forget-base {AT}"));
    let refused = desk.run(&format!("rescreen {AT}"));
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("no customer base is remembered"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--keep --remember"), "{}", refused.stderr);
}
