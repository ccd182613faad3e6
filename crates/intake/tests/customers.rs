//! Customer files as a person meets them: exports of the programs we know, and files with one fault each.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use intake::customers::{self, CustomerFile, CustomerOptions, Field, Profile};
use intake::table::Limits;
use screening::Customer;

/// What the user reads of a file: what was understood, then customers and problems in order.
fn shown(opened: Result<CustomerFile, intake::OpenError>) -> String {
    let mut text = String::new();
    let mut file = match opened {
        Ok(file) => file,
        Err(error) => {
            let _ = writeln!(text, "error: {error}");
            if let Some(hint) = error.hint() {
                let _ = writeln!(text, "hint: {hint}");
            }
            return text;
        }
    };
    show_understood(&file, &mut text);
    for row in &mut file {
        match row {
            Ok(customer) => show_customer(&customer, &mut text),
            Err(problem) => {
                let kept = if problem.row_kept() { "kept" } else { "lost" };
                let hint = problem.hint().map_or_else(String::new, |hint| format!("; hint: {hint}"));
                let _ = writeln!(text, "! {problem} ({kept}{hint})");
            }
        }
    }
    text
}

fn show_understood(file: &CustomerFile, text: &mut String) {
    let understood = file.understood();
    let about = &understood.about;
    let _ = writeln!(
        text,
        "{} {:?} {:?}, {}",
        about.kind.title(),
        about.encoding.unwrap_or("-"),
        about.delimiter.unwrap_or('-'),
        understood.profile.name()
    );
    let read: Vec<String> =
        understood.read.iter().map(|(heading, field)| format!("{heading}={}", field.name())).collect();
    let _ = writeln!(text, "read: {}", read.join(", "));
    for (what, headings) in [("left out", &understood.left_out), ("ignored", &understood.ignored)] {
        if !headings.is_empty() {
            let _ = writeln!(text, "{what}: {}", headings.join(", "));
        }
    }
    for note in &understood.notes {
        let _ = writeln!(text, "note: {note}");
    }
}

