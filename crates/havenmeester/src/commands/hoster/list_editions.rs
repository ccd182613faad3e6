//! `edition list`: what is installed, and what of it is stale.

use anyhow::Result;
use operations::hoster::editions::{self, Summary};
use serde_json::json;

use crate::arguments::{self, ListEditions};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: ListEditions, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let found = desk.run(async { editions::list(&mut desk.store.look().await?, typed.all).await })?;
    output::to_standard_output(|out| {
        if typed.json {
            let all: Vec<_> = found.iter().map(|one| as_json(one, common)).collect();
            return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?);
        }
        if found.is_empty() {
            writeln!(out, "No edition is installed. Receive one with `havenmeester edition receive`.")?;
        }
        found.iter().try_for_each(|one| Ok(out.write_all(text(one, common).as_bytes())?))
    })?;
    Ok(Outcome::Nothing)
}

fn text(one: &Summary, common: &Common) -> String {
    let state = match (one.replaced, one.is_stale(common.today)) {
        (true, _) => "replaced",
        (false, true) => "STALE: ask the issuer for the next edition",
        (false, false) => "in use",
    };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!(
        "{} ({})\n  edition {} of {}, valid until {}, received {}\n  {}, {} entries, {}\n  content {}\n  {state}\n",
        one.title,
        one.list,
        one.number,
        day(one.issued_at),
        day(one.valid_until),
        one.received_on,
        one.nature.wire_name(),
        one.entries,
        if one.verified { "signed by its issuer" } else { "origin not verified" },
        one.content_root,
    )
}

fn as_json(one: &Summary, common: &Common) -> serde_json::Value {
    json!({
        "list": one.list,
        "title": one.title,
        "issuer": one.issuer,
        "nature": one.nature.wire_name(),
        "edition": one.number,
        "entries": one.entries,
        "issued_at": one.issued_at.map(|day| day.to_string()),
        "valid_until": one.valid_until.map(|day| day.to_string()),
        "received_on": one.received_on.to_string(),
        "verified": one.verified,
        "content_root": one.content_root,
        "replaced": one.replaced,
        "stale": one.is_stale(common.today),
    })
}
