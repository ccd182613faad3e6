//! Customer exports into customers.
//!
//! ```text
//! let mut file = customers::open(path, &CustomerOptions::default())?;
//! file.understood();                              // what each heading was taken for
//! for row in &mut file { ... }                    // Result<Customer, RowProblem>, in the order of the file
//! ```
//! To share the work, one thread takes [`CustomerFile::next_batch`] and others call
//! [`RawBatch::into_customers`]; whoever puts the results together again gives them to [`SeenIds`].

mod cell;
mod country;
mod dates;
mod draft;
mod duplicates;
mod field;
mod json;
mod mapping;
mod networks;
mod profile;
mod rows;
mod values;

use std::path::Path;
use std::sync::Arc;

use screening::Customer;

pub use duplicates::SeenIds;
pub use field::Field;
pub use mapping::{Mapping, Note, Understood};
pub(crate) use networks::in_text as addresses_in;
pub use profile::Profile;
pub use rows::RawBatch;

use crate::table::{FileKind, Limits, Opened, Progress, Table};
use crate::{OpenError, OpenProblem, Problems, RowProblem};
use json::JsonFile;

/// How a customer file is to be read. The default finds everything by itself.
#[derive(Clone, Debug, Default)]
pub struct CustomerOptions {
    /// `--column FIELD=HEADING`: goes before everything that is known of headings.
    pub columns: Vec<(Field, String)>,
    /// `--profile`: only the headings of this program count.
    pub profile: Option<Profile>,
    pub limits: Limits,
}

/// A customer file that is being read.
pub struct CustomerFile {
    rows: Rows,
    mapping: Arc<Mapping>,
    understood: Understood,
    progress: Arc<Progress>,
    /// The first rows, read to see that there are any.
    first: Option<RawBatch>,
    waiting: std::vec::IntoIter<Result<Customer, RowProblem>>,
    seen: Option<SeenIds>,
    problems: Problems,
}

enum Rows {
    Table(Table),
    Json(JsonFile),
}

/// Rows that [`CustomerFile`] reads at a time when it is used as an iterator.
const BATCH_ROWS: usize = 1024;

/// Opens a customer file and finds out what its columns mean.
pub fn open(path: &Path, options: &CustomerOptions) -> Result<CustomerFile, OpenError> {
    let opened = Opened::file(path)?;
    CustomerFile::new(opened, options).map_err(|problem| OpenError::at(path, problem))
}

/// The same from memory; `name` is for messages.
pub fn from_bytes(name: &str, bytes: &[u8], options: &CustomerOptions) -> Result<CustomerFile, OpenError> {
    Opened::bytes(bytes)
        .and_then(|opened| CustomerFile::new(opened, options))
        .map_err(|problem| OpenError::at(name, problem))
}

impl CustomerFile {
    fn new(opened: Opened, options: &CustomerOptions) -> Result<Self, OpenProblem> {
        let progress = Arc::clone(&opened.progress);
        let (rows, mapping, about) = if opened.kind == FileKind::Json {
            let (file, headings, about) = JsonFile::open(opened, &options.limits)?;
            (Rows::Json(file), Mapping::find(headings, options)?, about)
        } else {
            let explicit =
                |cell: &str| options.columns.iter().any(|(_, heading)| same_heading(heading, cell));
            let table = opened.table(&options.limits, &|cell| explicit(cell) || profile::is_known(cell))?;
            let mapping = Mapping::find(table.headings().to_vec(), options)?;
            let about = table.about().clone();
            (Rows::Table(table), mapping, about)
        };
        let shares_ids = mapping.rows_share_ids();
        let mut file = Self {
            rows,
            understood: mapping.understood(&about),
            mapping: Arc::new(mapping),
            progress,
            first: None,
            waiting: Vec::new().into_iter(),
            seen: (!shares_ids).then(SeenIds::default),
            problems: Problems::default(),
        };
        file.first = file.next_batch(BATCH_ROWS);
        if file.first.is_none() {
            return Err(OpenProblem::HeaderOnly);
        }
        Ok(file)
    }

    /// What was understood of the file, to be shown before its customers are screened.
    pub fn understood(&self) -> &Understood {
        &self.understood
    }

    /// Bytes read so far and in all, for a progress bar on another thread.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// What [`RawBatch::into_customers`] needs.
    pub fn mapping(&self) -> Arc<Mapping> {
        Arc::clone(&self.mapping)
    }

    /// Where ids that came before are kept; nothing where several rows belong to one customer by design.
    pub fn new_seen_ids(&self) -> Option<SeenIds> {
        (!self.mapping.rows_share_ids()).then(SeenIds::default)
    }

    /// Cuts about `rows` rows out of the file, in order; nothing at its end. Their ids are not
    /// compared: give the customers to [`SeenIds`].
    pub fn next_batch(&mut self, rows: usize) -> Option<RawBatch> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        match &mut self.rows {
            Rows::Table(table) => table.next_batch(rows).map(RawBatch::table),
            Rows::Json(file) => file.next_batch(rows).map(RawBatch::json),
        }
    }

    /// Problems of the rows that the iterator has given so far, counted.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    fn read_on(&mut self) -> Option<Vec<Result<Customer, RowProblem>>> {
        let Some(batch) = self.next_batch(BATCH_ROWS) else {
            return self.seen.take().map(|seen| seen.problems().into_iter().map(Err).collect());
        };
        let rows = batch.into_customers(&self.mapping);
        if let Some(seen) = &mut self.seen {
            rows.iter().flatten().for_each(|customer| seen.add(customer));
        }
        Some(rows)
    }
}

/// Customers and problems in the order of the file. A problem of a row that was kept follows its
/// customer; ids that came before are named at the end.
impl Iterator for CustomerFile {
    type Item = Result<Customer, RowProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.waiting.next() {
                if let Err(problem) = &row {
                    self.problems.add(problem);
                }
                return Some(row);
            }
            self.waiting = self.read_on()?.into_iter();
        }
    }
}

/// Shows what was understood, no customer.
impl std::fmt::Debug for CustomerFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CustomerFile({:?})", self.understood)
    }
}

fn same_heading(wanted: &str, found: &str) -> bool {
    let wanted = profile::key(wanted);
    !wanted.is_empty() && wanted == profile::key(found)
}
