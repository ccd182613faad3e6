//! A table that was pasted as text: columns set apart by tabs or by several blanks.

use super::super::fields::{Field, is_title};
use super::super::gathering::Gathering;
use super::super::rows::Columns;
use super::lines::Line;
use super::parties;

/// The line of headings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Place among the lines.
    index: usize,
    headings: Vec<String>,
    /// Where each heading begins, in signs from the left edge.
    starts: Vec<usize>,
}

/// A piece of a line and where it begins, in signs from the left edge.
type Cell<'a> = (usize, &'a str);

/// The first line with at least two headings that are known, and these more than half of all.
pub(super) fn header(lines: &[Line]) -> Option<Header> {
    lines.iter().enumerate().find_map(|(index, line)| {
        let cells = cells(line);
        let known: Vec<Field> = cells.iter().filter_map(|(_, text)| Field::of(text)).collect();
        let is_header = known.len() >= 2
            && known.len() * 2 > cells.len()
            && known.iter().any(|field| field.names_or_identifies())
            && !line.text.contains(':');
        is_header.then(|| Header {
            index,
            headings: cells.iter().map(|(_, text)| (*text).to_owned()).collect(),
            starts: cells.iter().map(|(start, _)| *start).collect(),
        })
    })
}

/// Reads the rows under the header. Lines before it are no entries; they are listed.
pub(super) fn read(lines: &[Line], header: &Header, gathering: &mut Gathering) {
    for line in lines[..header.index].iter().filter(|line| !line.text.is_empty()) {
        parties::not_understood(line.at(), &line.text, gathering);
    }
    let columns = Columns::from_headings(&header.headings);
    columns.report_unknown(lines[header.index].at(), gathering);
    for row in rows(&lines[header.index + 1..], header) {
        match row {
            Row::Cells { at, cells } => {
                columns.read(at, |column| cells.get(column).map_or("", String::as_str), gathering);
            }
            Row::Other(line) => {
                gathering.end();
                parties::not_understood(line.at(), &line.text, gathering);
            }
        }
    }
}

enum Row<'a> {
    Cells { at: super::super::Place, cells: Vec<String> },
    Other(&'a Line),
}

fn rows<'a>(lines: &'a [Line], header: &Header) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        let cells = cells(line);
        let texts: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
        // The header stands on each page of a long table.
        if texts == header.headings {
            continue;
        }
        let placed = placed(&cells, header);
        match (placed, rows.last_mut()) {
            // Nothing under the first heading: the cells of the row before go on.
            (Some(placed), Some(Row::Cells { cells: before, .. })) if placed[0].is_empty() => {
                append(before, &placed);
            }
            // `Totaal: 3 partijen` under a table is no row of it.
            (Some(placed), _) if cells.len() > 1 || !(placed[0].is_empty() || is_title(&placed[0])) => {
                rows.push(Row::Cells { at: line.at(), cells: placed });
            }
            _ => rows.push(Row::Other(line)),
        }
    }
    rows
}

fn append(before: &mut [String], more: &[String]) {
    for (cell, more) in before.iter_mut().zip(more).filter(|(_, more)| !more.is_empty()) {
        // A comma or hyphen at the end of a cell says that the value goes on; otherwise a new one begins.
        let joint = if cell.is_empty() || cell.ends_with('-') {
            ""
        } else if cell.ends_with(',') {
            " "
        } else {
            "\n"
        };
        cell.push_str(joint);
        cell.push_str(more);
    }
}

/// The cells in the columns of the header: by order where a row has all of them, else by where they begin.
fn placed(cells: &[Cell<'_>], header: &Header) -> Option<Vec<String>> {
    let mut placed = vec![String::new(); header.starts.len()];
    if cells.len() == header.starts.len() {
        for (place, (_, text)) in placed.iter_mut().zip(cells) {
            (*text).clone_into(place);
        }
        return Some(placed);
    }
    for (start, text) in cells {
        // A cell may begin a little left or right of its heading.
        let nearest =
            (0..header.starts.len()).min_by_key(|&column| header.starts[column].abs_diff(*start))?;
        if header.starts[nearest].abs_diff(*start) > 4 || !placed[nearest].is_empty() {
            return None;
        }
        (*text).clone_into(&mut placed[nearest]);
    }
    Some(placed)
}

/// The pieces of a line between tabs or several blanks.
fn cells(line: &Line) -> Vec<Cell<'_>> {
    let text = line.text.as_str();
    // With tabs each tab ends a cell, so that empty cells keep their place.
    if text.contains('\t') {
        let first = usize::from(line.indent > 0) * line.indent;
        return text
            .split('\t')
            .enumerate()
            .map(|(column, cell)| (first + column * 100, cell.trim()))
            .collect();
    }
    let mut cells = Vec::new();
    let mut rest = text;
    let mut start = line.indent;
    while let Some(gap) = rest.find("  ") {
        cells.push((start, rest[..gap].trim()));
        let after = rest[gap..].trim_start();
        start += rest[..rest.len() - after.len()].chars().count();
        rest = after;
    }
    cells.push((start, rest.trim()));
    cells
}
