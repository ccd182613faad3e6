//! `compare`: pairs in, scores out.

use crate::program::Desk;

const PAIRS: &str = "\
pair_id,name1,name2,type
a,Quayside Relay B.V.,QUAYSIDE RELAY BV,organisation
b,Quayside Relay B.V.,Bakkerij De Gouden Korst,organisation
c,Joris Lantaarn,\"Lantaarn, Joris\",person
";

#[test]
fn each_pair_has_id_score_class_and_reasons() {
    let desk = Desk::empty().with("pairs.csv", PAIRS);

    let ran = desk.run("compare pairs.csv --out scores.csv");

    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let scores = desk.read("scores.csv");
    let classes: Vec<(&str, bool)> = scores
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|cells| (cells[0], cells[2] != "none"))
        .collect();
    assert_eq!(scores.lines().next(), Some("pair_id,score,class,reasons"));
    assert_eq!(classes, [("a", true), ("b", false), ("c", true)], "{scores}");
}

#[test]
fn without_ids_the_number_of_the_row_stands_for_it() {
    let desk = Desk::empty().with("pairs.csv", "name1;name2\n\"two\nlines\";two\n\nOrchard;Orchard\n");

    let ran = desk.run("compare pairs.csv");

    let first: Vec<&str> = ran.stdout.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(first[0], "row");
    assert!(ran.stdout.contains("\n1,") && ran.stdout.contains("\n2,"), "{}", ran.stdout);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let rows: String =
        (0..20_000).map(|n| format!("Orchard {n} Ltd,Orchard {} Limited\n", n % 7_001)).collect();
    let desk = Desk::empty().with("pairs.csv", format!("name1,name2\n{rows}"));

    let one = desk.run("compare pairs.csv --threads 1").stdout;

    assert_eq!(one.lines().count(), 20_001);
    assert!(one == desk.run("compare pairs.csv --threads 2").stdout);
    assert!(one == desk.run("compare pairs.csv --threads 3").stdout);
}

#[test]
fn a_missing_column_is_named_with_those_that_are_there() {
    let desk = Desk::empty().with("pairs.csv", "name1,naam\na,b\n");

    let ran = desk.run("compare pairs.csv");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("no column `name2`; the file has: name1, naam"), "{}", ran.stderr);
}

#[test]
fn a_name_that_a_spreadsheet_would_run_is_disarmed() {
    let desk = Desk::empty().with("pairs.csv", "pair_id,name1,name2\n=1+1,Orchard,Orchard\n");

    let ran = desk.run("compare pairs.csv");

    assert!(ran.stdout.contains("\n'=1+1,"), "{}", ran.stdout);
}
