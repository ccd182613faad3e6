//! One run of a schedule: the customers are read, screened and kept, or nothing is.

use std::path::Path;

use anyhow::Result;
use documents::FileStamp;
use jiff::{SignedDuration, Timestamp};
use operations::hoster::schedules::runs::{self, Ended};
use screening::Customer;
use watchlist::{Phrase, phrase};

use super::settings::{From, Schedule, Take};
use super::taking_in;
use crate::arguments::{self, CustomerFile, RegistryFiles};
use crate::base::again::Changes;
use crate::base::{self, differences};
use crate::commands::hoster::rescreen;
use crate::connectors::{self, Fetched};
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::{self, Failure};
use crate::output::Output;
use crate::problems::short_name;
use crate::progress::Watcher;
use crate::{clock, customers, hashing, kept_screening};

/// Whether a run may have far fewer customers than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fewer {
    Accepted,
    /// A source that suddenly has less than half of its customers is taken for a broken one.
    Refused,
}

/// Of fewer customers than this, half of them may go.
const FEW: u64 = 20;

/// Begins a run, does it, and keeps how it ended; nothing where the schedule is running.
///
/// # Errors
/// What the database says. That the run failed is no error here.
pub(crate) fn run_and_keep(
    schedule: &Schedule,
    at: &arguments::Desk,
    (due, is_missed): (Timestamp, bool),
    fewer: Fewer,
    output: Output,
) -> Result<Option<Ended>> {
    let desk = Desk::open(at)?;
    let earlier = desk.run(async { runs::of(&mut desk.store.look().await?, &schedule.name).await })?;
    let begun = runs::begin(&desk.store, &desk.person, &schedule.name, (due, is_missed), desk.now());
    let Some(id) = desk.run(begun)? else { return Ok(None) };
    let before = earlier.iter().find_map(|run| match &run.state {
        runs::RunState::Ended(_, Ended::Done { customers, .. }) => Some(*customers),
        _ => None,
    });
    let least = match fewer {
        Fewer::Accepted => None,
        Fewer::Refused => before.filter(|before| *before >= FEW).map(|before| before.div_ceil(2)),
    };
    let ended = Running { schedule, at, least, output }.run().unwrap_or_else(|error| failed(&error));
    desk.run(runs::end(&desk.store, &desk.person, &id, ended.clone(), desk.now()))?;
    Ok(Some(ended))
}

fn failed(error: &anyhow::Error) -> Ended {
    if let Some((what, hint)) = failure::worded(error) {
        let both = |phrase: &Phrase| [phrase.english().to_owned(), phrase.dutch().to_owned()];
        return Ended::Failed { what: both(&what), hint: both(&hint) };
    }
    let hint = failure::hint(error).unwrap_or_default();
    let what = format!("{error:#}");
    Ended::Failed { what: [what.clone(), what], hint: [hint.clone(), hint] }
}

struct Running<'a> {
    schedule: &'a Schedule,
    at: &'a arguments::Desk,
    /// Fewer customers than these are a failure.
    least: Option<u64>,
    output: Output,
}

