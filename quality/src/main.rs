//! `quality`: measures the matching and compares with the last accepted result.
#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Args, Parser, Subcommand};
use quality::figures::Figures;
use quality::run::{self, Plan};
use quality::sets::folder::DataFolder;
use quality::{accepted, bench, features, noisy};

#[derive(Parser)]
#[command(about = "Measures the matching on labelled sets and compares with the last accepted result")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run all sets; exit code 1 if a figure is worse than accepted
    Run(RunArguments),
    /// Run all sets and write the figures to quality/accepted.txt
    Accept(RunArguments),
    /// Noisy company names only
    Noisy(SetArguments),
    /// Dutch company look-alikes only
    Dutch,
    /// Measure speed and memory
    #[command(subcommand)]
    Bench(Bench),
    /// Write the feature values of all labelled pairs as CSV
    Features(FeatureArguments),
}

#[derive(Subcommand)]
enum Bench {
    /// Pairs scored in a second on one core
    Scoring(SetArguments),
    /// One check in process against 1,000 entries
    Check(SetArguments),
    /// The whole program on a file
    Screen {
        #[command(flatten)]
        set: SetArguments,
        /// Customers
        #[arg(long, default_value_t = 100_000)]
        rows: u64,
        /// Entries of the list
        #[arg(long, default_value_t = 1_000)]
        entries: usize,
    },
}

#[derive(Args)]
struct FeatureArguments {
    /// Folder of the labelled sets
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Args)]
struct SetArguments {
    /// Folder of the labelled sets
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Args)]
struct RunArguments {
    /// Folder of the labelled sets
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Only sets whose name holds this text (may be given again)
    #[arg(long, value_name = "TEXT")]
    set: Vec<String>,
    /// Leave RapidFuzz out
    #[arg(long)]
    no_baseline: bool,
    /// Rows of the planted base
    #[arg(long, default_value_t = 100_000)]
    rows: u64,
    /// Plant in 1,000,000 rows
    #[arg(long)]
    full: bool,
}

impl RunArguments {
    fn plan(self) -> Plan {
        Plan {
            data: DataFolder::find(self.data),
            only: self.set,
            with_baseline: !self.no_baseline,
            planted_rows: if self.full { 1_000_000 } else { self.rows },
        }
    }
}

fn main() -> ExitCode {
    match execute(Cli::parse().command, &mut io::stdout().lock()) {
        Ok(code) => code,
        Err(error) => {
            // The last words of the program; if they cannot be written there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn execute(command: Command, out: &mut dyn Write) -> Result<ExitCode> {
    match command {
        Command::Run(arguments) => {
            let measured = run::run(&arguments.plan(), out)?;
            let worse = run::compare_with_accepted(&measured.figures, out)?;
            ensure!(measured.complete, "a set could not be measured; see above");
            Ok(if worse == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Accept(arguments) => {
            let measured = run::run(&arguments.plan(), out)?;
            run::compare_with_accepted(&measured.figures, out)?;
            ensure!(measured.complete, "a set could not be measured, so nothing was accepted; see above");
            accepted::write(&run::accepted_path(), &measured.figures)?;
            writeln!(out, "written to {}", run::accepted_path().display())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Noisy(arguments) => {
            noisy::task::run(&DataFolder::find(arguments.data), &mut Figures::default(), out)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Bench(which) => {
            bench::print_load(out)?;
            match which {
                Bench::Scoring(set) => bench::scoring::run(&DataFolder::find(set.data), out)?,
                Bench::Check(set) => bench::check::run(&DataFolder::find(set.data), out)?,
                Bench::Screen { set, rows, entries } => {
                    bench::whole::run(&DataFolder::find(set.data), rows, entries, out)?
                }
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Features(arguments) => {
            let rows = features::write(&DataFolder::find(arguments.data), &arguments.out)?;
            writeln!(out, "{rows} pairs written to {}", arguments.out.display())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Dutch => {
            run::own_case("dutch_lookalikes", &mut Figures::default(), out)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
