//! A paper as PDF: the same bytes again, and every word of it in the text that a reader takes out.

use std::io::Write;
use std::process::{Command, Stdio};

use documents::paper::Section;
use documents::{Language, Paper};
use jiff::civil::date;
use letters::{Press, paper_pdf};

fn paper() -> Paper {
    let rows = vec![vec!["1".to_owned(), "Orchard\nK-1".to_owned(), "#set text(red) *not run*".to_owned()]];
    let columns = [("#".to_owned(), 1), ("Customer".to_owned(), 3), ("Said".to_owned(), 4)];
    Paper {
        language: Language::En,
        title: "Dossier".to_owned(),
        lead: "For the board.".to_owned(),
        handling: "Confidential".to_owned(),
        reference: "abc123".to_owned(),
        dated: date(2026, 3, 2),
        sections: vec![
            Section::new("What was found").table(&columns, rows, "nothing"),
            Section::new("Facts").facts(vec![("Screened".to_owned(), "3,027".to_owned())]).text("One\ntwo"),
            Section::new("Empty").table(&columns, Vec::new(), "nothing here"),
        ],
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let press = Press::default();
    assert_eq!(paper_pdf(&press, &paper()).unwrap(), paper_pdf(&Press::default(), &paper()).unwrap());
}

#[test]
fn every_word_is_printed_and_none_is_run() {
    let pdf = paper_pdf(&Press::default(), &paper()).unwrap();
    let mut program = Command::new("pdftotext");
    program.args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = program.spawn() else {
        println!("skipped: pdftotext is not there; scripts/test installs it");
        return;
    };
    child.stdin.take().unwrap().write_all(&pdf).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    for expected in [
        "Dossier",
        "For the board.",
        "Confidential",
        "2 March 2026",
        "Orchard",
        "K-1",
        "#set text(red) *not run*",
        "3,027",
        "nothing here",
        "abc123",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("U+000A"), "{text}");
}
