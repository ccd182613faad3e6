//! One changed value, and the changes of a list of values.

use std::fmt;

/// A value and what took its place.
#[derive(Clone, PartialEq, Eq)]
pub struct Replaced<T> {
    pub old: T,
    pub new: T,
}

/// Shows no content: values of a list are confidential.
impl<T> fmt::Debug for Replaced<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Replaced(..)")
    }
}

impl<T: Clone + PartialEq> Replaced<T> {
    /// Nothing where both are the same.
    pub(super) fn between(old: &T, new: &T) -> Option<Self> {
        (old != new).then(|| Self { old: old.clone(), new: new.clone() })
    }

    /// Puts the new value in the place of the old one; nothing where another one stands there.
    pub(super) fn apply(change: &Option<Self>, value: &mut T) -> Option<()> {
        let Some(change) = change else { return Some(()) };
        (*value == change.old).then(|| *value = change.new.clone())
    }
}

/// What was added to, removed from and changed in a list of values whose order carries no meaning.
#[derive(Clone, PartialEq, Eq)]
pub struct ListChange<T> {
    pub added: Vec<T>,
    pub removed: Vec<T>,
    /// The same value with other particulars, such as the validity of an identifier.
    pub changed: Vec<Replaced<T>>,
}

/// Shows counts only: values of a list are confidential.
impl<T> fmt::Debug for ListChange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (added, removed, changed) = (self.added.len(), self.removed.len(), self.changed.len());
        write!(f, "ListChange(+{added}, -{removed}, ~{changed})")
    }
}

impl<T: Clone + PartialEq> ListChange<T> {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// Compares two lists; values with the same `key` are the same value with other particulars.
    pub(super) fn between<K: PartialEq>(old: &[T], new: &[T], key: impl Fn(&T) -> K) -> Self {
        let mut removed = old.to_vec();
        let mut added = Vec::new();
        for value in new {
            if take(&mut removed, |candidate| candidate == value).is_none() {
                added.push(value.clone());
            }
        }
        let mut changed = Vec::new();
        added.retain(|value| {
            let old = take(&mut removed, |candidate| key(candidate) == key(value));
            old.map(|old| changed.push(Replaced { old, new: value.clone() })).is_none()
        });
        Self { added, removed, changed }
    }

    /// Changes the list; nothing where a value that goes is not there.
    pub(super) fn apply(&self, values: &mut Vec<T>) -> Option<()> {
        let old = self.removed.iter().chain(self.changed.iter().map(|change| &change.old));
        for value in old {
            take(values, |candidate| candidate == value)?;
        }
        values.extend(self.added.iter().cloned());
        values.extend(self.changed.iter().map(|change| change.new.clone()));
        Some(())
    }
}

fn take<T>(values: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> Option<T> {
    let place = values.iter().position(is_it)?;
    Some(values.remove(place))
}
