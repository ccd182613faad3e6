//! What a file is, told from its content.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::fields::Field;
use super::{ListFault, ListIntake, ListKind, decode, json_lines, misp, open_format, stix, tables, text};

/// A recognised file, ready to be read.
pub(super) enum Content<'a> {
    Workbook(&'a [u8]),
    Csv(&'a [u8]),
    OfficialTable(&'a [u8]),
    OpenFormat(Cow<'a, str>),
    JsonLines(Cow<'a, str>),
    JsonArray(Cow<'a, str>),
    Stix(Cow<'a, str>),
    Misp(Cow<'a, str>),
    PlainText(Cow<'a, str>),
}

impl Content<'_> {
    pub(super) fn read(&self, name: &str) -> Result<ListIntake, ListFault> {
        match self {
            Self::Workbook(bytes) => tables::read(name, bytes, ListKind::Workbook),
            Self::Csv(bytes) => tables::read(name, bytes, ListKind::Csv),
            Self::OfficialTable(bytes) => super::official_tables::bytes(name, bytes),
            Self::OpenFormat(text) => open_format::read(text),
            Self::JsonLines(text) => Ok(json_lines::read(text)),
            Self::JsonArray(text) => json_lines::read_array(text),
            Self::Stix(text) => stix::read(text),
            Self::Misp(text) => misp::read(text),
            Self::PlainText(text) => Ok(text::read(text)),
        }
    }
}

pub(super) fn content<'a>(name: &str, bytes: &'a [u8]) -> Result<Content<'a>, ListFault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ListFault::Empty);
    }
    if let Some(fault) = other_document(bytes) {
        return Err(fault);
    }
    // ZIP (XLSX, ODS) or the older container of XLS; the table reader says what is in it.
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Ok(Content::Workbook(bytes));
    }
    let text = decode::text(bytes)?;
    match text.trim_start().chars().next() {
        None => Err(ListFault::Empty),
        Some('{') => json(text),
        Some('[') if is_json_array(&text) && misp::begins(&text) => Ok(Content::Misp(text)),
        Some('[') if is_json_array(&text) => Ok(Content::JsonArray(text)),
        Some(_) if super::official_tables::begins(&text) => Ok(Content::OfficialTable(bytes)),
        Some(_) if is_table(name, &text) => Ok(Content::Csv(bytes)),
        Some(_) => Ok(Content::PlainText(text)),
    }
}

/// Documents that people take for text.
fn other_document(bytes: &[u8]) -> Option<ListFault> {
    let start = bytes[..bytes.len().min(1_024)].trim_ascii_start();
    let begins =
        |with: &str| start.get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with.as_bytes()));
    if begins("%PDF") {
        Some(ListFault::Pdf)
    } else if begins("<!doctype html") || begins("<html") {
        Some(ListFault::WebPage)
    } else if begins("{\\rtf") {
        Some(ListFault::RichText)
    } else {
        None
    }
}

/// The fields that tell one JSON object from the other.
#[derive(Deserialize)]
struct Probe {
    format: Option<IgnoredAny>,
    entries: Option<IgnoredAny>,
    id: Option<IgnoredAny>,
    name: Option<IgnoredAny>,
    #[serde(rename = "type")]
    party_type: Option<IgnoredAny>,
}

fn json(text: Cow<'_, str>) -> Result<Content<'_>, ListFault> {
    if stix::begins(&text) {
        return Ok(Content::Stix(text));
    }
    if misp::begins(&text) {
        return Ok(Content::Misp(text));
    }
    let mut objects = serde_json::Deserializer::from_str(&text).into_iter::<Probe>();
    match objects.next() {
        Some(Ok(probe)) if probe.format.is_some() || probe.entries.is_some() => Ok(Content::OpenFormat(text)),
        Some(Ok(probe)) if probe.id.is_some() || probe.name.is_some() || probe.party_type.is_some() => {
            Ok(Content::JsonLines(text))
        }
        // One odd first line does not decide about many.
        Some(Ok(_)) if text.trim().lines().count() < 2 => Err(ListFault::OtherJson),
        Some(Err(_)) if begins_as_open_format(&text) => Ok(Content::OpenFormat(text)),
        _ => Ok(Content::JsonLines(text)),
    }
}

/// A list in the open format that is broken somewhere still shows its first field.
fn begins_as_open_format(text: &str) -> bool {
    let first = text.trim_start().trim_start_matches('{').trim_start();
    ["\"format\"", "\"list\"", "\"edition\"", "\"entries\""].iter().any(|field| first.starts_with(field))
}

/// `[` also begins lines such as `[1] Orchard Nine`.
fn is_json_array(text: &str) -> bool {
    let after = text.trim_start().trim_start_matches('[').trim_start();
    after.starts_with('{')
}

/// Whether one of the first lines is a header: cells of which the known ones are at least two and half of all.
///
/// Columns that are set apart by several blanks are the look of a pasted table; `text` reads these.
fn is_table(name: &str, text: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(ending.as_str(), "csv" | "tsv") {
        return true;
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(20);
    lines.clone().any(is_header) || lines.next().is_some_and(|first| is_only_heading(first, text))
}

fn is_header(line: &str) -> bool {
    [',', ';', '\t', '|'].into_iter().any(|delimiter| {
        let cells: Vec<&str> = line.split(delimiter).collect();
        let known = cells
            .iter()
            .filter(|cell| Field::of(cell.trim_matches(['"', ' ', '\'']).trim()).is_some())
            .count();
        known >= 2 && known * 2 >= cells.len() && cells.iter().all(|cell| cell.len() < 60)
    })
}

/// A table of one column: its heading, then a value on each line.
fn is_only_heading(first: &str, text: &str) -> bool {
    let is_word =
        |line: &str| Field::of(line.trim_matches(['"', '\'', ' '])).is_some_and(Field::names_or_identifies);
    let other_lines = || text.lines().filter(|line| !line.trim().is_empty()).skip(1);
    !first.contains(':')
        && is_word(first)
        && other_lines().next().is_some()
        && !other_lines()
            .any(|line| line.contains([':', '\t', ';']) && !line.contains("::") || Field::of(line).is_some())
}
