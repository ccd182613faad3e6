//! `screen`: hits, forms, files.

use std::io::Read;
use std::process::Stdio;

use crate::program::Desk;

#[test]
fn listed_customers_are_found_and_others_are_not() {
    let ran = Desk::new().run("screen customers.csv --list list.json --format csv --quiet");

    let mut pairs: Vec<String> = ran
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    pairs.sort();
    assert_eq!(ran.stdout.lines().next(), Some("customer_id,entry_id,class,score,reasons"));
    assert_eq!(pairs, ["2 E-1", "4 E-2"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.stderr, "");
}

#[test]
fn without_a_hit_the_status_is_0_and_the_manifest_proves_it() {
    let strangers = "id,company,email\n1,Bakkerij De Gouden Korst,info@gouden-korst.example\n";
    let desk = Desk::new().with("strangers.csv", strangers);

    let ran = desk.run("screen strangers.csv --list list.json --out clean.csv");

    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(desk.read("clean.csv").trim(), "customer_id,entry_id,class,score,reasons");
    let manifest = desk.read("clean.csv.manifest.json");
    // SHA-256 of the customer file above and of nothing at all, which is what was found.
    assert!(manifest.contains("\"strangers.csv\""), "{manifest}");
    assert!(
        manifest.contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        "{manifest}"
    );
    assert!(!manifest.contains("Gouden Korst") && !manifest.contains("Quayside"), "a manifest names nobody");
}

#[test]
fn each_ending_gives_its_form() {
    let beginnings: [(&str, &[u8]); 5] = [
        ("hits.csv", b"customer_id,"),
        ("hits.json", b"{"),
        ("hits.jsonl", b"{"),
        ("hits.xlsx", b"PK"),
        ("hits.html", b"<!"),
    ];
    let desk = Desk::new();
    for (name, beginning) in beginnings {
        let ran = desk.run(&format!("screen customers.csv --list list.json --out {name} --quiet"));

        assert_eq!(ran.status, 1, "{name}: {}", ran.stderr);
        assert!(std::fs::read(desk.path(name)).unwrap().starts_with(beginning), "{name}");
        assert!(desk.path(&format!("{name}.manifest.json")).exists(), "{name}");
    }
    assert!(desk.files().iter().all(|name| !name.starts_with('.')), "{:?}", desk.files());
}

#[test]
fn a_class_leaves_out_what_is_below_it() {
    let strong = Desk::new().run("screen customers.csv --list list.json --format csv --class strong");

    assert!(strong.stdout.lines().skip(1).all(|line| line.contains(",strong,")), "{}", strong.stdout);
}

#[test]
fn a_column_is_taken_where_it_was_said() {
    let own = "nr;wie;waarheen\n7;Quayside Relay BV;beheer@quayside-relay.example\n";
    let desk = Desk::new().with("own.csv", own);

    let ran = desk.run(
        "screen own.csv --list list.json --format csv --quiet --column id=nr --column company=wie --column email=waarheen",
    );

    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stdout.contains("\n7,E-1,strong,"), "{}", ran.stdout);
}

#[test]
fn two_lists_keep_their_hits_apart() {
    let other = "name,email\nTuinen van Zuid,post@tuinen-zuid.example\n";
    let desk = Desk::new().with("other.csv", other);

    let ran = desk.run("screen customers.csv --list list.json --list other.csv --format csv --quiet");

    assert_eq!(ran.stdout.lines().count(), 4, "{}", ran.stdout);
}

#[test]
fn an_expired_list_is_screened_with_a_warning() {
    let mut command = Desk::new();
    command = command.with("old.json", crate::program::LIST.replace("2026-10-01", "2026-04-11"));

    let ran = command.run("screen customers.csv --list old.json --format csv");

    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("old.json was valid until 2026-04-11"), "{}", ran.stderr);
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let desk = Desk::new();
    let mut child = desk
        .command("screen customers.csv --list list.json --format json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();

    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();

    assert_eq!(child.wait().unwrap().code(), Some(1), "{said}");
    assert!(!said.contains("panicked") && !said.contains("error"), "{said}");
}
