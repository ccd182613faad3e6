//! What could not be read or understood, counted in full and shown in part.

use std::path::Path;

use documents::{Language, Problem};
use intake::Problems;
use intake::lists::{ListIntake, ListProblem};
use screening::Index;
use watchlist::{Phrase, phrase};

use crate::output::Output;

/// Problems that a report lists. Who has more has one fault many times; `list check` and
/// `customers check` are the place to look at it.
const LISTED: usize = 500;
/// Problems that are printed on the terminal.
const PRINTED: usize = 5;

/// The problems of one run, over all its files.
#[derive(Default)]
pub(crate) struct Tally {
    total: u64,
    listed: Vec<Problem>,
}

impl Tally {
    pub(crate) const fn total(&self) -> u64 {
        self.total
    }

    pub(crate) fn listed(&self) -> &[Problem] {
        &self.listed
    }

    /// Adds what was wrong in one file.
    pub(crate) fn add_file(&mut self, path: &Path, problems: &Problems) {
        self.total += problems.counts().map(|(_, count)| count).sum::<u64>();
        self.list(problems.examples().iter().map(|problem| Problem {
            file: short_name(path),
            line: Some(problem.line),
            message: problem.message(),
            hint: problem.hint(),
        }));
    }

    /// Adds what was wrong in a list.
    pub(crate) fn add_list(&mut self, path: &Path, intake: &ListIntake) {
        self.total += intake.problems.len() as u64 + intake.further_problems;
        self.list(intake.problems.iter().map(|problem| of_list(path, problem)));
    }

    /// Adds what cleaning found in the entries of the lists `names`.
    pub(crate) fn add_index(&mut self, names: &[String], index: &Index) {
        self.total += index.problems().len() as u64;
        self.list(index.problems().iter().map(|problem| Problem {
            file: names.get(problem.list).cloned().unwrap_or_default(),
            line: None,
            message: of_entry(&problem.entry_id, &problem.what),
            hint: None,
        }));
    }

    /// Keeps problems to be shown, up to [`LISTED`].
    fn list(&mut self, problems: impl Iterator<Item = Problem>) {
        let room = LISTED.saturating_sub(self.listed.len());
        self.listed.extend(problems.take(room));
    }

    /// Prints the first ones as a warning.
    pub(crate) fn print(&self, output: Output) {
        if self.total == 0 {
            return;
        }
        output.note(format_args!(
            "warning: {} could not be used as they stand",
            plural(self.total, "row or value", "rows or values")
        ));
        for problem in self.listed.iter().take(PRINTED) {
            output.note(format_args!("  {}", line(problem)));
        }
        let rest = self.total - self.listed.len().min(PRINTED) as u64;
        if rest > 0 {
            output.note(format_args!("  and {rest} more"));
        }
    }
}

pub(crate) fn of_list(path: &Path, problem: &ListProblem) -> Problem {
    Problem {
        file: short_name(path),
        line: problem.at.number(),
        message: problem.message(),
        hint: Some(problem.hint.clone()),
    }
}

/// A problem in one line: where, what, and what to do.
pub(crate) fn line(problem: &Problem) -> String {
    problem.in_one_line(Language::En)
}

fn of_entry(id: &str, what: &Phrase) -> Phrase {
    phrase!("entry {id}: {}", "vermelding {id}: {}", what)
}

/// The name of a file without its folder, as it stands in reports.
pub(crate) fn short_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// `1 row`, `3 rows`.
pub(crate) fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_counts_what_the_list_leaves_out() {
        let mut problems = Problems::default();
        for number in 1..=1_000 {
            problems.add(&intake::RowProblem::new(number, intake::ProblemKind::ExtraCells));
        }
        let mut tally = Tally::default();

        tally.add_file(Path::new("some/base.csv"), &problems);

        assert_eq!(tally.total(), 1_000);
        assert!(tally.listed().len() < 100);
        assert!(line(&tally.listed()[3]).starts_with("base.csv line 4: more cells than headings"));
    }
}
