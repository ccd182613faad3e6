//! One row of a table into one entry, by the headings of its columns.

use watchlist::{Address, EntryType, Phrase, Status, Validity, phrase};

use super::cells;
use super::fields::{self, Field};
use super::gathering::Gathering;
use super::problem::{shown, the_type};
use super::{Place, cells::Manner};

/// Which field stands in which column.
pub(super) struct Columns {
    fields: Vec<Option<Field>>,
    headings: Vec<String>,
}

impl Columns {
    pub(super) fn from_headings(headings: &[String]) -> Self {
        let fields = headings.iter().map(|heading| Field::of(heading)).collect();
        Self { fields, headings: headings.to_vec() }
    }

    /// Whether a column names or identifies a party.
    pub(super) fn usable(&self) -> bool {
        self.fields.iter().flatten().any(|field| field.names_or_identifies())
    }

    /// Lists the columns that are not read.
    pub(super) fn report_unknown(&self, at: Place, gathering: &mut Gathering) {
        for (heading, field) in self.headings.iter().zip(&self.fields) {
            if field.is_none() && !heading.trim().is_empty() {
                let found = phrase!("the heading {}", "de kop {}", shown(heading));
                let expected = Phrase::new("a heading that is known", "een kop die bekend is");
                let hint = Phrase::new(
                    "the column was not read; rename its heading if it matters",
                    "de kolom is niet gelezen; hernoem de kop als zij ertoe doet",
                );
                gathering.problem(at, found, expected, hint);
            }
        }
    }

    /// Reads one row; `cell` gives the text of a column.
    pub(super) fn read<'r>(&self, at: Place, cell: impl Fn(usize) -> &'r str, gathering: &mut Gathering) {
        let filled = || {
            let known =
                self.fields.iter().enumerate().filter_map(|(column, field)| Some((column, (*field)?)));
            known.map(|(column, field)| (field, cell(column).trim())).filter(|(_, text)| !text.is_empty())
        };
        let first = |wanted: Field| filled().find(|(field, _)| *field == wanted).map(|(_, text)| text);
        if filled().next().is_none() {
            return;
        }
        let row = at.number().unwrap_or_default();
        let id = first(Field::Id).map_or_else(|| format!("row-{row}"), str::to_owned);
        gathering.begin(&id, EntryType::Brand, at);
        for (field, text) in filled() {
            cells::add(field, text, at, Manner::Cell, gathering);
        }
        add_address_in_parts(&first, at, gathering);
        add_validity(&first, at, gathering);
        add_type(first(Field::Type), at, gathering);
        add_status(first(Field::Status), at, gathering);
    }
}

fn add_address_in_parts<'r>(first: &impl Fn(Field) -> Option<&'r str>, at: Place, gathering: &mut Gathering) {
    let part = |field| first(field).unwrap_or_default().to_owned();
    let mut address = Address {
        street: part(Field::Street),
        postcode: part(Field::Postcode),
        city: part(Field::City),
        country: part(Field::Country),
    };
    if let Some(number) = first(Field::HouseNumber) {
        address.street = format!("{} {number}", address.street).trim().to_owned();
    }
    if address.is_empty() {
        return;
    }
    // With `Adres`, `Postcode` and `Plaats` beside each other, the address column is the street.
    let whole = gathering.entry().map(|entry| &mut entry.addresses);
    match whole {
        Some(addresses) if address.street.is_empty() && addresses.len() == 1 => {
            address.street = std::mem::take(&mut addresses[0].street);
            addresses[0] = address;
        }
        _ => gathering.address(address, at),
    }
}

/// The dates of a row hold for all its identifiers.
fn add_validity<'r>(first: &impl Fn(Field) -> Option<&'r str>, at: Place, gathering: &mut Gathering) {
    let mut date = |field| cells::date(first(field)?, at, gathering);
    let validity = Validity { from: date(Field::ValidFrom), to: date(Field::ValidTo) };
    if let Some(entry) = gathering.entry()
        && validity != Validity::default()
    {
        entry.identifiers.iter_mut().for_each(|identifier| identifier.validity = validity);
    }
}

/// Without a type, what the row holds decides: numbers of networks alone are a network.
fn add_type(text: Option<&str>, at: Place, gathering: &mut Gathering) {
    let known = text.and_then(fields::entry_type);
    if let (Some(text), None) = (text, known) {
        let expected =
            Phrase::new("person, legal entity, brand or network", "persoon, rechtspersoon, merk of netwerk");
        let hint = Phrase::new(
            "the entry is kept; its type was guessed from its values",
            "de vermelding blijft; het type is uit de waarden geraden",
        );
        gathering.problem(at, the_type(text), expected, hint);
    }
    if let Some(entry) = gathering.entry() {
        entry.entry_type = known.unwrap_or_else(|| cells::guessed_type(entry));
    }
}

fn add_status(text: Option<&str>, at: Place, gathering: &mut Gathering) {
    let Some(text) = text else { return };
    let status = match text.to_lowercase().as_str() {
        "active" | "actief" | "listed" | "current" | "new" | "nieuw" | "changed" | "gewijzigd" => {
            Status::Active
        }
        "withdrawn" | "ingetrokken" | "removed" | "verwijderd" | "delisted" => Status::Withdrawn,
        "suspended" | "opgeschort" | "in doubt" | "in twijfel" => Status::Suspended,
        _ => {
            let expected = Phrase::new("active, suspended or withdrawn", "actief, opgeschort of ingetrokken");
            let hint = Phrase::new(
                "the entry is kept and read as suspended",
                "de vermelding blijft en wordt gelezen als opgeschort",
            );
            let found = phrase!("the status {}", "de status {}", shown(text));
            gathering.problem(at, found, expected, hint);
            Status::Suspended
        }
    };
    if let Some(entry) = gathering.entry() {
        entry.status = status;
    }
}
