//! The EU's and the UK's lists as tables: several rows for one party, known by its id.

use std::collections::HashMap;
use std::path::Path;

use watchlist::{NameKind, Phrase};

use super::gathering::Gathering;
use super::problem::ROW_LEFT_OUT;
use super::tables::bad_row;
use super::{ListFault, ListIntake, ListKind, Place, eu, sanctions, uk};
use crate::table::{self, Limits, Row, Table};

/// Lines among which the header is looked for.
const HEADER_LINES: usize = 10;

/// Whether the first lines hold the header of one of these tables.
pub(super) fn begins(text: &str) -> bool {
    text.lines().take(HEADER_LINES).any(|line| kind_of(line.split([',', ';', '\t'])).is_some())
}

fn kind_of<'h>(headings: impl Iterator<Item = &'h str>) -> Option<ListKind> {
    let (mut european, mut british) = (0, 0);
    for heading in headings.map(|heading| heading.trim_matches(['"', ' ', '\r', '\u{feff}'])) {
        european += u32::from(eu::is_heading(heading));
        british += u32::from(uk::is_heading(heading));
    }
    match (european, british) {
        (5.., _) => Some(ListKind::EuCsv),
        (_, 4..) => Some(ListKind::UkCsv),
        _ => None,
    }
}

fn known(heading: &str) -> bool {
    eu::is_heading(heading) || uk::is_heading(heading)
}

pub(super) fn file(path: &Path) -> Result<ListIntake, ListFault> {
    rows(table::open(path, &Limits::default(), &known).map_err(ListFault::Table)?)
}

pub(super) fn bytes(name: &str, bytes: &[u8]) -> Result<ListIntake, ListFault> {
    rows(table::from_bytes(name, bytes, &Limits::default(), &known).map_err(ListFault::Table)?)
}

fn rows(mut table: Table) -> Result<ListIntake, ListFault> {
    let headings = table.headings().to_vec();
    let kind = kind_of(headings.iter().map(String::as_str))
        .ok_or_else(|| ListFault::NoUsableColumn { headings: headings.clone() })?;
    let mut reading = Reading::new(&headings);
    let mut gathering = Gathering::of(kind);
    while let Some(row) = table.next_row() {
        match row {
            Err(problem) => bad_row(&problem, Place::Line(problem.line), &mut gathering),
            Ok(row) if row.is_empty() => {}
            Ok(row) if kind == ListKind::EuCsv => reading.european(&row, &mut gathering),
            Ok(row) => reading.british(&row, &mut gathering),
        }
    }
    Ok(gathering.finish(kind))
}

/// Columns by their headings, and the parties so far.
struct Reading {
    columns: HashMap<String, usize>,
    parties: HashMap<String, Party>,
    open: String,
}

/// What became of a party whose rows are over for now.
enum Party {
    Entry(usize),
    /// A ship, or a party of which nothing usable was said.
    None,
}

impl Reading {
    fn new(headings: &[String]) -> Self {
        let columns =
            headings.iter().enumerate().map(|(column, heading)| (heading.to_lowercase(), column)).collect();
        Self { columns, parties: HashMap::new(), open: String::new() }
    }

