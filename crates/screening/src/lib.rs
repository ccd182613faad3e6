//! Customers against editions: index, check, screen, hits.
//!
//! `screen` calls `check` for each customer, so that a sign-up check and a full screening are one path.
#![forbid(unsafe_code)]

pub mod coverage;
pub mod customer;
pub mod hit;

pub use coverage::{CannotTell, Coverage};
pub use customer::{Customer, CustomerName, CustomerNameKind};
pub use hit::{Hit, Linked};