fn show_customer(customer: &Customer, text: &mut String) {
    let _ = write!(text, "{}: [{}]", customer.row, customer.id);
    for name in &customer.names {
        let _ = write!(text, " {:?}:{}", name.kind, name.text.escape_debug());
    }
    for identifier in &customer.identifiers {
        let _ = write!(text, " {}:{}", identifier.kind.wire_name(), identifier.value);
    }
    for address in &customer.addresses {
        let _ = write!(text, " @ {}", address.one_line());
    }
    for (what, value) in
        [("country", &customer.country), ("born", &customer.birth_date), ("status", &customer.status)]
    {
        if let Some(value) = value {
            let _ = write!(text, " {what}:{value}");
        }
    }
    if let Some(since) = customer.since {
        let _ = write!(text, " since:{since}");
    }
    text.push('\n');
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// All files of a folder in one text, each under its name; the path of this machine is taken out.
fn show_folder(name: &str) -> String {
    let folder = folder(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut text = String::new();
    for file in files {
        let _ = writeln!(text, "== {}", file.file_name().unwrap().to_string_lossy());
        let shown = shown(customers::open(&file, &CustomerOptions::default()));
        text.push_str(&shown.replace(&format!("{}/", folder.display()), ""));
    }
    text
}

#[test]
fn exports_of_known_programs_are_understood() {
    insta::assert_snapshot!(show_folder("exports"));
}

#[test]
fn every_fault_has_its_message() {
    insta::assert_snapshot!(show_folder("faults"));
}

#[test]
fn a_missing_file_and_a_directory_are_told() {
    let missing = shown(customers::open(Path::new("nowhere.csv"), &CustomerOptions::default()));
    let directory = shown(customers::open(&folder("faults"), &CustomerOptions::default()));

    assert_eq!(
        missing,
        "error: nowhere.csv: there is no such file\nhint: check the path; names are case sensitive\n"
    );
    assert!(directory.contains("this is a directory, not a file"), "{directory}");
}

#[track_caller]
fn check(bytes: &[u8], options: &CustomerOptions, expected: &str) {
    let shown = shown(customers::from_bytes("klanten.csv", bytes, options));
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn columns_can_be_mapped_by_name() {
    let options = |columns: &[(&str, &str)]| CustomerOptions {
        columns: columns
            .iter()
            .map(|(field, heading)| (Field::from_name(field).unwrap(), (*heading).to_owned()))
            .collect(),
        ..CustomerOptions::default()
    };
    let table = b"nr;Firma X;veld 7;geboren op\n1;Orchard;@orchard;1980-01-02\n";

    check(
        table,
        &options(&[("name", "firma x"), ("telegram", "Veld 7"), ("birth_date", "Geboren op")]),
        "2: [1] Company:Orchard telegram_name:@orchard born:1980-01-02",
    );
    check(
        table,
        &options(&[("xmpp", "veld 8")]),
        "no heading `veld 8` for the field `xmpp`; found: nr, Firma X, veld 7",
    );
}

#[test]
fn a_profile_limits_the_headings() {
    let options = CustomerOptions { profile: Some(Profile::NetBox), ..CustomerOptions::default() };

    check(
        b"id,company,email\n1,Orchard,a@orchard.example\n",
        &options,
        "the headings are not those of `netbox`",
    );
}

#[test]
fn a_huge_cell_costs_its_row_only() {
    for quote in ["", "\""] {
        let mut table = b"id,company\n1,Orchard\n2,".to_vec();
        table.extend_from_slice(quote.as_bytes());
        table.extend(std::iter::repeat_n(b'x', 10 << 20));
        table.extend_from_slice(quote.as_bytes());
        table.extend_from_slice(b"\n3,Linden\n");

        check(&table, &CustomerOptions::default(), "\n4: [3] Company:Linden");
    }
    let mut table = b"id,company\n1,Orchard\n2,".to_vec();
    table.extend(std::iter::repeat_n(b'x', 2 << 20));
    table.extend_from_slice(b"\n3,Linden\n");
    check(
        &table,
        &CustomerOptions::default(),
        "! line 3: a cell is too large: 2097152 bytes in column 2 (lost",
    );
}

#[test]
fn five_thousand_columns_are_read_and_too_many_refused() {
    let table = |columns: usize| {
        let headings: Vec<String> = (0..columns).map(|column| format!("extra{column}")).collect();
        let cells = vec!["x"; columns].join(",");
        format!("id,company,{}\n1,Orchard,{cells}\n", headings.join(",")).into_bytes()
    };

    check(&table(5_000), &CustomerOptions::default(), "2: [1] Company:Orchard\n");
    check(&table(20_000), &CustomerOptions::default(), "20002 columns, at most 16384 are read");
}

#[test]
fn an_open_quote_in_a_large_file_is_bounded() {
    let mut table = b"id,company\n1,\"Orchard\n".to_vec();
    for row in 2..500_000 {
        let _ = std::io::Write::write_all(&mut table, format!("{row},Linden {row}\n").as_bytes());
    }
    let file = customers::from_bytes("klanten.csv", &table, &CustomerOptions::default()).unwrap();

    assert_eq!(file.filter(Result::is_ok).count(), 499_998);
}

#[test]
fn batches_on_other_threads_give_the_same_customers() {
    let mut table = b"id,company,email,ip\n".to_vec();
    for row in 0..5_000 {
        let line = format!(
            "{},Orchard {row},info@orchard{row}.example,\"192.0.2.1\n192.0.2.{}\"\n",
            row % 4_000,
            row % 250
        );
        table.extend_from_slice(line.as_bytes());
    }
    let open = || customers::from_bytes("klanten.csv", &table, &CustomerOptions::default()).unwrap();

    let alone: Vec<_> = open().collect();
    let mut file = open();
    let mapping = file.mapping();
    let batches: Vec<_> = std::iter::from_fn(|| file.next_batch(100)).collect();
    let shared: Vec<_> = std::thread::scope(|scope| {
        let work: Vec<_> =
            batches.into_iter().map(|batch| scope.spawn(|| batch.into_customers(&mapping))).collect();
        work.into_iter().flat_map(|work| work.join().unwrap()).collect()
    });
    let mut seen = file.new_seen_ids().unwrap();
    shared.iter().flatten().for_each(|customer| seen.add(customer));
    let shared: Vec<_> = shared.into_iter().chain(seen.problems().into_iter().map(Err)).collect();

    assert!(alone == shared);
    assert_eq!(alone.iter().filter(|row| row.is_err()).count(), 1_000);
}

#[test]
fn samples_beside_the_checkout_are_read_when_present() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/domain-samples");
    let Ok(files) = std::fs::read_dir(&samples) else {
        println!("skipped: no samples beside the checkout");
        return;
    };
    let of_customers = ["customers-excel", "fossbilling", "netbox", "phpipam", "whmcs"];
    for path in files.map(|file| file.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if of_customers.iter().any(|start| name.starts_with(start)) {
            let customers =
                customers::open(&path, &CustomerOptions::default()).unwrap().filter(Result::is_ok).count();
            assert!(customers > 0, "{name}");
        }
    }
}

#[test]
fn limits_can_be_set_by_the_caller() {
    let options = CustomerOptions {
        limits: Limits { max_cell_bytes: 4, ..Limits::default() },
        ..CustomerOptions::default()
    };

    check(
        b"id,mail\n1,info@orchard.example\n2,a@b\n",
        &options,
        "! line 2: a cell is too large: 20 bytes in column 2",
    );
}
