//! Screenings that begin by themselves, and changes that other programs tell of, as long as the desk runs.
//!
//! * `settings` reads schedules.toml; `running` does one run; `worker` begins each at its time.
//! * `taking_in` takes changes of customers into the remembered base.

mod running;
mod settings;
mod taking_in;
mod worker;

pub(crate) use running::{Fewer, run_and_keep};
pub(crate) use settings::{EXAMPLE, From, Schedule, Take, of_house};
pub(crate) use worker::begin;
