//! Lists of others come in, editions go out, and a strict list stays where it is.

use crate::program::{Desk, LIST};

const DROP: &str = "\
; Spamhaus DROP List 2026/03/01 - invented
198.51.100.0/25 ; SBL000002
";

#[test]
fn a_list_of_others_is_checked_and_screened() {
    let desk = Desk::new().with("drop.txt", DROP);

    let checked = desk.run("list check drop.txt");
    let screened = desk.run("screen customers.csv --list drop.txt --format csv");

    assert_eq!(checked.status, 0, "{}{}", checked.stdout, checked.stderr);
    assert!(checked.stdout.contains("prefixes of Spamhaus DROP"), "{}", checked.stdout);
    assert!(checked.stdout.contains("reputation"), "{}", checked.stdout);
    assert_eq!(screened.status, 1, "{}{}", screened.stdout, screened.stderr);
    assert!(screened.stdout.contains("\n2,198.51.100.0/25,"), "{}", screened.stdout);
}

#[test]
fn the_nature_can_be_said_where_the_list_does_not() {
    let desk = Desk::new().with("drop.txt", DROP).with("names.csv", "naam\nQuayside Relay B.V.\n");
    let nature = |file: &str| {
        let out = desk.run(&format!("list check {file} --nature internal")).stdout;
        out.lines().find(|line| line.starts_with("nature")).unwrap().to_owned()
    };

    assert!(nature("drop.txt").ends_with("internal"));
    assert!(nature("names.csv").ends_with("internal"));
    assert!(nature("list.json").ends_with("advisory"), "the issuer's own word holds");
}

#[test]
fn an_edition_is_written_and_read_again() {
    let desk = Desk::new();
    for format in ["stix", "ftm", "misp"] {
        let ran = desk.run(&format!("edition export list.json --format {format} --out {format}.json"));

        assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
        let screened = desk.run(&format!("screen customers.csv --list {format}.json --format csv"));
        assert!(screened.stdout.contains("\n2,E-1,"), "{format}: {}{}", screened.stdout, screened.stderr);
        assert!(screened.stdout.contains("\n4,E-2,"), "{format}: {}{}", screened.stdout, screened.stderr);
    }
}

#[test]
fn a_strict_list_is_not_copied_and_the_issuer_is_named() {
    for label in ["TLP:RED", "TLP:AMBER+STRICT"] {
        let desk = Desk::new().with("strict.json", LIST.replace("TLP:CLEAR", label));

        let ran = desk.run("edition export strict.json --format stix --out out.json");

        assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(label), "{}", ran.stderr);
        assert!(ran.stderr.contains("hint: only Invented Harbour Office may lift this"), "{}", ran.stderr);
        assert!(!desk.files().iter().any(|file| file.starts_with("out")), "{:?}", desk.files());
    }
}
