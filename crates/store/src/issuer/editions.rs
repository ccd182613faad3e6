//! Editions that the issuer made. The payload is the edition's bytes on the wire.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { EditionId }

subject! {
    Edition, EditionId, EDITIONS = "editions", "edition",
    {
        list: text String,
        /// With the list unique.
        number: number u64,
        /// The line that partners compare; the same for all of them, so it stands plain.
        content_root: text String,
    }
}

/// Questions about editions.
pub struct Editions<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Editions<'_, S> {
    pub async fn with_id(&mut self, id: &EditionId) -> Result<Option<Edition>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn numbered(&mut self, list: &str, number: u64) -> Result<Option<Edition>, Error> {
        let values = [rows::value(&list.to_owned()), rows::value(&number)];
        Ok(rows::those(self.0, "list = $1 AND number = $2", &values).await?.pop())
    }

    /// Every edition of a list, the newest first.
    pub async fn of_list(&mut self, list: &str) -> Result<Vec<Edition>, Error> {
        let values = [rows::value(&list.to_owned())];
        let mut found: Vec<Edition> = rows::those(self.0, "list = $1", &values).await?;
        found.sort_by_key(|edition| std::cmp::Reverse(edition.number));
        Ok(found)
    }

    /// The newest edition of a list in this state.
    pub async fn newest(&mut self, list: &str, state: &Word) -> Result<Option<Edition>, Error> {
        let condition = "list = $1 AND state = $2 AND number = \
                         (SELECT MAX(number) FROM editions WHERE list = $1 AND state = $2)";
        let values = [rows::value(&list.to_owned()), rows::value(state)];
        Ok(rows::those(self.0, condition, &values).await?.pop())
    }
}

impl Editions<'_, Act> {
    pub async fn add(&mut self, edition: &Edition) -> Result<Revision, Error> {
        rows::add(self.0, edition).await
    }

    pub async fn change(&mut self, edition: &Edition) -> Result<Revision, Error> {
        rows::change(self.0, edition).await
    }
}
