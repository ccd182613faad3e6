//! FollowTheMoney entities, one to a line (`entities.ftm.json` of OpenSanctions).
//!
//! Format: <https://followthemoney.tech>. Parties become entries; wallets, accounts, documents, addresses
//! and links stand on lines of their own and are added to their party at the end, whatever their order.

mod links;
mod parties;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use watchlist::{Address, Phrase, phrase};

use super::gathering::Gathering;
use super::json_places::reason;
use super::lines::Lines;
use super::problem::shown;
use super::streamed::each_line;
use super::{ListFault, ListIntake, ListKind, Place};

/// One entity of any schema.
#[derive(Deserialize)]
struct Entity<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    schema: Cow<'a, str>,
    #[serde(default, borrow)]
    properties: HashMap<Cow<'a, str>, Vec<Value>>,
}

impl Entity<'_> {
    /// The texts of a property, without blanks around them.
    fn texts(&self, property: &str) -> impl Iterator<Item = &str> {
        let values = self.properties.get(property).map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    fn first(&self, property: &str) -> &str {
        self.texts(property).next().unwrap_or_default()
    }
}

/// What was read so far and waits for its party.
#[derive(Default)]
struct Waiting {
    /// Number of the entry of each party.
    entries: HashMap<String, usize>,
    addresses: HashMap<String, Address>,
    /// Persons who are only named behind an organisation.
    related: HashMap<String, String>,
    links: Vec<links::Link>,
}

/// Whether a text begins with such an entity.
pub(super) fn begins(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let whole = serde_json::from_str::<Entity<'_>>(first).is_ok_and(|entity| !entity.properties.is_empty());
    // The first line may be longer than what was looked at.
    whole || first.len() > 4_096 && first.contains("\"schema\"") && first.contains("\"properties\"")
}

pub(super) fn read(lines: &mut Lines<'_>) -> Result<ListIntake, ListFault> {
    let kind = ListKind::FollowTheMoney;
    let mut gathering = Gathering::of(kind);
    let mut waiting = Waiting::default();
    each_line(lines, &mut gathering, |line, text, gathering| {
        let (text, at) = (text.trim(), Place::Line(line));
        if text.is_empty() {
            return;
        }
        match serde_json::from_str::<Entity<'_>>(text) {
            Ok(entity) => add(&entity, at, gathering, &mut waiting),
            Err(error) => {
                let why = reason(&error);
                let hint = phrase!(
                    "the line was left out ({why}); fetch the file again",
                    "de regel is weggelaten ({why}); haal het bestand opnieuw op"
                );
                let expected = Phrase::new(
                    "an entity with `id`, `schema` and `properties`",
                    "een entiteit met `id`, `schema` en `properties`",
                );
                gathering.apart(at, shown(text), expected, hint);
            }
        }
    })?;
    links::apply(waiting, &mut gathering);
    Ok(gathering.finish(kind))
}

fn add(entity: &Entity<'_>, at: Place, gathering: &mut Gathering, waiting: &mut Waiting) {
    if let Some(entry_type) = parties::entry_type(entity) {
        if parties::only_named(entity) {
            waiting.related.insert(entity.id.clone().into_owned(), entity.first("name").to_owned());
        } else {
            parties::add(entity, entry_type, at, gathering, waiting);
        }
    } else if entity.schema == "Address" {
        waiting.addresses.insert(entity.id.clone().into_owned(), parties::address(entity));
    } else {
        links::add(entity, at, gathering, waiting);
    }
}
