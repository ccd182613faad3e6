//! Both sides in one form: the customer and the entry.

use jiff::civil::Date;
use watchlist::{Address, Entry, EntryType, Identifier, NameKind, Validity};

use crate::identifiers::{self, CleanIdentifiers};
use crate::names::{self, Buffers, CleanName};

/// What a party is, as far as its source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartyKind {
    Organisation,
    Person,
    /// Only address space: an entry without names.
    Network,
    Unknown,
}

/// The role of a name on its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameRole {
    /// The party's own name: company, brand, or the person who is the party.
    Own,
    /// Another name of the party.
    Alias,
    /// Never carries a hit alone.
    WeakAlias,
    /// A person behind or at an organisation.
    RelatedPerson,
}

/// One name before cleaning.
#[derive(Clone, Copy)]
pub struct RawName<'a> {
    pub text: &'a str,
    pub role: NameRole,
    pub kind: PartyKind,
}

/// A party before cleaning, borrowed from the customer or the entry.
pub struct RawParty<'a> {
    pub kind: PartyKind,
    pub names: Vec<RawName<'a>>,
    pub identifiers: &'a [Identifier],
    pub addresses: &'a [Address],
    pub country: Option<&'a str>,
    pub birth_date: Option<&'a str>,
    /// For a customer: since and until when it is one. For an entry: open.
    pub validity: Validity,
}

/// What a comparison needs besides the two parties.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The day of the screening.
    pub today: Date,
}

/// A cleaned party: what is compared.
pub struct Party {
    pub names: Vec<CleanName>,
    pub identifiers: CleanIdentifiers,
    pub validity: Validity,
}

impl Party {
    /// Cleans a party. `buffers` are kept by the caller from one party to the next.
    pub fn clean(raw: &RawParty<'_>, buffers: &mut Buffers) -> Self {
        let names = raw
            .names
            .iter()
            .enumerate()
            .map(|(place, name)| names::clean(name.text, name.kind, name.role, place as u16, buffers))
            .filter(|name| !name.tokens.is_empty())
            .collect();
        Self { names, identifiers: identifiers::clean(raw), validity: raw.validity }
    }
}

impl<'a> RawParty<'a> {
    /// A party of which one name is known and nothing else.
    pub fn named(text: &'a str, kind: PartyKind) -> Self {
        Self {
            kind,
            names: vec![RawName { text, role: NameRole::Own, kind }],
            identifiers: &[],
            addresses: &[],
            country: None,
            birth_date: None,
            validity: Validity::default(),
        }
    }

    /// How an entry takes part in comparisons.
    pub fn of_entry(entry: &'a Entry) -> Self {
        let kind = match entry.entry_type {
            EntryType::Brand | EntryType::LegalEntity => PartyKind::Organisation,
            EntryType::Person => PartyKind::Person,
            EntryType::Network => PartyKind::Network,
        };
        let name_kind = if kind == PartyKind::Network { PartyKind::Organisation } else { kind };
        let names = entry
            .names
            .iter()
            .map(|name| RawName {
                text: &name.text,
                role: match name.kind {
                    NameKind::Primary => NameRole::Own,
                    NameKind::Alias | NameKind::Previous => NameRole::Alias,
                    NameKind::WeakAlias => NameRole::WeakAlias,
                    NameKind::RelatedPerson => NameRole::RelatedPerson,
                },
                kind: if name.kind == NameKind::RelatedPerson { PartyKind::Person } else { name_kind },
            })
            .collect();
        Self {
            kind,
            names,
            identifiers: &entry.identifiers,
            addresses: &entry.addresses,
            country: entry.jurisdiction.as_deref().or(entry.countries.first().map(String::as_str)),
            birth_date: entry.birth_date.as_deref(),
            validity: Validity::default(),
        }
    }
}
