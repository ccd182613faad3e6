//! What a screening came to, and how it is written: the report in the wanted form, and the manifest.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use documents::report::{CannotTellList, ProblemList};
use documents::{ClassCounts, Language, Manifest, Report, csv, html, json, jsonl, table, xlsx};
use jiff::{SignedDuration, Timestamp};
use screening::{Screening, Settings};

use crate::arguments::Format;
use crate::exit::Outcome;
use crate::hashing::{self, HashingWriter};
use crate::lists::Lists;
use crate::problems::Tally;
use crate::run::Screened;
use crate::settings::{Common, Target};
use crate::stopwatch::Stopwatch;
use crate::{manifest, output};

/// Hits that the table shows; the reports have all of them.
const TABLE_ROWS: usize = 50;

/// A screening with everything its report needs.
pub(crate) struct Finished {
    pub(crate) screening: Screening,
    pub(crate) manifest: Manifest,
    pub(crate) tally: Tally,
    broke_off: bool,
}

impl Finished {
    pub(crate) fn new(
        screened: Screened,
        lists: Lists,
        said: Vec<(String, String)>,
        settings: &Settings,
        tally: Tally,
        watch: &Stopwatch,
    ) -> Self {
        let Screened { screening, customers_file, broke_off } = screened;
        let seconds = watch.seconds();
        let mut finished = Self {
            manifest: Manifest {
                program_version: env!("CARGO_PKG_VERSION").to_owned(),
                started_at: shown(watch.started_at),
                finished_at: shown(watch.started_at + SignedDuration::from_millis((seconds * 1e3) as i64)),
                seconds,
                customers_file,
                lists: lists.stamps,
                settings_sha256: hash_of_settings(&said),
                settings: said,
                counts: ClassCounts::of(&screening.hits),
                customers_screened: screening.coverage.customers,
                minimum_class: settings.minimum,
                result_sha256: String::new(),
                exit_code: 0,
            },
            screening,
            tally,
            broke_off,
        };
        finished.manifest.exit_code = finished.outcome().code();
        finished.manifest.result_sha256 = finished.hash_of_hits();
        finished
    }

    /// A file that broke off was not screened to its end, whatever was found before.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.manifest.counts.total() {
            _ if self.broke_off => Outcome::Problems,
            0 => Outcome::Nothing,
            _ => Outcome::Hits,
        }
    }

    pub(crate) fn report(&self, language: Language) -> Report<'_> {
        Report {
            manifest: &self.manifest,
            coverage: &self.screening.coverage,
            hits: &self.screening.hits,
            cannot_tell: CannotTellList {
                total: self.screening.cannot_tell_count,
                listed: &self.screening.cannot_tell,
            },
            problems: ProblemList { total: self.tally.total(), listed: self.tally.listed() },
            features: &matching::FEATURES,
            language,
        }
    }

    /// SHA-256 of the hits as JSON lines in English: the same hits have the same hash in every form.
    fn hash_of_hits(&self) -> String {
        let mut hashing = HashingWriter::default();
        jsonl::write(&self.report(Language::En), &mut hashing).expect("a hash takes every byte");
        hashing.finish()
    }
}

fn hash_of_settings(said: &[(String, String)]) -> String {
    let lines: String = said.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
    hashing::of_bytes(lines.as_bytes())
}

/// Whole seconds are enough for people; the duration stands beside it.
fn shown(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

/// Writes report and manifests where they were asked for.
pub(crate) fn write(finished: &Finished, target: &Target, common: &Common) -> Result<()> {
    let report = finished.report(common.language);
    let on_terminal = target.file.is_none() && io::stdout().is_terminal();
    output::to(target.file.as_deref(), |out| write_as(&report, target.format, on_terminal, out))?;
    for path in &target.manifests {
        manifest::write(finished, path)?;
    }
    if let Some(file) = &target.file {
        common.output.note(format_args!("written: {}", file.display()));
    }
    Ok(())
}

/// Writes a report in one form.
pub(crate) fn write_as(
    report: &Report<'_>,
    format: Format,
    on_terminal: bool,
    mut out: &mut dyn Write,
) -> Result<()> {
    match format {
        Format::Table => table::write(report, &table_options(on_terminal), &mut out)?,
        Format::Json => json::write(report, &mut out)?,
        Format::Jsonl => jsonl::write(report, &mut out)?,
        Format::Csv => csv::write(report, &mut out)?,
        Format::Html => html::write(report, &mut out)?,
        Format::Xlsx => {
            // The workbook's writer may work on another thread, which standard output cannot follow to.
            let mut workbook = Vec::new();
            xlsx::write(report, &mut workbook)?;
            out.write_all(&workbook)?;
        }
    }
    Ok(())
}

/// As wide as the terminal and in colour there; plain and of a fixed width everywhere else.
fn table_options(on_terminal: bool) -> table::Options {
    let width = if on_terminal { output::terminal_width() } else { None };
    table::Options {
        width: width.unwrap_or(table::Options::default().width),
        colour: on_terminal && output::wants_colour(),
        rows: TABLE_ROWS,
    }
}
