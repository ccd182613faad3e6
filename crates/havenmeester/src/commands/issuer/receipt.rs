//! `receipt import`, `receipt total`: what partners answered.

use anyhow::Result;
use operations::issuer::receipts::{self, Bounds, FEWEST_ANSWERS};

use super::{by, table};
use crate::arguments::{
    self,
    issuer::{EditionNumber, ImportReceipt},
};
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::office::{self, Office};
use crate::output;
use crate::settings::Common;

pub(crate) fn import(typed: &ImportReceipt, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let file = office::bytes_of(&typed.file)?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let (partner, edition) = desk.run(receipts::import(&desk.store, &by, &file, now))?;
    common.output.note(format_args!("the answer of {partner} about edition {edition} is taken in"));
    Ok(Outcome::Nothing)
}

pub(crate) fn total(typed: EditionNumber, at: &arguments::Desk) -> Result<Outcome> {
    let list = Office::read(&Places::new(at)?.home)?.list.id;
    let desk = Desk::open(at)?;
    let by = by(&desk)?;
    let number = typed.edition;
    let totals =
        desk.run(async { receipts::totals(&mut desk.store.look().await?, &by, &list, number).await })?;
    let mut rows = vec![
        vec!["delivered".to_owned(), totals.delivered.to_string()],
        vec!["acknowledged".to_owned(), totals.acknowledged.to_string()],
        vec!["answered".to_owned(), totals.answered.to_string()],
    ];
    let counts = totals.counts.as_deref().unwrap_or_default();
    rows.extend(counts.iter().map(|(what, bounds)| vec![what.replace('_', " "), shown(*bounds)]));
    output::to_standard_output(|out| {
        out.write_all(table(&rows).as_bytes())?;
        if totals.counts.is_none() {
            writeln!(
                out,
                "Counts are shown from {FEWEST_ANSWERS} answers on: fewer could point to one partner."
            )?;
        }
        Ok(())
    })?;
    Ok(Outcome::Nothing)
}

fn shown(bounds: Bounds) -> String {
    match bounds.most {
        Some(most) if most == bounds.fewest => most.to_string(),
        Some(most) => format!("{} to {most}", bounds.fewest),
        None => format!("{} or more", bounds.fewest),
    }
}
