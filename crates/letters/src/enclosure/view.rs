//! The enclosure as its template sees it: texts that can be printed, cut where a line may break.

use serde::Serialize;
use watchlist::Edition;

use super::lines::{self, Line, Titles};
use super::{Change, Enclosure, Notes};
use crate::Press;
use crate::labels::Labels;

/// Longest piece of a value without a blank, in characters. 130 mm hold 60 of the widest letters.
const PIECE: usize = 40;

/// Lines that surely fit on a page, which has about 60.
const SAFE_LINES: usize = 40;

#[derive(Serialize)]
pub(crate) struct View {
    language: &'static str,
    title: String,
    sender: String,
    handling: &'static str,
    handling_colour: &'static str,
    content_root: String,
    head: Vec<Row>,
    changes_title: String,
    changes_none: String,
    changes: Vec<Item>,
    entries: Vec<Item>,
    words: Words,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Words {
    content_root: String,
    entries: String,
    page: String,
    of: String,
}

#[derive(Serialize)]
struct Item {
    id: String,
    title: Vec<String>,
    kind: String,
    /// Whether it may not fit on a page.
    long: bool,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    values: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    pieces: Vec<String>,
    exact: bool,
    remark: Option<String>,
}

pub(super) fn view(enclosure: &Enclosure<'_>, press: &Press) -> View {
    let (edition, facts, labels) = (enclosure.edition, enclosure.facts, Labels::of(enclosure.language));
    let titles = Titles::of(edition);
    let word = |key| labels.get(key).into_owned();
    View {
        language: enclosure.language.tag(),
        title: press.printable(&title(edition, labels)),
        sender: press.printable(&facts.sender),
        handling: facts.handling.label(),
        handling_colour: facts.handling.colour(),
        content_root: press.printable(&facts.content_root),
        head: head(enclosure, labels, press),
        changes_title: changes_title(edition, labels),
        changes_none: word(if edition.replaces.is_some() { "changes-none" } else { "changes-first" }),
        changes: facts.changes.iter().map(|change| changed(change, facts.notes, labels, press)).collect(),
        entries: lines::shown(enclosure)
            .map(|entry| {
                let lines = lines::lines(entry, &titles, facts.notes, labels);
                item(&entry.id.0, entry.title(), lines::kind(entry, labels), lines, press)
            })
            .collect(),
        words: Words {
            content_root: word("content-root"),
            entries: word("entries"),
            page: word("page"),
            of: word("of"),
        },
    }
}

/// The list and its edition in one line.
pub(super) fn title(edition: &Edition, labels: Labels) -> String {
    format!(
        "{}: {}",
        edition.list.title,
        labels.with("edition", &[("n", edition.number.to_string().into())]).to_lowercase()
    )
}

fn changes_title(edition: &Edition, labels: Labels) -> String {
    match edition.replaces {
        Some(number) => labels.with("changes-since", &[("n", number.to_string().into())]),
        None => labels.get("changes").into_owned(),
    }
}

/// What the list is, in labelled lines.
pub(super) fn head_lines(enclosure: &Enclosure<'_>, labels: Labels) -> Vec<(String, String)> {
    let (edition, facts) = (enclosure.edition, enclosure.facts);
    let mut lines = vec![
        (labels.get("sender"), facts.sender.clone()),
        (labels.get("list"), edition.list.title.clone()),
        (labels.get("handling"), facts.handling.label().to_owned()),
    ];
    lines.extend(edition.issued_at.map(|day| (labels.get("issued"), labels.date(day))));
    lines.extend(edition.valid_until.map(|day| (labels.get("valid-until"), labels.date(day))));
    let entries = lines::shown(enclosure).count() as u64;
    lines.push((labels.get("entries"), labels.with("count", &[("n", entries.into())])));
    if facts.notes == Notes::InFileOnly {
        lines.push((labels.get("note"), labels.get("notes-in-file").into_owned()));
    }
    lines.push((labels.get("content-root"), facts.content_root.clone()));
    lines.into_iter().map(|(label, text)| (label.into_owned(), text)).collect()
}

fn head(enclosure: &Enclosure<'_>, labels: Labels, press: &Press) -> Vec<Row> {
    let row = |(label, text): (String, String)| {
        let exact = text == enclosure.facts.content_root;
        let pieces = pieces(&text, press);
        Row { label, values: vec![Shown { pieces, exact, remark: None }] }
    };
    head_lines(enclosure, labels).into_iter().map(row).collect()
}

fn changed(change: &Change, notes: Notes, labels: Labels, press: &Press) -> Item {
    let kind = labels.get(change.word()).into_owned();
    item(&change.entry().0, change.title(), kind, lines::change_lines(change, notes, labels), press)
}

fn item(id: &str, title: &str, kind: String, lines: Vec<Line>, press: &Press) -> Item {
    let (title, rows) = (pieces(title, press), rows(lines, press));
    let values = rows.iter().flat_map(|row| &row.values).map(|value| &value.pieces);
    let height: usize = values.chain([&title]).map(|pieces| printed_lines(pieces)).sum();
    Item { id: press.printable(id), title, kind, long: height > SAFE_LINES, rows }
}

/// Printed lines of a value, rather too many than too few.
fn printed_lines(pieces: &[String]) -> usize {
    pieces.iter().map(|piece| piece.chars().count() / PIECE + 1).sum()
}

fn rows(lines: Vec<Line>, press: &Press) -> Vec<Row> {
    let shown = |value: lines::Value| Shown {
        pieces: pieces(&value.text, press),
        exact: value.exact,
        remark: value.remark.map(|remark| press.printable(&remark)),
    };
    let row = |line: Line| Row { label: line.label, values: line.values.into_iter().map(shown).collect() };
    lines.into_iter().map(row).collect()
}

/// The text in one piece, or in several if a word in it is longer than a line.
fn pieces(text: &str, press: &Press) -> Vec<String> {
    let text = press.printable(text);
    if text.split(' ').all(|word| word.len() <= PIECE || word.chars().count() <= PIECE) {
        return vec![text];
    }
    let mut pieces = Vec::new();
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            pieces.push(" ".to_owned());
        }
        let characters: Vec<char> = word.chars().collect();
        pieces.extend(characters.chunks(PIECE).map(|piece| piece.iter().collect::<String>()));
    }
    pieces
}
