//! The readable list as a workbook.
//!
//! All cells are written as strings: a name that begins with `=` stays a name.

use documents::visible::visible;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use watchlist::Entry;

use super::lines::{self, Titles};
use super::view::{head_lines, title};
use super::{Change, Enclosure};
use crate::LetterError;
use crate::labels::Labels;

/// Characters that a cell takes, less the notice that it was cut.
const CELL: usize = 32_000;

pub(super) fn written(enclosure: &Enclosure<'_>) -> Result<Vec<u8>, LetterError> {
    let labels = Labels::of(enclosure.language);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(enclosure, labels)?);
    let mut writer = Writer { enclosure, labels, head: head_format(), cell: cell_format() };
    writer.entries(workbook.add_worksheet())?;
    writer.identifiers(workbook.add_worksheet())?;
    writer.changes(workbook.add_worksheet())?;
    writer.about(workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

struct Writer<'a> {
    enclosure: &'a Enclosure<'a>,
    labels: Labels,
    head: Format,
    cell: Format,
}

impl Writer<'_> {
    fn entries(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let columns = [
            ("id", 14.0),
            ("name", 32.0),
            ("names", 36.0),
            ("kind", 16.0),
            ("status", 14.0),
            ("jurisdiction", 14.0),
            ("countries", 14.0),
            ("addresses", 36.0),
            ("birth-date", 14.0),
            ("relations", 40.0),
            ("claims", 40.0),
            ("offences", 28.0),
            ("observed", 24.0),
            ("review-by", 14.0),
            ("criteria", 14.0),
            ("retracted", 28.0),
            ("reason", 28.0),
            ("note", 48.0),
        ];
        self.begin(sheet, "entries", &columns)?;
        let titles = Titles::of(self.enclosure.edition);
        for (row, entry) in (1..).zip(lines::shown(self.enclosure)) {
            self.row(sheet, row, &self.entry_cells(entry, &titles))?;
        }
        Ok(())
    }

    fn entry_cells(&self, entry: &Entry, titles: &Titles<'_>) -> Vec<String> {
        let labels = self.labels;
        // The columns are the labels of the lines, so that PDF and workbook cannot differ.
        let lines = lines::lines(entry, titles, self.enclosure.facts.notes, labels);
        let of = |key: &'static str| {
            let label = labels.get(key);
            let values = lines.iter().filter(|line| line.label == label).flat_map(|line| &line.values);
            let texts = values.map(|value| match &value.remark {
                Some(remark) => format!("{} ({remark})", value.text),
                None => value.text.clone(),
            });
            texts.collect::<Vec<_>>().join("; ")
        };
        let mut cells = vec![
            entry.id.0.clone(),
            entry.title().to_owned(),
            lines::other_names(entry, labels)
                .map(|(kind, name)| format!("{name} ({})", kind.to_lowercase()))
                .collect::<Vec<_>>()
                .join("; "),
            labels.entry_type(entry.entry_type).into_owned(),
            labels.status(entry.status).into_owned(),
        ];
        let rest =
            ["jurisdiction", "countries", "addresses", "birth-date", "relations", "claims", "offences"];
        cells.extend(
            rest.into_iter()
                .chain(["observed", "review-by", "criteria", "retracted", "reason", "note"])
                .map(of),
        );
        cells
    }

    fn identifiers(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let columns = [
            ("id", 14.0),
            ("name", 32.0),
            ("kind", 18.0),
            ("value", 44.0),
            ("country", 8.0),
            ("valid-from-column", 13.0),
            ("valid-to-column", 13.0),
        ];
        self.begin(sheet, "identifiers", &columns)?;
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut row = 1;
        for entry in lines::shown(self.enclosure) {
            for identifier in &entry.identifiers {
                let cells = [
                    entry.id.0.clone(),
                    entry.title().to_owned(),
                    self.labels.identifier(identifier.kind),
                    identifier.value.clone(),
                    identifier.country.clone().unwrap_or_default(),
                    day(identifier.validity.from),
                    day(identifier.validity.to),
                ];
                self.row(sheet, row, &cells)?;
                row += 1;
            }
        }
        Ok(())
    }

    fn changes(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let columns = [
            ("id", 14.0),
            ("name", 32.0),
            ("change", 14.0),
            ("field", 18.0),
            ("before", 40.0),
            ("after", 40.0),
            ("reason", 40.0),
        ];
        self.begin(sheet, "changes", &columns)?;
        let mut row = 1;
        for change in &self.enclosure.facts.changes {
            for cells in self.change_rows(change) {
                self.row(sheet, row, &cells)?;
                row += 1;
            }
        }
        Ok(())
    }

    fn change_rows(&self, change: &Change) -> Vec<Vec<String>> {
        let word = |key| self.labels.get(key).into_owned();
        let start = vec![change.entry().0.clone(), change.title().to_owned(), word(change.word())];
        let with = |rest: [String; 4]| start.iter().cloned().chain(rest).collect();
        match change {
            Change::Changed { fields, .. } if !fields.is_empty() => {
                lines::shown_fields(fields, self.enclosure.facts.notes)
                    .map(|field| {
                        let (before, after) = (field.before.clone(), field.after.clone());
                        with([
                            word(field.field.word()),
                            before.unwrap_or_default(),
                            after.unwrap_or_default(),
                            String::new(),
                        ])
                    })
                    .collect()
            }
            Change::Withdrawn { withdrawal, .. } => {
                let reason = lines::reason(withdrawal, self.labels);
                vec![with([String::new(), String::new(), String::new(), reason])]
            }
            _ => vec![start],
        }
    }

    fn about(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.labels.get("about"))?;
        sheet.set_column_width(0, 22.0)?;
        sheet.set_column_width(1, 90.0)?;
        for (row, (label, text)) in (0..).zip(head_lines(self.enclosure, self.labels)) {
            sheet.write_string_with_format(row, 0, label, &self.head)?;
            sheet.write_string_with_format(row, 1, self.cut(&text), &self.cell)?;
        }
        Ok(())
    }

    /// Name, headings and printed margins of a sheet.
    fn begin(
        &self,
        sheet: &mut Worksheet,
        name: &'static str,
        columns: &[(&'static str, f64)],
    ) -> Result<(), XlsxError> {
        sheet.set_name(self.labels.get(name))?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        let (edition, facts) = (self.enclosure.edition, self.enclosure.facts);
        // An ampersand steers headers and footers; two of them print one.
        let plain = |text: &str| visible(text).chars().take(80).collect::<String>().replace('&', "&&");
        sheet.set_header(format!("&L{}&R{}", plain(&title(edition, self.labels)), facts.handling.label()));
        let (page, of) = (self.labels.get("page"), self.labels.get("of"));
        sheet.set_footer(format!(
            "&L{} {}&R{page} &P {of} &N",
            self.labels.get("content-root"),
            plain(&facts.content_root)
        ));
        for (column, (key, width)) in (0..).zip(columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, self.labels.get(key), &self.head)?;
        }
        Ok(())
    }

    fn row(&self, sheet: &mut Worksheet, row: u32, cells: &[String]) -> Result<(), XlsxError> {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string_with_format(row, column, self.cut(text), &self.cell)?;
        }
        Ok(())
    }

    /// The text as a cell can hold it, with unseen characters made visible.
    fn cut(&self, text: &str) -> String {
        let shown = visible(text);
        match shown.char_indices().nth(CELL) {
            Some((end, _)) => format!("{}{}", &shown[..end], self.labels.get("cut")),
            None => shown.into_owned(),
        }
    }
}

fn head_format() -> Format {
    Format::new().set_bold().set_align(FormatAlign::Top)
}

fn cell_format() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// The creation time is the day of the letter: the same facts give the same bytes.
fn properties(enclosure: &Enclosure<'_>, labels: Labels) -> Result<DocProperties, LetterError> {
    let day = enclosure.facts.dated;
    let year = u16::try_from(day.year()).ok();
    let created = year.and_then(|year| {
        ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
    });
    Ok(DocProperties::new()
        .set_title(visible(&title(enclosure.edition, labels)))
        .set_author(visible(&enclosure.facts.sender))
        .set_comment(visible(&enclosure.facts.content_root))
        .set_creation_datetime(&created.ok_or(LetterError::Date(day))?))
}
