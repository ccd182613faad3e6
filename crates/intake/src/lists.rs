//! Lists from outside into an edition: the open format, JSON lines, tables, pasted text, and what others
//! publish: sanctions (OFAC, EU, UK), FollowTheMoney, STIX, MISP and Spamhaus.
//!
//! What a file is, is told from its content; its name only breaks a tie. A fault costs only the value
//! that is wrong and is listed with its line. What comes out has no verified origin: only the delivery
//! of an edition can vouch for one, so there is no field for it here.

mod cells;
mod decode;
mod defang;
mod error;
mod eu;
mod eu_xml;
mod fields;
mod ftm;
mod gathering;
mod json_lines;
mod json_places;
mod kind;
mod left_out;
mod lines;
mod misp;
mod ofac;
mod ofac_csv;
mod ofac_xml;
mod official_tables;
mod open_format;
mod problem;
mod recognise;
mod rows;
mod sanctions;
mod scan;
mod source;
mod spamhaus;
mod stix;
mod streamed;
mod tables;
mod text;
mod tlp;
mod uk;
mod uk_xml;
mod xml;

use std::collections::BTreeMap;
use std::path::Path;

use watchlist::{Edition, Entry, IdentifierKind, ListInfo, Nature};

pub use error::{ListError, ListFault};
pub use kind::ListKind;
pub use problem::{ListProblem, Place};

/// What the caller knows of a list that its file may not say.
#[derive(Clone, Debug, Default)]
pub struct ListOptions {
    /// What a hit on the list asks for. Without it the file decides, and a file that says nothing is advisory.
    pub nature: Option<Nature>,
    /// The nature of a list whose form and file do not settle it. A sanctions list of the EU stays binding.
    pub nature_if_unsaid: Option<Nature>,
    /// Id of the list; without it the file's own, else the name of the file without its ending.
    pub list_id: Option<String>,
}

/// What a file held.
#[derive(Debug)]
pub struct ListIntake {
    pub edition: Edition,
    /// What was wrong or not understood, in the order of the file; at most [`MAX_PROBLEMS`].
    pub problems: Vec<ListProblem>,
    /// How many problems there were beyond those that are listed.
    pub further_problems: u64,
    pub recognised_as: ListKind,
    pub counts: Counts,
}

/// What the edition holds, for the receipt after an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub entries: usize,
    pub names: usize,
    pub addresses: usize,
    pub identifiers: BTreeMap<IdentifierKind, usize>,
}

/// Problems beyond this number are counted only, so that a wrong file of a gigabyte cannot fill the memory.
pub const MAX_PROBLEMS: usize = 10_000;

/// Largest list in bytes, unpacked. The largest public lists (all sanctions together) are under 300 MB.
pub const MAX_LIST_BYTES: u64 = 1 << 30;

/// Reads a list from a file.
pub fn read(path: &Path, options: &ListOptions) -> Result<ListIntake, ListError> {
    let name = path.display().to_string();
    let refused = |fault| ListError::new(&name, fault);
    let intake = match source::file(path) {
        Some(read) => read.map_err(refused)?,
        None => whole(&name, &decode::file(path).map_err(refused)?).map_err(refused)?,
    };
    completed(&name, intake, options)
}

/// Reads a list from memory. `name_hint` is for messages, and its ending breaks a tie.
pub fn from_bytes(name_hint: &str, bytes: &[u8], options: &ListOptions) -> Result<ListIntake, ListError> {
    let read = source::bytes(bytes).unwrap_or_else(|| whole(name_hint, bytes));
    completed(name_hint, read.map_err(|fault| ListError::new(name_hint, fault))?, options)
}

/// Reads a list whose form needs all of it in memory.
fn whole(name: &str, bytes: &[u8]) -> Result<ListIntake, ListFault> {
    recognise::content(name, &decode::unpacked(bytes)?)?.read(name)
}

/// What the file does not say comes from the options and the name of the file.
fn completed(name: &str, mut intake: ListIntake, options: &ListOptions) -> Result<ListIntake, ListError> {
    let list = &mut intake.edition.list;
    if let Some(nature) = options.nature_if_unsaid.filter(|_| !intake.recognised_as.settles_nature()) {
        list.nature = nature;
    }
    list.nature = options.nature.unwrap_or(list.nature);
    if let Some(id) = &options.list_id {
        list.id.clone_from(id);
    } else if list.id.is_empty() {
        list.id = stem(name).to_owned();
    }
    if intake.edition.entries.is_empty() {
        let fault = ListFault::NoEntries { kind: intake.recognised_as, problems: intake.problems };
        return Err(ListError::new(name, fault));
    }
    intake.counts = Counts::of(&intake.edition.entries);
    Ok(intake)
}

impl Counts {
    fn of(entries: &[Entry]) -> Self {
        let mut counts = Self { entries: entries.len(), ..Self::default() };
        for entry in entries {
            counts.names += entry.names.len();
            counts.addresses += entry.addresses.len();
            for identifier in &entry.identifiers {
                *counts.identifiers.entry(identifier.kind).or_default() += 1;
            }
        }
        counts
    }
}

/// A list of which only the entries are known.
fn bare_edition(entries: Vec<Entry>) -> Edition {
    let list = ListInfo {
        id: String::new(),
        issuer: String::new(),
        title: String::new(),
        nature: Nature::Advisory,
        purpose: String::new(),
        handling: String::new(),
        onward_sharing: String::new(),
        answers_to: None,
    };
    Edition { list, number: 0, issued_at: None, valid_until: None, replaces: None, entries }
}

/// The name of a file without folders and endings.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.split('.').next() {
        Some(stem) if !stem.is_empty() => stem,
        _ => file,
    }
}
