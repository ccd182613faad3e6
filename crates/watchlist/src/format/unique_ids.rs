//! Keeps entry ids apart when a list uses one of them twice.

use std::collections::HashSet;

/// The ids given out so far in one list.
#[derive(Default)]
pub struct UniqueIds {
    taken: HashSet<String>,
}

impl UniqueIds {
    /// Takes `wanted` if it is free, otherwise the first free one of `wanted#2`, `wanted#3` ...
    ///
    /// Both entries are kept, since nobody can tell which of the two the issuer meant; the caller
    /// notes a problem when the answer differs from `wanted`.
    pub fn take(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let free = (2u64..)
            .map(|number| format!("{wanted}#{number}"))
            .find(|candidate| !self.taken.contains(candidate))
            .expect("there are more numbers than entries");
        self.taken.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_use_gets_a_number() {
        let mut ids = UniqueIds::default();

        let given = ["A", "A#2", "A", "A", ""].map(|id| ids.take(id));

        assert_eq!(given, ["A", "A#2", "A#3", "A#4", ""]);
    }
}
