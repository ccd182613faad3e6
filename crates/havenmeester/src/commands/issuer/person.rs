//! `person`: who works in the unit.

use std::path::Path;

use anyhow::Result;
use curation::{Role, TeamId};
use delivery::PublicKey;
use delivery::keys::PublicHalf;
use operations::issuer::people::{self, Listed, Standing, Wanted};

use super::{by, table};
use crate::arguments::{self, issuer::PersonCommand};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::problems::plural;
use crate::settings::Common;
use crate::{office, output, passphrase};

pub(crate) fn run(typed: &PersonCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    match typed {
        PersonCommand::Add(add) => {
            let id = people::code(&add.code)?;
            let roles = add.roles.iter().map(|role| read_role(role)).collect::<Result<Vec<_>>>()?;
            let new_keys = add.keys.iter().map(|file| approval_key(file)).collect::<Result<Vec<_>>>()?;
            let wanted = Wanted { team: TeamId(add.team.clone()), roles, new_keys };
            let standing = desk.run(people::enter(&desk.store, &by, &id, &wanted, now))?;
            common.output.note(said(&add.code, &standing));
        }
        PersonCommand::Confirm(confirm) => {
            let id = people::code(&confirm.code)?;
            let (person, _) =
                desk.run(async { people::to_confirm(&mut desk.store.look().await?, &id).await })?;
            common.output.note(format_args!("you sign for: {}", line(&person).join(", ")));
            let key = passphrase::signing_key(&confirm.key)?;
            let standing = desk.run(people::confirm(&desk.store, &by, &id, &key, now))?;
            common.output.note(said(&confirm.code, &standing));
        }
        PersonCommand::Revoke(revoke) => {
            let id = people::code(&revoke.code)?;
            let as_of = revoke.as_of.unwrap_or(now);
            let count = desk.run(people::revoke(&desk.store, &by, &id, as_of, now))?;
            common.output.note(format_args!(
                "{id}: {} no longer valid, as of {as_of}",
                plural(count as u64, "key", "keys")
            ));
        }
        PersonCommand::List => {
            let people = desk.run(async { people::list(&mut desk.store.look().await?).await })?;
            let rows: Vec<Vec<String>> = people.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
    }
    Ok(Outcome::Nothing)
}

fn said(code: &str, standing: &Standing) -> String {
    match standing {
        Standing::Active => format!("{code} takes part"),
        Standing::Waits(1) => format!("{code} waits for the signature of another administrator"),
        Standing::Waits(_) => format!("{code} waits for the signatures of two administrators"),
    }
}

fn row(listed: &Listed) -> Vec<String> {
    let mut row = line(&listed.person);
    row.push(match (listed.is_active, listed.voices_missing) {
        (true, None) => String::new(),
        (true, Some(missing)) => format!("change waits for {missing} signatures"),
        (false, missing) => format!("waits for {} signatures", missing.unwrap_or(2)),
    });
    row
}

fn line(person: &curation::Person) -> Vec<String> {
    let roles: Vec<&str> = person.roles.iter().map(|role| role.word()).collect();
    let revoked = person.keys.iter().filter(|key| key.revoked_at().is_some()).count();
    let keys = match (person.keys.len() - revoked, revoked) {
        (0, 0) => "no key".to_owned(),
        (count, 0) => format!("keys {count}"),
        (count, revoked) => format!("keys {count}, revoked {revoked}"),
    };
    vec![person.id.to_string(), format!("team {}", person.team), roles.join(" "), keys]
}

fn read_role(word: &str) -> Result<Role> {
    let known = || Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
    Role::from_word(word).ok_or_else(|| {
        Failure::new(format!("there is no role `{word}`"), format!("choose among {}", known())).into()
    })
}

fn approval_key(file: &Path) -> Result<PublicKey> {
    Ok(people::approval_key(&public_half(file)?)?)
}

/// A public key file.
pub(crate) fn public_half(file: &Path) -> Result<PublicHalf> {
    PublicHalf::read(&office::bytes_of(file)?)
        .map_err(|error| Failure::new(format!("{}: {error}", file.display()), error.hint()).into())
}
