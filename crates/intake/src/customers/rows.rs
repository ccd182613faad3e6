//! Rows that were cut out of a customer file, and what they become.

use screening::Customer;

use super::draft::Draft;
use super::json::{self, JsonBatch};
use super::{Field, Mapping};
use crate::table::{self, Row};
use crate::{ProblemKind, RowProblem};

/// Rows in the order of the file, not yet taken apart. Any thread may turn them into customers.
#[derive(Debug)]
pub struct RawBatch(Rows);

#[derive(Debug)]
enum Rows {
    Table(table::RawBatch),
    Json(JsonBatch),
}

impl RawBatch {
    pub(super) fn table(rows: table::RawBatch) -> Self {
        Self(Rows::Table(rows))
    }

    pub(super) fn json(rows: JsonBatch) -> Self {
        Self(Rows::Json(rows))
    }

    /// Customers and problems in the order of the file; a problem of a kept row follows its customer.
    /// Pure: the same rows and mapping give the same customers on any thread.
    pub fn into_customers(self, mapping: &Mapping) -> Vec<Result<Customer, RowProblem>> {
        let mut customers = Vec::new();
        if let Rows::Table(rows) = &self.0 {
            customers.reserve_exact(rows.len());
        }
        let mut give = |row| customers.push(row);
        match self.0 {
            Rows::Table(rows) => {
                let width = mapping.headings.len();
                rows.each_row(|row| match row {
                    Ok(row) => customer(row, width, mapping, &mut give),
                    Err(problem) => give(Err(problem)),
                });
            }
            Rows::Json(objects) => json::customers(objects, mapping, &mut give),
        }
        customers
    }
}

fn customer(row: &Row, width: usize, mapping: &Mapping, give: &mut impl FnMut(Result<Customer, RowProblem>)) {
    let mut draft = Draft::new(row.line());
    for (column, field) in &mapping.columns {
        draft.put(*field, &mapping.headings[*column], row.get(*column));
    }
    note_faults(row, width, &mut draft);
    finish(draft, row.line(), mapping, give);
}

/// What is wrong with the row as a whole.
fn note_faults(row: &Row, width: usize, draft: &mut Draft<'_>) {
    if row.len() > width
        && let Some(extra) = (width..row.len()).map(|column| row.get(column)).find(|cell| !cell.is_empty())
    {
        draft.problem(ProblemKind::ExtraCells, "", extra);
    }
    if row.had_nul() {
        draft.problem(ProblemKind::NulBytes, "", "");
    }
    if row.other_encoding() {
        draft.problem(ProblemKind::OtherEncoding, "", "");
    }
}

/// Gives the customer, unless the row is an assignment that belongs to nobody.
pub(super) fn finish(
    draft: Draft<'_>,
    line: u64,
    mapping: &Mapping,
    give: &mut impl FnMut(Result<Customer, RowProblem>),
) {
    if mapping.needs_tenant && draft.lacks_tenant() {
        give(Err(RowProblem::new(line, ProblemKind::NoTenant)));
    } else {
        draft.finish(mapping.has_id, give);
    }
}

/// Whether a field of a service that hangs on a customer (product, order) is the customer's own.
pub(super) const fn is_of_service(field: Field) -> bool {
    use watchlist::IdentifierKind::{Domain, Hostname, IpRange, NameServer};
    matches!(field, Field::Identifier(Domain | Hostname | IpRange | NameServer) | Field::Sld | Field::Tld)
}
