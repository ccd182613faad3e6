//! What of a base that was read whole is another than what is kept: only that is screened again.

use std::collections::{BTreeSet, HashMap};

use anyhow::Result;
use operations::hoster::bases::{self, CHUNK, customer as piece};
use screening::Customer;

use super::again::Changes;
use super::record;
use crate::desk::Desk;

/// What changed between the base that is kept and these customers, who are all there are. Nothing where no base is kept, or
/// where an id stands for more than one customer, so that nobody can say which of them changed.
///
/// # Errors
/// Those of the database.
pub(crate) fn between(desk: &Desk, customers: Vec<Customer>) -> Result<Option<Changes>> {
    let Some(kept) = kept(desk)? else { return Ok(None) };
    let ids: BTreeSet<&str> = customers.iter().map(|one| one.id.as_str()).collect();
    if ids.len() < customers.len() {
        return Ok(None);
    }
    let gone = kept.keys().filter(|id| !ids.contains(id.as_str())).cloned().collect();
    let is_other = |one: &Customer| kept.get(&one.id) != Some(&without_row(one.clone()));
    let customers = customers.into_iter().filter(is_other).collect();
    Ok(Some(Changes { customers, gone, ..Changes::default() }))
}

/// Where a customer stands in a file says nothing about the customer.
fn without_row(customer: Customer) -> Customer {
    Customer { row: 0, ..customer }
}

/// All customers that are kept, by their ids.
fn kept(desk: &Desk) -> Result<Option<HashMap<String, Customer>>> {
    let read = async {
        let mut look = desk.store.look().await?;
        if !bases::is_kept(&mut look).await? {
            return Ok(None);
        }
        let mut kept = HashMap::new();
        for (part, traces) in bases::traces(&mut look).await?.iter().enumerate() {
            for chunk in 0..traces.iter().count().div_ceil(CHUNK) {
                let records = bases::customers(&mut look, part as u64, chunk).await?;
                for (id, rest) in records.iter().filter_map(piece) {
                    let Some(customer) = record::from_bytes(id, rest) else { return Ok(None) };
                    if kept.insert(id.to_owned(), without_row(customer)).is_some() {
                        return Ok(None);
                    }
                }
            }
        }
        Ok::<_, anyhow::Error>(Some(kept))
    };
    desk.run(read)
}
