//! A table for the terminal: the hits with their main reasons, then what else must be known.

use std::io::{self, Write};

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, Width, presets,
};
use matching::Class;
use screening::Hit;

use crate::report::Report;
use crate::visible::{is_active, short, visible};
use crate::{Texts, csv, numbers, order, words};

/// How the table is shown. The caller knows the terminal.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Columns of the terminal; less than 60 is treated as 60.
    pub width: u16,
    pub colour: bool,
    /// Hits that are shown; how many there are beyond is said below.
    pub rows: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 100, colour: false, rows: 20 }
    }
}

/// Columns below which a table cannot be read.
const LEAST_WIDTH: u16 = 60;

/// Characters of a name, and reasons of a hit, in one cell: the report and `explain` have all of them.
const NAME_LIMIT: usize = 60;
const REASONS_SHOWN: usize = 3;
const REASON_LIMIT: usize = 180;

/// Writes the table and, below it, counts, coverage, who cannot be excluded, and what to do next.
pub fn write(report: &Report<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let texts = Texts::of(report.language);
    let hits = report.hits_in_order();
    let shown = &hits[..hits.len().min(options.rows)];
    if !shown.is_empty() {
        writeln!(out, "{}", table(report, shown, options, texts))?;
    }
    let hidden = report.manifest.counts.total().saturating_sub(shown.len() as u64);
    if hidden > 0 {
        wrapped("", &texts.number("table-more", hidden), options.width, out)?;
    }
    summary(report, options, texts, out)?;
    next(report, options, shown.first().copied(), texts, out)
}

fn table(report: &Report<'_>, hits: &[&Hit], options: &Options, texts: &Texts) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(options.width.max(LEAST_WIDTH));
    match options.colour {
        true => table.enforce_styling(),
        false => table.force_no_tty(),
    };
    table.set_header([
        texts.get("column-class"),
        texts.get("column-score"),
        texts.get("customer"),
        texts.get("entry"),
        texts.get("column-reasons"),
    ]);
    for hit in hits {
        table.add_row([
            class_cell(hit.class, texts),
            Cell::new(numbers::score(hit.score, report.language)).set_alignment(CellAlignment::Right),
            Cell::new(format!(
                "{}\n{} · {} {}",
                short(&hit.customer_name, NAME_LIMIT),
                short(&hit.customer_id, NAME_LIMIT),
                texts.get("row"),
                numbers::count(hit.row, report.language)
            )),
            Cell::new(entry_text(report, hit, texts)),
            Cell::new(reasons_text(report, hit)),
        ]);
    }
    // The reasons are the longest; the class must never be cut.
    let shares = [(2, 20), (3, 22), (4, 36)];
    for (column, percent) in shares {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(percent)));
        }
    }
    table
}

fn class_cell(class: Class, texts: &Texts) -> Cell {
    let cell = Cell::new(words::class(class, texts));
    match class {
        Class::Strong => cell.fg(Color::Red).add_attribute(Attribute::Bold),
        Class::Probable => cell.fg(Color::Yellow),
        Class::Weak | Class::None => cell.fg(Color::Cyan),
    }
}

fn entry_text(report: &Report<'_>, hit: &Hit, texts: &Texts) -> String {
    let mut text = format!("{}\n{}", short(&hit.entry_name, NAME_LIMIT), short(&hit.entry_id, NAME_LIMIT));
    if let Some(list) = report.list_of(hit) {
        text.push_str(" · ");
        text.push_str(&words::nature(list.nature, texts));
    }
    if hit.suspended {
        text.push_str(" · ");
        text.push_str(&texts.get("suspended"));
    }
    text
}

fn reasons_text(report: &Report<'_>, hit: &Hit) -> String {
    let reasons = order::reasons(hit);
    let mut lines: Vec<String> = reasons
        .iter()
        .take(REASONS_SHOWN)
        .map(|reason| {
            let mut line = String::new();
            csv::push_reason(&mut line, reason, report.features, report.language);
            short(&line, REASON_LIMIT).into_owned()
        })
        .collect();
    if reasons.len() > REASONS_SHOWN {
        let hidden = (reasons.len() - REASONS_SHOWN) as u64;
        lines.push(Texts::of(report.language).number("more-linked", hidden));
    }
    lines.join("\n")
}

fn summary(report: &Report<'_>, options: &Options, texts: &Texts, out: &mut impl Write) -> io::Result<()> {
    let (counts, bold) =
        (report.manifest.counts, if options.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") });
    writeln!(out, "\n{}{}{}", bold.0, words::outcome(report, texts), bold.1)?;
    if counts.total() > 0 {
        let values = [
            ("strong", counts.strong.into()),
            ("probable", counts.probable.into()),
            ("weak", counts.weak.into()),
        ];
        writeln!(out, "{}", texts.with("table-classes", &values))?;
    }
    writeln!(out, "{}", texts.number("outcome-cannot-tell", report.cannot_tell.total))?;
    let parts: Vec<String> = words::coverage(report, texts)
        .into_iter()
        .map(|(what, number)| {
            let percent = numbers::percent(number, report.coverage.customers, report.language);
            format!("{} {percent}", lower_first(&what))
        })
        .collect();
    let text = format!("{}: {}", texts.get("table-coverage"), parts.join(", "));
    wrapped("", &text, options.width, out)
}

/// Names of values stand in the middle of a sentence here; `IP` and the like keep their capitals.
fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == '-' => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

/// Writes a long line in several, broken at blanks; those after the first stand below its text.
fn wrapped(start: &str, text: &str, width: u16, out: &mut impl Write) -> io::Result<()> {
    let width = usize::from(width.max(LEAST_WIDTH));
    let indent = " ".repeat(start.chars().count().max(2));
    let mut line = start.to_owned();
    for (words, word) in text.split(' ').enumerate() {
        if words > 0 && line.chars().count() + 1 + word.chars().count() > width {
            writeln!(out, "{line}")?;
            line.clone_from(&indent);
        } else if words > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{line}")
}

fn next(
    report: &Report<'_>,
    options: &Options,
    first: Option<&Hit>,
    texts: &Texts,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "\n{}", texts.get("next"))?;
    for (place, step) in words::next_steps(report, texts).iter().enumerate() {
        wrapped(&format!("  {}. ", place + 1), step, options.width, out)?;
    }
    writeln!(out)?;
    wrapped("", &texts.get("rule-review"), options.width, out)?;
    if let Some((customer, entry)) =
        first.and_then(|hit| Some((quoted(&hit.customer_id)?, quoted(&hit.entry_id)?)))
    {
        writeln!(out, "{}", texts.get("table-why"))?;
        writeln!(out, "  havenmeester explain CUSTOMERS --list LIST --customer {customer} --entry {entry}")?;
    }
    Ok(())
}

/// An id as one word for a shell; none if it is longer than a line or holds what must not be pasted.
fn quoted(id: &str) -> Option<String> {
    if id.is_empty() || id.len() > NAME_LIMIT || id.chars().any(is_active) || visible(id) != id {
        return None;
    }
    let plain = |one: char| one.is_ascii_alphanumeric() || "-_.:/@".contains(one);
    match id.chars().all(plain) && !id.starts_with('-') {
        true => Some(id.to_owned()),
        false => Some(format!("'{}'", id.replace('\'', r"'\''"))),
    }
}
