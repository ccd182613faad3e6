//! The web desk: a hoster's people receive, screen, judge and decide; an issuer's people go from evidence to a published
//! edition; programs do the same by the interface. Knows HTTP, knows no rules.
//!
//! Pages come whole from the server and work without a script; nothing is loaded from elsewhere. What may be done is
//! said by the operations; here it is only asked and shown, in Dutch or English.
//!
//! * `desk` is what all pages share, `routes` is the table of them.
//! * `work` is what the program around does for it: reading lists, screening.
//! * `handed_in` is a file that came, `receiving` takes a delivery or a list out of it.
//! * `running` is the screening on its way, which outlives the program.
//! * `sessions` knows who is logged in, `claims` who looks at which hit; `guard` asks before anything else and sets the headers of every answer.
//! * `api` is the interface for programs.
//! * `pages` has one file for each page.
#![forbid(unsafe_code)]

mod answering;
mod api;
mod claims;
mod desk;
mod guard;
mod handed_in;
mod pages;
mod receiving;
mod reception;
mod routes;
mod running;
mod sessions;
mod texts;
mod waiting;
mod work;

pub use api::description;
pub use desk::{DemoPerson, Desk, Settings};
pub use routes::{Area, ROUTES, Route, router};
pub use running::FOLDER as RUNNING;
pub use work::{
    Brought, Customers, Departure, Look, Office, OfficeSettings, Planned, Program, Progress, Published,
    ReadList, Remarks, Sample, Screened, SignIn, SigningStep, ToSign, Told,
};
