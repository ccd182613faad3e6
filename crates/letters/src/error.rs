//! Why a document could not be made, in words for the person who changed a template.

use std::fmt;

/// One thing that is wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the template, such as `letter.nl.typ`. None if the fault has no place.
    pub file: Option<String>,
    /// Line and column, both counted from 1.
    pub place: Option<(usize, usize)>,
    pub message: String,
    pub hints: Vec<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.place) {
            (Some(file), Some((line, column))) => write!(f, "{file}, line {line}, column {column}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            _ => {}
        }
        f.write_str(&self.message)
    }
}

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    #[error("the template cannot be used: {}", joined(.0))]
    Template(Vec<Fault>),
    #[error("the template gives no valid PDF/A: {}", joined(.0))]
    Standard(Vec<Fault>),
    #[error("the date {0} cannot stand in a document; years from 1900 to 9999 can")]
    Date(jiff::civil::Date),
    #[error("the logo is neither SVG nor PNG: it begins with {0}")]
    Logo(String),
    #[error("could not write the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl LetterError {
    /// What the reader can do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Template(faults) | Self::Standard(faults) => {
                faults.iter().flat_map(|fault| fault.hints.iter().cloned()).next().unwrap_or_else(|| {
                    "mend the line, or remove the file to use the shipped template".to_owned()
                })
            }
            Self::Date(_) => "look at the date of the letter".to_owned(),
            Self::Logo(_) => "save the logo as SVG or PNG, or leave it out".to_owned(),
            Self::Workbook(_) => "look whether a list has more than a million rows".to_owned(),
        }
    }
}

fn joined(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}

/// Why an own template or font cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    #[error("there is no template called {name}; there are: {known}")]
    UnknownName { name: String, known: String },
    #[error("{path}: {source}")]
    Unreadable { path: String, source: std::io::Error },
    #[error("{0} has no template; put at least one .typ file there")]
    EmptyFolder(String),
    #[error("{0} is not a font that can be read")]
    NotAFont(String),
}

impl TemplateError {
    /// What the reader can do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::UnknownName { .. } => "rename the file; one that is not there is taken from the program",
            Self::Unreadable { .. } => "the file must be readable text in UTF-8",
            Self::EmptyFolder(_) => "leave the setting out to use the shipped templates",
            Self::NotAFont(_) => "OpenType and TrueType files (.otf, .ttf) can be used",
        }
    }
}
