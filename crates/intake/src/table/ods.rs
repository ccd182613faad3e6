//! ODS: the cells of a sheet as rows of text, streamed from `content.xml`.
//!
//! A few bytes of ODS can say "this cell, 16,384 times, in this row, a million times". Empty repeats
//! are skipped, others are given out one by one and counted against a limit.

use std::io::{BufReader, Read, Seek};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::sheet::{TakeRow, Workbook};
use super::{Limits, Row};
use crate::OpenProblem;

pub(super) struct Book<R: Read + Seek> {
    archive: ZipArchive<R>,
    sheets: Vec<String>,
    limits: Limits,
}

pub(super) fn open<R: Read + Seek + Send + 'static>(
    content: R,
    limits: &Limits,
) -> Result<Book<R>, OpenProblem> {
    let broken = |message: String| OpenProblem::BrokenWorkbook(message);
    let archive = ZipArchive::new(content).map_err(|error| broken(error.to_string()))?;
    let mut book = Book { archive, sheets: Vec::new(), limits: limits.clone() };
    let mut sheets = Vec::new();
    book.walk(&mut |event| {
        if let Step::Sheet(name) = event {
            sheets.push(name);
        }
        true
    })
    .map_err(broken)?;
    book.sheets = sheets;
    Ok(book)
}

/// What the walk through the file meets.
enum Step {
    Sheet(String),
    SheetEnd,
    /// A row and how often it stands there.
    Row(Row, u64),
}

impl<R: Read + Seek + Send + 'static> Workbook for Book<R> {
    fn sheets(&self) -> Vec<String> {
        self.sheets.clone()
    }

    fn read(&mut self, sheet: &str, take: TakeRow<'_>) -> Result<(), String> {
        let max_cells = self.limits.max_cells;
        let (mut inside, mut line, mut cells) = (false, 0, 0);
        let mut too_many = false;
        self.walk(&mut |step| match step {
            Step::Sheet(name) => {
                inside = name == sheet;
                true
            }
            Step::SheetEnd => !inside,
            Step::Row(..) if !inside => true,
            Step::Row(row, times) if row.is_empty() => {
                line += times;
                true
            }
            Step::Row(mut row, times) => {
                for _ in 0..times {
                    line += 1;
                    cells += row.len() as u64;
                    too_many = cells > max_cells;
                    row.line = line;
                    if too_many || !take(row.clone()) {
                        return false;
                    }
                }
                true
            }
        })?;
        if too_many {
            return Err(format!("the sheet repeats its cells to more than {max_cells}"));
        }
        Ok(())
    }
}

impl<R: Read + Seek> Book<R> {
    fn walk(&mut self, take: &mut dyn FnMut(Step) -> bool) -> Result<(), String> {
        let content = self.archive.by_name("content.xml").map_err(|error| error.to_string())?;
        let mut walk = Walk { reader: Reader::from_reader(BufReader::new(content)), limits: &self.limits };
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let step = match walk.reader.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
                Event::Eof => return Ok(()),
                Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                    Step::Sheet(attribute(&tag, "table:name").unwrap_or_default())
                }
                Event::End(tag) if tag.name().as_ref() == "table:table" => Step::SheetEnd,
                Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                    let times = repeats(&tag, "table:number-rows-repeated");
                    Step::Row(walk.row()?, times)
                }
                Event::Empty(tag) if tag.name().as_ref() == "table:table-row" => {
                    Step::Row(Row::default(), repeats(&tag, "table:number-rows-repeated"))
                }
                _ => continue,
            };
            if !take(step) {
                return Ok(());
            }
        }
    }
}

struct Walk<'a, R: std::io::BufRead> {
    reader: Reader<R>,
    limits: &'a Limits,
}

impl<R: std::io::BufRead> Walk<'_, R> {
    /// The cells up to the end of the row.
    fn row(&mut self) -> Result<Row, String> {
        let mut row = Row::default();
        let mut buffer = Vec::new();
        let mut empty_before = 0;
        loop {
            buffer.clear();
            let (tag, has_text) =
                match self.reader.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
                    Event::Start(tag) if is_cell(&tag) => (tag.into_owned(), true),
                    Event::Empty(tag) if is_cell(&tag) => (tag.into_owned(), false),
                    Event::End(tag) if tag.name().as_ref() == "table:table-row" => return Ok(row),
                    Event::Eof => return Err("the sheet ends in the middle of a row".to_owned()),
                    _ => continue,
                };
            let shown = if has_text { self.cell_text()? } else { String::new() };
            let text = value(&tag).unwrap_or(shown);
            let times = repeats(&tag, "table:number-columns-repeated");
            if text.is_empty() {
                empty_before += times;
                continue;
            }
            // One cell beyond the limit is enough for the row to be refused.
            let room =
                |row: &Row| (self.limits.max_columns + 1 - row.len().min(self.limits.max_columns + 1)) as u64;
            (0..empty_before.min(room(&row))).for_each(|_| row.push(""));
            empty_before = 0;
            (0..times.min(room(&row))).for_each(|_| row.push(&text));
        }
    }

    /// What the cell shows: its paragraphs, without comments that hang on it.
    fn cell_text(&mut self) -> Result<String, String> {
        let mut text = String::new();
        let mut buffer = Vec::new();
        let (mut depth, mut in_note) = (0_usize, 0_usize);
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
                Event::Start(tag) => {
                    depth += 1;
                    in_note += usize::from(in_note > 0 || tag.name().as_ref() == "office:annotation");
                    if tag.name().as_ref() == "text:p" && in_note == 0 && !text.is_empty() {
                        text.push('\n');
                    }
                }
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => {
                    depth -= 1;
                    in_note = in_note.saturating_sub(1);
                }
                Event::Empty(tag) if in_note == 0 && tag.name().as_ref() == "text:s" => text.push(' '),
                Event::Empty(tag) if in_note == 0 && tag.name().as_ref() == "text:line-break" => {
                    text.push('\n')
                }
                Event::Text(part) if in_note == 0 && text.len() <= self.limits.max_cell_bytes => {
                    text.push_str(&part);
                }
                Event::GeneralRef(part) if in_note == 0 => push_reference(&part, &mut text),
                Event::Eof => return Err("the sheet ends in the middle of a cell".to_owned()),
                _ => {}
            }
        }
    }
}

fn push_reference(reference: &quick_xml::events::BytesRef<'_>, text: &mut String) {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        text.push(sign);
        return;
    }
    match &**reference {
        "amp" => text.push('&'),
        "lt" => text.push('<'),
        "gt" => text.push('>'),
        "quot" => text.push('"'),
        "apos" => text.push('\''),
        _ => {}
    }
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell")
}

/// The value behind the shown text, for numbers and dates, which are shown in the user's format.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    match attribute(tag, "office:value-type")?.as_str() {
        "float" => attribute(tag, "office:value")?.parse().ok().map(super::workbook::number_text),
        "date" => attribute(tag, "office:date-value"),
        "boolean" => attribute(tag, "office:boolean-value"),
        // A failed formula has a text that begins with `#` and this type.
        "error" => Some(String::new()),
        _ => None,
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    attribute(tag, name).and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let value = attribute.value;
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), std::borrow::Cow::into_owned))
}
