//! `notices`: who is told what, and what of it is still on its way.

use std::io::Write;

use anyhow::Result;
use operations::hoster::outbox::{self, Kind, Notice, Standing, sending};

use crate::arguments::{self, NoticesCommand, Recipients};
use crate::clock;
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::notices::{EXAMPLE, House, Message, Target, drawn_secret};
use crate::output;
use crate::settings::Common;

/// Notices that are shown of each state.
const SHOWN: usize = 20;

pub(crate) fn run(typed: &NoticesCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match typed {
        NoticesCommand::Example => {
            output::to_standard_output(|out| Ok(out.write_all(EXAMPLE.as_bytes())?))?;
            Ok(Outcome::Nothing)
        }
        NoticesCommand::Secret => {
            output::to_standard_output(|out| Ok(writeln!(out, "{}", drawn_secret(&mut rand::rngs::OsRng))?))?;
            Ok(Outcome::Nothing)
        }
        NoticesCommand::Check => check(at),
        NoticesCommand::Test(typed) => test(typed, at),
        NoticesCommand::List => list(at),
        NoticesCommand::Again => again(at, common),
    }
}

fn check(at: &arguments::Desk) -> Result<Outcome> {
    let house = House::there(&Places::new(at)?.home)?;
    output::to_standard_output(|out| {
        for one in &house.targets {
            let kinds: Vec<&str> = one.recipient.kinds.iter().map(|kind| kind.word()).collect();
            writeln!(out, "{:<20} {:<8} {}", one.recipient.name, one.way(), kinds.join(", "))?;
        }
        let is_told = |kind: &Kind| house.targets.iter().any(|one| one.recipient.kinds.contains(kind));
        for kind in Kind::ALL.iter().filter(|kind| !is_told(kind)) {
            writeln!(out, "{:<20} nobody is told: {}", "-", kind.word())?;
        }
        Ok(())
    })?;
    Ok(Outcome::Nothing)
}

fn test(typed: &Recipients, at: &arguments::Desk) -> Result<Outcome> {
    let house = House::there(&Places::new(at)?.home)?;
    let targets = named(&house, &typed.names)?;
    let mut is_well = true;
    output::to_standard_output(|out| {
        for one in targets {
            let now = clock::now();
            let told = match one.send(&Message::test(now), now) {
                Ok(()) => "sent",
                Err(why) => {
                    is_well = false;
                    why_not(why)
                }
            };
            writeln!(out, "{:<20} {:<8} {told}", one.recipient.name, one.way())?;
            out.flush()?;
        }
        Ok(())
    })?;
    Ok(if is_well { Outcome::Nothing } else { Outcome::Problems })
}

fn named<'h>(house: &'h House, names: &[String]) -> Result<Vec<&'h Target>> {
    if names.is_empty() {
        return Ok(house.targets.iter().collect());
    }
    let find = |name: &String| {
        house.targets.iter().find(|one| one.recipient.name == *name).ok_or_else(|| {
            let known: Vec<&str> = house.targets.iter().map(|one| one.recipient.name.as_str()).collect();
            Failure::new(
                format!("there is no recipient `{name}`"),
                format!("recipients are: {}", known.join(", ")),
            )
            .into()
        })
    };
    names.iter().map(find).collect()
}

/// What a person reads of a word that says why a notice did not arrive.
fn why_not(word: &str) -> &'static str {
    match word {
        "unreachable" => "not sent: the server cannot be reached",
        "timed_out" => "not sent: the server did not answer in time",
        "certificate" => "not sent: the certificate of the server is not one that this machine trusts",
        "redirected" => "not sent: the answer leads to another address; name that one",
        "server_error" => "not sent: the server answers with an error of its own",
        "refused" => "not sent: the server refuses it",
        "not_now" => "not sent: the server does not take it now",
        "no_recipient" => "not sent: the recipient is not in the settings any more",
        _ => "not sent: it could not be written",
    }
}

fn list(at: &arguments::Desk) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (counts, waiting, given_up) = desk.run(async {
        let mut look = desk.store.look().await?;
        let counts = outbox::counts(&mut look).await?;
        let waiting = outbox::in_state(&mut look, Standing::Waiting).await?;
        let given_up = outbox::in_state(&mut look, Standing::GivenUp).await?;
        Ok::<_, store::Error>((counts, waiting, given_up))
    })?;
    output::to_standard_output(|out| {
        writeln!(out, "waiting {}, sent {}, given up {}", counts.waiting, counts.sent, counts.given_up)?;
        waiting.iter().take(SHOWN).chain(given_up.iter().take(SHOWN)).try_for_each(|one| write_one(one, out))
    })?;
    Ok(Outcome::Nothing)
}

fn write_one(notice: &Notice, out: &mut dyn Write) -> Result<()> {
    let (state, kind) = (notice.standing.word(), notice.news.kind().word());
    let tried = match &notice.trouble {
        Some(why) => format!("{} attempts; {}", notice.attempts, why_not(why)),
        None => "not tried yet".to_owned(),
    };
    Ok(writeln!(out, "{:<9} {} {:<20} {kind:<18} {tried}", state, notice.at, notice.recipient)?)
}

fn again(at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let count = desk.run(sending::again(&desk.store, &desk.person, desk.now()))?;
    common.output.note(format_args!("{count} notices are tried again while the desk runs"));
    Ok(Outcome::Nothing)
}
