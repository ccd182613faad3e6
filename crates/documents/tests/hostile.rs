//! Names from people who wish harm do none, in any format, and are visible for what they are.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use documents::visible::is_unseen;
use documents::{Language, csv, html, json, jsonl, table, xlsx};

#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
mod sample;

use sample::{Sample, sample};
use watchlist::Phrase;

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</style></title><script>",
    "moc.elpmaxe\u{202e}gnp.exe",
    "Or\u{200b}chard\u{feff} N\u{2060}ine",
    "=cmd|' /C calc'!A0",
    "+SUM(1,1)*cmd|'x'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r\n=1+1",
    "＝1+1",
    "nul\0byte\u{7}bell",
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "\u{9b}31m",
    "{{ 7*7 }} {% include \"x\" %} ${7*7}",
    "_x000D_ _x0041_",
    "line\u{2028}separator\u{85}next",
    "\u{e0041}\u{fe0f}tag",
    "{ $n } { date }",
    "a,b;c\"d\"\ne",
];

/// The sample with a hostile text in every place that comes from outside.
fn with(text: &str) -> Sample {
    let mut sample = sample();
    let owned = || text.to_owned();
    for hit in &mut sample.hits {
        (hit.customer_id, hit.customer_name) = (owned(), owned());
        (hit.entry_id, hit.entry_name) = (owned(), owned());
        for reason in &mut hit.reasons {
            (reason.customer.raw, reason.customer.clean) = (owned(), owned());
            (reason.entry.raw, reason.entry.clean) = (format!("{text}!"), owned());
        }
        hit.linked = vec![screening::Linked { customer_id: owned(), row: 1, shared: "phone" }];
    }
    sample.cannot_tell.iter_mut().for_each(|row| row.customer_id = owned());
    for problem in &mut sample.problems {
        (problem.file, problem.message) = (owned(), Phrase::same(owned()));
        problem.hint = Some(Phrase::same(owned()));
    }
    let manifest = &mut sample.manifest;
    manifest.customers_file.name = owned();
    manifest.customers_file.sha256 = owned();
    (manifest.program_version, manifest.started_at, manifest.finished_at) = (owned(), owned(), owned());
    (manifest.settings_sha256, manifest.result_sha256) = (owned(), owned());
    manifest.settings = vec![(owned(), owned())];
    for list in &mut manifest.lists {
        (list.title, list.issuer, list.handling) = (owned(), owned(), owned());
        (list.file_name, list.sha256) = (owned(), owned());
    }
    sample
}

/// Enough of a text to know it by in a failure.
fn beginning(text: &str) -> String {
    text.chars().take(40).collect()
}

fn long() -> String {
    "Ж<&\"".repeat(25_000)
}

