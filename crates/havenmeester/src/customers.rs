//! The customer file that a command was given: opened as asked, cut into batches, looked through for one.

use anyhow::Result;
use intake::customers::{
    self as reader, CustomerFile, CustomerOptions, Field, Mapping, Profile, RawBatch, SeenIds,
};
use intake::{Problems, RowProblem};
use screening::Customer;
use watchlist::phrase;

use crate::arguments;
use crate::failure::Failure;
use crate::problems::{Tally, short_name};
use crate::registry;

/// Customers in one batch: some milliseconds of work, so that workers seldom wait for each other, and
/// under a megabyte of customers.
pub(crate) const PER_BATCH: usize = 1_024;

/// Opens the file and finds out what its columns mean.
pub(crate) fn open(typed: &arguments::CustomerFile) -> Result<CustomerFile> {
    let options = options(typed)?;
    Ok(match &typed.content {
        Some(content) => reader::from_bytes(&short_name(&typed.file), &content.0, &options)?,
        None => reader::open(&typed.file, &options)?,
    })
}

fn options(typed: &arguments::CustomerFile) -> Result<CustomerOptions, Failure> {
    let columns = typed.column.iter().map(|(field, heading)| Ok((self::field(field)?, heading.clone())));
    Ok(CustomerOptions {
        columns: columns.collect::<Result<_, Failure>>()?,
        profile: typed.profile.as_deref().map(profile).transpose()?,
        ..CustomerOptions::default()
    })
}

fn field(name: &str) -> Result<Field, Failure> {
    Field::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Field::names().collect();
        let known = known.join(", ");
        Failure::Worded {
            what: phrase!("--column: there is no field `{name}`", "--column: er is geen veld `{name}`"),
            hint: phrase!("fields are: {known}", "velden zijn: {known}"),
        }
    })
}

fn profile(name: &str) -> Result<Profile, Failure> {
    Profile::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Profile::ALL.iter().map(|profile| profile.name()).collect();
        Failure::new(
            format!("--profile: `{name}` is not known"),
            format!("profiles are: {}", known.join(", ")),
        )
    })
}

/// What was wrong in one batch, and what is needed to find ids that come again.
pub(crate) struct Found {
    problems: Vec<RowProblem>,
    /// Id and row of each customer, nothing else of them.
    ids: Vec<Customer>,
}

impl Found {
    pub(crate) fn customers(&self) -> u64 {
        self.ids.len() as u64
    }

    /// With a problem that shows only after reading.
    pub(crate) fn add(&mut self, problem: Option<RowProblem>) {
        self.problems.extend(problem);
    }

    /// Adds what was found to the counts of the file. Batches must come in their order.
    pub(crate) fn add_to(&self, problems: &mut Problems, seen: &mut Option<SeenIds>) {
        self.problems.iter().for_each(|problem| problems.add(problem));
        if let Some(seen) = seen {
            self.ids.iter().for_each(|customer| seen.add(customer));
        }
    }
}

/// Takes a batch apart. Runs on the workers.
pub(crate) fn parse(batch: RawBatch, mapping: &Mapping) -> (Vec<Customer>, Found) {
    let mut customers = Vec::new();
    let mut found = Found { problems: Vec::new(), ids: Vec::new() };
    for row in batch.into_customers(mapping) {
        match row {
            Ok(customer) => {
                found.ids.push(Customer {
                    id: customer.id.clone(),
                    row: customer.row,
                    ..Customer::default()
                });
                customers.push(customer);
            }
            Err(problem) => found.problems.push(problem),
        }
    }
    (customers, found)
}

/// The customers of a batch alone, for a second look at a file whose problems are known.
pub(crate) fn parse_again(batch: RawBatch, mapping: &Mapping) -> Vec<Customer> {
    batch.into_customers(mapping).into_iter().flatten().collect()
}

/// The first customer with this id.
pub(crate) fn find(typed: &arguments::CustomerFile, id: &str) -> Result<Customer> {
    if registry::holds_customers(typed) {
        let registry = registry::open(&typed.file, &typed.registry.own)?;
        let found = registry::customers(&registry).flatten().find(|customer| customer.id == id);
        return Ok(found.ok_or_else(|| unknown(typed, id))?);
    }
    let chains = registry::chains(typed, &mut Tally::default())?;
    let mut found = open(typed)?.flatten().find(|customer| customer.id == id);
    if let (Some(customer), Some(chains)) = (&mut found, &chains) {
        // One customer is asked for here; the screening is where its cut chain is counted.
        let _cut = chains.extend(customer);
    }
    Ok(found.ok_or_else(|| unknown(typed, id))?)
}

fn unknown(typed: &arguments::CustomerFile, id: &str) -> Failure {
    Failure::new(
        format!("{} has no customer `{id}`", short_name(&typed.file)),
        "give the id as it stands in the file; `havenmeester customers check` shows which column it is in",
    )
}
