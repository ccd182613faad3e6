//! An entry as people type it: fields, and lists with one value in each line. Pure, both ways.
//!
//! ```text
//! identifiers:  domain quay.example [2024-01-01..2025-03-31]
//! names:        weak_alias Quay
//! relations:    brand_of E-2
//! addresses:    Kade 1; 1000 AA; Havenstad; NL
//! ```

use jiff::civil::Date;
use serde::Deserialize;
use watchlist::format::v1;
use watchlist::{
    Address, Entry, EntryId, EntryType, Identifier, IdentifierKind, Name, NameKind, Relation, RelationKind,
    Validity,
};

pub(crate) const TYPES: [EntryType; 4] =
    [EntryType::Brand, EntryType::LegalEntity, EntryType::Person, EntryType::Network];
const NAME_KINDS: [NameKind; 4] =
    [NameKind::Alias, NameKind::WeakAlias, NameKind::Previous, NameKind::RelatedPerson];
const RELATIONS: [RelationKind; 5] = [
    RelationKind::BrandOf,
    RelationKind::FrontOf,
    RelationKind::SuccessorOf,
    RelationKind::SameOperator,
    RelationKind::OfficerOf,
];

/// The fields of the form.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct EntryForm {
    #[serde(default)]
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) names: String,
    #[serde(default)]
    pub(crate) jurisdiction: String,
    #[serde(default)]
    pub(crate) identifiers: String,
    #[serde(default)]
    pub(crate) addresses: String,
    #[serde(default)]
    pub(crate) relations: String,
    #[serde(default)]
    pub(crate) bulletproof: String,
    #[serde(default)]
    pub(crate) offences: String,
    #[serde(default)]
    pub(crate) note: String,
}

/// A line that cannot be used: what is wrong with it, as the key of a text, and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) key: &'static str,
    pub(crate) line: String,
}

impl EntryForm {
    /// The form of an entry that is there.
    pub(crate) fn of(entry: &Entry) -> Self {
        let primary = entry.names.iter().position(|name| name.kind == NameKind::Primary);
        let others = entry.names.iter().enumerate().filter(|(place, _)| Some(*place) != primary);
        let names = others.map(|(_, name)| format!("{} {}", v1::name_kind(name.kind), name.text));
        let identifiers = entry.identifiers.iter().map(|one| {
            let value = format!("{} {}", one.kind.wire_name(), one.value);
            match (one.validity.from, one.validity.to) {
                (None, None) => value,
                (from, to) => format!("{value} [{}..{}]", text(from), text(to)),
            }
        });
        let addresses = entry
            .addresses
            .iter()
            .map(|one| [one.street.as_str(), &one.postcode, &one.city, &one.country].join("; "));
        let relations =
            entry.relations.iter().map(|one| format!("{} {}", v1::relation_kind(one.kind), one.to));
        Self {
            id: entry.id.0.clone(),
            kind: v1::entry_type(entry.entry_type).to_owned(),
            name: primary
                .and_then(|place| entry.names.get(place))
                .map_or_else(String::new, |one| one.text.clone()),
            names: lines(names),
            jurisdiction: entry.jurisdiction.clone().unwrap_or_default(),
            identifiers: lines(identifiers),
            addresses: lines(addresses),
            relations: lines(relations),
            bulletproof: entry.claims.bulletproof.clone().unwrap_or_default(),
            offences: entry.claims.offences.join(", "),
            note: entry.note.clone().unwrap_or_default(),
        }
    }

    /// The entry that was typed. What the form has no field for stays as it is in `before`.
    pub(crate) fn read(&self, before: Option<&Entry>) -> Result<Entry, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let kind = TYPES.into_iter().find(|one| v1::entry_type(*one) == self.kind);
        if kind.is_none() {
            wrong.push(Wrong { key: "entry-wrong-type", line: self.kind.clone() });
        }
        let id = self.id.trim();
        let is_plain = |one: char| one.is_ascii_alphanumeric() || "-_.".contains(one);
        if id.is_empty() || id.len() > 60 || !id.chars().all(is_plain) {
            wrong.push(Wrong { key: "entry-wrong-id", line: self.id.clone() });
        }
        let mut names = Vec::new();
        if let Some(primary) = super::given(&self.name) {
            names.push(Name::new(NameKind::Primary, primary));
        }
        names.extend(each(&self.names, &mut wrong, name));
        let identifiers = each(&self.identifiers, &mut wrong, identifier);
        let addresses = each(&self.addresses, &mut wrong, |line| Ok(address(line)));
        let relations = each(&self.relations, &mut wrong, relation);
        let kind = kind.unwrap_or(EntryType::Brand);
        let mut entry = before.cloned().unwrap_or_else(|| Entry::new(id, kind));
        entry.id = EntryId(id.to_owned());
        entry.entry_type = kind;
        entry.names = names;
        entry.jurisdiction = super::given(&self.jurisdiction);
        entry.identifiers = identifiers;
        entry.addresses = addresses;
        entry.relations = relations;
        entry.claims.bulletproof = super::given(&self.bulletproof);
        entry.claims.offences = super::words_of(&self.offences);
        entry.note = super::given(&self.note);
        if wrong.is_empty() { Ok(entry) } else { Err(wrong) }
    }
}

