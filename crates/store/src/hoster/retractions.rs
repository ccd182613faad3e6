//! Entries or identifiers that an issuer withdrew, and whether the hits and decisions that rest on them were reopened.

use watchlist::EntryId;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { RetractionId }

subject! {
    /// States such as `open` and `applied`; the payload says what was withdrawn and why.
    Retraction, RetractionId, RETRACTIONS = "retractions", "retraction",
    {
        list: text String,
        entry: text EntryId,
        /// The edition that brought the retraction.
        edition: number u64,
    }
}

/// Questions about retractions.
pub struct Retractions<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Retractions<'_, S> {
    pub async fn in_state(&mut self, state: &Word) -> Result<Vec<Retraction>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }

    pub async fn of_entry(&mut self, list: &str, entry: &EntryId) -> Result<Vec<Retraction>, Error> {
        let values = [rows::value(&list.to_owned()), rows::value(entry)];
        rows::those(self.0, "list = $1 AND entry = $2", &values).await
    }
}

impl Retractions<'_, Act> {
    pub async fn add(&mut self, retraction: &Retraction) -> Result<Revision, Error> {
        rows::add(self.0, retraction).await
    }

    pub async fn change(&mut self, retraction: &Retraction) -> Result<Revision, Error> {
        rows::change(self.0, retraction).await
    }
}
