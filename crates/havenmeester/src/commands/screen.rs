//! `screen`: a customer file against lists.

use anyhow::Result;
use screening::{Index, Settings};

use crate::arguments::{self, CustomerFile};
use crate::base::{about, remember};
use crate::commands::fetch_customers;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::keeping;
use crate::lists::{self, Lists};
use crate::problems::Tally;
use crate::progress::Watcher;
use crate::registry;
use crate::result::{self, Finished};
use crate::run;
use crate::settings::{self, Common, Target};
use crate::stopwatch::Stopwatch;

pub(crate) fn run(typed: &arguments::Screen, desk: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let target = Target::new(&typed.wanted)?;
    let watch = Stopwatch::start();
    let settings = Settings { today: common.today, minimum: settings::class(typed.class) };
    let mut tally = Tally::default();

    let fetched = match &typed.customers.source {
        Some(name) => Some(fetch_customers::fetched(name, desk, common)?),
        None => None,
    };
    let customers = match &fetched {
        Some(fetched) => fetched.as_file(),
        None => typed.customers.as_file().expect("the command line asks for a file or a source"),
    };
    let lists = lists::named_or_installed(&typed.lists, typed.reading, desk, &mut tally)?;
    warn_of_expired(&lists, common);
    let index = build_index(&lists, &mut tally);
    let workers = settings::workers(typed.threads);
    let screened =
        run::screen(&customers, &index, &settings, workers, Watcher::Terminal(common.output), &mut tally)?;
    let kept = typed.keep.then(|| keeping::Basis::of(&lists));
    let remembered = typed.remember.then(|| about::hashes(&lists));
    let mut said = said(&customers, &settings);
    if let Some(registry) = &customers.registry.registry {
        said.push(("registry".to_owned(), registry::hash(registry)?.sha256));
    }
    let finished = Finished::new(screened, lists, said, &settings, tally, &watch);
    result::write(&finished, &target, common)?;

    if let Some(basis) = kept {
        let desk = Desk::open(desk)?;
        let (id, hits) = keeping::keep(&finished, &basis, &desk)?;
        common.output.note(format_args!("kept as screening {id}, with {hits} hits"));
        if let Some(hashes) = remembered {
            let count = remember::keep(&customers, &finished, &hashes, &settings, &desk)?;
            common.output.note(format_args!("{count} customers are remembered; `rescreen` needs no file"));
        }
    }
    if let Some(fetched) = fetched {
        fetched.done()?;
    }
    finished.tally.print(common.output);
    Ok(finished.outcome())
}

pub(crate) fn build_index(lists: &Lists, tally: &mut Tally) -> Index {
    let index = Index::build(&lists.editions);
    let names: Vec<String> = lists.stamps.iter().map(|stamp| stamp.file_name.clone()).collect();
    tally.add_index(&names, &index);
    index
}

/// An old list is screened all the same: what it warns of did not become harmless. The report says it, too.
fn warn_of_expired(lists: &Lists, common: &Common) {
    for stamp in lists.stamps.iter().filter(|stamp| stamp.expired_on(Some(common.today))) {
        if let Some(end) = stamp.valid_until {
            common.output.note(format_args!(
                "warning: {} was valid until {end}; ask its issuer for a newer edition",
                stamp.file_name
            ));
        }
    }
}

/// The settings as the manifest names them. What cannot change the result (threads, format) is not among them.
pub(crate) fn said(customers: &CustomerFile, settings: &Settings) -> Vec<(String, String)> {
    let mut said = vec![
        ("today".to_owned(), settings.today.to_string()),
        ("class".to_owned(), settings.minimum.name().to_owned()),
        ("threshold".to_owned(), matching::THRESHOLD.to_string()),
    ];
    said.extend(customers.profile.iter().map(|profile| ("profile".to_owned(), profile.clone())));
    let columns =
        customers.column.iter().map(|(field, heading)| ("column".to_owned(), format!("{field}={heading}")));
    said.extend(columns);
    said.extend(customers.registry.own.iter().map(|own| ("own".to_owned(), own.clone())));
    said
}
