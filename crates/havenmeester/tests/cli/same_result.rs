//! The result is a function of lists, customers and settings: not of threads, order or place.

use testkit::customer_base::{SEED, export};

use crate::program::Desk;

const LIST: &str = include_str!("../../demo/list.json");

fn desk(customers: &str) -> Desk {
    Desk::empty().with("list.json", LIST).with("base.csv", customers)
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let desk = desk(&export(3_000, SEED));
    for format in ["csv", "jsonl"] {
        let run = |threads: u8| {
            let arguments =
                format!("screen base.csv --list list.json --quiet --format {format} --threads {threads}");
            desk.run(&arguments).stdout
        };
        let one = run(1);

        assert!(one.lines().count() > 5, "{one}");
        assert_eq!(one, run(2));
        assert_eq!(one, run(5));
    }
}

#[test]
fn the_order_of_the_customers_changes_no_hit() {
    // Rows of equal ids are told apart by their place, so this base is without them.
    let base = export(1_000, SEED);
    let (heading, rows) = base.split_once("\r\n").unwrap();
    let rows: Vec<&str> = rows.lines().filter(|row| !row.starts_with("99")).collect();
    let turned: Vec<&str> = rows.iter().rev().copied().collect();
    let hits = |rows: &[&str]| {
        let desk = desk(&format!("{heading}\r\n{}\r\n", rows.join("\r\n")));
        let out = desk.run("screen base.csv --list list.json --quiet --format csv").stdout;
        let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };

    assert_eq!(hits(&rows), hits(&turned));
}

#[test]
fn the_manifest_of_the_same_run_differs_in_time_only() {
    let desk = desk(&export(200, SEED));
    let manifest = || {
        desk.run("screen base.csv --list list.json --quiet --out hits.csv");
        let text = desk.read("hits.csv.manifest.json");
        let of_time = ["started_at", "finished_at", "seconds"];
        text.lines()
            .filter(|line| !of_time.iter().any(|field| line.contains(field)))
            .collect::<Vec<_>>()
            .join("\n")
    };

    assert_eq!(manifest(), manifest());
}
