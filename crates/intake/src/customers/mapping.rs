//! Which column means what, and what of it the user should know.

use rustc_hash::FxHashSet;
use watchlist::{Phrase, phrase};

use super::json::flatten;
use super::profile::{self, Profile};
use super::rows::is_of_service;
use super::{CustomerOptions, Field};
use crate::OpenProblem;
use crate::table::About;

/// What each column means. Made once for a file, then shared by everybody who reads its rows.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub(super) profile: Profile,
    /// Columns that are read, with their meaning.
    pub(super) columns: Vec<(usize, Field)>,
    pub(super) headings: Vec<String>,
    pub(super) has_id: bool,
    pub(super) needs_tenant: bool,
    /// The user's own words, which go before everything we know.
    pub(super) explicit: Vec<(Field, String)>,
    pub(super) strict: bool,
}

/// What was understood of a file, to be shown before its customers are screened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    pub profile: Profile,
    /// Format, delimiter, encoding, sheet, line of the header.
    pub about: About,
    /// Headings that are read, each with its field.
    pub read: Vec<(String, Field)>,
    /// Headings that are known and left out on purpose: passwords, notes, shared servers.
    pub left_out: Vec<String>,
    /// Headings that nobody knows here.
    pub ignored: Vec<String>,
    pub notes: Vec<Note>,
}

/// What the user should know about the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// No column holds an id: `row-<line>` stands for it.
    NoIdColumn,
    /// The file is in Windows-1252.
    Windows1252,
    /// Which sheet of several is read.
    Sheet(String),
    /// Lines above the header, which are not read.
    TitleLines(u64),
    /// No identifier is read: names alone never carry a strong hit.
    NamesOnly,
}

impl Note {
    /// In both languages.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NoIdColumn => Phrase::new(
                "no column holds an id; the row number stands for it: row-2, row-3 ...",
                "geen kolom bevat een id; het rijnummer staat ervoor in de plaats: row-2, row-3 ...",
            ),
            Self::Windows1252 => Phrase::new(
                "the file is not UTF-8; it is read as Windows-1252",
                "het bestand is geen UTF-8; het wordt gelezen als Windows-1252",
            ),
            Self::Sheet(sheet) => {
                phrase!("several sheets; `{sheet}` is read", "meer bladen; `{sheet}` wordt gelezen")
            }
            Self::TitleLines(count) => phrase!(
                "{count} title lines above the header are not read",
                "{count} titelregels boven de koppen worden niet gelezen"
            ),
            Self::NamesOnly => Phrase::new(
                "only names are read; a name alone is never a strong hit",
                "alleen namen worden gelezen; een naam alleen is nooit een sterke treffer",
            ),
        }
    }
}

/// In English.
impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.phrase().fmt(f)
    }
}

impl Mapping {
    /// Finds out what the headings mean.
    pub(super) fn find(headings: Vec<String>, options: &CustomerOptions) -> Result<Self, OpenProblem> {
        let found = options.profile.unwrap_or_else(|| profile::find(&headings));
        let strict = options.profile.is_some_and(|profile| profile != Profile::Generic);
        let mut mapping = Self {
            profile: found,
            columns: Vec::new(),
            headings,
            has_id: false,
            needs_tenant: false,
            explicit: options.columns.clone(),
            strict,
        };
        mapping.columns = mapping.choose_columns();
        let has = |field: Field| mapping.columns.iter().any(|(_, found)| *found == field);
        let (has_id, needs_tenant) = (has(Field::Id), has(Field::Tenant));
        (mapping.has_id, mapping.needs_tenant) = (has_id || needs_tenant, needs_tenant && !has_id);
        mapping.check(options)?;
        Ok(mapping)
    }

    /// The same without the columns of the fields that `wanted` leaves out: for a second look at a table.
    pub fn only(&self, wanted: impl Fn(Field) -> bool) -> Self {
        let columns = self.columns.iter().copied().filter(|(_, field)| wanted(*field)).collect();
        Self { columns, ..self.clone() }
    }

    /// What a heading means, and how it ranks among headings of the same field (lower goes first).
    /// A path of JSON keys also means what it means without the wrappers around it.
    pub(super) fn meaning(&self, heading: &str) -> Option<(Field, usize)> {
        if let Some(found) = self.plain_meaning(heading) {
            return Some(found);
        }
        let mut rest = heading;
        let mut in_service = false;
        while let Some((wrapper, inner)) = rest.split_once('.') {
            in_service |= flatten::is_service(wrapper);
            if !in_service && !flatten::is_wrapper(wrapper) {
                return None;
            }
            rest = inner;
        }
        let found = if rest == heading { None } else { self.plain_meaning(rest) };
        found.filter(|(field, _)| !in_service || is_of_service(*field))
    }

