//! A [`Paper`] as PDF: dossiers, fact sheets and pages to sign. What it says was put into words elsewhere.

use documents::Paper;
use documents::paper::Part;
use jiff::civil::Date;
use serde::Serialize;

use crate::labels::Labels;
use crate::press::Sheet;
use crate::{LetterError, Press};

/// Prints a paper as PDF/A with tags. The same paper gives the same bytes.
///
/// # Errors
/// If the template was replaced by one that cannot be used.
pub fn paper_pdf(press: &Press, paper: &Paper) -> Result<Vec<u8>, LetterError> {
    press.pdf(&Printed(paper))
}

struct Printed<'a>(&'a Paper);

#[derive(Serialize)]
struct View {
    language: &'static str,
    title: String,
    lead: String,
    handling: String,
    reference: String,
    dated: String,
    page: String,
    of: String,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    heading: String,
    parts: Vec<PartView>,
}

/// A text by its lines: a line feed is none of the signs that fonts can print.
type Lines = Vec<String>;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum PartView {
    Text { text: Lines },
    Facts { rows: Vec<(Lines, Lines)> },
    Table { head: Vec<String>, widths: Vec<u8>, rows: Vec<Vec<Lines>> },
}

impl Sheet for Printed<'_> {
    const TEMPLATE: &'static str = "paper.typ";
    type View = View;

    fn view(&self, press: &Press) -> View {
        let (paper, labels) = (self.0, Labels::of(self.0.language));
        let text = |value: &String| press.printable(value);
        let lines = |value: &String| value.lines().map(|line| press.printable(line)).collect::<Lines>();
        let part = |part: &Part| match part {
            Part::Text(words) => PartView::Text { text: lines(words) },
            Part::Facts(facts) => PartView::Facts {
                rows: facts.iter().map(|(what, value)| (lines(what), lines(value))).collect(),
            },
            Part::Table(table) => PartView::Table {
                head: table.head.iter().map(text).collect(),
                widths: table.widths.clone(),
                rows: table.rows.iter().map(|row| row.iter().map(lines).collect()).collect(),
            },
        };
        let sections = paper.sections.iter();
        View {
            language: paper.language.tag(),
            title: text(&paper.title),
            lead: text(&paper.lead),
            handling: text(&paper.handling),
            reference: text(&paper.reference),
            dated: labels.date(paper.dated),
            page: labels.get("page").into_owned(),
            of: labels.get("of").into_owned(),
            sections: sections
                .map(|one| SectionView {
                    heading: text(&one.heading),
                    parts: one.parts.iter().map(part).collect(),
                })
                .collect(),
        }
    }

    fn pictures(&self) -> Vec<(&'static str, Vec<u8>)> {
        Vec::new()
    }

    fn dated(&self) -> Date {
        self.0.dated
    }

    fn identity(&self) -> String {
        format!("paper/{}/{}/{}", self.0.title, self.0.reference, self.0.language.tag())
    }
}
