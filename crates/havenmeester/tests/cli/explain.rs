//! `explain`: why, and why not.

use crate::program::Desk;

#[test]
fn a_hit_is_explained_with_both_values() {
    let ran = Desk::new().run("explain customers.csv --list list.json --customer 2 --entry E-1");

    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for part in ["Quayside Relay BV", "Quayside Relay B.V.", "hit, strong", "for\n"] {
        assert!(ran.stdout.contains(part), "{part} is missing in:\n{}", ran.stdout);
    }
}

#[test]
fn what_is_no_hit_is_explained_too() {
    let ran = Desk::new().run("explain customers.csv --list list.json --customer 1 --entry E-1");

    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("no hit"), "{}", ran.stdout);
}

#[test]
fn an_ended_identifier_says_when_it_ended() {
    let customers = "id,company,asn,since\n9,Verse Wind Netwerken,AS64500,2026-01-01\n";
    let desk = Desk::new().with("later.csv", customers);

    let ran = desk.run("explain later.csv --list list.json --customer 9 --entry E-1");

    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(ran.stdout.contains("2025-01-31"), "{}", ran.stdout);
}

#[test]
fn an_unknown_customer_or_entry_is_said_with_a_hint() {
    for (arguments, said) in [("--customer 99 --entry E-1", "99"), ("--customer 1 --entry E-9", "E-9")] {
        let ran = Desk::new().run(&format!("explain customers.csv --list list.json {arguments}"));

        assert_eq!(ran.status, 2, "{arguments}");
        assert!(ran.stderr.contains(said) && ran.stderr.contains("hint: "), "{}", ran.stderr);
    }
}

#[test]
fn dutch_speaks_dutch() {
    let desk = Desk::new();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_havenmeester"));
    let arguments = "explain customers.csv --list list.json --customer 2 --entry E-1 --language nl";

    let output = command.args(arguments.split(' ')).current_dir(desk.path("")).output().unwrap();

    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("treffer, sterk") && said.contains("vermelding"), "{said}");
}
