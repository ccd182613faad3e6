//! What is meant, worked out from what was typed.

use std::io::IsTerminal;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use documents::Language;
use jiff::civil::Date;
use matching::Class;

use crate::arguments::{ClassChoice, Format, Global, LanguageChoice, WantedReport};
use crate::clock;
use crate::failure::Failure;
use crate::output::Output;

/// What every command needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common {
    pub(crate) output: Output,
    pub(crate) language: Language,
    /// The day of the screening.
    pub(crate) today: Date,
}

/// Where a result goes and in which form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) format: Format,
    /// None: standard output.
    pub(crate) file: Option<PathBuf>,
    pub(crate) manifests: Vec<PathBuf>,
}

impl Common {
    pub(crate) fn new(global: &Global) -> Self {
        Self {
            output: Output { quiet: global.quiet },
            language: language(global.language),
            today: clock::today(global.today),
        }
    }
}

impl Target {
    pub(crate) fn new(typed: &WantedReport) -> Result<Self, Failure> {
        let format = match (typed.format, &typed.out) {
            (Some(format), _) => format,
            (None, Some(file)) => format_of(file)?,
            (None, None) => Format::Table,
        };
        if format == Format::Xlsx && typed.out.is_none() && std::io::stdout().is_terminal() {
            return Err(Failure::new(
                "a workbook cannot be shown on a terminal",
                "name a file for it: --out hits.xlsx",
            ));
        }
        let beside = typed.out.as_deref().map(manifest_beside);
        let manifests = beside.into_iter().chain(typed.manifest.clone()).collect();
        Ok(Self { format, file: typed.out.clone(), manifests })
    }
}

/// `hits.csv` gets `hits.csv.manifest.json`.
pub(crate) fn manifest_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".manifest.json");
    file.with_file_name(name)
}

fn format_of(file: &Path) -> Result<Format, Failure> {
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "txt" => Ok(Format::Table),
        "json" => Ok(Format::Json),
        "jsonl" | "ndjson" => Ok(Format::Jsonl),
        "csv" => Ok(Format::Csv),
        "xlsx" => Ok(Format::Xlsx),
        "html" | "htm" => Ok(Format::Html),
        _ => Err(Failure::new(
            format!("the name {} does not tell the form of the result", file.display()),
            "end it in .csv, .json, .jsonl, .xlsx, .html or .txt, or give --format",
        )),
    }
}

/// The number of workers: what was asked for, otherwise one for each core.
pub(crate) fn workers(asked: Option<u16>) -> usize {
    asked.map_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get), usize::from)
}

pub(crate) const fn class(choice: ClassChoice) -> Class {
    match choice {
        ClassChoice::Weak => Class::Weak,
        ClassChoice::Probable => Class::Probable,
        ClassChoice::Strong => Class::Strong,
    }
}

fn language(choice: Option<LanguageChoice>) -> Language {
    match choice {
        Some(LanguageChoice::En) => Language::En,
        Some(LanguageChoice::Nl) => Language::Nl,
        None => language_of_system().unwrap_or_default(),
    }
}

/// The first of the variables that POSIX names for messages, if it is a language we have.
#[expect(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
fn language_of_system() -> Option<Language> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    Language::from_tag(&["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_format() {
        assert_eq!(format_of(Path::new("a/hits.CSV")).unwrap(), Format::Csv);
        assert_eq!(format_of(Path::new("hits.htm")).unwrap(), Format::Html);
        assert!(format_of(Path::new("hits")).is_err());
        assert!(format_of(Path::new("hits.pdf")).is_err());
    }

    #[test]
    fn the_manifest_stands_beside_the_result() {
        assert_eq!(manifest_beside(Path::new("out/hits.csv")), Path::new("out/hits.csv.manifest.json"));
    }
}
