//! `rescreen`: the customers that are remembered, where an edition or a customer changed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;
use operations::hoster::bases;
use screening::Settings;
use watchlist::Phrase;

use crate::arguments::{self, CustomerFile, ListReading, Rescreen};
use crate::base::about::{self, About};
use crate::base::again::{self, Again, Changes};
use crate::commands::screen::build_index;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::problems::Tally;
use crate::result::{self, Finished};
use crate::run::Screened;
use crate::settings::{self, Common, Target};
use crate::stopwatch::Stopwatch;
use crate::{customers, keeping, lists, output};

/// What changed beside the lists.
enum Asked<'a> {
    /// A file with customers who changed or are new, and ids of customers who are gone.
    Typed(Option<&'a Path>, &'a [String]),
    Known(Changes),
}

/// A screening of remembered customers that was not kept yet.
pub(crate) struct Done {
    pub(crate) finished: Finished,
    again: Again,
    basis: keeping::Basis,
    hashes: Vec<(String, BTreeMap<String, String>)>,
    settings: Settings,
    desk: Desk,
}

pub(crate) fn run(typed: &Rescreen, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let target = Target::new(&typed.wanted)?;
    let asked = Asked::Typed(typed.changes.as_deref(), &typed.gone);
    let done = screened(at, common.today, typed.threads, asked)?;
    result::write(&done.finished, &target, common)?;
    let (looked_at, all) = (done.again.looked_at, done.finished.screening.coverage.customers);
    let (id, finished) = done.keep()?;
    let hits = finished.screening.hits.len();
    common.output.note(format_args!(
        "kept as screening {id}, with {hits} hits; {looked_at} of {all} customers were looked at"
    ));
    finished.tally.print(common.output);
    Ok(finished.outcome())
}

/// Screens the remembered customers again and keeps the outcome, for the desk.
///
/// # Errors
/// If nothing is remembered, no edition is installed, or the database does not answer; then nothing was kept.
pub(crate) fn again(at: &arguments::Desk, today: Date) -> Result<Finished> {
    with_changes(at, today, Changes::default()).map(|kept| kept.finished)
}

/// A screening of remembered customers that was kept.
pub(crate) struct Kept {
    pub(crate) finished: Finished,
    /// Customers that were looked at.
    pub(crate) looked_at: u64,
}

/// The same where customers changed.
///
/// # Errors
/// As [`again()`]. Where somebody else changed the base meanwhile, nothing of this is in it.
pub(crate) fn with_changes(at: &arguments::Desk, today: Date, changes: Changes) -> Result<Kept> {
    let done = screened(at, today, None, Asked::Known(changes))?;
    let looked_at = done.again.looked_at;
    Ok(Kept { finished: done.keep()?.1, looked_at })
}

fn screened(at: &arguments::Desk, today: Date, threads: Option<u16>, asked: Asked<'_>) -> Result<Done> {
    let watch = Stopwatch::start();
    let settings = Settings { today, minimum: matching::Class::Weak };
    let desk = Desk::open(at)?;
    let about = read(&desk)?;
    let mut tally = Tally::default();
    let lists = lists::named_or_installed(&[], ListReading::default(), at, &mut tally)?;
    let index = build_index(&lists, &mut tally);
    let changes = match asked {
        Asked::Known(changes) => changes,
        Asked::Typed(file, gone) => Changes {
            customers: changed(file, &about, &mut tally)?,
            gone: gone.iter().cloned().collect(),
            ..Changes::default()
        },
    };
    let workers = settings::workers(threads);
    let again = again::screen(&desk, &lists, &index, &settings, workers, changes)?;
    let mut again = again.ok_or_else(nothing_remembered)?;
    let (basis, hashes) = (keeping::Basis::of(&lists), about::hashes(&lists));
    let about = &again.about;
    let (customers_file, said) = (about.file(), about.said(&settings));
    let screened =
        Screened { screening: std::mem::take(&mut again.screening), customers_file, broke_off: false };
    let finished = Finished::new(screened, lists, said, &settings, tally, &watch);
    Ok(Done { finished, again, basis, hashes, settings, desk })
}

impl Done {
    /// Keeps the screening, and then what changed of the base: the other way round, customers who changed could be taken
    /// for screened that were not.
    fn keep(self) -> Result<(String, Finished)> {
        if !self.again.is_current(&self.desk)? {
            return Err(changed_meanwhile().into());
        }
        let (id, _) = keeping::keep(&self.finished, &self.basis, &self.desk)?;
        let customers = self.finished.screening.coverage.customers;
        self.again.keep(&self.hashes, &self.settings, customers, &self.desk)?;
        Ok((id, self.finished))
    }
}

fn read(desk: &Desk) -> Result<About> {
    let head = desk.run(async { bases::head(&mut desk.store.look().await?).await })?;
    About::read(&head.ok_or_else(nothing_remembered)?.about)
}

fn changed_meanwhile() -> Failure {
    Failure::Worded {
        what: Phrase::new(
            "somebody else changed the remembered customers meanwhile, so nothing was kept",
            "iemand anders wijzigde intussen de onthouden klanten, dus er is niets bewaard",
        ),
        hint: Phrase::new("try again", "probeer het opnieuw"),
    }
}

fn nothing_remembered() -> Failure {
    Failure::Worded {
        what: Phrase::new("no customer base is remembered", "er wordt geen klantbestand onthouden"),
        hint: Phrase::new(
            "screen it once with `screen CUSTOMERS --keep --remember`",
            "screen het één keer en laat het onthouden (`screen KLANTEN --keep --remember`)",
        ),
    }
}

/// The customers of the file with changes. One that cannot be read to its end changes nothing.
fn changed(file: Option<&Path>, about: &About, tally: &mut Tally) -> Result<Vec<screening::Customer>> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let as_before = CustomerFile {
        file: file.to_owned(),
        column: about.column.clone(),
        profile: about.profile.clone(),
        content: None,
        registry: crate::arguments::RegistryFiles::default(),
    };
    let mut read = customers::open(&as_before)?;
    let customers: Vec<_> = (&mut read).flatten().collect();
    let lost = read.problems().lost();
    tally.add_file(file, read.problems());
    if lost > 0 {
        return Err(Failure::new(
            format!("{lost} rows of {} could not be read, so nothing was changed", file.display()),
            "look at it with `customers check`, correct it, and give it again",
        )
        .into());
    }
    Ok(customers)
}

/// Shows what is remembered, without a customer.
pub(crate) fn show(at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    match desk.run(async { bases::head(&mut desk.store.look().await?).await })? {
        Some(head) => output::to_standard_output(|out| {
            writeln!(out, "customers  {}", head.customers)?;
            writeln!(out, "file       {}", head.file)?;
            Ok(writeln!(out, "taken      {}", head.taken_at)?)
        })?,
        None => common.output.note("no customer base is remembered"),
    }
    Ok(Outcome::Nothing)
}

/// Lets it go.
pub(crate) fn forget(at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let gone = desk.run(bases::forget(&desk.store, &desk.person, desk.now()))?;
    common.output.note(if gone { "the customer base is gone" } else { "no customer base is remembered" });
    Ok(Outcome::Nothing)
}
