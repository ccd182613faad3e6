//! May this applicant be provisioned, and what is still to be asked?
//!
//! Pure: facts, times, people and settings are arguments. An [`Applicant`] is what the shop knows; the [`Policy`] says at
//! which [`Level`] they are looked at and which checks that asks for; the [`Course`] is everything that was done with the
//! application, and the only way to a state. Nothing here refuses by itself, and what is not known is held.
#![forbid(unsafe_code)]

pub mod applicant;
pub mod assess;
pub mod check;
pub mod circumstances;
pub mod course;
mod deeds;
pub mod dry_run;
pub mod facts;
pub mod gate;
pub mod level;
pub mod policy;
pub mod report;
pub mod screened;

pub use applicant::{Applicant, PostalAddress, Unusable};
pub use assess::{Assessment, assess};
pub use check::{Check, CheckKind, Outcome};
pub use circumstances::Circumstances;
pub use course::{Cause, Course, Event, State};
pub use deeds::{DeedError, MOST_NOTE};
pub use gate::{Answer, Mode};
pub use level::{Level, Trigger};
pub use policy::{Policy, PolicyError};
pub use screened::{EditionUsed, Failure, Force, Found, Screened};
