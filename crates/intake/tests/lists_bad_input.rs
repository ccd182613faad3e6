//! Lists with faults. Each file in `list-faults` is named after its fault; the text is what people see.
#![allow(clippy::unwrap_used, reason = "writing into a text cannot fail, and a test may stop")]

use std::fmt::Write as _;
use std::path::Path;

use intake::lists::{ListOptions, from_bytes, read};
use proptest::prelude::*;

/// What reading the file says: the refusal and its hint, or what was kept and each problem.
fn said(bytes: &[u8], name: &str) -> String {
    match from_bytes(name, bytes, &ListOptions::default()) {
        Err(error) => format!("error: {error}\nhint: {}", error.hint()),
        Ok(intake) => {
            let mut text = format!("read as {}", intake.recognised_as);
            for entry in &intake.edition.entries {
                let names = entry.names.iter().map(|name| name.text.as_str());
                let values = entry.identifiers.iter().map(|identifier| identifier.value.as_str());
                write!(text, "\n{}: {}", entry.id, names.chain(values).collect::<Vec<_>>().join(", "))
                    .unwrap();
            }
            intake.problems.iter().for_each(|problem| write!(text, "\n{problem}").unwrap());
            text
        }
    }
}

#[test]
fn each_fault_is_told_and_costs_only_its_value() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/list-faults");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut all = String::new();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        writeln!(all, "## {name}\n{}\n", said(&std::fs::read(&file).unwrap(), name)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn files_that_are_not_there_are_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let check = |path: &Path, expected: &str| {
        let error = read(path, &ListOptions::default()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    };

    check(&folder.join("nowhere.csv"), "there is no file");
    check(&folder, "is a folder, expected one file");
}

#[test]
fn large_and_deep_values_are_no_danger() {
    let large = format!("{{\"id\":\"A\",\"type\":\"brand\",\"name\":\"{}\"}}\n", "x".repeat(10_000_000));
    let deep = format!(
        "{{\"id\":\"A\",\"type\":\"brand\",\"name\":{}1{}}}\n",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let good = "{\"id\":\"B\",\"type\":\"brand\",\"name\":\"Quay Ninety\"}\n";
    for text in [large, deep] {
        let intake = from_bytes("list.jsonl", (text + good).as_bytes(), &ListOptions::default()).unwrap();
        let kept: Vec<&str> = intake.edition.entries.iter().map(|entry| entry.id.0.as_str()).collect();
        assert_eq!(kept, ["B"]);
        assert!(!intake.problems.is_empty());
        assert!(intake.problems.iter().all(|problem| problem.to_string().len() < 500));
    }
    let line = format!("Naam: Orchard Nine\nDomein: {}\n{}", "x".repeat(10_000_000), "(".repeat(100_000));
    from_bytes("annex.txt", line.as_bytes(), &ListOptions::default()).unwrap();
}

#[test]
fn a_gzip_bomb_stops_at_the_limit() {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![b' '; 1 << 20];
    (0..1_025).for_each(|_| packed.write_all(&block).unwrap());

    let error = from_bytes("list.jsonl.gz", &packed.finish().unwrap(), &ListOptions::default()).unwrap_err();

    assert_eq!(error.to_string(), "`list.jsonl.gz` is larger than 1024 MiB (unpacked), the limit for a list");
}

#[test]
fn what_is_in_a_list_is_not_in_its_debug_text() {
    let intake = from_bytes(
        "a.txt",
        b"Naam: Orchard Nine\nodd words that nobody knows here\n",
        &ListOptions::default(),
    )
    .unwrap();

    let text = format!("{intake:?}");

    assert!(!text.contains("Orchard") && !text.contains("odd words"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, name in "[a-z]{0,3}\\.(csv|txt|jsonl|xlsx|json)") {
        let _ = from_bytes(&name, &bytes, &ListOptions::default());
    }

    #[test]
    fn no_text_panics(text in "(Naam|Domein|Alias|KvK|a\\.k\\.a\\.|ook bekend als|\\(|\\)|:|;|,|\\.|\n|\t|  | |1\\.|2\\.|• |- |\\[\\.\\]|é|한|\u{202e}|orchard\\.example|AS64500|192\\.0\\.2\\.0/24|@nick|Kade|Pagina 1|\u{c}){0,60}") {
        let _ = from_bytes("annex.txt", text.as_bytes(), &ListOptions::default());
    }

    #[test]
    fn no_table_panics(text in "(naam|name|domein|asn|valid_from|plaats|;|,|\"|\n|\\(|\\)|x|AS64500|é|1){0,60}") {
        let _ = from_bytes("list.csv", format!("name,domain,asn,address\n{text}").as_bytes(), &ListOptions::default());
    }

    #[test]
    fn no_json_line_panics(text in "[\\[\\]{}:,\"a-z0-9\n ]{0,60}") {
        let _ = from_bytes("list.jsonl", format!("{{\"id\":\"A\",\"name\":\"x\"}}\n{{\"id\":{text}}}").as_bytes(), &ListOptions::default());
    }
}
