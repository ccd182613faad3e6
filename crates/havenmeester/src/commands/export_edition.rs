//! `edition export`: an edition in the format of others, where its handling allows that.

use anyhow::Result;
use documents::exchange::{self, ExchangeFormat};

use crate::arguments::{ExchangeChoice, ExportEdition, ListReading};
use crate::exit::Outcome;
use crate::output;
use crate::problems::Tally;
use crate::settings::Common;
use crate::{lists, problems};

pub(crate) fn run(typed: &ExportEdition, common: &Common) -> Result<Outcome> {
    let intake = lists::read_one(&typed.file, ListReading { nature: None })?;
    let mut tally = Tally::default();
    tally.add_list(&typed.file, &intake);
    let bytes = exchange::export(&intake.edition, format(typed.format))?;
    output::to_file(&typed.out, |out| Ok(out.write_all(&bytes)?))?;
    tally.print(common.output);
    let entries = problems::plural(intake.edition.entries.len() as u64, "entry", "entries");
    common.output.note(format_args!("{entries} written to {}", typed.out.display()));
    Ok(if tally.total() == 0 { Outcome::Nothing } else { Outcome::Problems })
}

const fn format(choice: ExchangeChoice) -> ExchangeFormat {
    match choice {
        ExchangeChoice::Stix => ExchangeFormat::Stix,
        ExchangeChoice::Ftm => ExchangeFormat::FollowTheMoney,
        ExchangeChoice::Misp => ExchangeFormat::Misp,
    }
}
