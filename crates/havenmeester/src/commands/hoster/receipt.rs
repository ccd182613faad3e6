//! `receipt make`: the answer to the issuer, shown before anything leaves the house.

use anyhow::Result;
use delivery::receipt::Counts;
use operations::hoster::receipts;

use super::diff_editions::only_list;
use crate::arguments::{self, hoster::MakeReceipt};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &MakeReceipt, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let list = match &typed.list {
        Some(list) => list.clone(),
        None => only_list(&desk)?,
    };
    let preview =
        desk.run(async { receipts::make(&mut desk.store.look().await?, &list, common.today).await })?;
    output::to_standard_output(|out| {
        writeln!(
            out,
            "receipt for {list}, edition {}, of {}",
            preview.receipt.edition, preview.receipt.made_on
        )?;
        for (what, band) in lines(&preview.receipt.counts)? {
            writeln!(out, "  {what:<22} {band}")?;
        }
        writeln!(out, "Nothing else is in it: no customer, no entry, no exact number.")?;
        Ok(())
    })?;
    match &typed.out {
        Some(file) => {
            output::to_file(file, |out| Ok(out.write_all(&preview.file)?))?;
            common
                .output
                .note(format_args!("written: {}; send it to the issuer if you want to", file.display()));
        }
        None => common.output.note("Not written. Name a file with --out to send it to the issuer."),
    }
    Ok(Outcome::Nothing)
}

/// The bands by their names in the file.
fn lines(counts: &Counts) -> Result<Vec<(String, String)>> {
    let value = serde_json::to_value(counts)?;
    let fields = value.as_object().into_iter().flatten();
    Ok(fields.map(|(name, band)| (name.replace('_', " "), band.as_str().unwrap_or("?").to_owned())).collect())
}
