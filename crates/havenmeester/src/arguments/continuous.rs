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