fn lines(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("\n")
}

fn text(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// Reads every line that is not empty; notes those that cannot be read.
fn each<T>(text: &str, wrong: &mut Vec<Wrong>, read: impl Fn(&str) -> Result<T, &'static str>) -> Vec<T> {
    let mut values = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match read(line) {
            Ok(value) => values.push(value),
            Err(key) => wrong.push(Wrong { key, line: line.to_owned() }),
        }
    }
    values
}

/// A kind and a name; without a kind it is an alias.
fn name(line: &str) -> Result<Name, &'static str> {
    let typed = line.split_once(char::is_whitespace);
    let kind = typed.and_then(|(word, rest)| {
        let kind = NAME_KINDS.into_iter().find(|kind| v1::name_kind(*kind) == word)?;
        Some((kind, rest.trim()))
    });
    let (kind, text) = kind.unwrap_or((NameKind::Alias, line));
    Ok(Name::new(kind, text))
}

fn identifier(line: &str) -> Result<Identifier, &'static str> {
    let (word, rest) = line.split_once(char::is_whitespace).ok_or("entry-wrong-identifier")?;
    let kind = IdentifierKind::from_wire_name(word).ok_or("entry-wrong-kind")?;
    let rest = rest.trim();
    let (value, validity) = match rest.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((value, period)) => (value.trim(), validity(period)?),
        None => (rest, Validity::default()),
    };
    if value.is_empty() {
        return Err("entry-wrong-identifier");
    }
    Ok(Identifier { validity, ..Identifier::new(kind, value) })
}

fn validity(period: &str) -> Result<Validity, &'static str> {
    let (from, to) = period.split_once("..").ok_or("entry-wrong-period")?;
    let day = |text: &str| match text.trim() {
        "" => Ok(None),
        text => v1::date(text).map(Some).ok_or("entry-wrong-period"),
    };
    Ok(Validity { from: day(from)?, to: day(to)? })
}

fn address(line: &str) -> Address {
    let mut parts = line.split(';').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    Address { street: next(), postcode: next(), city: next(), country: next() }
}

fn relation(line: &str) -> Result<Relation, &'static str> {
    let (word, to) = line.split_once(char::is_whitespace).ok_or("entry-wrong-relation")?;
    let kind = RELATIONS.into_iter().find(|kind| v1::relation_kind(*kind) == word);
    let kind = kind.ok_or("entry-wrong-relation")?;
    Ok(Relation { kind, to: EntryId(to.trim().to_owned()), from_date: None, to_date: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> EntryForm {
        EntryForm {
            id: "E-1".to_owned(),
            kind: "brand".to_owned(),
            name: "Quay Nine Hosting".to_owned(),
            names: "weak_alias Quay\nNine Quays".to_owned(),
            jurisdiction: "NL".to_owned(),
            identifiers: "domain quay-nine.example [2024-01-01..]\nasn AS64500 [..2025-03-31]\ntelegram_name @quay_nine".to_owned(),
            addresses: "Kade 1; 1000 AA; Havenstad; NL".to_owned(),
            relations: "brand_of E-2".to_owned(),
            bulletproof: "ignores abuse mail".to_owned(),
            offences: "phishing, botnet".to_owned(),
            note: String::new(),
        }
    }

    #[test]
    fn what_was_typed_is_what_stands_in_the_form_again() {
        let entry = form().read(None).unwrap();
        assert_eq!(entry.identifiers.len(), 3);
        assert_eq!(entry.names[1].kind, NameKind::WeakAlias);
        assert_eq!(entry.names[2].text, "Nine Quays");
        let again = EntryForm::of(&entry);
        assert_eq!(again.read(Some(&entry)).unwrap(), entry);
        assert_eq!(again.names, "weak_alias Quay\nalias Nine Quays");
        assert_eq!(again.identifiers, form().identifiers);
    }

    #[test]
    fn every_line_that_cannot_be_used_is_told() {
        let typed = EntryForm {
            id: "../E 1".to_owned(),
            kind: "harbour".to_owned(),
            identifiers: "domain\nboat x\ndomain a.example [2024-13-01..]\ndomain b.example [x]".to_owned(),
            relations: "cousin_of E-2\nbrand_of".to_owned(),
            ..form()
        };
        let wrong = typed.read(None).unwrap_err();
        let keys: Vec<&str> = wrong.iter().map(|one| one.key).collect();
        assert_eq!(
            keys,
            [
                "entry-wrong-type",
                "entry-wrong-id",
                "entry-wrong-identifier",
                "entry-wrong-kind",
                "entry-wrong-period",
                "entry-wrong-period",
                "entry-wrong-relation",
                "entry-wrong-relation",
            ]
        );
    }
}
