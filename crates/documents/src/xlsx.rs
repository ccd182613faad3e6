//! The report as a workbook: hits, reasons, cannot tell, problems, manifest.
//!
//! Texts are written as strings and never as formulas or links, whatever they begin with, and figures as
//! numbers. Rows go to temporary files while they are written, so that memory does not grow with them.

use std::io::Write;

use matching::Class;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};
use screening::Hit;

use crate::report::Report;
use crate::visible::short;
use crate::{Texts, WriteError, numbers, order, words};

/// Rows of a sheet, of which the first holds the headings and the last a notice if there are more.
const SHEET_ROWS: u32 = 1_048_576;

/// Characters of a cell. A sheet takes 32,767; beyond a few hundred nobody reads them.
const CELL_LIMIT: usize = 1_000;

/// Writes the workbook.
pub fn write(report: &Report<'_>, out: &mut (impl Write + Send)) -> Result<(), WriteError> {
    let texts = Texts::of(report.language);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report, texts));
    let hits = report.hits_in_order();
    hits_sheet(&mut workbook, report, &hits, texts)?;
    reasons_sheet(&mut workbook, report, &hits, texts)?;
    cannot_tell_sheet(&mut workbook, report, texts)?;
    problems_sheet(&mut workbook, report, texts)?;
    manifest_sheet(&mut workbook, report, texts)?;
    // The writer asks for ownership of what it writes to.
    let bytes = workbook.save_to_buffer()?;
    out.write_all(&bytes)?;
    Ok(())
}

/// The creation time is that of the screening: the same report gives the same bytes.
fn properties(report: &Report<'_>, texts: &Texts) -> DocProperties {
    let day = report.day().and_then(|day| {
        let year = u16::try_from(day.year()).ok()?;
        ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
    });
    let fallback = ExcelDateTime::from_timestamp(0).expect("the epoch is in the range of a workbook");
    DocProperties::new()
        .set_title(texts.get("title"))
        .set_author("Havenmeester")
        .set_creation_datetime(&day.unwrap_or(fallback))
}

/// One sheet with headings, to be filled row by row.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    columns: u16,
    wrapped: Format,
}

impl<'a> Sheet<'a> {
    /// `columns`: heading and width in characters.
    fn start(workbook: &'a mut Workbook, name: &str, columns: &[(&str, f64)]) -> Result<Self, WriteError> {
        let heading = Format::new()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(0x0f_2b_3d))
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::Top);
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        for (column, (_, width)) in (0..).zip(columns) {
            sheet.set_column_width(column, *width)?;
        }
        for (column, (title, _)) in (0..).zip(columns) {
            sheet.write_string_with_format(0, column, *title, &heading)?;
        }
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self { sheet, row: 0, columns: u16::try_from(columns.len()).unwrap_or(u16::MAX), wrapped })
    }

    /// Begins the next row; false when only the place for the notice is left.
    fn next_row(&mut self) -> bool {
        if self.row + 2 >= SHEET_ROWS {
            return false;
        }
        self.row += 1;
        true
    }

    fn text(&mut self, column: u16, text: &str) -> Result<(), WriteError> {
        self.sheet.write_string_with_format(self.row, column, short(text, CELL_LIMIT), &self.wrapped)?;
        Ok(())
    }

    fn formatted(&mut self, column: u16, text: &str, format: &Format) -> Result<(), WriteError> {
        self.sheet.write_string_with_format(self.row, column, short(text, CELL_LIMIT), format)?;
        Ok(())
    }

    fn number(&mut self, column: u16, number: f64, format: &Format) -> Result<(), WriteError> {
        let number = if number.is_finite() { number } else { 0.0 };
        self.sheet.write_number_with_format(self.row, column, number, format)?;
        Ok(())
    }

    fn notice(&mut self, text: &str) -> Result<(), WriteError> {
        self.row += 1;
        self.text(0, text)
    }

    fn finish(self) -> Result<(), WriteError> {
        if self.row > 0 {
            self.sheet.autofilter(0, 0, self.row, self.columns.saturating_sub(1))?;
        }
        Ok(())
    }
}

fn whole_number() -> Format {
    Format::new().set_num_format("0").set_align(FormatAlign::Top)
}

fn score_number() -> Format {
    Format::new().set_num_format("0.00").set_align(FormatAlign::Top)
}

