//! Both sides in one form: the customer and the entry.

use jiff::civil::Date;
use watchlist::{Address, Identifier, Validity};

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
