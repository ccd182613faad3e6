//! A customer base that is kept: screened again without its file, where an edition or a customer changed.
//!
//! * `record` is a customer as bytes, `part` a thousand of them with their traces.
//! * `about` is what was screened with what, and so which entries have changed since.
//! * `differences` says what of a base that was read whole is another than before.
//! * `remember` keeps the base of a file; `again` screens it, with the outcome of a whole screening.

pub(crate) mod about;
pub(crate) mod again;
pub(crate) mod differences;
pub(crate) mod part;
pub(crate) mod record;
pub(crate) mod remember;

use std::sync::{Mutex, MutexGuard, PoisonError};

static TURN: Mutex<()> = Mutex::new(());

/// Who has the turn reads the base, screens it and changes it; others wait, so that nobody's work is for nothing. Another
/// program at the same database has a turn of its own: there the revision of the base decides.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
