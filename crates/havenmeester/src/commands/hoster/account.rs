//! `account`: who may log in at the web desk.

use anyhow::Result;
use operations::hoster::accounts::{self, DeskRole};
use operations::issuer::people;
use rand::rngs::OsRng;
use store::PersonId;

use crate::arguments::{self, AccountCommand};
use crate::commands::issuer::table;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::settings::Common;
use crate::{output, passphrase};

pub(crate) fn run(typed: &AccountCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let now = desk.now();
    match typed {
        AccountCommand::Set(set) => {
            let role = DeskRole::from_word(&set.role).ok_or_else(|| {
                Failure::new(
                    format!("there is no role `{}`", set.role),
                    "choose reader, reviewer, or member for somebody of the unit that issues a list",
                )
            })?;
            let person = named(&set.name)?;
            let password = passphrase::secret(set.password_file.as_deref(), true)?;
            let mut random = OsRng;
            let made = accounts::set(&desk.store, &desk.person, &person, role, &password, now, &mut random);
            desk.run(made)?;
            common.output.note(format_args!("{person} may log in, as {}", role.word()));
        }
        AccountCommand::Disable(one) => {
            let person = named(&one.name)?;
            desk.run(accounts::disable(&desk.store, &desk.person, &person, now))?;
            common.output.note(format_args!("{person} may not log in any more"));
        }
        AccountCommand::List => {
            let all = desk.run(async { accounts::list(&mut desk.store.look().await?).await })?;
            let row = |one: &accounts::Account| {
                let state = if one.is_active { "active" } else { "disabled" };
                vec![one.person.0.clone(), one.role.word().to_owned(), state.to_owned()]
            };
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
    }
    Ok(Outcome::Nothing)
}

/// One person has one code, however it is typed.
fn named(text: &str) -> Result<PersonId> {
    Ok(PersonId(people::code(text)?.as_str().to_owned()))
}
