//! Outside formats into customers and lists: CSV, Excel, JSON, text, and the answers of billing panels and address plans.
//!
//! This crate reads files and what it is given, and nothing else: no network, no clock, no environment. A bad row is a
//! problem with its line and does not stop the others; a file that cannot be read at all is an
//! [`OpenError`] that says what was found and what to do.
#![forbid(unsafe_code)]

pub mod connectors;
pub mod customers;
pub mod error;
pub mod lists;
pub mod registry;
pub mod table;

pub use error::{OpenError, OpenProblem, ProblemKind, Problems, RowProblem};
