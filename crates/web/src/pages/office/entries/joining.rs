//! Two entries that are one party, and one entry that is two.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use curation::Action;
use operations::issuer::entries;
use serde::Deserialize;
use watchlist::{Entry, EntryId, Name, NameKind};

use super::page::{ValueRow, values};
use super::{address, opened};
use crate::desk::Desk;
use crate::pages::form::Checked;
use crate::pages::office::{Member, back};
use crate::pages::{Page, shown};

/// What belongs to which part, as the form says it.
const FIRST: &str = "first";
const SECOND: &str = "second";
const CHOICES: [&str; 3] = [FIRST, SECOND, "both"];

#[derive(Deserialize)]
pub(crate) struct Merged {
    #[serde(default)]
    other: String,
}

/// Begins to merge another entry into this one.
pub(crate) async fn merge(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Merged>,
) -> Response {
    let (kept, other) = (EntryId(id.clone()), EntryId(typed.other.trim().to_owned()));
    let done = entries::merge(&desk.store, &member.id, &kept, &other, (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

#[derive(Template)]
#[template(path = "office/split.html")]
struct SplitPage {
    page: Page,
    id: String,
    title: String,
    /// The version that is split: one that came in between is not.
    revision: u32,
    /// Proposed numbers of the parts.
    parts: [String; 2],
    values: Vec<ValueRow>,
    choices: [&'static str; 3],
}

/// Asks which value belongs to which part.
pub(crate) async fn split_form(State(desk): State<Desk>, member: Member, Path(id): Path<String>) -> Response {
    let one = match opened(&desk, &member, &id).await {
        Ok(one) => one,
        Err(response) => return response,
    };
    if !member.may(Action::Propose) {
        return member.page.problem(StatusCode::FORBIDDEN, "problem-role");
    }
    shown(&SplitPage {
        values: values(&one),
        title: one.entry.title().to_owned(),
        revision: one.entry.revision,
        parts: [format!("{id}-A"), format!("{id}-B")],
        choices: CHOICES,
        page: member.page.clone(),
        id,
    })
}

/// The parts by their numbers, and for each value, by its place, what it belongs to.
#[derive(Deserialize)]
pub(crate) struct Parted {
    #[serde(default)]
    first: String,
    #[serde(default)]
    second: String,
    #[serde(default)]
    revision: String,
    #[serde(flatten)]
    places: HashMap<String, String>,
}

/// Begins to split an entry into two.
pub(crate) async fn split(
    State(desk): State<Desk>,
    member: Member,
    Path(id): Path<String>,
    Checked(typed): Checked<Parted>,
) -> Response {
    let one = match opened(&desk, &member, &id).await {
        Ok(one) => one,
        Err(response) => return response,
    };
    if typed.revision != one.entry.revision.to_string() {
        return member.page.problem(StatusCode::CONFLICT, "problem-changed");
    }
    let part = |number: &str, word: &str| {
        part_of(&one.entry, number, |place| {
            typed
                .places
                .get(&format!("value-{place}"))
                .is_none_or(|choice| choice == word || choice == "both")
        })
    };
    let parts = vec![part(&typed.first, FIRST), part(&typed.second, SECOND)];
    let done = entries::split(&desk.store, &member.id, &EntryId(id.clone()), parts, (desk.now)()).await;
    back(&member.page, &address(&id), done)
}

/// The entry with the values whose places belong to this part; places count as [`Entry::values`] gives them.
fn part_of(entry: &Entry, number: &str, belongs: impl Fn(usize) -> bool) -> Entry {
    let mut part = entry.clone();
    part.id = EntryId(number.trim().to_owned());
    part.revision = 1;
    let mut place = 0;
    let mut next = || {
        place += 1;
        belongs(place - 1)
    };
    part.names.retain(|_| next());
    part.identifiers.retain(|_| next());
    part.addresses.retain(|_| next());
    if let Some(first) = without_primary(&mut part.names) {
        first.kind = NameKind::Primary;
    }
    part
}

/// The first name of a part that took no primary one.
fn without_primary(names: &mut [Name]) -> Option<&mut Name> {
    if names.iter().any(|name| name.kind == NameKind::Primary) { None } else { names.first_mut() }
}

#[cfg(test)]
mod tests {
    use watchlist::{EntryType, Identifier, IdentifierKind};

    use super::*;

    #[test]
    fn each_value_goes_where_it_belongs_and_each_part_has_a_name_that_stands_for_it() {
        let mut entry = Entry::new("E-1", EntryType::Brand);
        entry.revision = 4;
        entry.names =
            vec![Name::new(NameKind::Primary, "Quay Nine"), Name::new(NameKind::Alias, "Orchard Relay")];
        entry.identifiers = vec![
            Identifier::new(IdentifierKind::Domain, "quay.example"),
            Identifier::new(IdentifierKind::Domain, "orchard.example"),
        ];

        let part = part_of(&entry, " E-1-B ", |place| place == 1 || place == 3);

        assert_eq!((part.id.0.as_str(), part.revision), ("E-1-B", 1));
        assert_eq!(part.names, [Name::new(NameKind::Primary, "Orchard Relay")]);
        assert_eq!(part.identifiers, [Identifier::new(IdentifierKind::Domain, "orchard.example")]);
        let all = part_of(&entry, "E-1-A", |_| true);
        assert_eq!((all.names, all.identifiers), (entry.names, entry.identifiers));
    }
}
