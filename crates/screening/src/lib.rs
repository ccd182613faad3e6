//! Customers against editions: index, check, screen, hits.
//!
//! `screen` calls `check` for each customer, so that a sign-up check and a full screening are one path.
#![forbid(unsafe_code)]

pub mod check;
pub mod coverage;
pub mod customer;
pub mod hit;
pub mod index;
pub mod link;
pub mod screen;
pub mod settings;
pub mod trace;

pub use check::{Explanation, Worker, check, check_exhaustively, check_with, explain};
pub use coverage::{CannotTell, Coverage};
pub use customer::{Customer, CustomerName, CustomerNameKind, Holdings, Through};
pub use hit::{Hit, Linked, Touched};
pub use index::{Index, IndexProblem};
pub use link::{LinkKeys, Links};
pub use screen::{Screening, screen};
pub use settings::Settings;
pub use trace::{KeptTrace, Shared, Trace, Wanted};
