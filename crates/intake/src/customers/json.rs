//! JSON exports and saved answers of programs: one object on each line, an array of objects, or an
//! answer that wraps its customers (`{"client": {...}}`, `{"data": [...]}`).

pub(super) mod flatten;
mod split;

use rustc_hash::FxHashMap;
use screening::Customer;
use serde_json::Value;

use super::draft::Draft;
use super::{Field, Mapping, rows};
use crate::table::{About, FileKind, Limits, Opened};
use crate::{OpenProblem, ProblemKind, RowProblem};
pub(super) use split::JsonFile;

/// Objects as they stand in the file, with the line where each begins.
pub(super) struct JsonBatch {
    objects: Vec<Result<(u64, Vec<u8>), RowProblem>>,
}

impl std::fmt::Debug for JsonBatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JsonBatch({} objects)", self.objects.len())
    }
}

/// Objects at the beginning of a file whose keys are taken as its headings.
const HEADING_OBJECTS: usize = 200;

impl JsonFile {
    /// Opens the file and gives the keys of its first objects as headings.
    pub(super) fn open(opened: Opened, limits: &Limits) -> Result<(Self, Vec<String>, About), OpenProblem> {
        let (source, encoding) = opened.text();
        let mut file = Self::new(source, limits.clone());
        let Some(batch) = file.next_batch(HEADING_OBJECTS) else {
            return Err(OpenProblem::Empty);
        };
        let mut headings = Vec::new();
        let mut broken = None;
        for object in &batch.objects {
            let value = object.as_ref().map_err(Clone::clone).and_then(|(line, bytes)| parse(*line, bytes));
            match value {
                Ok(value) => {
                    flatten::customers(&value).into_iter().for_each(|object| add_keys(object, &mut headings))
                }
                Err(problem) => broken = broken.or(Some(problem)),
            }
        }
        if headings.is_empty() {
            return Err(broken.map_or(OpenProblem::Empty, |problem| OpenProblem::BrokenJson {
                line: problem.line,
                message: if problem.found.english().is_empty() { problem.message() } else { problem.found },
            }));
        }
        file.give_again(batch);
        let about = About {
            kind: FileKind::Json,
            delimiter: None,
            encoding: Some(encoding.unwrap_or("UTF-8")),
            sheet: None,
            sheets: Vec::new(),
            header_line: 1,
            title_lines: 0,
        };
        Ok((file, headings, about))
    }
}

fn add_keys(object: &serde_json::Map<String, Value>, headings: &mut Vec<String>) {
    for (key, _) in flatten::pairs(object) {
        if !headings.contains(&key) {
            headings.push(key);
        }
    }
}

/// Turns objects into customers, in order.
pub(super) fn customers(
    batch: JsonBatch,
    mapping: &Mapping,
    give: &mut impl FnMut(Result<Customer, RowProblem>),
) {
    let mut meanings = FxHashMap::default();
    for object in batch.objects {
        match object.and_then(|(line, bytes)| Ok((line, parse(line, &bytes)?))) {
            Ok((line, value)) => {
                for object in flatten::customers(&value) {
                    customer(line, object, mapping, &mut meanings, give);
                }
            }
            Err(problem) => give(Err(problem)),
        }
    }
}

fn parse(line: u64, bytes: &[u8]) -> Result<Value, RowProblem> {
    let parsed = match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0),
    };
    parsed.map_err(|error| RowProblem::new(line, ProblemKind::BrokenJson).with_found(error.to_string()))
}

fn customer(
    line: u64,
    object: &serde_json::Map<String, Value>,
    mapping: &Mapping,
    meanings: &mut FxHashMap<String, Option<(Field, usize)>>,
    give: &mut impl FnMut(Result<Customer, RowProblem>),
) {
    let pairs = flatten::pairs(object);
    let mut meant: Vec<_> = pairs
        .iter()
        .filter_map(|(key, text)| {
            if !meanings.contains_key(key) {
                meanings.insert(key.clone(), mapping.meaning(key));
            }
            meanings[key].map(|(field, rank)| (rank, field, key, text))
        })
        .collect();
    // Of several keys for one field (`id`, `clientid`) the first in rank counts.
    meant.sort_by_key(|(rank, ..)| *rank);
    let mut draft = Draft::new(line);
    for (_, field, key, text) in meant {
        draft.put(field, key, text);
    }
    rows::finish(draft, line, mapping, give);
}
