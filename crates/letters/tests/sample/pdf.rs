//! The text layer of a PDF, as `pdftotext` of poppler sees it.

use std::io::Write;
use std::process::{Command, Stdio};

/// All text in reading order, pages apart by form feeds.
pub fn text_of(pdf: &[u8]) -> String {
    asked(pdf, &["-enc", "UTF-8"])
}

/// Where the word ends that reaches farthest to the right, in points from the left edge.
pub fn rightmost(pdf: &[u8]) -> f64 {
    let words = asked(pdf, &["-bbox"]);
    let ends =
        words.split("xMax=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse::<f64>().unwrap());
    ends.fold(0.0, f64::max)
}

fn asked(pdf: &[u8], options: &[&str]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let output = Command::new("pdftotext")
        .args(options)
        .arg(file.path())
        .arg("-")
        .stderr(Stdio::null())
        .output()
        .expect("pdftotext is missing: install poppler-utils");
    assert!(output.status.success(), "pdftotext could not read the file");
    String::from_utf8(output.stdout).unwrap()
}

pub fn pages(text: &str) -> Vec<&str> {
    text.trim_end_matches('\u{c}').split('\u{c}').collect()
}

/// Without blanks and line ends, which a PDF does not have in the same places.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
