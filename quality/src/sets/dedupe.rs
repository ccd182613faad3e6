//! Child-care sites with name, address, zip and phone: which records are of one site.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::folder::{self, DataFolder};

pub const FILES: &[&str] = &["dedupe_sites.csv.gz"];

#[derive(Clone, Debug, Deserialize)]
pub struct Site {
    pub rec_id: String,
    pub cluster_id: String,
    pub name: String,
    pub address: String,
    pub zip: String,
    pub phone: String,
}

pub fn read(data: &DataFolder) -> Result<Vec<Site>> {
    let path = data.path(FILES[0]);
    folder::rows(&path)?
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("could not read {}", path.display()))
}

/// The true group of each record, numbered from 0.
pub fn true_groups(sites: &[Site]) -> Vec<u32> {
    let mut numbers = BTreeMap::new();
    sites
        .iter()
        .map(|site| {
            let next = numbers.len() as u32;
            *numbers.entry(site.cluster_id.as_str()).or_insert(next)
        })
        .collect()
}