/// The colour repeats what the word says.
fn class_format(class: Class) -> Format {
    let colour = match class {
        Class::Strong => 0xb0_35_2c,
        Class::Probable => 0x94_60_0a,
        Class::Weak | Class::None => 0x3f_6f_82,
    };
    Format::new().set_bold().set_font_color(Color::RGB(colour)).set_align(FormatAlign::Top)
}

fn hits_sheet(
    workbook: &mut Workbook,
    report: &Report<'_>,
    hits: &[&Hit],
    texts: &Texts,
) -> Result<(), WriteError> {
    let titles = [
        texts.get("column-number"),
        texts.get("column-class"),
        texts.get("column-score"),
        texts.get("column-customer-id"),
        texts.get("column-customer-name"),
        texts.get("column-row"),
        texts.get("column-entry-id"),
        texts.get("column-entry-name"),
        texts.get("column-list"),
        texts.get("column-nature"),
        texts.get("column-reasons"),
        texts.get("column-linked"),
        texts.get("column-note"),
    ];
    let widths = [7.0, 14.0, 8.0, 16.0, 32.0, 9.0, 16.0, 32.0, 28.0, 17.0, 60.0, 26.0, 18.0];
    let columns: Vec<(&str, f64)> = titles.iter().map(AsRef::as_ref).zip(widths).collect();
    let mut sheet = Sheet::start(workbook, &texts.get("sheet-hits"), &columns)?;
    let (whole, score) = (whole_number(), score_number());
    let formats = [Class::None, Class::Weak, Class::Probable, Class::Strong].map(class_format);
    for (place, hit) in hits.iter().enumerate() {
        if !sheet.next_row() {
            sheet.notice(&texts.get("sheet-shortened"))?;
            break;
        }
        sheet.number(0, place as f64 + 1.0, &whole)?;
        sheet.formatted(1, &words::class(hit.class, texts), &formats[hit.class as usize])?;
        sheet.number(2, hit.score, &score)?;
        sheet.text(3, &hit.customer_id)?;
        sheet.text(4, &hit.customer_name)?;
        sheet.number(5, hit.row as f64, &whole)?;
        sheet.text(6, &hit.entry_id)?;
        sheet.text(7, &hit.entry_name)?;
        if let Some(list) = report.list_of(hit) {
            sheet.text(8, &list.title)?;
            sheet.text(9, &words::nature(list.nature, texts))?;
        }
        sheet.text(10, &main_reasons(report, hit))?;
        sheet.text(11, &linked(hit, texts))?;
        if hit.suspended {
            sheet.text(12, &texts.get("suspended"))?;
        }
    }
    sheet.finish()
}

/// The strongest reasons in words; the values are on the next sheet.
fn main_reasons(report: &Report<'_>, hit: &Hit) -> String {
    let reasons: Vec<String> = order::reasons(hit)
        .into_iter()
        .take(4)
        .map(|reason| {
            let feature = words::feature(reason.feature, report.features, report.language);
            format!("{feature} {}", numbers::weight(reason.weight, report.language))
        })
        .collect();
    reasons.join("; ")
}

fn linked(hit: &Hit, texts: &Texts) -> String {
    let linked: Vec<String> = hit
        .linked
        .iter()
        .take(20)
        .map(|linked| format!("{} ({})", linked.customer_id, words::shared(linked.shared, texts)))
        .collect();
    linked.join(", ")
}

fn reasons_sheet(
    workbook: &mut Workbook,
    report: &Report<'_>,
    hits: &[&Hit],
    texts: &Texts,
) -> Result<(), WriteError> {
    let titles = [
        texts.get("column-number"),
        texts.get("column-customer-id"),
        texts.get("column-entry-id"),
        texts.get("feature"),
        texts.get("weight"),
        texts.get("column-customer-value"),
        texts.get("column-entry-value"),
        texts.get("column-customer-clean"),
        texts.get("column-entry-clean"),
        texts.get("column-remark"),
    ];
    let widths = [7.0, 16.0, 16.0, 32.0, 9.0, 36.0, 36.0, 36.0, 36.0, 30.0];
    let columns: Vec<(&str, f64)> = titles.iter().map(AsRef::as_ref).zip(widths).collect();
    let mut sheet = Sheet::start(workbook, &texts.get("sheet-reasons"), &columns)?;
    let (whole, score) = (whole_number(), score_number());
    let rows = (1_u64..)
        .zip(hits)
        .flat_map(|(number, hit)| order::reasons(hit).into_iter().map(move |reason| (number, *hit, reason)));
    for (number, hit, reason) in rows {
        if !sheet.next_row() {
            sheet.notice(&texts.get("sheet-shortened"))?;
            break;
        }
        sheet.number(0, number as f64, &whole)?;
        sheet.text(1, &hit.customer_id)?;
        sheet.text(2, &hit.entry_id)?;
        sheet.text(3, &words::feature(reason.feature, report.features, report.language))?;
        sheet.number(4, reason.weight, &score)?;
        sheet.text(5, &reason.customer.raw)?;
        sheet.text(6, &reason.entry.raw)?;
        sheet.text(7, &reason.customer.clean)?;
        sheet.text(8, &reason.entry.clean)?;
        if let Some(remark) = reason.remark {
            sheet.text(9, &words::remark(remark, texts, report.language))?;
        }
    }
    sheet.finish()
}

