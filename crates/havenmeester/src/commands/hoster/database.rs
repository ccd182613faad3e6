//! `database`: the whole of it in one file, and back.

use std::fs::File;
use std::io::BufReader;

use anyhow::{Context, Result};
use store::Store;

use crate::arguments;
use crate::arguments::hoster::DatabaseCommand;
use crate::desk::{self, Desk, Places};
use crate::exit::Outcome;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &DatabaseCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match typed {
        DatabaseCommand::Dump(dump) => {
            let desk = Desk::open(at)?;
            let mut bytes = Vec::new();
            let rows = desk.run(desk.store.dump(&mut bytes))?;
            output::to_file(&dump.out, |out| Ok(out.write_all(&bytes)?))?;
            common.output.note(format_args!(
                "{rows} rows are in {}; keep the key of the database somewhere else",
                dump.out.display()
            ));
        }
        DatabaseCommand::Restore(restore) => {
            let places = Places::new(at)?;
            desk::make_folder(&places.home)?;
            let (key, file) = (places.key()?, File::open(&restore.dump));
            let file = file.with_context(|| format!("could not read {}", restore.dump.display()))?;
            let restored = Store::restore(&places.address, &key, BufReader::new(file));
            desk::runtime()?.block_on(restored)?;
            common.output.note("the database is restored, and up to date");
        }
    }
    Ok(Outcome::Nothing)
}
