//! `receipt make` and `receipt send`: the answer to the issuer, shown before anything leaves the house.

use anyhow::Result;
use delivery::receipt::Counts;
use operations::hoster::receipts::{self, Preview};

use super::diff_editions::only_list;
use crate::answers;
use crate::arguments::{
    self,
    hoster::{MakeReceipt, SendReceipt},
};
use crate::clock;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &MakeReceipt, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (list, preview) = made(typed.list.as_deref(), &desk, common)?;
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

/// Sends it. The act is written before anything leaves.
pub(crate) fn send(typed: &SendReceipt, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (list, preview) = made(typed.list.as_deref(), &desk, common)?;
    let address = preview.answers_to.ok_or_else(|| {
        Failure::new(
            format!("the list {list} names no address for answers"),
            "write it to a file with `receipt make --out FILE` and send that as the letter says",
        )
    })?;
    desk.run(receipts::note_sending(&desk.store, &desk.person, &preview.receipt, clock::now()))?;
    answers::send(&address, &preview.file, preview.receipt.edition)?;
    output::to_standard_output(|out| {
        Ok(writeln!(
            out,
            "{address} has taken in the answer about {list}, edition {}",
            preview.receipt.edition
        )?)
    })?;
    Ok(Outcome::Nothing)
}

fn made(list: Option<&str>, desk: &Desk, common: &Common) -> Result<(String, Preview)> {
    let list = match list {
        Some(list) => list.to_owned(),
        None => only_list(desk)?,
    };
    let made =
        desk.run(async { receipts::make(&mut desk.store.look().await?, &list, common.today).await })?;
    Ok((list, made))
}

/// The bands by their names in the file.
fn lines(counts: &Counts) -> Result<Vec<(String, String)>> {
    let value = serde_json::to_value(counts)?;
    let fields = value.as_object().into_iter().flatten();
    Ok(fields.map(|(name, band)| (name.replace('_', " "), band.as_str().unwrap_or("?").to_owned())).collect())
}
