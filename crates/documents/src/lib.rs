//! What a screening leaves behind: a table on the terminal, files for machines, a workbook, a report.
//!
//! Every format is one file with one function `write(&Report, ...)`. They all show the same hits in the
//! same order and say the same things; only the form differs. Nothing here decides anything, and the
//! same [`Report`] always gives the same bytes.
//!
//! [`exchange`] writes an edition of a list, not a screening, in the formats of others.
//!
//! Names come from people who may wish harm. Characters that nobody can see are shown as placeholders
//! ([`visible`]), cells that a spreadsheet would run are disarmed ([`csv`]), markup is escaped ([`markup`]).
#![forbid(unsafe_code)]

pub mod csv;
pub mod exchange;
pub mod footprint;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod markup;
pub mod numbers;
pub mod order;
pub mod paper;
pub mod qr;
pub mod report;
pub mod reseller;
pub mod table;
pub mod texts;
pub mod visible;
pub mod xlsx;

mod carriers;
mod difference;
mod wire;
mod words;

pub use paper::Paper;
pub use report::{CannotTellList, ClassCounts, FileStamp, ListStamp, Manifest, Problem, ProblemList, Report};
pub use texts::{Language, Texts};

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("could not write the report: {0}")]
    Io(#[from] std::io::Error),
    #[error("could not write the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl WriteError {
    /// What the reader can do next.
    pub fn hint(&self) -> &'static str {
        "see whether the disk is full and whether the folder can be written to; the screening itself was not touched"
    }
}
