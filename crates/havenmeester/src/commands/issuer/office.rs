//! `office`: the settings.

use anyhow::Result;

use crate::arguments::{self, issuer::OfficeCommand};
use crate::desk::Places;
use crate::exit::Outcome;
use crate::office::{EXAMPLE, Office};
use crate::output;

pub(crate) fn run(typed: &OfficeCommand, at: &arguments::Desk) -> Result<Outcome> {
    match typed {
        OfficeCommand::Example => output::to_standard_output(|out| Ok(out.write_all(EXAMPLE.as_bytes())?))?,
        OfficeCommand::Check => {
            let office = Office::read(&Places::new(at)?.home)?;
            output::to_standard_output(|out| {
                Ok(writeln!(out, "the settings can be used: list {}, {}", office.list.id, office.list.title)?)
            })?;
        }
    }
    Ok(Outcome::Nothing)
}
