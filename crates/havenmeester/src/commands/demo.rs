//! `demo`: the main job on the shipped example, with files to go on with.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use documents::Language;
use screening::Settings;

use super::screen::{build_index, said};
use crate::arguments::{CustomerFile, Format, ListReading, RegistryFiles};
use crate::exit::Outcome;
use crate::problems::Tally;
use crate::progress::Watcher;
use crate::result::{self, Finished};
use crate::settings::{self, Common};
use crate::stopwatch::Stopwatch;
use crate::wording::say;
use crate::{lists, manifest, output, run};

/// Invented customers, written by `cargo run -p testkit --example customer_base`.
const CUSTOMERS: &[u8] = include_bytes!("../../demo/customers.csv");
/// Public designations of legal entities, frozen; each entry names its source.
const LIST: &[u8] = include_bytes!("../../demo/list.json");

/// Where the demo writes, in the current folder.
const FOLDER: &str = "havenmeester-demo";

pub(crate) fn run(common: &Common) -> Result<Outcome> {
    let folder = Path::new(FOLDER);
    let (customers, list) = write_examples(folder)?;
    let finished = screen(customers, list, common)?;
    let report = finished.report(common.language);
    let on_terminal = std::io::stdout().is_terminal();
    output::to_standard_output(|out| result::write_as(&report, Format::Table, on_terminal, out))?;
    for (name, format) in [("report.html", Format::Html), ("hits.csv", Format::Csv)] {
        output::to_file(&folder.join(name), |out| result::write_as(&report, format, false, out))?;
    }
    manifest::write(&finished, &folder.join("hits.csv.manifest.json"))?;

    common.output.note(what_next(common.language, &shown_path(&folder.join("report.html"))));
    Ok(finished.outcome())
}

/// The same way as `screen`, on the files that were just written.
fn screen(customers: PathBuf, list: PathBuf, common: &Common) -> Result<Finished> {
    let watch = Stopwatch::start();
    let settings = Settings::on(common.today);
    let mut tally = Tally::default();
    let customers = CustomerFile {
        file: customers,
        column: Vec::new(),
        profile: None,
        registry: RegistryFiles::default(),
        content: None,
    };

    let lists = lists::read(&[list], ListReading { nature: None }, &mut tally)?;
    let index = build_index(&lists, &mut tally);
    let screened = run::screen(
        &customers,
        &index,
        &settings,
        settings::workers(None),
        Watcher::Terminal(common.output),
        &mut tally,
    )?;
    Ok(Finished::new(screened, lists, said(&customers, &settings), &settings, tally, &watch))
}

fn write_examples(folder: &Path) -> Result<(PathBuf, PathBuf)> {
    fs::create_dir_all(folder).with_context(|| format!("could not make the folder {}", folder.display()))?;
    let (customers, list) = (folder.join("customers.csv"), folder.join("list.json"));
    output::to_file(&customers, |out| Ok(out.write_all(CUSTOMERS)?))?;
    output::to_file(&list, |out| Ok(out.write_all(LIST)?))?;
    Ok((customers, list))
}

fn what_next(language: Language, report: &str) -> String {
    let written = say(
        language,
        "This was an example: invented customers, and public designations frozen long ago. Never act on it.\n\n\
         The report, to open in a browser:",
        "Dit was een voorbeeld: verzonnen klanten, en openbare aanwijzingen van lang geleden. Handel er nooit naar.\n\n\
         Het rapport, te openen in een browser:",
    );
    let next = say(language, "Try next:", "Probeer hierna:");
    let why = say(language, "why, and why not", "waarom wel, en waarom niet");
    let own = say(language, "your own customers", "uw eigen klanten");
    let read = say(language, "what was understood of a file", "wat van een bestand begrepen is");
    format!(
        "\n{written}\n  {report}\n\n{next}\n\
         \n  # {why}\
         \n  havenmeester explain {FOLDER}/customers.csv --list {FOLDER}/list.json --customer 20004 --entry DEMO-003\
         \n  havenmeester explain {FOLDER}/customers.csv --list {FOLDER}/list.json --customer 30004 --entry DEMO-001\
         \n\n  # {read}\
         \n  havenmeester customers check {FOLDER}/customers.csv\
         \n\n  # {own}\
         \n  havenmeester screen {} --list {FOLDER}/list.json --out hits.xlsx",
        say(language, "customers.csv", "klanten.csv"),
    )
}

/// The whole path, to be opened in a browser; as it is where the system does not tell it.
fn shown_path(path: &Path) -> String {
    std::path::absolute(path).as_deref().unwrap_or(path).display().to_string()
}