fn cannot_tell_sheet(workbook: &mut Workbook, report: &Report<'_>, texts: &Texts) -> Result<(), WriteError> {
    let titles = [texts.get("column-customer-id"), texts.get("column-row"), texts.get("missing")];
    let columns: Vec<(&str, f64)> = titles.iter().map(AsRef::as_ref).zip([24.0, 9.0, 40.0]).collect();
    let mut sheet = Sheet::start(workbook, &texts.get("sheet-cannot-tell"), &columns)?;
    let whole = whole_number();
    let mut shown = 0_u64;
    for row in report.cannot_tell.listed {
        if !sheet.next_row() {
            break;
        }
        shown += 1;
        sheet.text(0, &row.customer_id)?;
        sheet.number(1, row.row as f64, &whole)?;
        sheet.text(2, &words::missing(row.missing, texts))?;
    }
    finish_with_rest(sheet, report.cannot_tell.total, shown, texts)
}

fn problems_sheet(workbook: &mut Workbook, report: &Report<'_>, texts: &Texts) -> Result<(), WriteError> {
    let titles = [texts.get("file"), texts.get("column-row"), texts.get("problem"), texts.get("column-hint")];
    let columns: Vec<(&str, f64)> = titles.iter().map(AsRef::as_ref).zip([30.0, 9.0, 70.0, 60.0]).collect();
    let mut sheet = Sheet::start(workbook, &texts.get("sheet-problems"), &columns)?;
    let whole = whole_number();
    let mut shown = 0_u64;
    for problem in report.problems.listed {
        if !sheet.next_row() {
            break;
        }
        shown += 1;
        sheet.text(0, &problem.file)?;
        if let Some(line) = problem.line {
            sheet.number(1, line as f64, &whole)?;
        }
        sheet.text(2, report.language.of(&problem.message))?;
        sheet.text(3, problem.hint.as_ref().map_or("", |hint| report.language.of(hint)))?;
    }
    finish_with_rest(sheet, report.problems.total, shown, texts)
}

fn finish_with_rest(mut sheet: Sheet<'_>, total: u64, shown: u64, texts: &Texts) -> Result<(), WriteError> {
    if total > shown {
        sheet.notice(&texts.number("more-rows", total - shown))?;
    }
    sheet.finish()
}

fn manifest_sheet(workbook: &mut Workbook, report: &Report<'_>, texts: &Texts) -> Result<(), WriteError> {
    let titles = [texts.get("manifest-what"), texts.get("manifest-value")];
    let columns: Vec<(&str, f64)> = titles.iter().map(AsRef::as_ref).zip([34.0, 90.0]).collect();
    let mut sheet = Sheet::start(workbook, &texts.get("sheet-manifest"), &columns)?;
    let mut rows = vec![
        (texts.get("title"), words::outcome(report, texts)),
        (texts.get("cannot-tell"), texts.number("outcome-cannot-tell", report.cannot_tell.total)),
        (texts.get("column-note"), texts.get("rule-review").into_owned()),
        (texts.get("column-note"), texts.get("confidential").into_owned()),
    ];
    rows.extend(words::manifest(report, texts));
    rows.extend(words::coverage(report, texts).into_iter().map(|(what, number)| {
        let percent = numbers::percent(number, report.coverage.customers, report.language);
        let count = numbers::count(number, report.language);
        let label = format!("{}: {}", texts.get("coverage"), what);
        (label.into(), format!("{count} ({percent})"))
    }));
    for (label, value) in rows {
        sheet.next_row();
        sheet.text(0, &label)?;
        sheet.text(1, &value)?;
    }
    sheet.finish()
}
