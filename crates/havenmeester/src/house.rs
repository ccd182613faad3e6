//! What the web desk asks of the program: lists are read, customers are screened, and the screening is kept.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use documents::{Language, Paper};
use intake::lists::{self as reader, ListOptions};
use jiff::civil::Date;
use kyc::Applicant;
use kyc::facts::{Said, Source};
use letters::{Press, paper_pdf};
use operations::hoster::notices::Notice;
use operations::hoster::outbox::following;
use operations::hoster::outbox::news::Run;
use store::PersonId;
use watchlist::{Phrase, phrase};
use web::{Customers, Look, Planned, Progress, ReadList, Remarks, Screened, Told};

use crate::arguments::{self, CustomerFile, RegistryFiles};
use crate::base;
use crate::commands::hoster::rescreen;
use crate::customer_letters::{self, Days};
use crate::desk::{Desk, Places};
use crate::facts::Registers;
use crate::failure::Failure;
use crate::problems::Tally;
use crate::progress::Watcher;
use crate::{answers, clock, customer_look, failure, kept_screening, problems, schedules};

/// Customers that are read for a look at a file: enough for its coverage, and soon done.
const LOOKED_AT: u64 = 100_000;
/// Problems that a page shows; of more the number is said.
const SHOWN: usize = 50;

/// The program around the desk of one house.
pub(crate) struct House {
    /// Which database.
    pub(crate) at: arguments::Desk,
    /// Registers that are asked about new customers.
    pub(crate) registers: Option<Arc<Registers>>,
}

impl web::Program for House {
    fn read_list(&self, file: &Path) -> Result<ReadList, Told> {
        let intake = reader::read(file, &ListOptions::default()).map_err(|error| told(&error.into()))?;
        let shown = intake.problems.iter().take(SHOWN);
        let remarks = Remarks {
            shown: shown.map(|one| problems::of_list(file, one)).collect(),
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

    fn send_answer(&self, address: &str, file: &[u8], edition: u32) -> Result<(), Told> {
        answers::send(address, file, edition).map_err(|error| told(&error.into()))
    }

    fn paper(&self, paper: &Paper) -> Result<Vec<u8>, Told> {
        paper_pdf(&Press::default(), paper).map_err(|error| told(&error.into()))
    }

    fn registers(&self, applicant: &Applicant) -> Vec<Source> {
        self.registers.as_ref().map_or_else(Vec::new, |registers| registers.for_applicant(applicant))
    }

    fn ask_register(&self, source: Source, applicant: &Applicant) -> Option<Said> {
        self.registers.as_ref()?.ask(source, applicant)
    }

    fn look(&self, customers: &Customers<'_>) -> Result<Look, Told> {
        let look = || Ok(customer_look::look(&typed(customers)?, LOOKED_AT)?.for_the_desk(SHOWN));
        look().map_err(|error: anyhow::Error| told(&error))
    }

    fn screen(
        &self,
        customers: &Customers<'_>,
        person: &PersonId,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Screened, Told> {
        self.try_to_screen(customers, person, progress).map_err(|error| self.failed(person, &error))
    }

    fn schedules(&self) -> Result<Vec<Planned>, Told> {
        let read = || schedules::of_house(&Places::new(&self.at)?.home);
        let planned = |one: schedules::Schedule| Planned {
            from: one.origin(),
            takes_changes: one.take == schedules::Take::Changes,
            name: one.name,
            when: one.when,
        };
        Ok(read().map_err(|error| told(&error))?.into_iter().map(planned).collect())
    }

    fn screen_again(&self, person: &PersonId) -> Result<Screened, Told> {
        let at = self.as_person(person);
        let _turn = base::turn();
        let done = rescreen::again(&at, clock::today(None)).map_err(|error| self.failed(person, &error))?;
        Ok(Screened { remarks: remarks(&done.tally) })
    }
}

impl House {
    fn as_person(&self, person: &PersonId) -> arguments::Desk {
        arguments::Desk { person: Some(person.0.clone()), ..self.at.clone() }
    }

    /// Notes that a screening failed, for those who want to be told, and says why.
    fn failed(&self, person: &PersonId, error: &anyhow::Error) -> Told {
        if let Ok(desk) = Desk::open(&self.as_person(person)) {
            // Where the database does not take this either, there is nobody to tell but who looks at the page.
            let _ = desk.run(following::note_failed(&desk.store, person, &Run::Screening, desk.now()));
        }
        told(error)
    }

    fn try_to_screen(
        &self,
        customers: &Customers<'_>,
        person: &PersonId,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Screened> {
        let _turn = base::turn();
        let tell = |bytes_read, bytes_total, customers| {
            progress(Progress { bytes_read, bytes_total, customers });
        };
        let (typed, watcher) = (typed(customers)?, Watcher::Other(&tell));
        let at = self.as_person(person);
        let finished = kept_screening::screen(&at, &typed, customers.remember, watcher, |_| Ok(()))?;
        Ok(Screened { remarks: remarks(&finished.tally) })
    }
}

fn remarks(tally: &Tally) -> Remarks {
    Remarks { shown: tally.listed().iter().take(SHOWN).cloned().collect(), total: tally.total() }
}

/// The file as if it had been named on a command line.
fn typed(customers: &Customers<'_>) -> Result<CustomerFile> {
    let column = columns(customers.columns)?;
    Ok(CustomerFile {
        file: customers.file.to_owned(),
        column,
        profile: None,
        content: None,
        registry: RegistryFiles::default(),
    })
}

/// One `FIELD=HEADING` in each line.
fn columns(text: &str) -> Result<Vec<(String, String)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| arguments::column(line).map_err(|_| no_column(line).into())).collect()
}

fn no_column(line: &str) -> Failure {
    Failure::Worded {
        what: phrase!("`{line}` maps no column", "`{line}` wijst geen kolom aan"),
        hint: Phrase::new(
            "write FIELD=HEADING on each line, for example email=Mail address",
            "schrijf VELD=KOP op elke regel, bijvoorbeeld email=E-mailadres",
        ),
    }
}

pub(crate) fn told(error: &anyhow::Error) -> Told {
    if let Some((what, hint)) = failure::worded(error) {
        return Told::Worded { what, hint };
    }
    let hint = failure::hint(error).unwrap_or_else(|| failure::CHOOSE_AGAIN.to_string());
    Told::English { what: format!("{error:#}"), hint }
}
