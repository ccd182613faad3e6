//! A document of headings, facts, tables and paragraphs, already in words: shown as a page, or printed as PDF elsewhere.

use jiff::civil::Date;

use crate::Language;

/// A whole document. The same paper gives the same bytes, whatever it is turned into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub language: Language,
    pub title: String,
    /// What it is about, and for whom; may be empty.
    pub lead: String,
    /// How it is to be handled, on every page.
    pub handling: String,
    /// What tells it from other papers, such as the hash of what it rests on.
    pub reference: String,
    /// The day of what it says, not of printing: no clock is asked.
    pub dated: Date,
    pub sections: Vec<Section>,
}

/// A heading with what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub parts: Vec<Part>,
}

/// One piece of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// What, and its value.
    Facts(Vec<(String, String)>),
    Table(Table),
}

/// Rows under a head. Every row has as many cells as the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    /// How wide the columns are beside each other.
    pub widths: Vec<u8>,
    pub rows: Vec<Vec<String>>,
}

impl Section {
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), parts: Vec::new() }
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    /// Adds facts; none are added where there are none.
    #[must_use]
    pub fn facts(mut self, facts: Vec<(String, String)>) -> Self {
        if !facts.is_empty() {
            self.parts.push(Part::Facts(facts));
        }
        self
    }

    /// Adds a table of columns with their widths, or `otherwise` where it has no rows.
    #[must_use]
    pub fn table(mut self, columns: &[(String, u8)], rows: Vec<Vec<String>>, otherwise: &str) -> Self {
        if rows.is_empty() {
            return self.text(otherwise);
        }
        let head = columns.iter().map(|(name, _)| name.clone()).collect();
        let widths = columns.iter().map(|(_, width)| *width).collect();
        self.parts.push(Part::Table(Table { head, widths, rows }));
        self
    }
}
