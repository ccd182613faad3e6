//! `retractions list`: what was withdrawn and what rested on it.

use anyhow::Result;
use operations::hoster::retractions;

use crate::arguments::{self, RetractionsCommand};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::output;

pub(crate) fn run(typed: &RetractionsCommand, at: &arguments::Desk) -> Result<Outcome> {
    let RetractionsCommand::List = typed;
    let desk = Desk::open(at)?;
    let found = desk.run(async { retractions::list(&mut desk.store.look().await?).await })?;
    output::to_standard_output(|out| {
        if found.is_empty() {
            writeln!(out, "Nothing was withdrawn from the lists that are installed.")?;
        }
        for one in &found {
            writeln!(
                out,
                "{} {}: {} withdrawn with edition {}, {}; advice: {}; hits that rested on it: {}",
                one.list, one.entry, one.what, one.edition, one.reason, one.advice, one.hits
            )?;
        }
        Ok(())
    })?;
    Ok(Outcome::Nothing)
}
