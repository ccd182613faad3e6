//! `customers example`, `check` and `fetch`, and `screen --source`, against an invented panel.

use std::fs;

use crate::panel::Panel;
use crate::program::{Desk, LIST};

const PLACES: &str = "--home home --key-file home/key --as marleen";

/// A house with a database and one source.
fn house(panel: &Panel, secret: &str) -> Desk {
    let desk = Desk::empty().with("list.json", LIST);
    assert_eq!(desk.run(&format!("init {PLACES}")).status, 0);
    let settings = format!(
        "[[source]]\nname = \"billing\"\nkind = \"whmcs\"\naddress = \"{}\"\nuser = \"reader\"\n\
         secret_file = \"billing.secret\"\n",
        panel.address
    );
    fs::write(desk.path("home/connectors.toml"), settings).unwrap();
    let file = desk.path("home/billing.secret");
    fs::write(&file, secret).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    desk
}

fn kept(desk: &Desk) -> Vec<String> {
    let folder = fs::read_dir(desk.path("home/connectors"));
    folder.map_or_else(
        |_| Vec::new(),
        |folder| folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect(),
    )
}

#[test]
fn a_source_gives_the_hits_of_a_file_and_leaves_nothing_behind() {
    let panel = Panel::open(|_, answer| answer);
    let desk = house(&panel, "between us\n");

    let fetched = desk.run(&format!("customers fetch billing --out base.jsonl {PLACES}"));
    assert_eq!(fetched.status, 0, "{}", fetched.stderr);
    assert!(fetched.stdout.contains("customers    4\n"), "{}", fetched.stdout);
    assert!(!desk.read("base.jsonl").contains("MUST-BE-DROPPED"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(desk.path("base.jsonl")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let by_file = desk.run(&format!("screen base.jsonl --list list.json --format csv {PLACES}"));
    let by_source = desk.run(&format!(
        "screen --source billing --list list.json --format csv --out hits.csv --manifest manifest.json {PLACES}"
    ));
    assert_eq!((by_file.status, by_source.status), (1, 1), "{}{}", by_file.stderr, by_source.stderr);
    assert_eq!(desk.read("hits.csv"), by_file.stdout);
    assert!(by_file.stdout.contains("2,E-1,strong"), "{}", by_file.stdout);

    let manifest: serde_json::Value = serde_json::from_str(&desk.read("manifest.json")).unwrap();
    let file = &manifest["manifest"]["customers_file"];
    let name = file["name"].as_str().unwrap();
    assert!(name.starts_with("billing (whmcs, read 2") && name.ends_with(" UTC)"), "{name}");
    assert_eq!(file["rows"], 4);
    let sha256 = file["sha256"].as_str().unwrap();
    assert!(fetched.stdout.contains(sha256), "the same customers have the same hash");
    assert!(kept(&desk).is_empty());
}

#[test]
fn an_interrupted_run_goes_on_and_its_pages_are_sealed() {
    let panel =
        Panel::open(|number, answer| if (12..22).contains(&number) { (403, String::new()) } else { answer });
    let desk = house(&panel, "between us");

    let broken = desk.run(&format!("screen --source billing --list list.json --out hits.csv {PLACES}"));
    assert_eq!(broken.status, 2);
    assert!(
        broken.stderr.contains("`billing` was not read whole, so nothing is screened"),
        "{}",
        broken.stderr
    );
    assert!(!desk.path("hits.csv").exists());
    let pages = fs::read(desk.path("home/connectors/billing.pages")).unwrap();
    assert!(!pages.windows(8).any(|text| text == b"Bakkerij" || text == b"Quayside"));

    let mut tries = 0;
    let whole = loop {
        let ran = desk.run(&format!("screen --source billing --list list.json --out hits.csv {PLACES}"));
        tries += 1;
        assert!(tries < 20, "{}", ran.stderr);
        if ran.status != 2 {
            break ran;
        }
    };
    assert_eq!(whole.status, 1, "{}", whole.stderr);
    assert!(whole.stderr.contains("billing: going on after 2 rows"), "{}", whole.stderr);
    assert!(kept(&desk).is_empty());
}

#[test]
fn answers_that_break_off_are_asked_for_again() {
    let panel = Panel::open(|number, (status, text)| match number % 7 {
        2 => (0, text),
        4 => (429, String::new()),
        _ => (status, text),
    });
    let desk = house(&panel, "between us");
    let ran = desk.run(&format!("customers fetch billing --out base.jsonl {PLACES}"));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(desk.read("base.jsonl").lines().count(), 4);
}

#[test]
fn check_says_what_a_source_gives_without_telling_who() {
    let panel = Panel::open(|_, answer| answer);
    let desk = house(&panel, "between us");
    let ran = desk.run(&format!("customers check {PLACES}"));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    insta::assert_snapshot!(ran.stdout);
    assert!(kept(&desk).is_empty());
}

#[test]
fn a_wrong_key_is_told_and_never_shown() {
    let panel = Panel::open(|_, answer| answer);
    let desk = house(&panel, "another secret");
    let ran = desk.run(&format!("customers check --source billing {PLACES}"));
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("billing          failed: it does not accept the key"), "{}", ran.stdout);
    let ran = desk.run(&format!("customers fetch billing --out base.jsonl {PLACES}"));
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("hint: check key and rights"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("another secret") && !ran.stdout.contains("another secret"));
    assert!(!desk.path("base.jsonl").exists());
}

#[test]
fn without_settings_the_way_to_them_is_said() {
    let desk = Desk::new();
    let ran = desk.run(&format!("customers check {PLACES}"));
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("no source is set up") && ran.stderr.contains("customers example"),
        "{}",
        ran.stderr
    );
    let example = desk.run("customers example");
    assert!(example.stdout.contains("[[source]]"));
    for arguments in ["screen --list list.json", "screen customers.csv --source billing --list list.json"] {
        assert_eq!(desk.run(arguments).status, 2, "{arguments}");
    }
}

#[test]
fn a_source_where_nobody_listens_is_no_empty_customer_base() {
    let panel = Panel::open(|_, answer| answer);
    let desk = house(&panel, "between us");
    let settings = desk.read("home/connectors.toml").replace(&panel.address, "http://127.0.0.1:1/");
    fs::write(desk.path("home/connectors.toml"), settings).unwrap();
    let ran = desk.run(&format!("customers check {PLACES}"));
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("it cannot be reached"), "{}", ran.stdout);
    assert_eq!(panel.calls(), 0);
}
