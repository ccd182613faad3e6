//! The open list format; `watchlist` does the reading.

use std::collections::BTreeMap;

use watchlist::format::v1;

use super::{Counts, ListFault, ListIntake, ListKind, ListProblem, MAX_PROBLEMS, Place};

pub(super) fn read(text: &str) -> Result<ListIntake, ListFault> {
    let reading = v1::read(text.as_bytes()).map_err(ListFault::Format)?;
    let further_problems = reading.problems.len().saturating_sub(MAX_PROBLEMS) as u64;
    Ok(ListIntake {
        edition: reading.edition,
        problems: reading.problems.into_iter().take(MAX_PROBLEMS).map(problem).collect(),
        further_problems,
        recognised_as: ListKind::OpenFormat,
        counts: Counts { identifiers: BTreeMap::new(), ..Counts::default() },
    })
}

fn problem(problem: v1::Problem) -> ListProblem {
    ListProblem {
        at: Place::Line(problem.line),
        entry_id: problem.entry_id.or_else(|| Some(format!("#{}", problem.entry_number))),
        found: problem.found,
        expected: problem.expected,
        hint: problem.hint,
    }
}
