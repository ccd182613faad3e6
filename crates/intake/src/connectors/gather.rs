//! All pages of a source into its customers.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::{Page, Record};

/// The customers of all pages, rows of the same customer together, in the order of their ids: the same whatever the
/// order in which a source lists them, and wherever reading was interrupted.
pub fn gathered(pages: impl IntoIterator<Item = Page>) -> Vec<Record> {
    let mut rows: Vec<(String, Record)> = pages
        .into_iter()
        .flat_map(|page| page.rows)
        .filter_map(|(key, record)| Some((key, record?)))
        .collect();
    rows.sort_by(|(one, _), (other, _)| by_number(one, other));
    rows.dedup_by(|(later, _), (first, _)| later == first);
    in_order(together(rows.into_iter().map(|(_, record)| record)))
}

fn together(records: impl Iterator<Item = Record>) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for record in records {
        match places.get(&record.id) {
            Some(place) => all[*place].add(&record),
            None => {
                places.insert(record.id.clone(), all.len());
                all.push(record);
            }
        }
    }
    all
}

/// Sorts customers by their ids.
pub(super) fn in_order(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by(|one, other| by_number(&one.id, &other.id));
    records
}

/// Numbers by their size and before texts, texts by their letters.
fn by_number(one: &str, other: &str) -> Ordering {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(first), Ok(second)) => first.cmp(&second).then_with(|| one.cmp(other)),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => one.cmp(other),
    }
}