    /// The cell under the first of the headings that the table has.
    fn of<'r>(&self, row: &'r Row, headings: &[&str]) -> &'r str {
        headings.iter().find_map(|heading| self.columns.get(*heading)).map_or("", |column| row.get(*column))
    }

    /// Opens the party of a row. Answers whether it is new; nothing for one that was left out or has no id.
    fn open(&mut self, id: &str, at: Place, gathering: &mut Gathering) -> Option<bool> {
        if id.is_empty() {
            self.close(gathering);
            let found = Phrase::new("a row without an id", "een rij zonder id");
            let expected = Phrase::new("the id of the party in each row", "het id van de partij in elke rij");
            gathering.apart(at, found, expected, ROW_LEFT_OUT);
            return None;
        }
        if self.open == id {
            return Some(false);
        }
        self.close(gathering);
        match self.parties.get(id) {
            Some(Party::None) => None,
            Some(Party::Entry(number)) => {
                gathering.resume(*number, at);
                Some(false)
            }
            None => {
                self.open = id.to_owned();
                Some(true)
            }
        }
    }

    fn close(&mut self, gathering: &mut Gathering) {
        let before = gathering.last();
        gathering.end();
        if !self.open.is_empty() {
            let id = std::mem::take(&mut self.open);
            let entry = gathering.last().filter(|last| Some(*last) != before);
            self.parties.entry(id).or_insert(entry.map_or(Party::None, Party::Entry));
        }
    }

    fn european(&mut self, row: &Row, gathering: &mut Gathering) {
        let at = Place::Line(row.line());
        let id = Some(self.of(row, &["entity_eu_referencenumber"])).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| self.of(row, &["entity_logicalid"]));
        match self.open(id, at, gathering) {
            None => return,
            Some(true) => {
                let code = self.of(row, &["entity_subjecttype", "entity_subjecttype_classificationcode"]);
                let entry_type = eu::entry_type(code, at, gathering);
                gathering.begin(id, entry_type, at);
                let dated = sanctions::date(self.of(row, &["filegenerationdate"]));
                let head = gathering.head();
                head.issued_at = head.issued_at.or(dated);
                gathering.note(self.of(row, &["entity_designationdetails"]));
                gathering.note(self.of(row, &["entity_remark"]));
            }
            Some(false) => {}
        }
        self.european_parts(row, at, gathering);
    }

    fn european_parts(&self, row: &Row, at: Place, gathering: &mut Gathering) {
        let of = |heading: &str| self.of(row, &[heading]);
        let whole = of("namealias_wholename");
        let parts = [of("namealias_firstname"), of("namealias_middlename"), of("namealias_lastname")];
        let joined = parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        // This form does not say which aliases are weak, except in words.
        let strong = !of("namealias_remark").to_lowercase().contains("low quality");
        eu::name(if whole.is_empty() { &joined } else { whole }, strong, at, gathering);
        eu::regulation(of("entity_regulation_programme"), of("entity_regulation_numbertitle"), gathering);
        let address = eu::address([
            of("address_street"),
            of("address_pobox"),
            of("address_zipcode"),
            of("address_city"),
            of("address_place"),
            of("address_region"),
            of("address_countryiso2code"),
        ]);
        sanctions::address(address, at, gathering);
        if !of("address_contactinfo").is_empty() {
            eu::mixed(of("address_contactinfo"), at, gathering);
        }
        let born = of("birthdate_birthdate");
        sanctions::born(if born.is_empty() { of("birthdate_year") } else { born }, at, gathering);
        let number = of("identification_number");
        let number = if number.is_empty() { of("identification_latinnumber") } else { number };
        if !number.is_empty() {
            let code = of("identification_typecode");
            eu::identification(code, number, of("identification_countryiso2code"), at, gathering);
        }
        sanctions::country(of("citizenship_countryiso2code"), gathering);
    }

    fn british(&mut self, row: &Row, gathering: &mut Gathering) {
        let at = Place::Line(row.line());
        let id = self.of(row, &["unique id"]);
        match self.open(id, at, gathering) {
            None => return,
            Some(true) => {
                let word = self.of(row, &["designation type", "individual, entity, ship"]);
                let Some(entry_type) = uk::entry_type(word, at, gathering) else {
                    self.open.clear();
                    self.parties.insert(id.to_owned(), Party::None);
                    return;
                };
                gathering.begin(id, entry_type, at);
                uk::regime(self.of(row, &["regime name"]), gathering);
                gathering.note(self.of(row, &["other information"]));
            }
            Some(false) => {}
        }
        self.british_parts(row, at, gathering);
    }

    fn british_parts(&self, row: &Row, at: Place, gathering: &mut Gathering) {
        use watchlist::IdentifierKind::{Domain, Email, Phone};
        let of = |heading: &str| self.of(row, &[heading]);
        let names = ["name 1", "name 2", "name 3", "name 4", "name 5", "name 6"].map(of);
        uk::name(uk::name_kind(of("name type"), of("alias strength")), &names, at, gathering);
        uk::name(NameKind::Alias, &[of("name non-latin script")], at, gathering);
        let lines = [1, 2, 3, 4, 5, 6].map(|number| self.of(row, &[&format!("address line {number}")]));
        sanctions::address(
            uk::address(&lines, of("address postal code"), of("address country")),
            at,
            gathering,
        );
        uk::values(Phone, of("phone number"), at, gathering);
        uk::values(Email, of("email address"), at, gathering);
        uk::values(Domain, of("website"), at, gathering);
        for date in uk::pieces(of("d.o.b")) {
            sanctions::born(date, at, gathering);
        }
        for country in uk::pieces(of("nationality(/ies)")) {
            sanctions::country(country, gathering);
        }
        for heading in ["passport number", "national identifier number", "imo number"] {
            if !of(heading).is_empty() {
                gathering.leave_out(heading, at);
            }
        }
        uk::register_numbers(of("business registration number (s)"), at, gathering);
        self.british_notes(row, gathering);
    }

    fn british_notes(&self, row: &Row, gathering: &mut Gathering) {
        for word in ["parent company", "subsidiaries"] {
            let text = self.of(row, &[word]);
            let known = gathering
                .entry()
                .is_some_and(|entry| entry.note.as_deref().is_some_and(|note| note.contains(text)));
            if !known {
                uk::related(word, text, gathering);
            }
        }
    }
}
