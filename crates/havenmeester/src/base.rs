//! A customer base that is kept: screened again without its file, where an edition or a customer changed.
//!
//! * `record` is a customer as bytes, `part` a thousand of them with their traces.
//! * `about` is what was screened with what, and so which entries have changed since.
//! * `remember` keeps the base of a file; `again` screens it, with the outcome of a whole screening.

pub(crate) mod about;
pub(crate) mod again;
pub(crate) mod part;
pub(crate) mod record;
pub(crate) mod remember;
