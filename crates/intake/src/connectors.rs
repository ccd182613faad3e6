//! Customers straight from the programs where a hoster keeps them: billing panels and address plans.
//!
//! ```text
//! Connector + Ask → pages of records → joined with their address plan → lines that `customers::open` reads
//! ```
//! Each source is one file: which requests it takes, and which fields of the answers are kept. What is not named in a
//! type there (passwords, notes, birthdays) is never read out of the answer. Everything goes through [`Ask`], which the
//! program gives and tests play; nothing here opens a connection, waits or knows the time. Every request only reads.
//!
//! A source is read whole or not at all: a list that was read once is looked through again until nothing is in it that
//! was not read, and whatever stands in the way of that is a [`Fault`], never a smaller customer base.

mod answer;
mod ask;
mod connector;
mod fault;
mod gather;
mod joining;
mod patience;
mod reading;
mod record;
mod sources;

pub use ask::{Answer, Ask, LONGEST_ANSWER, Method, Request, Unanswered};
pub use connector::{Connector, CustomField, Kind, Link, Options, SettingFault};
pub use fault::Fault;
pub use gather::gathered;
pub use joining::{Joined, Precedence, join};
pub use patience::Patience;
pub use reading::{Page, Place, Read, SoFar, Tried};
pub use record::Record;
