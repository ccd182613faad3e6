//! Schedules: screenings that begin by themselves.
//!
//! * `timing` says when a schedule is due and what is to be done now; it is pure.
//! * `runs` keeps when each run began and how it ended.

pub mod runs;
pub mod timing;

pub use runs::{Ended, Run, RunState};
pub use timing::{Step, Times, When, next_step};
