//! A screening against the installed editions that is kept, for the desk and for schedules.

use anyhow::Result;
use matching::Class;
use screening::Settings;

use crate::arguments::{self, CustomerFile, ListReading};
use crate::base::{about, remember};
use crate::commands::screen::{build_index, said};
use crate::desk::Desk;
use crate::problems::Tally;
use crate::progress::Watcher;
use crate::result::Finished;
use crate::stopwatch::Stopwatch;
use crate::{clock, keeping, lists, run, settings};

/// Screens all customers of a file, and keeps the screening if it is found good. Whoever calls has the turn at the base.
///
/// # Errors
/// Why nothing was kept.
pub(crate) fn screen(
    at: &arguments::Desk,
    typed: &CustomerFile,
    remembers: bool,
    watcher: Watcher<'_>,
    is_good: impl FnOnce(&Finished) -> Result<()>,
) -> Result<Finished> {
    let watch = Stopwatch::start();
    let settings = Settings { today: clock::today(None), minimum: Class::Weak };
    let mut tally = Tally::default();
    let lists = lists::named_or_installed(&[], ListReading::default(), at, &mut tally)?;
    let index = build_index(&lists, &mut tally);
    let basis = keeping::Basis::of(&lists);
    let hashes = remembers.then(|| about::hashes(&lists));
    let screened = run::screen(typed, &index, &settings, settings::workers(None), watcher, &mut tally)?;
    let finished = Finished::new(screened, lists, said(typed, &settings), &settings, tally, &watch);
    is_good(&finished)?;
    let desk = Desk::open(at)?;
    keeping::keep(&finished, &basis, &desk)?;
    if let Some(hashes) = hashes {
        remember::keep(typed, &finished, &hashes, &settings, &desk)?;
    }
    Ok(finished)
}
