//! `token`: what other programs come to the interface with.

use anyhow::Result;
use jiff::ToSpan;
use operations::hoster::tokens::{self, Scope, Token, Wanted};
use rand::rngs::OsRng;

use crate::arguments;
use crate::arguments::hoster::TokenCommand;
use crate::commands::issuer::table;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &TokenCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let now = desk.now();
    match typed {
        TokenCommand::New(new) => {
            let scopes = new.scopes.iter().map(|word| scope(word)).collect::<Result<Vec<_>>>()?;
            let until =
                now.to_zoned(jiff::tz::TimeZone::UTC).date().checked_add(i64::from(new.days).days())?;
            let wanted = Wanted { label: &new.label, scopes: &scopes, until };
            let mut random = OsRng;
            let token = desk.run(tokens::issue(&desk.store, &desk.person, wanted, now, &mut random))?;
            output::to_standard_output(|out| Ok(writeln!(out, "{token}")?))?;
            common.output.note(format_args!(
                "it acts as {} until {until}, and is shown this once; the person needs an account",
                desk.person
            ));
        }
        TokenCommand::List => {
            let all = desk.run(async { tokens::list(&mut desk.store.look().await?, &desk.person).await })?;
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
        TokenCommand::Revoke(one) => {
            desk.run(tokens::revoke(&desk.store, &desk.person, &one.id, now))?;
            common.output.note(format_args!("the token {} opens nothing any more", one.id));
        }
    }
    Ok(Outcome::Nothing)
}

fn scope(word: &str) -> Result<Scope> {
    Scope::from_word(word).ok_or_else(|| {
        Failure::new(format!("there is no scope `{word}`"), "choose read, review, screen, shop or curate")
            .into()
    })
}

fn row(one: &Token) -> Vec<String> {
    let scopes: Vec<&str> = one.scopes.iter().map(|scope| scope.word()).collect();
    let state = if one.is_active { format!("until {}", one.until) } else { "revoked".to_owned() };
    vec![one.id.clone(), state, scopes.join(" "), one.label.clone()]
}
