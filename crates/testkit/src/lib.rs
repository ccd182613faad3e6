//! Invented parties, a fixed day and small builders for tests, and the generator of the demo's customers.
//!
//! Only for tests and examples: no crate uses it outside its dev-dependencies. Everybody in here is
//! invented and lives on documentation domains, addresses, networks and telephone numbers.
#![forbid(unsafe_code)]

pub mod builders;
pub mod cast;
pub mod customer_base;
pub mod random;

pub use builders::{customer, edition, entry};
pub use cast::{CAST, Invented, today};
