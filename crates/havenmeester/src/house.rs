//! What the web desk asks of the program: lists are read, customers are screened, and the screening is kept.

use std::path::Path;

use anyhow::{Context, Result};
use documents::{Language, Paper};
use intake::lists::{self as reader, ListOptions};
use jiff::civil::Date;
use letters::{Press, paper_pdf};
use matching::Class;
use operations::hoster::notices::Notice;
use screening::Settings;
use store::PersonId;
use web::{Customers, Progress, ReadList, Remarks, Screened, Told};

use crate::arguments::{self, CustomerFile, ListReading, RegistryFiles};
use crate::commands::screen::{build_index, said};
use crate::customer_letters::{self, Days};
use crate::desk::Places;
use crate::problems::Tally;
use crate::progress::Watcher;
use crate::result::Finished;
use crate::stopwatch::Stopwatch;
use crate::{clock, failure, keeping, lists, problems, run, settings};

/// Problems that a page shows; of more the number is said.
const SHOWN: usize = 50;

/// The program around the desk of one house.
pub(crate) struct House {
    /// Which database.
    pub(crate) at: arguments::Desk,
}

impl web::Program for House {
    fn read_list(&self, file: &Path) -> Result<ReadList, Told> {
        let intake = reader::read(file, &ListOptions::default()).map_err(|error| told(&error.into()))?;
        let shown = intake.problems.iter().take(SHOWN);
        let remarks = Remarks {
            shown: shown.map(|one| problems::line(&problems::of_list(file, one))).collect(),
            total: intake.problems.len() as u64 + intake.further_problems,
        };
        Ok(ReadList { edition: intake.edition, remarks })
    }

    fn letter(
        &self,
        notice: &Notice,
        until: Option<Date>,
        today: Date,
        language: Language,
    ) -> Result<Vec<u8>, Told> {
        let print = || {
            let days = match &notice.decision {
                None => Days::to_answer(today, until)?,
                Some(_) => Days { dated: today, from: today, until },
            };
            customer_letters::pdf(&Places::new(&self.at)?.home, notice, days, language)
        };
        print().map_err(|error| told(&error))
    }

    fn paper(&self, paper: &Paper) -> Result<Vec<u8>, Told> {
        paper_pdf(&Press::default(), paper).map_err(|error| told(&error.into()))
    }

    fn screen(
        &self,
        customers: &Customers<'_>,
        person: &PersonId,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Screened, Told> {
        self.try_to_screen(customers, person, progress).map_err(|error| told(&error))
    }
}

impl House {
    fn try_to_screen(
        &self,
        customers: &Customers<'_>,
        person: &PersonId,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Screened> {
        let watch = Stopwatch::start();
        let settings = Settings { today: clock::today(None), minimum: Class::Weak };
        let mut tally = Tally::default();
        let typed = CustomerFile {
            file: customers.file.to_owned(),
            column: columns(customers.columns)?,
            profile: None,
            registry: RegistryFiles::default(),
        };
        let as_person = arguments::Desk { person: Some(person.0.clone()), ..self.at.clone() };
        let lists = lists::named_or_installed(&[], ListReading::default(), &as_person, &mut tally)?;
        let index = build_index(&lists, &mut tally);
        let basis = keeping::Basis::of(&lists);
        let tell = |bytes_read, bytes_total, customers| {
            progress(Progress { bytes_read, bytes_total, customers });
        };
        let workers = settings::workers(None);
        let screened = run::screen(&typed, &index, &settings, workers, Watcher::Other(&tell), &mut tally)?;
        let finished = Finished::new(screened, lists, said(&typed, &settings), &settings, tally, &watch);
        keeping::keep(&finished, &basis, &as_person)?;
        let shown = finished.tally.listed().iter().take(SHOWN);
        let remarks = Remarks { shown: shown.map(problems::line).collect(), total: finished.tally.total() };
        Ok(Screened { remarks })
    }
}

/// One `FIELD=HEADING` in each line.
fn columns(text: &str) -> Result<Vec<(String, String)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| arguments::column(line).map_err(anyhow::Error::msg).context("columns")).collect()
}

pub(crate) fn told(error: &anyhow::Error) -> Told {
    let hint = failure::hint(error).unwrap_or_else(|| "correct the file and choose it again".to_owned());
    Told { what: format!("{error:#}"), hint }
}
