//! Lists from outside into an edition: the open format, JSON lines, tables and pasted text.
//!
//! What a file is, is told from its content; its name only breaks a tie. A fault costs only the value
//! that is wrong and is listed with its line. What comes out has no verified origin: only the delivery
//! of an edition can vouch for one, so there is no field for it here.

mod cells;
mod decode;
mod defang;
mod error;
mod fields;
mod gathering;
mod json_lines;
mod open_format;
mod problem;
mod recognise;
mod rows;
mod scan;
mod tables;
mod text;

use std::collections::BTreeMap;
use std::path::Path;

use watchlist::{Edition, Entry, IdentifierKind, ListInfo, Nature};

pub use error::{ListError, ListFault};
pub use problem::{ListProblem, Place};
pub use recognise::ListKind;

/// What the caller knows of a list that its file may not say.
#[derive(Clone, Debug, Default)]
pub struct ListOptions {
    /// What a hit on the list asks for. Without it the file decides, and a file that says nothing is advisory.
    pub nature: Option<Nature>,
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
    let bytes = decode::file(path).map_err(|fault| ListError::new(&name, fault))?;
    from_bytes(&name, &bytes, options)
}

/// Reads a list from memory. `name_hint` is for messages, and its ending breaks a tie.
pub fn from_bytes(name_hint: &str, bytes: &[u8], options: &ListOptions) -> Result<ListIntake, ListError> {
    let refused = |fault| ListError::new(name_hint, fault);
    let unpacked = decode::unpacked(bytes).map_err(refused)?;
    let content = recognise::content(name_hint, &unpacked).map_err(refused)?;
    let mut intake = content.read(name_hint).map_err(refused)?;
    let list = &mut intake.edition.list;
    list.nature = options.nature.unwrap_or(list.nature);
    if let Some(id) = &options.list_id {
        list.id.clone_from(id);
    } else if list.id.is_empty() {
        list.id = stem(name_hint).to_owned();
    }
    if intake.edition.entries.is_empty() {
        let fault = ListFault::NoEntries { kind: intake.recognised_as, problems: intake.problems };
        return Err(refused(fault));
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
