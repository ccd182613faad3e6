//! Dumps of address registries in RPSL (RIPE split files and the like) into customers.
//!
//! ```text
//! let mut own = Own::default();
//! own.add("192.0.2.0/24")?;
//! let registry = registry::open(folder, &own)?;    // reads the files, keeps what is in the hoster's space
//! registry.customers(0..registry.len());           // the sub-assignments, one customer for each holder
//! registry.extend(&mut customer);                  // what a customer's sub-assignments point to
//! ```
//! The files are read several times and never held: memory grows with what lies in the hoster's own
//! address space, not with the registry.

mod attribute;
mod chain;
mod contacts;
mod date;
mod dummy;
mod facts;
mod footprint;
mod gather;
mod holders;
mod holding;
mod lines;
mod nesting;
mod object;
mod own;
mod reverse;
mod source;
mod span;

pub use footprint::Trace;
pub use gather::{Registry, from_bytes, open};
pub use own::{Own, OwnError};
pub use source::files;
