//! A customer file through the index: the screening itself, with its progress and the hash of the file.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::thread;

use anyhow::{Context, Result};
use documents::FileStamp;
use intake::customers::{Field, SeenIds};
use intake::registry::Registry;
use intake::{ProblemKind, Problems};
use screening::{Customer, Index, Links, Screening, Settings};
use watchlist::IdentifierKind;

use crate::arguments::CustomerFile;
use crate::customers::{self, Found};
use crate::hashing::{self, FileHash};
use crate::pipeline;
use crate::problems::{Tally, short_name};
use crate::progress::{Progress, Watcher};
use crate::registry;

/// What came of one customer file.
pub(crate) struct Screened {
    pub(crate) screening: Screening,
    pub(crate) customers_file: FileStamp,
    /// The file could not be read to its end.
    pub(crate) broke_off: bool,
}

/// Screens all customers of a file and looks a second time for those who are linked with a hit.
///
/// Neither memory nor result depends on the size of the file or the number of workers.
pub(crate) fn screen(
    typed: &CustomerFile,
    index: &Index,
    settings: &Settings,
    workers: usize,
    watcher: Watcher<'_>,
    tally: &mut Tally,
) -> Result<Screened> {
    if registry::holds_customers(typed) {
        return registry::screen(typed, index, settings, workers, tally);
    }
    let chains = registry::chains(typed, tally)?;
    // The hash runs beside the screening: both read the file once, and the second finds it in memory.
    let customers = typed.clone();
    let hash = thread::spawn(move || hashing::of_customers(&customers));

    let mut problems = Problems::default();
    let mut screening =
        first_look((typed, chains.as_ref()), index, settings, workers, watcher, &mut problems)?;
    attach_linked(typed, &mut screening, workers)?;

    let hash = hash.join().map_err(|_| anyhow::anyhow!("hashing stopped"))?;
    let hash = hash.with_context(|| format!("could not read {}", typed.file.display()))?;
    tally.add_file(&typed.file, &problems);
    let broke_off = problems.counts().any(|(kind, _)| kind == ProblemKind::ReadFailed);
    let customers_file = stamp(&typed.file, hash, &screening, &problems);
    Ok(Screened { screening, customers_file, broke_off })
}

fn first_look(
    (typed, chains): (&CustomerFile, Option<&Registry>),
    index: &Index,
    settings: &Settings,
    workers: usize,
    watcher: Watcher<'_>,
    problems: &mut Problems,
) -> Result<Screening> {
    let mut file = customers::open(typed)?;
    let (read, mapping) = (file.progress(), file.mapping());
    let mut seen = file.new_seen_ids();
    let progress = Progress::over(read.bytes_total.load(Ordering::Relaxed), watcher);
    let mut customers = 0;
    let screening = screening::screen(
        index,
        std::iter::from_fn(|| file.next_batch(customers::PER_BATCH)),
        |batch| {
            let (mut customers, mut found) = customers::parse(batch, &mapping);
            if let Some(chains) = chains {
                customers.iter_mut().for_each(|customer| found.add(chains.extend(customer)));
            }
            (customers, found)
        },
        settings,
        workers,
        |found: Found| {
            customers += found.customers();
            found.add_to(problems, &mut seen);
            progress.at(read.bytes_read.load(Ordering::Relaxed), customers, "customers");
        },
    );
    progress.finish();
    let again = seen.map(SeenIds::problems).unwrap_or_default();
    again.iter().for_each(|problem| problems.add(problem));
    Ok(screening)
}

/// Customers who share a value with a hit customer may stand before it, so the file is read again;
/// without a hit there is nothing to look for.
fn attach_linked(typed: &CustomerFile, screening: &mut Screening, workers: usize) -> Result<()> {
    let keys = std::mem::take(&mut screening.link_keys);
    if keys.is_empty() {
        return Ok(());
    }
    let mut file = customers::open(typed)?;
    let mapping = file.mapping().only(is_read_for_links);
    let mut links = Links::default();
    pipeline::in_order(
        workers,
        std::iter::from_fn(|| file.next_batch(customers::PER_BATCH).map(Ok)),
        |batch| {
            let mut customers = customers::parse_again(batch, &mapping);
            customers.retain(|customer| keys.touches(customer));
            Ok(customers)
        },
        |customers: Vec<Customer>| {
            customers.iter().for_each(|customer| links.visit(&keys, customer));
            anyhow::Ok(())
        },
    )?;
    links.attach(&mut screening.hits);
    Ok(())
}

/// Names, domains and address space link nobody, and they are half of the work of reading a row.
fn is_read_for_links(field: Field) -> bool {
    use IdentifierKind::{Asn, Domain, Hostname, IpRange, NameServer};
    !matches!(
        field,
        Field::Company
            | Field::TradingName
            | Field::Person
            | Field::Contact
            | Field::Name
            | Field::FirstName
            | Field::MiddleName
            | Field::LastName
            | Field::Website
            | Field::Subnet
            | Field::Mask
            | Field::RangeStart
            | Field::RangeEnd
            | Field::Sld
            | Field::Tld
            | Field::LastLogin
            | Field::Service
            | Field::Monthly
            | Field::Status
            | Field::Since
            | Field::Until
            | Field::BirthDate
            | Field::Identifier(Asn | Domain | Hostname | IpRange | NameServer)
    )
}

fn stamp(path: &Path, hash: FileHash, screening: &Screening, problems: &Problems) -> FileStamp {
    FileStamp {
        name: short_name(path),
        bytes: hash.bytes,
        sha256: hash.sha256,
        rows: screening.coverage.customers + problems.lost(),
        left_out: problems.lost(),
    }
}
