//! `edition diff`: what changed between two editions, for people.

use std::path::Path;

use anyhow::Result;
use operations::hoster::editions;
use serde_json::json;
use watchlist::delta::FieldDifference;
use watchlist::{Delta, Edition, EntryChange};

use crate::arguments::{self, DiffEditions, ListReading};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::lists;
use crate::output;

pub(crate) fn run(typed: &DiffEditions, at: &arguments::Desk) -> Result<Outcome> {
    let (old, new) = (edition(&typed.old, typed, at)?, edition(&typed.new, typed, at)?);
    if old.list.id != new.list.id {
        return Err(Failure::new(
            format!("the two editions are of different lists: {} and {}", old.list.id, new.list.id),
            "compare two editions of one list",
        )
        .into());
    }
    // Notes are worded differently for each partner and edition; what they say is in the fields.
    let delta = watchlist::delta(&editions::without_notes(&old), &editions::without_notes(&new));
    output::to_standard_output(|out| {
        if typed.json {
            return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&as_json(&delta))?)?);
        }
        Ok(out.write_all(text(&delta).as_bytes())?)
    })?;
    Ok(Outcome::Nothing)
}

/// A number is an installed edition, everything else a file.
fn edition(named: &str, typed: &DiffEditions, at: &arguments::Desk) -> Result<Edition> {
    let Ok(number) = named.parse::<u64>() else {
        return Ok(lists::read_one(Path::new(named), ListReading { nature: None })?.edition);
    };
    let desk = Desk::open(at)?;
    let list = match &typed.list {
        Some(list) => list.clone(),
        None => only_list(&desk)?,
    };
    let found = desk.run(async { editions::numbered(&mut desk.store.look().await?, &list, number).await })?;
    Ok(found.ok_or_else(|| {
        Failure::new(
            format!("edition {number} of the list {list} is not installed"),
            "`edition list --all` shows what is; a file can be named, too",
        )
    })?)
}

/// The list that is meant where only one is installed.
pub(crate) fn only_list(desk: &Desk) -> Result<String> {
    let found = desk.run(async { editions::list(&mut desk.store.look().await?, false).await })?;
    match found.as_slice() {
        [one] => Ok(one.list.clone()),
        [] => Err(Failure::new("no edition is installed", "receive one with `edition receive`").into()),
        more => {
            let names: Vec<&str> = more.iter().map(|one| one.list.as_str()).collect();
            let hint = format!("name one with --list: {}", names.join(", "));
            Err(Failure::new(format!("{} lists are installed", more.len()), hint).into())
        }
    }
}

/// The changes as lines for people.
pub(crate) fn text(delta: &Delta) -> String {
    let mut told = format!("{}: edition {} to {}\n", delta.list_id(), delta.from(), delta.to());
    if delta.is_empty() {
        told += "nothing changed\n";
    }
    for entry in delta.newly_listed() {
        told += &format!("+ {}  {}\n", entry.id.0, entry.title());
    }
    for change in &delta.changed {
        told += &format!("~ {}\n", change.id.0);
        lines(change).iter().for_each(|line| told += &format!("    {line}\n"));
    }
    for entry in &delta.withdrawn {
        let withdrawal = entry.withdrawal();
        let reason = watchlist::format::v1::withdrawal_reason(withdrawal.reason);
        told += &format!("- {}  {}  withdrawn: {reason}\n", entry.id().0, entry.old.title());
    }
    for entry in &delta.gone {
        told += &format!("- {}  {}  no longer there\n", entry.id.0, entry.title());
    }
    told
}

/// One line for each field that differs: what stood there, what stands there now.
fn lines(change: &EntryChange) -> Vec<String> {
    let value = |value: Option<String>| value.unwrap_or_else(|| "(nothing)".to_owned());
    let line = |one: FieldDifference| format!("{}: {} -> {}", one.field, value(one.old), value(one.new));
    change.differences().into_iter().map(line).collect()
}

fn as_json(delta: &Delta) -> serde_json::Value {
    let changed: Vec<_> =
        delta.changed.iter().map(|one| json!({ "id": one.id.0, "changes": lines(one) })).collect();
    let withdrawn: Vec<_> = delta
        .withdrawn
        .iter()
        .map(|one| {
            let reason = watchlist::format::v1::withdrawal_reason(one.withdrawal().reason);
            json!({ "id": one.id().0, "reason": reason })
        })
        .collect();
    json!({
        "list": delta.list_id(),
        "from": delta.from(),
        "to": delta.to(),
        "new": delta.newly_listed().map(|one| one.id.0.as_str()).collect::<Vec<_>>(),
        "changed": changed,
        "withdrawn": withdrawn,
        "gone": delta.gone.iter().map(|one| one.id.0.as_str()).collect::<Vec<_>>(),
    })
}
