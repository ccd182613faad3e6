//! `edition keys`: the hoster's own keys.

use std::path::Path;

use anyhow::{Context, Result};
use operations::hoster::keys::{self, OwnPublicKeys};
use rand::rngs::OsRng;

use crate::arguments::{self, KeysCommand};
use crate::desk::{self, Desk};
use crate::exit::Outcome;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &KeysCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (found, out) = match typed {
        KeysCommand::New(new) => {
            let mut random = OsRng;
            let made = keys::make(&desk.store, &desk.person, new.replace, desk.now(), &mut random);
            (desk.run(made)?, &new.out.out)
        }
        KeysCommand::Show(show) => {
            let found = desk.run(async { keys::show(&mut desk.store.look().await?).await })?;
            (found, &show.out)
        }
    };
    if let Some(folder) = out {
        write(&found, folder, common)?;
    }
    print(&found)
}

fn print(keys: &OwnPublicKeys) -> Result<Outcome> {
    output::to_standard_output(|out| {
        for (what, half) in [("deliveries", &keys.decryption), ("receipts", &keys.receipt)] {
            writeln!(out, "key for {what}")?;
            writeln!(out, "  words   {}", half.fingerprint().words())?;
            writeln!(out, "  digits  {}", half.fingerprint().hex())?;
        }
        writeln!(out, "\nSend the public keys to the issuer and read the words to them by phone.")?;
        Ok(())
    })?;
    Ok(Outcome::Nothing)
}

fn write(keys: &OwnPublicKeys, folder: &Path, common: &Common) -> Result<()> {
    desk::make_folder(folder)?;
    for (name, half) in [("deliveries.public-key", &keys.decryption), ("receipts.public-key", &keys.receipt)]
    {
        let path = folder.join(name);
        output::to_file(&path, |out| Ok(out.write_all(half.write().as_bytes())?))
            .with_context(|| format!("could not write {}", path.display()))?;
        common.output.note(format_args!("written: {}", path.display()));
    }
    Ok(())
}
