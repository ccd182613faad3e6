//! What the UK Sanctions List says, whatever its form.

use watchlist::{Address, EntryType, Identifier, IdentifierKind, NameKind, Phrase};

use super::gathering::Gathering;
use super::problem::{READ_AS_ORGANISATION, the_type};
use super::{Place, eu};

/// `Individual` or `Entity`; a ship is no party and is counted.
pub(super) fn entry_type(word: &str, at: Place, gathering: &mut Gathering) -> Option<EntryType> {
    match word.trim().to_ascii_lowercase().as_str() {
        "individual" => Some(EntryType::Person),
        "entity" => Some(EntryType::LegalEntity),
        "ship" => {
            gathering.leave_out("ship", at);
            None
        }
        other => {
            gathering.apart(
                at,
                the_type(other),
                Phrase::new("Individual, Entity or Ship", "Individual, Entity of Ship"),
                READ_AS_ORGANISATION,
            );
            Some(EntryType::LegalEntity)
        }
    }
}

/// `Primary Name`, `Primary Name Variation` or `Alias`; `Good quality a.k.a` or `Low quality a.k.a`.
pub(super) fn name_kind(name_type: &str, strength: &str) -> NameKind {
    let (name_type, strength) = (name_type.trim().to_lowercase(), strength.to_lowercase());
    if name_type == "primary name" {
        NameKind::Primary
    } else if strength.contains("low") {
        NameKind::WeakAlias
    } else if name_type.starts_with("f.k.a") || name_type.starts_with("former") {
        NameKind::Previous
    } else {
        NameKind::Alias
    }
}

/// Given names first, as the columns are numbered. A second primary name is an alias.
pub(super) fn name(kind: NameKind, parts: &[&str], at: Place, gathering: &mut Gathering) {
    let text = joined(parts, " ");
    let taken =
        gathering.entry().is_some_and(|entry| entry.names.iter().any(|name| name.kind == NameKind::Primary));
    let kind = if kind == NameKind::Primary && taken { NameKind::Alias } else { kind };
    if !text.is_empty() {
        gathering.name(kind, &text, at);
    }
}

pub(super) fn address(lines: &[&str], postcode: &str, country: &str) -> Address {
    Address {
        street: joined(lines, ", "),
        postcode: postcode.trim().to_owned(),
        city: String::new(),
        country: country.trim().to_owned(),
    }
}

/// Several values stand in one cell, set apart by `;`, `|`, `(1)` `(2)` or a blank.
pub(super) fn values(kind: IdentifierKind, text: &str, at: Place, gathering: &mut Gathering) {
    let blank_separates = kind != IdentifierKind::Phone;
    for value in pieces(text) {
        if blank_separates {
            value
                .split([' ', ','])
                .filter(|value| !value.is_empty())
                .for_each(|value| gathering.identifier(kind, value, at));
        } else {
            gathering.identifier(kind, value, at);
        }
    }
}

pub(super) fn register_numbers(text: &str, at: Place, gathering: &mut Gathering) {
    for value in pieces(text) {
        // `12345678 (Elbonia)`: the country that gave it; `INN: 123`: what it is.
        let (value, country) = match value.split_once('(') {
            Some((value, rest)) => (value.trim(), Some(rest.trim_end_matches(')').trim().to_owned())),
            None => (value, None),
        };
        let (label, number) =
            value.rsplit_once(':').map_or(("", value), |(label, number)| (label, number.trim()));
        let tax = ["tax", "inn", "vat"].iter().any(|word| label.to_lowercase().contains(word));
        let kind = if tax { IdentifierKind::VatNumber } else { IdentifierKind::RegisterNumber };
        gathering.detailed(Identifier { country, ..Identifier::new(kind, number) }, at);
    }
}

/// Names of other companies go to the note: they are not this party.
pub(super) fn related(word: &str, text: &str, gathering: &mut Gathering) {
    if !text.trim().is_empty() {
        gathering.note(&format!("{word}: {}", text.trim()));
    }
}

pub(super) fn regime(regime: &str, gathering: &mut Gathering) {
    eu::regulation(regime, "", gathering);
}

/// `(1) a (2) b`, `a; b` or `a|b` in pieces.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|', '\n']).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let cut = (2..10)
                .filter_map(|number| rest.find(&format!("({number})")))
                .filter(|place| *place > 0)
                .min();
            let (piece, after) = rest.split_at(cut.unwrap_or(rest.len()));
            rest = after;
            Some(without_number(piece.trim()))
        })
        .filter(|piece| !piece.is_empty())
    })
}

fn without_number(piece: &str) -> &str {
    match piece.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((number, rest)) if number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            rest.trim()
        }
        _ => piece,
    }
}

fn joined(parts: &[&str], sign: &str) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(sign)
}

/// Whether a heading is one of the UK's table and of no other.
pub(super) fn is_heading(heading: &str) -> bool {
    matches!(
        heading.to_lowercase().as_str(),
        "unique id"
            | "ofsi group id"
            | "name 6"
            | "name 1"
            | "name type"
            | "alias strength"
            | "regime name"
            | "designation type"
            | "individual, entity, ship"
            | "sanctions imposed"
            | "designation source"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_values_come_apart() {
        let check =
            |text: &str, expected: &[&str]| assert_eq!(pieces(text).collect::<Vec<_>>(), expected, "{text}");

        check("(1) 1970 (2) 1971", &["1970", "1971"]);
        check("a; b|c", &["a", "b", "c"]);
        check("12345 (Elbonia)", &["12345 (Elbonia)"]);
        check("+44 (0)20 0000 0000", &["+44 (0)20 0000 0000"]);
        check("", &[]);
    }
}
