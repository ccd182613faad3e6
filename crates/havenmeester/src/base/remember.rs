//! Keeps the base of a file that was just screened.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use anyhow::{Error, Result};
use operations::hoster::bases::{self, Head};
use screening::Settings;

use super::about::About;
use super::part::part_of;
use crate::arguments::CustomerFile;
use crate::customers;
use crate::desk::Desk;
use crate::result::Finished;

/// Reads the file once more and keeps its customers, in place of an earlier base.
///
/// # Errors
/// If the file is not there any more, or the database refuses.
pub(crate) fn keep(
    typed: &CustomerFile,
    finished: &Finished,
    lists: &[(String, BTreeMap<String, String>)],
    settings: &Settings,
    desk: &Desk,
) -> Result<u64> {
    let mut file = customers::open(typed)?;
    let mapping = file.mapping();
    let hit_rows: HashSet<u64> = finished.screening.hits.iter().map(|hit| hit.row).collect();
    let about = About::new(typed, &finished.manifest.customers_file, lists, settings);
    // The parts are made while the head waits for what they tell.
    let told = RefCell::new((about, 0_u64, 0_u64));
    let parts = std::iter::from_fn(|| {
        let batch = file.next_batch(customers::PER_BATCH)?;
        let customers = customers::parse_again(batch, &mapping);
        let (about, place, count) = &mut *told.borrow_mut();
        let hits = customers.iter().enumerate().filter(|(_, one)| hit_rows.contains(&one.row));
        about.hit_customers.extend(hits.map(|(at, _)| (*place, at)));
        about.last_row = customers.iter().map(|one| one.row).fold(about.last_row, u64::max);
        *place += 1;
        *count += customers.len() as u64;
        Some(Ok::<_, Error>(part_of(&customers)))
    });
    let head = || {
        let (about, _, count) = &*told.borrow();
        Ok(Head {
            taken_at: desk.now(),
            file: finished.manifest.customers_file.name.clone(),
            customers: *count,
            about: serde_json::to_value(about)?,
            seen: None,
        })
    };
    desk.run(bases::keep(&desk.store, &desk.person, parts, head, desk.now()))?;
    Ok(told.into_inner().2)
}
