//! What is wrong is said with file, place, what was found and what to do; what is right is kept.

use crate::program::{CUSTOMERS, Desk, LIST};

/// Screens `customers` against the test list, expects a failure, and looks for words in what is said.
#[track_caller]
fn refused(customers: &[u8], words: &[&str]) {
    let ran = Desk::new().with("in.csv", customers).run("screen in.csv --list list.json");

    assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains("hint: "), "{}", ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "`{word}` is missing in: {}", ran.stderr);
    }
}

/// Screens `customers`, expects that customer 2 is found all the same and that something is said.
#[track_caller]
fn kept(customers: &[u8], words: &[&str]) {
    let ran = Desk::new().with("in.csv", customers).run("screen in.csv --list list.json --format csv");

    assert_eq!(ran.status, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("\n2,E-1,"), "{}{}", ran.stdout, ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "`{word}` is missing in: {}", ran.stderr);
    }
}

#[test]
fn a_missing_file_is_named() {
    let ran = Desk::new().run("screen nowhere.csv --list list.json");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("nowhere.csv") && ran.stderr.contains("hint: "), "{}", ran.stderr);

    let ran = Desk::new().run("screen customers.csv --list nowhere.json");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("nowhere.json") && ran.stderr.contains("hint: "), "{}", ran.stderr);
}

#[test]
fn a_folder_is_no_customer_file() {
    let ran = Desk::new().run("screen . --list list.json");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("directory"), "{}", ran.stderr);
}

#[test]
fn empty_and_foreign_files_are_refused() {
    refused(b"", &["in.csv", "empty"]);
    refused(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0", &["in.csv"]);
    refused(b"<!doctype html><html><body>Log in</body></html>", &["in.csv", "web page"]);
    refused(b"colour,size\nred,4\n", &["in.csv", "--column"]);
}

#[test]
fn a_broken_row_costs_only_itself() {
    let cut = format!("{CUSTOMERS}5,Half");
    kept(cut.as_bytes(), &[]);

    let wide = CUSTOMERS.replace("1,Bakkerij", "1,Brood, Banket,Bakkerij");
    kept(wide.as_bytes(), &["line 2"]);

    let nul = CUSTOMERS.replace("Tuinen", "Tui\0nen");
    kept(nul.as_bytes(), &["line 4", "NUL"]);
}

#[test]
fn an_open_quote_swallows_nobody() {
    let open = CUSTOMERS.replace("1,Bakkerij", "1,\"Bakkerij");

    let ran = Desk::new().with("in.csv", open).run("screen in.csv --list list.json --format csv");

    assert_eq!(ran.stdout.lines().count(), 3, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_double_id_is_named_and_both_rows_are_screened() {
    let twice = CUSTOMERS.replace("3,Tuinen van Zuid", "2,Tuinen van Zuid");
    kept(twice.as_bytes(), &["line 4", "id"]);
}

#[test]
fn unseen_characters_hide_nobody() {
    let hidden = CUSTOMERS.replace("Quayside Relay BV", "Quay\u{200b}side \u{202e}Relay BV");
    kept(hidden.as_bytes(), &[]);
}

#[test]
fn other_encodings_are_read() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(CUSTOMERS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    kept(&utf16, &[]);
    kept(&CUSTOMERS.replace("Korst,", "Kórst,").chars().map(|c| c as u8).collect::<Vec<_>>(), &[]);
}

#[test]
fn a_prefix_that_holds_everybody_is_refused_with_its_place() {
    let list = LIST.replace("198.51.100.0/28", "0.0.0.0/0");
    let desk = Desk::new().with("all.json", list);

    let screened = desk.run("screen customers.csv --list all.json --format csv");
    let checked = desk.run("list check all.json");

    assert_eq!(screened.stdout.lines().count(), 3, "{}", screened.stdout);
    assert_eq!(checked.status, 2);
    assert!(checked.stdout.contains("0.0.0.0/0") && checked.stdout.contains("line 1"), "{}", checked.stdout);
}

#[test]
fn a_list_in_a_newer_format_is_refused() {
    let desk = Desk::new().with("new.json", LIST.replace("havenmeester-list/1", "havenmeester-list/2"));

    let ran = desk.run("screen customers.csv --list new.json");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("format 2") && ran.stderr.contains("hint: "), "{}", ran.stderr);
}

#[test]
fn a_good_list_passes_its_check() {
    let ran = Desk::new().run("list check list.json");

    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(ran.stdout.contains("every value was understood"), "{}", ran.stdout);
}

#[test]
fn a_customer_check_shows_columns_and_no_whole_value() {
    let ran = Desk::new().run("customers check customers.csv");

    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("company") && ran.stdout.contains("email"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("Gouden Korst") && !ran.stdout.contains("info@gouden"), "{}", ran.stdout);
}
