//! Labelled pairs of names.

use std::path::Path;

use anyhow::{Context, Result};
use matching::party::PartyKind;
use serde::Deserialize;

use super::folder;
use crate::split::Portion;

/// The sets of pairs in the data folder, and whether their figures decide at the shipped threshold.
pub const FILES: &[&str] =
    &["pairs_opensanctions_bench", "pairs_org_ror", "pairs_ofac", "pairs_patent_names", "pairs_cross_script"];

/// Two names and whether they are of one party.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Id in its file; the line number where the file has none.
    pub id: String,
    pub same: bool,
    /// How the names differ, or how the negative was chosen.
    pub kind: String,
    pub party: PartyKind,
    pub name1: String,
    pub name2: String,
    /// What the portion goes by: the entity of the first name, or the name itself.
    pub entity: String,
}

impl Pair {
    pub fn portion(&self) -> Portion {
        Portion::of(&self.entity)
    }
}

/// The columns of a pair file. Own cases may leave out all but the names and the label.
#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    pair_id: String,
    label: String,
    #[serde(default)]
    kind: String,
    #[serde(default, rename = "type")]
    party: String,
    name1: String,
    name2: String,
    #[serde(default)]
    entity1: String,
}

/// Reads a pair file; a row without label 0 or 1 is an error that names its line.
pub fn read(path: &Path) -> Result<Vec<Pair>> {
    let mut reader = folder::rows(path)?;
    let mut pairs = Vec::new();
    for (place, row) in reader.deserialize::<Row>().enumerate() {
        let line = place + 2;
        let row = row.with_context(|| format!("{}, line {line}", path.display()))?;
        let same = match row.label.as_str() {
            "1" => true,
            "0" => false,
            other => anyhow::bail!("{}, line {line}: label `{other}`, expected 1 or 0", path.display()),
        };
        pairs.push(Pair {
            id: if row.pair_id.is_empty() { line.to_string() } else { row.pair_id },
            same,
            // `kind/remark`: the remark is too fine for a figure of its own.
            kind: row.kind.split('/').next().unwrap_or_default().to_owned(),
            party: party_kind(&row.party),
            entity: if row.entity1.is_empty() { row.name1.clone() } else { row.entity1 },
            name1: row.name1,
            name2: row.name2,
        });
    }
    Ok(pairs)
}

fn party_kind(text: &str) -> PartyKind {
    match text {
        "organisation" | "company" | "legal_entity" | "brand" => PartyKind::Organisation,
        "person" => PartyKind::Person,
        _ => PartyKind::Unknown,
    }
}
