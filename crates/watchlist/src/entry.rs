//! One listed party, as a hoster sees it.
//!
//! There is no field for sources, collectors or doubts: those stay with the issuer.

use jiff::civil::Date;

use crate::{Address, Identifier, ListedValue, RetractedValue, Withdrawal};

/// Stable id of an entry, unique in its list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub String);

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryType {
    Brand,
    LegalEntity,
    Person,
    Network,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Active,
    /// Under doubt: still screened, and marked in the hit.
    Suspended,
    /// Not screened; kept so that earlier hits can be reopened.
    Withdrawn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    Primary,
    Alias,
    /// Never carries a hit alone.
    WeakAlias,
    Previous,
    /// A person behind an organisation.
    RelatedPerson,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub kind: NameKind,
    /// ISO 15924 code, where the source gives one.
    pub script: Option<String>,
}

/// Shows the kind only: names are confidential.
impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Name({:?})", self.kind)
    }
}

impl Name {
    pub fn new(kind: NameKind, text: impl Into<String>) -> Self {
        Self { text: text.into(), kind, script: None }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RelationKind {
    BrandOf,
    FrontOf,
    SuccessorOf,
    SameOperator,
    OfficerOf,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    pub kind: RelationKind,
    pub to: EntryId,
    pub from_date: Option<Date>,
    pub to_date: Option<Date>,
}

/// What the party says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    pub bulletproof: Option<String>,
    pub offences: Vec<String>,
}

/// One listed party.
#[derive(Clone, PartialEq)]
pub struct Entry {
    pub id: EntryId,
    pub revision: u32,
    pub status: Status,
    pub entry_type: EntryType,
    pub names: Vec<Name>,
    /// ISO 3166-1 alpha-2 where known, otherwise the source's text.
    pub jurisdiction: Option<String>,
    /// Further countries that the source connects with the party.
    pub countries: Vec<String>,
    pub identifiers: Vec<Identifier>,
    pub addresses: Vec<Address>,
    /// For persons, only where the list gives it: `YYYY-MM-DD`, `YYYYMMDD` or `YYYY`.
    pub birth_date: Option<String>,
    pub relations: Vec<Relation>,
    pub claims: Claims,
    pub first_observed: Option<Date>,
    pub last_observed: Option<Date>,
    pub review_by: Option<Date>,
    pub note: Option<String>,
    /// Codes of the criteria of the list that the party meets; the issuer explains them with the list.
    pub criteria: Vec<String>,
    /// Why the entry no longer stands; only where the status is `Withdrawn`.
    pub withdrawal: Option<Withdrawal>,
    /// Values that once stood in this entry and were withdrawn. They are never compared.
    pub retracted: Vec<RetractedValue>,
}

impl Entry {
    pub fn new(id: impl Into<String>, entry_type: EntryType) -> Self {
        Self {
            id: EntryId(id.into()),
            revision: 1,
            status: Status::Active,
            entry_type,
            names: Vec::new(),
            jurisdiction: None,
            countries: Vec::new(),
            identifiers: Vec::new(),
            addresses: Vec::new(),
            birth_date: None,
            relations: Vec::new(),
            claims: Claims::default(),
            first_observed: None,
            last_observed: None,
            review_by: None,
            note: None,
            criteria: Vec::new(),
            withdrawal: None,
            retracted: Vec::new(),
        }
    }

    /// What stays of a withdrawn entry: that it was there, and why it no longer stands.
    pub fn withdrawn(id: EntryId, revision: u32, entry_type: EntryType, withdrawal: Withdrawal) -> Self {
        let mut entry = Self::new(id.0, entry_type);
        entry.revision = revision;
        entry.status = Status::Withdrawn;
        entry.withdrawal = Some(withdrawal);
        entry
    }

    /// Whether the entry is compared with customers.
    pub fn stands(&self) -> bool {
        self.status != Status::Withdrawn
    }

    /// Every name, identifier and address, as a retraction names them.
    pub fn values(&self) -> impl Iterator<Item = ListedValue> + '_ {
        let names = self.names.iter().map(|name| ListedValue::Name(name.text.clone()));
        let identifiers = self
            .identifiers
            .iter()
            .map(|identifier| ListedValue::Identifier(identifier.kind, identifier.value.clone()));
        let addresses = self.addresses.iter().map(|address| ListedValue::Address(address.one_line()));
        names.chain(identifiers).chain(addresses)
    }

    /// The name to show, or the id where there is none (networks).
    pub fn title(&self) -> &str {
        self.names
            .iter()
            .find(|name| name.kind == NameKind::Primary)
            .or_else(|| self.names.first())
            .map_or(self.id.0.as_str(), |name| name.text.as_str())
    }
}

/// Shows the id only: contents of a list are confidential.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({})", self.id)
    }
}
