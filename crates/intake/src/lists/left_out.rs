//! Values that a list has and this program has no use for, counted by their sort.

use std::collections::BTreeMap;

use watchlist::{Phrase, phrase};

use super::Place;

/// Sorts that are told apart. A file that calls every value something else cannot fill the memory.
const MAX_SORTS: usize = 500;

/// How often each sort came, and where it stood first.
#[derive(Default)]
pub(super) struct LeftOut {
    sorts: BTreeMap<String, (u64, Place)>,
}

impl LeftOut {
    pub(super) fn add(&mut self, sort: &str, at: Place) {
        let known = self.sorts.contains_key(sort);
        let sort = if known || self.sorts.len() < MAX_SORTS { sort } else { "other sorts" };
        let shown: String = sort.chars().filter(|c| !c.is_control()).take(60).collect();
        self.sorts.entry(shown).or_insert((0, at)).0 += 1;
    }

    /// One sentence for each sort, with the place where it stood first, in the order of the file.
    pub(super) fn told(self) -> Vec<(Phrase, Place)> {
        let mut told: Vec<_> = self
            .sorts
            .into_iter()
            .map(|(sort, (count, at))| {
                (phrase!("{count} times `{sort}`, first here", "{count} keer `{sort}`, het eerst hier"), at)
            })
            .collect();
        told.sort_by_key(|(_, at)| *at);
        told
    }
}
