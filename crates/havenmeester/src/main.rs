//! Havenmeester: screens the customers of a hosting company against lists of resellers, offline.
//!
//! The binary knows what was asked for and where the answer goes. What an answer is, the other crates know.
#![forbid(unsafe_code)]

mod arguments;
mod clock;
mod commands;
mod customers;
mod desk;
mod exit;
mod failure;
mod hashing;
mod lists;
mod manifest;
mod masking;
mod output;
mod pipeline;
mod problems;
mod progress;
mod result;
mod run;
mod settings;
mod stopwatch;
mod wording;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use arguments::{Arguments, Command, CustomersCommand, EditionCommand, ListCommand};
use exit::Outcome;
use settings::Common;

/// Screening allocates and frees many small pieces on all cores, which is what this allocator is made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    output::remove_unfinished_when_interrupted();
    match run_command(arguments) {
        Ok(outcome) => outcome.code().into(),
        Err(error) => {
            let hint = failure::hint(&error);
            output::report_error(&error, hint);
            exit::WRONG.into()
        }
    }
}

fn run_command(arguments: Arguments) -> Result<Outcome> {
    let common = Common::new(&arguments.global);
    match arguments.command {
        Command::Init => commands::init::run(&arguments.global.desk, &common),
        Command::Demo => commands::demo::run(&common),
        Command::Screen(screen) => commands::screen::run(&screen, &common),
        Command::Compare(compare) => commands::compare::run(&compare, &common),
        Command::Explain(explain) => commands::explain::run(&explain, &common),
        Command::List(ListCommand::Check(list)) => commands::check_list::run(&list, &common),
        Command::Edition(EditionCommand::Export(edition)) => commands::export_edition::run(&edition, &common),
        Command::Customers(CustomersCommand::Check(customers)) => {
            commands::check_customers::run(&customers, &common)
        }
    }
}
