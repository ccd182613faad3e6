//! STIX 2.1 bundles: parties, what points to them, and the links between.
//!
//! Specification: OASIS, STIX Version 2.1. Threat actors, intrusion sets, infrastructure and identities
//! are parties; addresses, domains, accounts and the like, and what indicators look for, are added to the
//! party they are linked with. An indicator or an address that is linked with nobody is an entry of its own.
//! Whom somebody targets is a victim and never becomes an entry.

mod graph;
mod observables;
mod ours;
mod pattern;

use serde::Deserialize;
use serde_json::value::RawValue;
use watchlist::Phrase;

use super::gathering::Gathering;
use super::json_places::{Places, reason};
use super::problem::LEFT_OUT;
use super::{ListFault, ListIntake, ListKind, Place};
use graph::Graph;
pub(super) use observables::of_url;
use watchlist::format::v1::FormatError;

/// A bundle, or what a TAXII server answers.
#[derive(Deserialize)]
struct Bundle<'a> {
    #[serde(borrow)]
    objects: Vec<&'a RawValue>,
}

/// Whether a JSON object begins as a bundle. Only its first fields are looked at, since it may be broken later.
pub(super) fn begins(text: &str) -> bool {
    let start: String = text.chars().take(400).filter(|c| !c.is_whitespace()).collect();
    start.contains("\"type\":\"bundle\"")
        || start.contains("\"spec_version\":\"2.1\"")
        || start.contains("\"id\":\"bundle--")
        || start.starts_with("{\"objects\":[")
        || start.starts_with("{\"more\":")
}

pub(super) fn read(text: &str) -> Result<ListIntake, ListFault> {
    let bundle: Bundle<'_> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    let mut gathering = Gathering::of(ListKind::Stix);
    let mut places = Places::new(text);
    let mut graph = Graph::default();
    for object in bundle.objects {
        let at = Place::Line(places.line_of(object));
        match serde_json::from_str::<serde_json::Value>(object.get()) {
            Ok(value) if value.is_object() => graph.add(value, at, &mut gathering),
            _ => {
                let found = Phrase::new("a value that is no object", "een waarde die geen object is");
                gathering.apart(at, found, Phrase::new("STIX objects", "STIX-objecten"), LEFT_OUT);
            }
        }
    }
    graph.finish(&mut gathering);
    Ok(gathering.finish(ListKind::Stix))
}

fn broken(error: &serde_json::Error) -> ListFault {
    let line = error.line() as u64;
    ListFault::Format(if error.is_eof() {
        FormatError::CutOff { line }
    } else {
        FormatError::NotJson { line, what: reason(error) }
    })
}
