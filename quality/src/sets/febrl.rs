//! FEBRL4: persons with address and birth date in two files, linked one to one.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::folder::{self, DataFolder};

pub const FILES: &[&str] = &["febrl4_left.csv.gz", "febrl4_right.csv.gz", "febrl4_truth.csv"];

/// One person as in the file; any field may be empty or wrong.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    pub id: String,
    pub given_name: String,
    pub surname: String,
    pub street_number: String,
    pub address_1: String,
    pub address_2: String,
    pub suburb: String,
    pub postcode: String,
    pub state: String,
    pub date_of_birth: String,
}

pub struct Febrl {
    pub left: Vec<Person>,
    pub right: Vec<Person>,
    /// Places in `left` and `right` of the records of one person.
    pub truth: BTreeSet<(u32, u32)>,
}

#[derive(Deserialize)]
struct Link {
    left_id: String,
    right_id: String,
}

pub fn read(data: &DataFolder) -> Result<Febrl> {
    let left = records::<Person>(&data.path(FILES[0]))?;
    let right = records::<Person>(&data.path(FILES[1]))?;
    let places = |persons: &[Person]| -> FxHashMap<String, u32> {
        persons.iter().enumerate().map(|(place, person)| (person.id.clone(), place as u32)).collect()
    };
    let (left_places, right_places) = (places(&left), places(&right));
    let truth = records::<Link>(&data.path(FILES[2]))?
        .into_iter()
        .map(|link| {
            let pair = left_places.get(&link.left_id).zip(right_places.get(&link.right_id));
            pair.map(|(left, right)| (*left, *right))
                .with_context(|| format!("no record for the link {} - {}", link.left_id, link.right_id))
        })
        .collect::<Result<_>>()?;
    Ok(Febrl { left, right, truth })
}

fn records<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>> {
    folder::rows(path)?
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("could not read {}", path.display()))
}
