//! `demo`: it finds who was planted, and stays calm about who only seems to be listed.

use testkit::customer_base::{CUSTOMERS, HARD_NEGATIVES, PLANTED, SEED, export};

use crate::program::Desk;

#[test]
fn the_shipped_customers_are_what_the_generator_makes() {
    let shipped = include_str!("../../demo/customers.csv");

    let renew =
        "cargo run --release -p testkit --example customer_base > crates/havenmeester/demo/customers.csv";
    assert!(shipped == export(CUSTOMERS, SEED), "write it again: {renew}");
}

#[test]
fn the_demo_finds_the_planted_customers_and_writes_its_report() {
    let desk = Desk::empty();

    let ran = desk.run("demo");

    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(desk.files(), ["havenmeester-demo"]);
    let hits = desk.read("havenmeester-demo/hits.csv");
    for planted in PLANTED {
        let found = format!("\n{},{},", planted.id, planted.entry);
        assert!(hits.contains(&found), "{} ({}) was not found", planted.id, planted.because);
    }
    for innocent in HARD_NEGATIVES {
        let wrong = format!("\n{},{},strong", innocent.id, innocent.entry);
        assert!(!hits.contains(&wrong), "{} ({}) is not {}", innocent.id, innocent.because, innocent.entry);
    }
    assert!(desk.read("havenmeester-demo/report.html").contains("Frozen example"));
    assert!(ran.stderr.contains("havenmeester-demo/report.html"), "{}", ran.stderr);
}

#[test]
fn nobody_else_in_the_demo_is_a_hit() {
    let desk = Desk::empty();
    desk.run("demo --quiet");

    let special = |id: &str| PLANTED.iter().chain(HARD_NEGATIVES).any(|planted| planted.id == id);
    let hits = desk.read("havenmeester-demo/hits.csv");
    let others: Vec<&str> =
        hits.lines().skip(1).filter(|line| !special(line.split(',').next().unwrap_or_default())).collect();

    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn the_commands_that_the_demo_proposes_work() {
    let desk = Desk::empty();
    let ran = desk.run("demo");

    let proposed = ran.stderr.lines().filter_map(|line| line.strip_prefix("  havenmeester "));
    for arguments in proposed.filter(|line| !line.contains("--out")) {
        let next = desk.run(arguments);
        assert!(!next.stderr.contains("error"), "{arguments}: {}", next.stderr);
    }
}
