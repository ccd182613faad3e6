//! The web desk of a hoster: log in, look at hits, judge them, decide. Knows HTTP, knows no rules.
//!
//! Pages come whole from the server and work without a script; nothing is loaded from elsewhere. What may be done is
//! said by the operations; here it is only asked and shown, in Dutch or English.
//!
//! * `desk` is what all pages share, `routes` is the table of them.
//! * `work` is what the program around does for it: reading lists, screening.
//! * `sessions` knows who is logged in, `claims` who looks at which hit; `guard` asks before anything else and sets the headers of every answer.
//! * `pages` has one file for each page.
#![forbid(unsafe_code)]

mod claims;
mod desk;
mod guard;
mod pages;
mod routes;
mod sessions;
mod texts;
mod work;

pub use desk::{Desk, Settings};
pub use routes::{ROUTES, Route, router};
pub use work::{Customers, Program, Progress, ReadList, Remarks, Screened, Told};
