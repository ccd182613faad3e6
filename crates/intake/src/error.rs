//! What can be wrong with a file that is read.

mod open_error;
mod row_problem;

pub use open_error::{OpenError, OpenProblem};
pub use row_problem::{ProblemKind, Problems, RowProblem};
