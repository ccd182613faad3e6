//! Tables of text and workbooks: the crate's table reader cuts them, [`super::rows`] understands their rows.

use crate::table::{self, Limits};
use crate::{OpenProblem, RowProblem};
use watchlist::Phrase;

use super::fields::Field;
use super::gathering::Gathering;
use super::rows::Columns;
use super::{ListFault, ListIntake, ListKind, Place};

pub(super) fn read(name: &str, bytes: &[u8], kind: ListKind) -> Result<ListIntake, ListFault> {
    let known = |heading: &str| Field::of(heading).is_some();
    let mut table =
        table::from_bytes(name, bytes, &Limits::default(), &known).map_err(|error| match error.problem {
            OpenProblem::NoKnownHeading(headings) | OpenProblem::NoUsableColumn(headings) => {
                ListFault::NoUsableColumn { headings }
            }
            _ => ListFault::Table(error),
        })?;
    let place = |line| if kind == ListKind::Workbook { Place::Row(line) } else { Place::Line(line) };
    let mut gathering = Gathering::default();
    let columns = Columns::from_headings(table.headings());
    if !columns.usable() {
        return Err(ListFault::NoUsableColumn { headings: table.headings().to_vec() });
    }
    columns.report_unknown(place(table.about().header_line), &mut gathering);
    while let Some(row) = table.next_row() {
        match row {
            Ok(row) => columns.read(place(row.line()), |column| row.get(column), &mut gathering),
            Err(problem) => bad_row(&problem, place(problem.line), &mut gathering),
        }
    }
    Ok(gathering.finish(kind))
}

pub(super) fn bad_row(problem: &RowProblem, at: Place, gathering: &mut Gathering) {
    gathering.end();
    let expected = Phrase::new("a row that can be cut into cells", "een rij die in cellen te verdelen is");
    let hint = Phrase::new(
        "look at the quotes and at the row before",
        "kijk naar de aanhalingstekens en naar de rij ervoor",
    );
    gathering.problem(at, problem.message(), expected, hint);
}
