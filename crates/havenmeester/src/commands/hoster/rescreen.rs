//! `rescreen`: the customers that are remembered, where an edition or a customer changed.

use anyhow::Result;
use operations::hoster::bases;
use screening::Settings;

use crate::arguments::{self, CustomerFile, ListReading, Rescreen};
use crate::base::about::{self, About};
use crate::base::again::{self, Changes};
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

pub(crate) fn run(typed: &Rescreen, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let target = Target::new(&typed.wanted)?;
    let watch = Stopwatch::start();
    let settings = Settings { today: common.today, minimum: matching::Class::Weak };
    let desk = Desk::open(at)?;
    let about = read(&desk)?;
    let mut tally = Tally::default();
    let lists = lists::named_or_installed(&[], ListReading::default(), at, &mut tally)?;
    let index = build_index(&lists, &mut tally);
    let changes = Changes {
        customers: changed(typed, &about, &mut tally)?,
        gone: typed.gone.iter().cloned().collect(),
    };
    let workers = settings::workers(typed.threads);
    let screened = again::screen(&desk, &lists, &index, &settings, workers, changes)?;
    let mut screened = screened.ok_or_else(nothing_remembered)?;

    let (basis, hashes) = (keeping::Basis::of(&lists), about::hashes(&lists));
    let looked_at = screened.looked_at;
    let finished = Finished::new(
        Screened {
            screening: std::mem::take(&mut screened.screening),
            customers_file: about.file(),
            broke_off: false,
        },
        lists,
        about.said(&settings),
        &settings,
        tally,
        &watch,
    );
    result::write(&finished, &target, common)?;
    let (id, hits) = keeping::keep(&finished, &basis, &desk)?;
    let all = finished.screening.coverage.customers;
    screened.keep(&hashes, &settings, all, &desk)?;
    common.output.note(format_args!(
        "kept as screening {id}, with {hits} hits; {looked_at} of {all} customers were looked at"
    ));
    finished.tally.print(common.output);
    Ok(finished.outcome())
}

fn read(desk: &Desk) -> Result<About> {
    let head = desk.run(async { bases::head(&mut desk.store.look().await?).await })?;
    About::read(&head.ok_or_else(nothing_remembered)?.about)
}

fn nothing_remembered() -> Failure {
    Failure::new("no customer base is remembered", "screen it once with `screen CUSTOMERS --keep --remember`")
}

/// The customers of the file with changes. One that cannot be read to its end changes nothing.
fn changed(typed: &Rescreen, about: &About, tally: &mut Tally) -> Result<Vec<screening::Customer>> {
    let Some(file) = &typed.changes else { return Ok(Vec::new()) };
    let as_before =
        CustomerFile { file: file.clone(), column: about.column.clone(), profile: about.profile.clone() };
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
