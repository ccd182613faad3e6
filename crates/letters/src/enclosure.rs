//! The readable list that goes with a letter: as PDF and as a workbook, with the same content line.

mod lines;
mod view;
mod workbook;

use std::collections::HashMap;

use jiff::civil::Date;
use watchlist::{Delta, Edition, EntryId, Withdrawal};

use crate::press::Sheet;
use crate::{Handling, Language, LetterError, Press};

/// What the list itself does not say.
#[derive(Clone, Debug)]
pub struct EnclosureFacts {
    pub sender: String,
    pub dated: Date,
    pub handling: Handling,
    /// The line that is equal for all partners, as the program shows it.
    pub content_root: String,
    /// What differs from the edition before, in the order in which it is shown.
    pub changes: Vec<Change>,
    pub notes: Notes,
}

/// Whether the notes to the entries, which are worded for each partner, stand in the readable list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    /// The list is this partner's own and can be recognised by its wording. 1,000 entries take about two
    /// seconds for each partner.
    Shown,
    /// The list is the same for all partners and is made once for each edition and language; it says that
    /// the notes are in the file for the program. A copy of it does not tell whose it was.
    InFileOnly,
}

/// One entry that is not as it was in the edition before.
#[derive(Clone, PartialEq, Eq)]
pub enum Change {
    New { entry: EntryId, title: String },
    Changed { entry: EntryId, title: String, fields: Vec<FieldChange> },
    Withdrawn { entry: EntryId, title: String, withdrawal: Withdrawal },
}

/// One part of an entry as it was and as it is. None: there was, or is, nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub field: ListedField,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The parts of an entry, as far as a reader tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListedField {
    Status,
    Kind,
    Names,
    Jurisdiction,
    Countries,
    Identifiers,
    Addresses,
    BirthDate,
    Relations,
    Claims,
    Observed,
    ReviewBy,
    Note,
    Criteria,
    Withdrawal,
    Retracted,
}

impl Change {
    /// What a delta says, in the order new, changed, withdrawn. Entries that disappeared without a word count
    /// as withdrawn without a reason.
    ///
    /// `edition` is the newer one; it gives the titles of changed entries.
    pub fn all(delta: &Delta, edition: &Edition) -> Vec<Self> {
        let new = delta
            .new
            .iter()
            .filter(|entry| entry.stands())
            .map(|entry| Self::New { entry: entry.id.clone(), title: entry.title().to_owned() });
        let titles: HashMap<_, _> = edition.entries.iter().map(|entry| (&entry.id, entry.title())).collect();
        let changed = delta.changed.iter().map(|change| Self::Changed {
            entry: change.id.clone(),
            title: titles.get(&change.id).map_or(&*change.id.0, |title| title).to_owned(),
            fields: change.differences().into_iter().filter_map(FieldChange::of).collect(),
        });
        let withdrawn = delta.withdrawn.iter().map(|withdrawn| Self::Withdrawn {
            entry: withdrawn.old.id.clone(),
            title: withdrawn.old.title().to_owned(),
            withdrawal: withdrawn.withdrawal(),
        });
        let gone = delta.gone.iter().filter(|entry| entry.stands()).map(|entry| Self::Withdrawn {
            entry: entry.id.clone(),
            title: entry.title().to_owned(),
            withdrawal: Withdrawal::unstated(),
        });
        new.chain(changed).chain(withdrawn).chain(gone).collect()
    }

    pub const fn entry(&self) -> &EntryId {
        match self {
            Self::New { entry, .. } | Self::Changed { entry, .. } | Self::Withdrawn { entry, .. } => entry,
        }
    }

    pub(crate) fn title(&self) -> &str {
        match self {
            Self::New { title, .. } | Self::Changed { title, .. } | Self::Withdrawn { title, .. } => title,
        }
    }

    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::New { .. } => "change-new",
            Self::Changed { .. } => "change-changed",
            Self::Withdrawn { .. } => "change-withdrawn",
        }
    }
}

impl FieldChange {
    /// None for a field that only machines read.
    fn of(difference: watchlist::delta::FieldDifference) -> Option<Self> {
        let field = ListedField::of(difference.field)?;
        Some(Self { field, before: difference.old, after: difference.new })
    }
}

impl ListedField {
    /// The part to which a field of the open list format belongs.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "status" => Self::Status,
            "type" => Self::Kind,
            "names" => Self::Names,
            "jurisdiction" => Self::Jurisdiction,
            "countries" => Self::Countries,
            "identifiers" => Self::Identifiers,
            "birth_date" => Self::BirthDate,
            "relations" => Self::Relations,
            "claims.bulletproof" | "claims.offences" => Self::Claims,
            "first_observed" | "last_observed" => Self::Observed,
            "review_by" => Self::ReviewBy,
            "note" => Self::Note,
            "criteria" => Self::Criteria,
            "withdrawal" => Self::Withdrawal,
            "retracted" => Self::Retracted,
            _ => return None,
        })
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Names => "names",
            Self::Jurisdiction => "jurisdiction",
            Self::Countries => "countries",
            Self::Identifiers => "identifiers",
            Self::Addresses => "addresses",
            Self::BirthDate => "birth-date",
            Self::Relations => "relations",
            Self::Claims => "claims",
            Self::Observed => "observed",
            Self::ReviewBy => "review-by",
            Self::Note => "note",
            Self::Criteria => "criteria",
            Self::Withdrawal => "reason",
            Self::Retracted => "retracted",
        }
    }
}

/// Shows the id only: contents of a list are confidential.
impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change({}, {})", self.word(), self.entry())
    }
}

/// Shows the part only: contents of a list are confidential.
impl std::fmt::Debug for FieldChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FieldChange({:?})", self.field)
    }
}

/// The readable list as PDF/A with tags and bookmarks.
///
/// # Errors
/// If an own template cannot be used; the error names file and line.
pub fn enclosure_pdf(
    press: &Press,
    edition: &Edition,
    facts: &EnclosureFacts,
    language: Language,
) -> Result<Vec<u8>, LetterError> {
    press.pdf(&Enclosure { edition, facts, language })
}

/// The readable list as a workbook: entries, identifiers, changes, and what the list is.
///
/// Every cell is text. Nothing in it is a formula or a link, whatever a name begins with.
///
/// # Errors
/// If the list is longer than a sheet can be (1,048,576 rows).
pub fn enclosure_xlsx(
    edition: &Edition,
    facts: &EnclosureFacts,
    language: Language,
) -> Result<Vec<u8>, LetterError> {
    workbook::written(&Enclosure { edition, facts, language })
}

/// The enclosure of one edition in one language.
struct Enclosure<'a> {
    edition: &'a Edition,
    facts: &'a EnclosureFacts,
    language: Language,
}

impl Sheet for Enclosure<'_> {
    const TEMPLATE: &'static str = "enclosure.typ";
    type View = view::View;

    fn view(&self, press: &Press) -> view::View {
        view::view(self, press)
    }

    fn pictures(&self) -> Vec<(&'static str, Vec<u8>)> {
        Vec::new()
    }

    fn dated(&self) -> Date {
        self.facts.dated
    }

    fn identity(&self) -> String {
        let list = &self.edition.list.id;
        format!(
            "enclosure/{list}/{}/{}/{}",
            self.edition.number,
            self.facts.content_root,
            self.language.tag()
        )
    }
}
