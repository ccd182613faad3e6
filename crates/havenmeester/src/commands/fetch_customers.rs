//! `customers example` and `customers fetch`: the customers of a source, into a file.

use std::path::Path;

use anyhow::Result;

use crate::arguments::{self, FetchCustomers};
use crate::connectors::{EXAMPLE, Fetched, House, fetch};
use crate::desk::Places;
use crate::exit::Outcome;
use crate::hashing;
use crate::output;
use crate::settings::Common;

pub(crate) fn example() -> Result<Outcome> {
    output::to_standard_output(|out| Ok(out.write_all(EXAMPLE.as_bytes())?))?;
    Ok(Outcome::Nothing)
}

pub(crate) fn run(typed: &FetchCustomers, desk: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let fetched = fetched(&typed.source, desk, common)?;
    output::to_private_file(&typed.out, |out| Ok(out.write_all(&fetched.lines)?))?;
    write_summary(&fetched, &typed.out)?;
    fetched.done()?;
    Ok(Outcome::Nothing)
}

/// Reads a source of connectors.toml.
pub(crate) fn fetched(name: &str, desk: &arguments::Desk, common: &Common) -> Result<Fetched> {
    let places = Places::new(desk)?;
    let source = House::read(&places.home)?.source(name)?;
    fetch(&source, &places.home, places.key_if_there()?.as_ref(), common.output)
}

fn write_summary(fetched: &Fetched, file: &Path) -> Result<()> {
    output::to_standard_output(|out| {
        writeln!(out, "{:<12} {}", "source", fetched.title())?;
        writeln!(out, "{:<12} {}", "customers", fetched.customers)?;
        writeln!(out, "{:<12} {}", "file", file.display())?;
        writeln!(out, "{:<12} {}", "sha256", hashing::of_bytes(&fetched.lines))?;
        Ok(())
    })
}
