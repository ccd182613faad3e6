//! The web desk of a hoster: log in, look at hits, judge them, decide. Knows HTTP, knows no rules.
//!
//! Pages come whole from the server and work without a script; nothing is loaded from elsewhere. What may be done is
//! said by the operations; here it is only asked and shown, in Dutch or English.
//!
//! * `desk` is what all pages share, `routes` is the table of them.
//! * `sessions` knows who is logged in, `guard` asks it before anything else and sets the headers of every answer.
//! * `pages` has one file for each page.
#![forbid(unsafe_code)]

mod desk;
mod guard;
mod pages;
mod routes;
mod sessions;
mod texts;

pub use desk::Desk;
pub use routes::{ROUTES, Route, router};
