//! The manifest: what was screened with what, and what came out, for a person or program to verify later.
//!
//! It is the JSON report without its contents, so that both say the same in the same words.

use std::path::Path;

use anyhow::{Context, Result};
use documents::report::{CannotTellList, ProblemList};
use documents::{Language, Report, json};
use serde_json::{Value, json};

use crate::output;
use crate::result::Finished;

/// Writes the manifest as JSON. It holds counts and hashes, no customer and no entry.
pub(crate) fn write(finished: &Finished, path: &Path) -> Result<()> {
    let text = serde_json::to_string_pretty(&of(finished)?).context("could not write the manifest")?;
    output::to_file(path, |out| Ok(writeln!(out, "{text}")?))
}

/// Counts and hashes, no customer and no entry.
pub(crate) fn of(finished: &Finished) -> Result<Value> {
    let whole = finished.report(Language::En);
    let counts_only = Report {
        hits: &[],
        cannot_tell: CannotTellList { listed: &[], ..whole.cannot_tell },
        problems: ProblemList { listed: &[], ..whole.problems },
        ..whole
    };
    let mut bytes = Vec::new();
    json::write(&counts_only, &mut bytes)?;
    let mut report: Value = serde_json::from_slice(&bytes).context("the report is not JSON")?;
    Ok(json!({
        "format": "havenmeester-manifest",
        "version": report["version"].take(),
        "outcome": report["outcome"].take(),
        "coverage": report["coverage"].take(),
        "manifest": report["manifest"].take(),
    }))
}