impl Running<'_> {
    fn run(&self) -> Result<Ended> {
        // What was told of before the customers are read is older than they are; what is told of meanwhile is newer, and waits.
        let _turn = base::turn();
        taking_in::take_in(self.at)?;
        match &self.schedule.from {
            From::Source(name) => {
                let fetched = self.fetched(name)?;
                let ended = self.screened(&fetched.as_file())?;
                fetched.done()?;
                Ok(ended)
            }
            From::File { path, columns, profile, at_most_old } => {
                check_age(path, *at_most_old)?;
                self.screened(&CustomerFile {
                    file: path.clone(),
                    column: columns.clone(),
                    profile: profile.clone(),
                    content: None,
                    registry: RegistryFiles::default(),
                })
            }
        }
    }

    fn fetched(&self, name: &str) -> Result<Fetched> {
        let places = Places::new(self.at)?;
        let source = connectors::House::read(&places.home)?.source(name)?;
        connectors::fetch(&source, &places.home, places.key_if_there()?.as_ref(), self.output)
    }

    fn screened(&self, customers: &CustomerFile) -> Result<Ended> {
        match self.schedule.take {
            Take::Whole { remember } => self.whole(customers, remember),
            Take::Changes => match self.changes(customers)? {
                Some(changes) => {
                    let kept = rescreen::with_changes(self.at, clock::today(None), changes)?;
                    Ok(Ended::Done {
                        customers: kept.finished.manifest.customers_screened,
                        looked_at: kept.looked_at,
                        hits: kept.finished.screening.hits.len() as u64,
                    })
                }
                // Nothing to compare with: everything is screened once, and remembered.
                None => self.whole(customers, true),
            },
        }
    }

    fn whole(&self, customers: &CustomerFile, remember: bool) -> Result<Ended> {
        let finished =
            kept_screening::screen(self.at, customers, remember, Watcher::Terminal(QUIET), |finished| {
                if finished.outcome() == Outcome::Problems {
                    return Err(broke_off(customers));
                }
                self.check_number(finished.manifest.customers_screened)
            })?;
        let customers = finished.manifest.customers_screened;
        let hits = finished.screening.hits.len() as u64;
        Ok(Ended::Done { customers, looked_at: customers, hits })
    }

    /// What differs from the remembered customers; nothing where that cannot be said.
    fn changes(&self, file: &CustomerFile) -> Result<Option<Changes>> {
        let mut read = customers::open(file)?;
        let all: Vec<Customer> = (&mut read).flatten().collect();
        let lost = read.problems().lost();
        if lost > 0 {
            return Err(unread(file, lost).into());
        }
        self.check_number(all.len() as u64)?;
        let rows = all.len() as u64;
        let hash = hashing::of_customers(file)?;
        let name = short_name(&file.file);
        let stamp = FileStamp { name, bytes: hash.bytes, sha256: hash.sha256, rows, left_out: 0 };
        let changes = differences::between(&Desk::open(self.at)?, all)?;
        Ok(changes.map(|changes| Changes { of_file: Some(stamp), ..changes }))
    }

    fn check_number(&self, customers: u64) -> Result<()> {
        match self.least {
            Some(least) if customers < least => Err(too_few(self.schedule, customers).into()),
            _ if customers == 0 => Err(too_few(self.schedule, customers).into()),
            _ => Ok(()),
        }
    }
}

/// Progress is shown nowhere.
const QUIET: Output = Output { quiet: true };

/// A file that nobody writes any more is no news of the customers.
fn check_age(path: &Path, at_most: SignedDuration) -> Result<()> {
    let Ok(written) = std::fs::metadata(path).and_then(|file| file.modified()) else {
        // What is not there is told by who opens it.
        return Ok(());
    };
    let Ok(written) = Timestamp::try_from(written) else { return Ok(()) };
    let age = clock::now().duration_since(written);
    if age <= at_most {
        return Ok(());
    }
    let (name, hours, most) = (short_name(path), age.as_hours(), at_most.as_hours());
    Err(Failure::Worded {
        what: phrase!(
            "{name} is {hours} hours old, more than {most}; what it says may not be so any more",
            "{name} is {hours} uur oud, meer dan {most}; wat erin staat, klopt misschien niet meer"
        ),
        hint: Phrase::new(
            "look at the program that writes it, or set `at_most_old_hours`",
            "kijk naar het programma dat het schrijft, of stel `at_most_old_hours` in",
        ),
    }
    .into())
}

fn unread(file: &CustomerFile, lost: u64) -> Failure {
    let name = short_name(&file.file);
    Failure::Worded {
        what: phrase!(
            "{lost} rows of {name} could not be read, so nothing was changed",
            "{lost} rijen van {name} konden niet worden gelezen, dus er is niets gewijzigd"
        ),
        hint: Phrase::new(
            "`havenmeester customers check` says which, and why",
            "`havenmeester customers check` zegt welke, en waarom",
        ),
    }
}

fn broke_off(file: &CustomerFile) -> anyhow::Error {
    let name = short_name(&file.file);
    Failure::Worded {
        what: phrase!(
            "{name} could not be read to its end, so nothing was kept",
            "{name} kon niet tot het einde worden gelezen, dus er is niets bewaard"
        ),
        hint: failure::CHOOSE_AGAIN,
    }
    .into()
}

fn too_few(schedule: &Schedule, customers: u64) -> Failure {
    let name = schedule.name.as_str();
    Failure::Worded {
        what: phrase!(
            "there are {customers} customers, less than half of those of the last run, so nothing was kept",
            "er zijn {customers} klanten, minder dan de helft van die van de vorige keer, dus er is niets bewaard"
        ),
        hint: phrase!(
            "look at the source; if it is right, `havenmeester schedule run {name} --accept-fewer`",
            "kijk naar de bron; klopt het, dan `havenmeester schedule run {name} --accept-fewer`"
        ),
    }
}

/// The desk of a run that nobody began.
pub(super) fn by_itself(at: &arguments::Desk, by: &str) -> arguments::Desk {
    arguments::Desk { person: Some(by.to_owned()), ..at.clone() }
}