fn each(check: impl Fn(&str, &Sample, Language)) {
    let long = long();
    for text in HOSTILE.iter().copied().chain([long.as_str()]) {
        let sample = with(text);
        for language in [Language::En, Language::Nl] {
            check(text, &sample, language);
        }
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn html_shows_them_as_text() {
    let tags = |page: &str| page.matches('<').count() - page.matches("<mark>").count() * 2;
    let plain = written(|out| html::write(&with("plain").report(Language::En), out));
    each(|text, sample, language| {
        let page = written(|out| html::write(&sample.report(language), out));
        let unseen = page.chars().find(|one| *one != '\n' && is_unseen(*one));
        assert_eq!(unseen, None, "{:?}", beginning(text));
        for forbidden in ["<script", "<img", "onerror=alert(1)>\"", "<svg onload", "</style></title>"] {
            assert!(!page.contains(forbidden), "{forbidden} of {:?}", beginning(text));
        }
        // Placeholders and the length of a long text bring a span; nothing else may bring a tag.
        let spans = page.matches("<span class=\"unseen\">").count() * 2;
        if language == Language::En {
            assert_eq!(tags(&page) - spans, tags(&plain), "{:?}", beginning(text));
        }
        assert!(page.len() < 400_000, "{} bytes for {:?}", page.len(), beginning(text));
    });
}

#[test]
fn the_terminal_gets_no_control_characters() {
    each(|text, sample, language| {
        let options = table::Options { colour: false, ..table::Options::default() };
        let shown = written(|out| table::write(&sample.report(language), &options, out));
        assert_eq!(shown.chars().find(|one| *one != '\n' && is_unseen(*one)), None, "{:?}", beginning(text));
        assert!(shown.len() < 100_000);
    });
}

#[test]
fn csv_has_no_cell_that_runs() {
    each(|text, sample, language| {
        let bytes = written(|out| csv::write(&sample.report(language), out));
        let mut reader = ::csv::Reader::from_reader(bytes.as_bytes());
        assert_eq!(reader.headers().unwrap(), &csv::COLUMNS[..]);
        for record in reader.records().map(Result::unwrap) {
            for cell in &record {
                let start = cell.trim_start().chars().next();
                let number = cell
                    .get(1..)
                    .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
                assert!(
                    number || !matches!(start, Some('=' | '+' | '-' | '@' | '＝')),
                    "{:?} of {:?}",
                    beginning(cell),
                    beginning(text)
                );
                assert!(!cell.chars().any(char::is_control), "{:?}", beginning(cell));
            }
            assert!(!record[4].chars().any(is_unseen));
        }
    });
}

#[test]
fn json_keeps_them_unchanged_and_visible() {
    each(|text, sample, language| {
        let (whole, lines) = (
            written(|out| json::write(&sample.report(language), out)),
            written(|out| jsonl::write(&sample.report(language), out)),
        );
        let report: serde_json::Value = serde_json::from_str(&whole).unwrap();
        let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();

        assert!(report["hits"][0]["customer_name"] == text, "{:?}", beginning(text));
        assert!(report["hits"][0] == first, "{:?}", beginning(text));
        assert_eq!(lines.lines().count(), sample.hits.len());
        assert_eq!(
            (whole + &lines).chars().find(|one| *one != '\n' && is_unseen(*one)),
            None,
            "{:?}",
            beginning(text)
        );
    });
}

#[test]
fn a_workbook_has_no_formula() {
    each(|text, sample, language| {
        let mut bytes = Vec::new();
        xlsx::write(&sample.report(language), &mut bytes).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();

        assert_eq!(book.sheet_names().len(), 5);
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{:?}", beginning(text));
            let range = book.worksheet_range(&name).unwrap();
            for cell in range.used_cells().map(|(_, _, cell)| cell) {
                match cell {
                    Data::String(shown) => {
                        assert!(!shown.chars().any(is_unseen), "{:?}", beginning(shown))
                    }
                    Data::Float(_) | Data::Int(_) => {}
                    other => panic!("{other:?}"),
                }
            }
        }
    });
}

#[test]
fn a_workbook_shows_what_looks_like_an_escape_as_it_is() {
    let mut bytes = Vec::new();
    xlsx::write(&with("_x0041_").report(Language::En), &mut bytes).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("Hits").unwrap();

    let shown = range.get_value((1, 4)).unwrap().to_string();
    // The file holds the escape of the underscore; readers that know it show the text as it was.
    assert!(shown == "_x0041_" || shown == "_x005F_x0041_", "{shown}");
}

#[test]
fn the_workbook_reads_back_as_it_was_meant() {
    let mut bytes = Vec::new();
    xlsx::write(&sample().report(Language::Nl), &mut bytes).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();

    assert_eq!(
        book.sheet_names(),
        ["Treffers", "Redenen", "Niet uit te sluiten", "Problemen", "Verantwoording"]
    );
    let hits = book.worksheet_range("Treffers").unwrap();
    assert_eq!(hits.height(), 13);
    assert_eq!(hits.get_value((2, 3)).unwrap(), &Data::String("00388".into()));
    let reasons = book.worksheet_range("Redenen").unwrap();
    assert_eq!(reasons.get_value((1, 5)).unwrap().to_string(), "NOC@orchard.example");
    let missing = book.worksheet_range("Niet uit te sluiten").unwrap();
    assert_eq!(missing.get_value((5, 0)).unwrap().to_string(), "Nog 33 rijen zijn hier niet getoond.");
}
