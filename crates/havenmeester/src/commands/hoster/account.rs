//! `account`: who may log in at the web desk.

use anyhow::Result;
use operations::hoster::accounts::{self, DeskRole};
use operations::hoster::identities;
use operations::issuer::people;
use rand::rngs::OsRng;
use store::PersonId;

use crate::arguments::{self, AccountCommand};
use crate::commands::issuer::table;
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::identity_provider::{EXAMPLE, HouseProvider};
use crate::settings::Common;
use crate::{output, passphrase};

pub(crate) fn run(typed: &AccountCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    if matches!(typed, AccountCommand::Example) {
        output::to_standard_output(|out| Ok(out.write_all(EXAMPLE.as_bytes())?))?;
        return Ok(Outcome::Nothing);
    }
    let desk = Desk::open(at)?;
    let now = desk.now();
    match typed {
        AccountCommand::Set(set) => {
            let role = role(&set.role)?;
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
        AccountCommand::Link(link) => {
            let person = named(&link.name)?;
            let role = link.role.as_deref().map(role).transpose()?;
            let provider = HouseProvider::read(&Places::new(at)?.home)?;
            let identity = provider.as_ref().map(|provider| provider.typed(&link.identity));
            let identity = identity.unwrap_or_else(|| link.identity.clone());
            let linked = identities::link(&desk.store, &desk.person, &person, role, &identity, now);
            desk.run(linked)?;
            common.output.note(format_args!("{person} may log in by the identity provider"));
            if provider.is_none() {
                common.output.note("this house has no sign_in.toml yet; `account example` shows one");
            }
        }
        AccountCommand::Unlink(one) => {
            let person = named(&one.name)?;
            desk.run(identities::unlink(&desk.store, &desk.person, &person, now))?;
            common.output.note(format_args!("{person} may not log in by the identity provider any more"));
        }
        AccountCommand::Example => {}
        AccountCommand::List => {
            let all = desk.run(async { accounts::list(&mut desk.store.look().await?).await })?;
            let row = |one: &accounts::Account| {
                let state = if one.is_active { "active" } else { "disabled" };
                let identity = one.identity.clone().unwrap_or_default();
                vec![
                    one.person.0.clone(),
                    one.role.word().to_owned(),
                    state.to_owned(),
                    opened_by(one),
                    identity,
                ]
            };
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
    }
    Ok(Outcome::Nothing)
}

fn role(word: &str) -> Result<DeskRole, Failure> {
    DeskRole::from_word(word).ok_or_else(|| {
        Failure::new(
            format!("there is no role `{word}`"),
            "choose reader, reviewer, or member for somebody of the unit that issues a list",
        )
    })
}

/// What opens an account.
fn opened_by(account: &accounts::Account) -> String {
    let password = if account.has_second_factor { "password and code" } else { "password" };
    let ways = [account.has_password.then_some(password), account.identity.as_ref().map(|_| "provider")];
    ways.into_iter().flatten().collect::<Vec<_>>().join(" or ")
}

/// One person has one code, however it is typed.
fn named(text: &str) -> Result<PersonId> {
    Ok(PersonId(people::code(text)?.as_str().to_owned()))
}
