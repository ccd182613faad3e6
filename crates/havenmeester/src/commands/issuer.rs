//! What the issuer's people do, from what they typed to what they read.

pub(crate) mod contest;
pub(crate) mod deconflict;
pub(crate) mod deliver;
pub(crate) mod disclosures;
pub(crate) mod edition;
pub(crate) mod entry;
pub(crate) mod evidence;
pub(crate) mod key;
pub(crate) mod letters;
pub(crate) mod office;
pub(crate) mod partner;
pub(crate) mod person;
pub(crate) mod receipt;
pub(crate) mod roots;
pub(crate) mod time_stamp;

use anyhow::Result;
use curation::PersonId;
use operations::issuer::people;

use crate::desk::Desk;

/// The person at the desk, as the unit knows them.
pub(crate) fn by(desk: &Desk) -> Result<PersonId> {
    Ok(people::code(&desk.person.0)?)
}

/// Columns of equal width, as wide as they must be; the last one runs free.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
