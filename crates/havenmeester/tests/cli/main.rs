//! The built binary as people and scripts use it: command, status, standard output, standard error.
#![expect(clippy::unwrap_used, reason = "a test that cannot set its table has failed")]

mod answer_sent;
mod bad_input;
mod changed;
mod compare;
mod connectors;
mod demo;
mod desk_killed;
mod exchange;
mod explain;
mod killed;
mod kyc;
mod notices;
mod panel;
mod plugins;
mod program;
mod receivers;
mod refusals;
mod registry;
mod rescreen;
mod same_result;
mod schedules;
mod screen;
mod served;
mod time_stamp;
mod usage;
mod walkthrough;
