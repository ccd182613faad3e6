//! Customer files that somebody looks at before they are screened: one for each person, on the disk for an hour at most.
//! A file goes when it is dropped, so that none stays behind; what a killed program left is removed at its next start.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use store::PersonId;

use crate::handed_in::HandedIn;

/// How long a file waits for its person.
pub(crate) const WAITS_FOR: SignedDuration = SignedDuration::from_hours(1);

#[derive(Default)]
pub(crate) struct Waiting(Mutex<HashMap<PersonId, Waits>>);

struct Waits {
    file: HandedIn,
    columns: String,
    since: Timestamp,
}

impl Waiting {
    /// Keeps a file in place of an earlier one of the same person.
    pub(crate) fn put(&self, person: &PersonId, file: HandedIn, columns: &str, now: Timestamp) {
        self.at(now, |all| {
            all.insert(person.clone(), Waits { file, columns: columns.to_owned(), since: now });
        });
    }

    /// The file of a person, where it lies, and its columns.
    pub(crate) fn of(&self, person: &PersonId, now: Timestamp) -> Option<(PathBuf, String)> {
        self.at(now, |all| all.get(person).map(|one| (one.file.path().to_owned(), one.columns.clone())))
    }

    /// Says anew what the columns of a person's file mean. Answers whether there is such a file.
    pub(crate) fn map(&self, person: &PersonId, columns: &str, now: Timestamp) -> bool {
        self.at(now, |all| match all.get_mut(person) {
            None => false,
            Some(one) => {
                columns.clone_into(&mut one.columns);
                true
            }
        })
    }

    /// Hands over the file of a person with its columns; it does not wait any more.
    pub(crate) fn take(&self, person: &PersonId, now: Timestamp) -> Option<(HandedIn, String)> {
        self.at(now, |all| all.remove(person).map(|one| (one.file, one.columns)))
    }

    /// Lets files go that waited too long.
    pub(crate) fn sweep(&self, now: Timestamp) {
        self.at(now, |_| {});
    }

    fn at<T>(&self, now: Timestamp, done: impl FnOnce(&mut HashMap<PersonId, Waits>) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| now.duration_since(one.since) < WAITS_FOR);
        done(&mut all)
    }
}
