//! Havenmeester: screens the customers of a hosting company against lists of resellers, offline.
//!
//! The binary knows what was asked for and where the answer goes. What an answer is, the other crates know.
#![forbid(unsafe_code)]

mod answers;
mod arguments;
mod base;
mod clock;
mod commands;
mod connectors;
mod customer_letters;
mod customer_look;
mod customers;
mod desk;
mod desk_demo;
mod exit;
mod facts;
mod failure;
mod gate;
mod hashing;
mod house;
mod identity_provider;
mod keeping;
mod kept_screening;
mod lists;
mod manifest;
mod masking;
mod notices;
mod office;
mod office_desk;
mod output;
mod passphrase;
mod pipeline;
mod problems;
mod progress;
mod registry;
mod result;
mod retention;
mod run;
mod schedules;
mod settings;
mod sign_up_policy;
mod stopwatch;
mod web_client;
mod web_source;
mod wording;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use arguments::{Arguments, Command, CustomersCommand, EditionCommand, ListCommand, ReceiptCommand};
use commands::{hoster, issuer};
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
    let desk = &arguments.global.desk;
    match arguments.command {
        Command::Init => commands::init::run(desk, &common),
        Command::Demo => commands::demo::run(&common),
        Command::Screen(screen) => commands::screen::run(&screen, desk, &common),
        Command::Rescreen(typed) => hoster::rescreen::run(&typed, desk, &common),
        Command::Footprint(footprint) => commands::footprint::run(&footprint, desk, &common),
        Command::Compare(compare) => commands::compare::run(&compare, &common),
        Command::Explain(explain) => commands::explain::run(&explain, desk, &common),
        Command::List(ListCommand::Check(list)) => commands::check_list::run(&list, &common),
        Command::Edition(edition) => run_edition(*edition, desk, &common),
        Command::Hits(typed) => hoster::hits::run(&typed, desk, &common),
        Command::Decision(typed) => hoster::decision::run(&typed, desk, &common),
        Command::Serve(typed) => hoster::serve::run(&typed, desk, &common),
        Command::Letter(typed) => hoster::letter::run(&typed, desk, &common),
        Command::Kyc(typed) => hoster::kyc::run(&typed, desk, &common),
        Command::Token(typed) => hoster::token::run(&typed, desk, &common),
        Command::Database(typed) => hoster::database::run(&typed, desk, &common),
        Command::Account(typed) => hoster::account::run(&typed, desk, &common),
        Command::Retractions(typed) => hoster::retractions::run(&typed, desk),
        Command::Receipt(ReceiptCommand::Make(typed)) => hoster::receipt::run(&typed, desk, &common),
        Command::Receipt(ReceiptCommand::Send(typed)) => hoster::receipt::send(&typed, desk, &common),
        Command::Receipt(ReceiptCommand::Import(typed)) => issuer::receipt::import(&typed, desk, &common),
        Command::Receipt(ReceiptCommand::Total(typed)) => issuer::receipt::total(typed, desk),
        Command::Office(typed) => issuer::office::run(&typed, desk),
        Command::Person(typed) => issuer::person::run(&typed, desk, &common),
        Command::Key(typed) => issuer::key::run(&typed, desk, &common),
        Command::Evidence(typed) => issuer::evidence::run(&typed, desk, &common),
        Command::Deconflict(typed) => issuer::deconflict::run(&typed, desk, &common),
        Command::Entry(typed) => issuer::entry::run(&typed, desk, &common),
        Command::Contest(typed) => issuer::contest::run(&typed, desk, &common),
        Command::Partner(typed) => issuer::partner::run(&typed, desk, &common),
        Command::Disclosures(typed) => issuer::disclosures::run(&typed, desk),
        Command::Audit(typed) => hoster::audit::run(&typed, desk, &common),
        Command::Doctor => hoster::doctor::run(desk, &common),
        Command::Customers(typed) => run_customers(typed, desk, &common),
        Command::Schedule(typed) => hoster::schedule::run(&typed, desk, &common),
        Command::Notices(typed) => hoster::notices::run(&typed, desk, &common),
    }
}

fn run_customers(command: CustomersCommand, desk: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match command {
        CustomersCommand::Check(typed) => match typed.as_file() {
            Some(file) => commands::check_customers::run(&file, common),
            None => commands::check_sources::run(&typed.source, desk, common),
        },
        CustomersCommand::Example => commands::fetch_customers::example(),
        CustomersCommand::Fetch(typed) => commands::fetch_customers::run(&typed, desk, common),
        CustomersCommand::Base => hoster::rescreen::show(desk, common),
        CustomersCommand::ForgetBase => hoster::rescreen::forget(desk, common),
        CustomersCommand::Held(typed) => hoster::kept_customers::show(&typed, desk),
        CustomersCommand::Forget(typed) => hoster::kept_customers::forget(typed, desk, common),
    }
}

fn run_edition(command: EditionCommand, desk: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match command {
        EditionCommand::Receive(typed) => hoster::receive::run(&typed, desk, common),
        EditionCommand::Install(typed) => hoster::install::run(&typed, desk, common),
        EditionCommand::List(typed) => hoster::list_editions::run(typed, desk, common),
        EditionCommand::Diff(typed) => hoster::diff_editions::run(&typed, desk),
        EditionCommand::Keys(typed) => hoster::keys::run(&typed, desk, common),
        EditionCommand::Export(typed) => commands::export_edition::run(&typed, common),
        EditionCommand::Assemble(typed) => issuer::edition::assemble(typed, desk, common),
        EditionCommand::Approve(typed) => issuer::edition::approve(&typed, desk, common),
        EditionCommand::Issued => issuer::edition::issued(desk),
        EditionCommand::Show(typed) => issuer::edition::show(typed, desk),
        EditionCommand::Prepare(typed) => issuer::deliver::prepare(&typed, desk, common),
        EditionCommand::Seal(typed) => issuer::deliver::seal(&typed, desk, common),
        EditionCommand::Publish(typed) => issuer::deliver::publish(&typed, desk, common),
        EditionCommand::Refresh(typed) => issuer::deliver::refresh(&typed, desk, common),
        EditionCommand::Trace(typed) => issuer::edition::trace(&typed, desk),
    }
}
