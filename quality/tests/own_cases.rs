//! The project's own cases at the shipped threshold, as an accepted text: a change of the matching shows
//! which of them it changed.

use std::fmt::Write as _;

use quality::engine::{self, Scratch};
use quality::measure::confusion::Confusion;
use quality::run;
use quality::sets::pairs;

#[test]
fn own_cases_come_out_as_accepted() {
    let mut text = String::new();
    for path in run::own_cases().unwrap() {
        let cases = pairs::read(&path).unwrap();
        let mut scratch = Scratch::default();
        let answers: Vec<bool> =
            cases.iter().map(|case| engine::score(case, &mut scratch) >= engine::THRESHOLD).collect();
        let confusion: Confusion = answers.iter().zip(&cases).map(|(hit, case)| (*hit, case.same)).collect();

        let name = path.file_stem().unwrap().to_string_lossy();
        writeln!(
            text,
            "{name}: {} cases, precision {:.3}, recall {:.3}, F1 {:.3}",
            cases.len(),
            confusion.precision(),
            confusion.recall(),
            confusion.f1()
        )
        .unwrap();
        for (hit, case) in answers.iter().zip(&cases).filter(|(hit, case)| **hit != case.same) {
            let what = if *hit { "false alarm" } else { "missed" };
            writeln!(text, "  {what}, {}: {} / {}", case.kind, case.name1, case.name2).unwrap();
        }
    }

    insta::assert_snapshot!(text);
}
