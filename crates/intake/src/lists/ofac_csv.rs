//! The SDN list of OFAC as CSV: `sdn.csv` (12 columns), `alt.csv` (5) and `add.csv` (6), without headings.
//!
//! Format: <https://ofac.treasury.gov/sdn-list-data-formats-data-schemas>. The number of columns tells
//! the rows apart, so the three files are read alone, joined into one, or from one .zip. `-0-` stands
//! for nothing; an end-of-file sign of DOS ends the files.

use std::collections::HashMap;

use watchlist::{Address, EntryType, NameKind, Phrase};

use super::gathering::Gathering;
use super::lines::Lines;
use super::problem::{ROW_LEFT_OUT, shown};
use super::streamed::each_line;
use super::{ListFault, ListIntake, ListKind, Place, ofac};

/// Which of the files begins with these bytes: 0 for `sdn.csv`, 1 for `alt.csv`, 2 for `add.csv`.
pub(super) fn part(first: &[u8]) -> Option<u8> {
    let text = String::from_utf8_lossy(first);
    let line = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty())?;
    let cells = cells(line)?;
    let is_number = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let known =
        line.contains("-0-") || matches!(cells.get(2).map(String::as_str), Some("aka" | "fka" | "nka"));
    if !known || !cells.first().is_some_and(|cell| is_number(cell)) {
        return None;
    }
    match cells.len() {
        12 => Some(0),
        5 if is_number(&cells[1]) => Some(1),
        6 if is_number(&cells[1]) => Some(2),
        _ => None,
    }
}

pub(super) fn read(parts: &mut [Lines<'_>]) -> Result<ListIntake, ListFault> {
    let mut gathering = Gathering::of(ListKind::OfacCsv);
    let mut reading = Reading::default();
    for part in parts {
        each_line(part, &mut gathering, |line, text, gathering| {
            let text = text.trim_matches(['\u{1a}', ' ']);
            if !text.is_empty() {
                reading.row(text, Place::Line(line), gathering);
            }
        })?;
    }
    Ok(gathering.finish(ListKind::OfacCsv))
}

/// The cells of a row, `-0-` emptied; nothing where the row cannot be cut.
fn cells(line: &str) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    let plain = |cell: &str| match cell.trim() {
        "-0-" => String::new(),
        cell => cell.to_owned(),
    };
    Some(record.iter().map(plain).collect())
}

/// Entries by their number, so that aliases and addresses find theirs.
#[derive(Default)]
struct Reading {
    entries: HashMap<String, Option<usize>>,
    open: String,
}

impl Reading {
    fn row(&mut self, line: &str, at: Place, gathering: &mut Gathering) {
        let cells = cells(line).unwrap_or_default();
        let cell = |column: usize| cells.get(column).map_or("", String::as_str);
        match cells.len() {
            12 => self.party(&cells, at, gathering),
            5 => {
                if self.open(cell(0), at, gathering) {
                    let name = given_name_first(cell(3), is_person(gathering));
                    gathering.name(ofac::alias_kind(cell(2), false), &name, at);
                    gathering.note(cell(4));
                }
            }
            6 => {
                if self.open(cell(0), at, gathering) {
                    ofac::address(address(&cells), at, gathering);
                    gathering.note(cell(5));
                }
            }
            2 => {
                if self.open(cell(0), at, gathering) {
                    remarks(cell(1), at, gathering);
                }
            }
            _ => {
                let expected = Phrase::new(
                    "12, 5 or 6 columns as in sdn.csv, alt.csv or add.csv",
                    "12, 5 of 6 kolommen zoals in sdn.csv, alt.csv of add.csv",
                );
                gathering.apart(at, shown(line), expected, ROW_LEFT_OUT);
            }
        }
    }

    fn party(&mut self, cells: &[String], at: Place, gathering: &mut Gathering) {
        self.close(gathering);
        let Some(entry_type) = ofac::entry_type(&cells[2], at, gathering) else {
            self.entries.insert(cells[0].clone(), None);
            return;
        };
        gathering.begin(&cells[0], entry_type, at);
        self.open.clone_from(&cells[0]);
        gathering.name(NameKind::Primary, &given_name_first(&cells[1], entry_type == EntryType::Person), at);
        ofac::programme(&cells[3].replace("] [", ", "), gathering);
        gathering.note(&cells[4]);
        remarks(&cells[11], at, gathering);
    }

    /// Ends the open entry and remembers where it stands.
    fn close(&mut self, gathering: &mut Gathering) {
        let before = gathering.last();
        gathering.end();
        if !self.open.is_empty() {
            let id = std::mem::take(&mut self.open);
            let now = gathering.last();
            if now != before {
                self.entries.entry(id).or_insert(now);
            }
        }
    }