    fn plain_meaning(&self, heading: &str) -> Option<(Field, usize)> {
        let key = profile::key(heading);
        let explicit = self.explicit.iter().find(|(_, wanted)| profile::key(wanted) == key);
        match explicit {
            Some((field, _)) => Some((*field, 0)),
            None => {
                profile::meaning(self.profile, heading, self.strict).map(|(field, rank)| (field, rank + 1))
            }
        }
    }

    /// Whether several rows belong to one customer by design: address plans, and tables of services,
    /// which have an `id` of their own beside that of the customer.
    pub(super) fn rows_share_ids(&self) -> bool {
        let id = self
            .columns
            .iter()
            .find(|(_, field)| *field == Field::Id)
            .map(|(column, _)| &self.headings[*column]);
        let of_service = id.is_some_and(|id| profile::key(id) != "id")
            && self.headings.iter().any(|heading| profile::key(heading) == "id");
        of_service || self.needs_tenant || self.profile.rows_share_ids()
    }

    fn choose_columns(&self) -> Vec<(usize, Field)> {
        let meanings: Vec<_> = self.headings.iter().map(|heading| self.meaning(heading)).collect();
        let best = |field: Field| {
            meanings.iter().flatten().filter(|(found, _)| *found == field).map(|(_, rank)| *rank).min()
        };
        let mut taken = FxHashSet::default();
        let mut columns = Vec::new();
        for (column, meaning) in meanings.iter().enumerate() {
            let Some((field, rank)) = *meaning else { continue };
            let chosen = field.may_repeat() || (best(field) == Some(rank) && taken.insert(field));
            if chosen && field.is_read() {
                columns.push((column, field));
            }
        }
        columns
    }

    fn check(&self, options: &CustomerOptions) -> Result<(), OpenProblem> {
        let has =
            |heading: &str| self.headings.iter().any(|found| profile::key(found) == profile::key(heading));
        if let Some((field, heading)) = options.columns.iter().find(|(_, heading)| !has(heading)) {
            let (field, heading) = (field.name().to_owned(), heading.clone());
            return Err(OpenProblem::ColumnNotFound { field, heading, found: self.shown() });
        }
        if self.columns.iter().any(|(_, field)| field.names_or_identifies()) {
            return Ok(());
        }
        Err(match options.profile {
            Some(profile) if profile != Profile::Generic => {
                OpenProblem::ProfileDoesNotFit { profile: profile.name().to_owned(), found: self.shown() }
            }
            _ => OpenProblem::NoUsableColumn(self.shown()),
        })
    }

    fn shown(&self) -> Vec<String> {
        self.headings.iter().filter(|heading| !heading.is_empty()).cloned().collect()
    }

    pub(super) fn understood(&self, about: &About) -> Understood {
        let mut understood = Understood {
            profile: self.profile,
            about: about.clone(),
            read: Vec::new(),
            left_out: Vec::new(),
            ignored: Vec::new(),
            notes: self.notes(about),
        };
        for (column, heading) in self.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            let read = self.columns.iter().find(|(place, _)| *place == column);
            match (read, self.meaning(heading)) {
                (Some((_, field)), _) => understood.read.push((heading.clone(), *field)),
                (None, Some((field, _))) if !field.is_read() => understood.left_out.push(heading.clone()),
                (None, _) => understood.ignored.push(heading.clone()),
            }
        }
        understood
    }

    fn notes(&self, about: &About) -> Vec<Note> {
        let mut notes = Vec::new();
        if let Some(sheet) = about.sheet.as_ref().filter(|_| about.sheets.len() > 1) {
            notes.push(Note::Sheet(sheet.clone()));
        }
        if about.title_lines > 0 {
            notes.push(Note::TitleLines(about.title_lines));
        }
        if about.encoding == Some("Windows-1252") {
            notes.push(Note::Windows1252);
        }
        if !self.has_id {
            notes.push(Note::NoIdColumn);
        }
        let identifies = |field: &Field| field.names_or_identifies() && !is_name(*field);
        if !self.columns.iter().any(|(_, field)| identifies(field)) {
            notes.push(Note::NamesOnly);
        }
        notes
    }
}

const fn is_name(field: Field) -> bool {
    matches!(
        field,
        Field::Tenant
            | Field::Company
            | Field::TradingName
            | Field::Name
            | Field::LastName
            | Field::Person
            | Field::Contact
    )
}
