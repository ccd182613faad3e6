//! `edition install`: a list without a delivery is kept, so that screenings use it and can be kept.

use anyhow::Result;
use operations::hoster::editions::{self, InstallError};

use crate::arguments::{self, InstallEdition};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::problems::{self, plural};
use crate::settings::Common;
use crate::{lists, output};

pub(crate) fn run(typed: &InstallEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let intake = lists::read_one(&typed.file, typed.reading)?;
    let desk = Desk::open(at)?;
    let installed =
        desk.run(editions::install_unsigned(&desk.store, &desk.person, &intake.edition, desk.now()));
    let summary = installed.map_err(|error| told(&error))?;
    output::to_standard_output(|out| {
        writeln!(
            out,
            "{} ({}), edition {}, {}: installed, origin not verified",
            summary.title,
            summary.list,
            summary.number,
            plural(summary.entries as u64, "entry", "entries")
        )?;
        Ok(())
    })?;
    for problem in &intake.problems {
        common.output.note(problems::line(&problems::of_list(&typed.file, problem)));
    }
    Ok(Outcome::Nothing)
}

fn told(error: &InstallError) -> Failure {
    let hint = match error {
        InstallError::Signed { .. } => "receive the issuer's next delivery with `edition receive`",
        InstallError::NotWritten => "look at the list with `list check`",
        InstallError::Store(error) => {
            error.hint().unwrap_or("give the list a higher edition number, or look at `edition list`")
        }
    };
    Failure::new(error.to_string(), hint)
}