    /// Opens the entry of a row of `alt.csv` or `add.csv`. Answers no for one that is no party.
    fn open(&mut self, id: &str, at: Place, gathering: &mut Gathering) -> bool {
        if self.open == id && !id.is_empty() {
            return true;
        }
        self.close(gathering);
        match self.entries.get(id) {
            Some(None) => return false,
            Some(Some(number)) => gathering.resume(*number, at),
            None => {
                gathering.begin(id, EntryType::LegalEntity, at);
                self.open = id.to_owned();
            }
        }
        true
    }
}

fn is_person(gathering: &mut Gathering) -> bool {
    gathering.entry().is_some_and(|entry| entry.entry_type == EntryType::Person)
}

/// `BERG, Anna` becomes `Anna BERG`, as the XML has it; names of organisations stay.
fn given_name_first(name: &str, person: bool) -> String {
    match name.split_once(", ") {
        Some((family, given)) if person => format!("{} {}", given.trim(), family.trim()),
        _ => name.to_owned(),
    }
}

/// Number, number of the address, street, town with state and postcode, country, remarks.
fn address(cells: &[String]) -> Address {
    Address {
        street: cells[2].clone(),
        postcode: String::new(),
        city: cells[3].clone(),
        country: cells[4].clone(),
    }
}

/// `DOB 12 Mar 1970; nationality Elbonia; Email Address a@b.example; alt. Email Address c@d.example.`
/// What is not understood stays in the note, as everything else that a person should read.
fn remarks(text: &str, at: Place, gathering: &mut Gathering) {
    for piece in
        text.split(';').map(|piece| piece.trim().trim_end_matches('.')).filter(|piece| !piece.is_empty())
    {
        let plain = piece.strip_prefix("alt. ").unwrap_or(piece);
        if let Some(date) = plain.strip_prefix("DOB ") {
            ofac::born(date, at, gathering);
        } else if let Some(country) =
            plain.strip_prefix("nationality ").or_else(|| plain.strip_prefix("citizen "))
        {
            ofac::country(country, gathering);
        } else if let Some(name) = plain.strip_prefix("a.k.a. ") {
            // Weak aliases stand here and not in alt.csv.
            gathering.name(NameKind::WeakAlias, name.trim_matches(['\'', '"']), at);
        } else if let Some(sort) = PAPERS.iter().find(|paper| plain.starts_with(**paper)) {
            gathering.leave_out(sort, at);
        } else if !identifier(plain, at, gathering) {
            gathering.note(piece);
        }
    }
}

/// Papers of persons, which no customer has.
const PAPERS: &[&str] = &[
    "Passport",
    "National ID No.",
    "National Foreign ID Number",
    "Identification Number",
    "SSN",
    "Cedula No.",
    "Driver's License No.",
    "Residency Number",
    "Electoral Registry No.",
    "Stateless Person ID Card",
    "C.U.R.P.",
    "D.N.I.",
    "Personal ID Card",
    "Birth Certificate Number",
    "Travel Document Number",
    "SWIFT/BIC",
];

/// Words before a value in the remarks that carry an identifier, longest first where one begins as another.
const LABELS: &[&str] = &[
    "Email Address",
    "Website",
    "Phone Number",
    "Legal Entity Number",
    "Tax ID No.",
    "V.A.T. Number",
    "Fiscal Code",
    "RUC #",
    "NIT #",
    "Registration ID",
    "Registration Number",
    "UK Company Number",
    "Company Number",
    "Commercial Registry Number",
    "Business Registration Number",
    "Business Number",
    "Enterprise Number",
    "Chamber of Commerce Number",
    "Public Registration Number",
    "Certificate of Incorporation Number",
    "Trade License No.",
    "C.R. No.",
    "Unified Social Credit Code (USCC)",
    "Organization Code",
];

fn identifier(piece: &str, at: Place, gathering: &mut Gathering) -> bool {
    if let Some(wallet) = piece.strip_prefix("Digital Currency Address - ") {
        // `XBT 1Example`: the chain is told from the form.
        let address = wallet.split_once(' ').map_or(wallet, |(_, address)| address);
        ofac::identifier("Digital Currency Address", address, "", at, gathering);
        return true;
    }
    let Some(label) = LABELS.iter().find(|label| piece.starts_with(**label)) else { return false };
    let value = piece[label.len()..].trim();
    // `123456 (Russia)`: the country that gave it.
    let (value, country) = match value.split_once(" (") {
        Some((value, rest)) => (value, rest.trim_end_matches(')')),
        None => (value, ""),
    };
    ofac::identifier(label, value, country, at, gathering);
    true
}
