//! From bytes to an edition, keeping what is good of a list with faults in it.

mod entry;
mod faults;
mod withdrawal;

use std::borrow::Cow;

use serde_json::error::Category;

use super::error::{FormatError, Problem};
use super::{FORMAT, VERSION, wire, words};
use crate::format::unique_ids::UniqueIds;
use crate::{Edition, Entry, ListInfo, Nature, Phrase, phrase};
use faults::Faults;

/// What a file in the open format held.
#[derive(Debug)]
pub struct Reading {
    pub edition: Edition,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads a list in the open format.
///
/// The head must be right and the file whole; a fault in an entry costs only the value that is wrong,
/// and is listed in [`Reading::problems`].
pub fn read(bytes: &[u8]) -> Result<Reading, FormatError> {
    let text = std::str::from_utf8(bytes).map_err(|error| FormatError::NotUtf8 {
        line: line_at(bytes, error.valid_up_to()),
        byte: error.valid_up_to(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = parse(text)?;
    check_version(file.format.map(|raw| raw.get()))?;
    let list = file.list.ok_or_else(|| head(1, missing("list")))?;
    let raw_entries = file.entries.ok_or_else(|| head(1, missing("entries")))?;

    let mut edition = with_head(list, file.edition.unwrap_or_default())?;
    edition.entries.reserve(raw_entries.len());
    let mut faults = Faults::new(text);
    let mut ids = UniqueIds::default();
    for (index, raw) in raw_entries.into_iter().enumerate() {
        faults.enter(index, raw.get());
        edition.entries.extend(entry::read(raw.get(), &mut ids, &mut faults));
    }
    Ok(Reading { edition, problems: faults.into_problems() })
}

/// Reads one entry as [`super::write_entry`] writes it, for those who keep entries one by one.
///
/// An entry that says nothing yet is read too. What is wrong in it is listed; lines are counted within
/// the text.
pub fn read_entry(text: &str) -> (Option<Entry>, Vec<Problem>) {
    let mut faults = Faults::new(text);
    faults.enter(0, text);
    let entry = entry::read_unfinished(text, &mut UniqueIds::default(), &mut faults);
    (entry, faults.into_problems())
}

fn parse(text: &str) -> Result<wire::File<'_>, FormatError> {
    serde_json::from_str(text).map_err(|error| {
        // A newer format may have another shape; then its number says more than the first surprise.
        let newer = serde_json::from_str::<wire::Version<'_>>(text)
            .ok()
            .and_then(|version| check_version(version.format.map(|raw| raw.get())).err());
        newer.unwrap_or_else(|| refused(&error))
    })
}

fn refused(error: &serde_json::Error) -> FormatError {
    let line = error.line() as u64;
    match error.classify() {
        Category::Eof => FormatError::CutOff { line },
        Category::Data => head(line, Phrase::same(what(error))),
        Category::Syntax | Category::Io => FormatError::NotJson { line, what: what(error) },
    }
}

/// The library's words without its position, which counts in another way than we do.
fn what(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

fn head(line: u64, what: Phrase) -> FormatError {
    FormatError::Head { line, what }
}

fn missing(field: &str) -> Phrase {
    phrase!("the field `{field}` is missing", "het veld `{field}` ontbreekt")
}

/// `"havenmeester-list/1"` or the number 1.
fn check_version(raw: Option<&str>) -> Result<(), FormatError> {
    let Some(raw) = raw else {
        return Err(FormatError::OtherFormat { found: Phrase::new("missing", "weg") });
    };
    let family = FORMAT.strip_suffix('1').expect("FORMAT ends in its version");
    let number = raw.trim_matches('"').strip_prefix(family).unwrap_or(raw);
    match number.parse::<u64>() {
        Ok(1) => Ok(()),
        Ok(newer) if newer > VERSION => Err(FormatError::NewerFormat { found: newer }),
        _ => Err(FormatError::OtherFormat { found: Phrase::same(raw.chars().take(60).collect::<String>()) }),
    }
}

fn with_head(list: wire::List<'_>, edition: wire::EditionHead<'_>) -> Result<Edition, FormatError> {
    Ok(Edition {
        list: ListInfo {
            id: list.id.into_owned(),
            issuer: list.issuer.into_owned(),
            title: list.title.into_owned(),
            nature: nature(list.nature.as_deref())?,
            purpose: list.purpose.into_owned(),
            handling: list.handling.into_owned(),
            onward_sharing: list.onward_sharing.into_owned(),
            answers_to: list.answers_to.map(Cow::into_owned),
        },
        number: edition.number.unwrap_or(0),
        issued_at: head_date("issued_at", edition.issued_at)?,
        valid_until: head_date("valid_until", edition.valid_until)?,
        replaces: edition.replaces,
        entries: Vec::new(),
    })
}

/// A nature that we do not know is refused: it decides what a hit asks for.
fn nature(word: Option<&str>) -> Result<Nature, FormatError> {
    let Some(word) = word else { return Ok(Nature::Advisory) };
    words::nature(word).ok_or_else(|| {
        let known = words::listed(words::NATURES);
        let what = phrase!(
            "the nature of the list is `{word}`, expected one of {known}",
            "de aard van de lijst is `{word}`, verwacht één van {known}"
        );
        head(1, what)
    })
}

fn head_date(field: &str, text: Option<Cow<'_, str>>) -> Result<Option<jiff::civil::Date>, FormatError> {
    let Some(text) = text else { return Ok(None) };
    match super::date(&text) {
        Some(date) => Ok(Some(date)),
        None => {
            let what = phrase!(
                "`{field}` is `{text}`, expected a date such as 2026-03-31",
                "`{field}` is `{text}`, verwacht een datum zoals 2026-03-31"
            );
            Err(head(1, what))
        }
    }
}

fn line_at(bytes: &[u8], place: usize) -> u64 {
    1 + bytes[..place].iter().filter(|byte| **byte == b'\n').count() as u64
}
