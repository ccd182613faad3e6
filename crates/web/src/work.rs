//! What the desk asks of the program around it: reading files and screening, which know formats and matching.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use documents::Language;
use jiff::civil::Date;
use operations::hoster::notices::Notice;
use store::PersonId;
use watchlist::Edition;

/// The program around the desk.
pub trait Program: Send + Sync {
    /// Reads a list in any form that the program knows.
    ///
    /// # Errors
    /// Why nothing could be read, in the program's words.
    fn read_list(&self, file: &Path) -> Result<ReadList, Told>;

    /// Prints a letter to a customer as PDF, in the reader's language, dated on this day.
    ///
    /// # Errors
    /// Why it was not printed: above all if a ground would give the list away.
    fn letter(
        &self,
        notice: &Notice,
        until: Option<Date>,
        today: Date,
        language: Language,
    ) -> Result<Vec<u8>, Told>;

    /// Screens a customer file against the installed editions and keeps the screening. Says now and then how far it is.
    ///
    /// # Errors
    /// Why nothing was kept.
    fn screen(
        &self,
        customers: &Customers<'_>,
        person: &PersonId,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Screened, Told>;
}

/// A customer file as a visitor handed it in.
#[derive(Clone, Copy)]
pub struct Customers<'a> {
    pub file: &'a Path,
    /// The name it had at the visitor's.
    pub name: &'a str,
    /// Fields with their headings, `FIELD=HEADING` in each line; empty where the program shall find them.
    pub columns: &'a str,
}

/// A list that was read.
pub struct ReadList {
    pub edition: Edition,
    pub remarks: Remarks,
}

/// A screening that was kept.
pub struct Screened {
    pub remarks: Remarks,
}

/// What could not be used as it stands: the first of it in words, and how many there are.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    pub shown: Vec<String>,
    pub total: u64,
}

/// What went wrong, and what to do.
#[derive(Clone, Debug)]
pub struct Told {
    pub what: String,
    pub hint: String,
}

/// How far a screening is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub bytes_read: u64,
    /// 0 where it is not known.
    pub bytes_total: u64,
    pub customers: u64,
}

/// The one screening that runs or ran last. There is one at a time: a second one would only make both slow.
#[derive(Default)]
pub(crate) struct Job(Mutex<State>);

#[derive(Clone, Default)]
pub(crate) enum State {
    #[default]
    None,
    Runs(Progress),
    Done(Remarks),
    Failed(Told),
}

impl Job {
    /// Begins, unless one is running.
    pub(crate) fn begin(&self) -> bool {
        let mut state = self.lock();
        if matches!(*state, State::Runs(_)) {
            return false;
        }
        *state = State::Runs(Progress::default());
        true
    }

    pub(crate) fn at(&self, progress: Progress) {
        *self.lock() = State::Runs(progress);
    }

    pub(crate) fn end(&self, result: Result<Screened, Told>) {
        *self.lock() = match result {
            Ok(screened) => State::Done(screened.remarks),
            Err(told) => State::Failed(told),
        };
    }

    pub(crate) fn state(&self) -> State {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
