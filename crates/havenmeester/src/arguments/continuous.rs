//! What is typed for notices and schedules.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum NoticesCommand {
    /// Print settings of notices (notices.toml) to begin with
    Example,
    /// Say who is told what, and whether the settings can be used; nobody is told anything
    #[command(after_help = "Ends with 0 if the settings can be used, with 2 if not.")]
    Check,
    /// Send a test to recipients, and say whether it was taken
    #[command(after_help = "Ends with 0 if every test was taken, with 2 if not.")]
    Test(Recipients),
    /// Show what waits, was sent, or was given up
    List,
    /// Try again what was given up
    Again,
    /// Draw a secret for a webhook, for both sides
    Secret,
}

#[derive(Args, Debug)]
pub(crate) struct Recipients {
    /// Names in notices.toml [default: all of them]
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScheduleCommand {
    /// Print settings of schedules (schedules.toml) to begin with
    Example,
    /// Say what is screened by itself and when, and whether its source is set up; nothing is read or screened
    #[command(after_help = "Ends with 0 if every schedule can be used, with 2 if not.")]
    Check,
    /// Show the next run of each schedule, and how the last ones ended
    List,
    /// Run a schedule now
    #[command(
        after_help = "0 no hit, 1 at least one hit, 2 something went wrong; then what was screened before stands"
    )]
    Run(RunSchedule),
}

#[derive(Args, Debug)]
pub(crate) struct RunSchedule {
    /// Its name in schedules.toml
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Take it for right that the source has less than half of the customers of the last run
    #[arg(long)]
    pub(crate) accept_fewer: bool,
}
