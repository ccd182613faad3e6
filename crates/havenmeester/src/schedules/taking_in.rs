//! Changes of customers that other programs told of go into the remembered base, and are screened with it: the same way as
//! `rescreen --changes`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use intake::customers::Profile;
use operations::hoster::bases;
use operations::hoster::changes::{self, Waiting};
use operations::hoster::outbox::following;
use operations::hoster::outbox::news::Run;
use screening::Customer;

use super::running::by_itself;
use crate::arguments::{self, Content, CustomerFile, RegistryFiles};
use crate::base::again::Changes;
use crate::commands::hoster::rescreen;
use crate::desk::Desk;
use crate::{clock, customers};

/// Batches that are taken in at once.
const MOST: u32 = 1_000;

/// Takes in what waits; gives how many batches. Whoever calls has the turn at the base.
///
/// # Errors
/// Why they wait on. A batch that can never be taken in is refused, and holds up no other.
pub(super) fn take_in(at: &arguments::Desk) -> Result<usize> {
    let at = &by_itself(at, changes::BY);
    let desk = Desk::open(at)?;
    let (mut taken, mut most) = (0, MOST);
    loop {
        let waiting = desk.run(async { changes::waiting(&mut desk.store.look().await?, most).await })?;
        let count = waiting.ids.len();
        if count == 0 {
            return Ok(taken);
        }
        let refuse = |why| desk.run(changes::refuse(&desk.store, &waiting.ids, why, desk.now()));
        if !desk.run(async { bases::is_kept(&mut desk.store.look().await?).await })? {
            refuse("no customer base is remembered")?;
        } else if let Some(customers) = understood(&waiting) {
            keep(at, waiting, customers)?;
        } else if count > 1 {
            // One of them cannot be read: they go on one by one.
            most = 1;
            continue;
        } else {
            refuse("a customer in it cannot be read")?;
            note_failed(&desk)?;
        }
        taken += count;
    }
}

fn keep(at: &arguments::Desk, waiting: Waiting, customers: Vec<Customer>) -> Result<()> {
    let Waiting { ids: batches, gone, .. } = waiting;
    let changes = Changes { customers, gone, of_file: None, batches };
    rescreen::with_changes(at, clock::today(None), changes)?;
    Ok(())
}

/// Notes, for those who want to be told, that changes were not taken in.
pub(super) fn note_failed(desk: &Desk) -> Result<()> {
    Ok(desk.run(following::note_failed(&desk.store, &desk.person, &Run::Changes, desk.now()))?)
}

/// The customers, read as those of a source are; nothing if one of them cannot be.
fn understood(waiting: &Waiting) -> Option<Vec<Customer>> {
    if waiting.customers.is_empty() {
        return Some(Vec::new());
    }
    let lines: Vec<String> = waiting.customers.iter().map(ToString::to_string).collect();
    let file = CustomerFile {
        file: PathBuf::from("changes"),
        column: Vec::new(),
        profile: Some(Profile::Connector.name().to_owned()),
        content: Some(Content(Arc::new(lines.join("\n").into_bytes()))),
        registry: RegistryFiles::default(),
    };
    let mut read = customers::open(&file).ok()?;
    let customers: Vec<Customer> = (&mut read).flatten().collect();
    (customers.len() == lines.len()).then_some(customers)
}
