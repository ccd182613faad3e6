//! `disclosures`: the log.

use anyhow::Result;
use operations::issuer::deliveries::{self, Disclosed};

use super::{by, table};
use crate::arguments::{self, issuer::DisclosuresCommand};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::output;

pub(crate) fn run(typed: &DisclosuresCommand, at: &arguments::Desk) -> Result<Outcome> {
    let DisclosuresCommand::List = typed;
    let desk = Desk::open(at)?;
    let by = by(&desk)?;
    let log = desk.run(async { deliveries::disclosures(&mut desk.store.look().await?, &by).await })?;
    let row = |one: &Disclosed| {
        vec![
            one.at.strftime("%Y-%m-%d %H:%M").to_string(),
            one.partner.clone(),
            format!("edition {} of {}", one.edition, one.list),
            format!("{} {}", one.what, one.sequence),
            one.ground.clone(),
            one.content_hash.clone(),
        ]
    };
    let rows: Vec<_> = log.iter().map(row).collect();
    output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
    Ok(Outcome::Nothing)
}
