//! Changes of customers that another program told of, until they are taken into the remembered base.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { CustomerChangeId }

subject! {
    /// One batch. The state is `waiting`, `taken` or `refused`; the payload holds the facts while it waits, and only counts
    /// afterwards.
    CustomerChange, CustomerChangeId, CUSTOMER_CHANGES = "customer_changes", "customer change",
    {
        /// The program and its own name of the batch: there is one batch for each.
        sent: secret String,
        /// Rises: batches are taken in in the order in which they came.
        place: number u64,
        received_at: text Timestamp,
    }
}

/// Questions about changes of customers.
pub struct CustomerChanges<'a, S>(pub(crate) &'a mut S);

impl<S: Session> CustomerChanges<'_, S> {
    pub async fn with_id(&mut self, id: &CustomerChangeId) -> Result<Option<CustomerChange>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn of_sender(&mut self, sent: &str) -> Result<Option<CustomerChange>, Error> {
        Ok(rows::with_secret(self.0, "sent", sent).await?.pop())
    }

    /// At most so many in a state, those that came first.
    pub async fn first_in_state(&mut self, state: &Word, most: u32) -> Result<Vec<CustomerChange>, Error> {
        let condition = format!(
            "id IN (SELECT id FROM customer_changes WHERE state = $1 ORDER BY place, id LIMIT {most})"
        );
        let mut found: Vec<CustomerChange> = rows::those(self.0, &condition, &[rows::value(state)]).await?;
        found.sort_by_key(|one| one.place);
        Ok(found)
    }

    pub async fn count_in_state(&mut self, state: &Word) -> Result<u64, Error> {
        rows::count(self.0, &CUSTOMER_CHANGES, "state = $1", &[rows::value(state)]).await
    }

    pub async fn received_before(&mut self, before: Timestamp) -> Result<Vec<CustomerChange>, Error> {
        rows::those(self.0, "received_at < $1", &[rows::value(&before)]).await
    }
}

impl CustomerChanges<'_, Act> {
    pub async fn add(&mut self, change: &CustomerChange) -> Result<Revision, Error> {
        rows::add(self.0, change).await
    }

    pub async fn change(&mut self, change: &CustomerChange) -> Result<Revision, Error> {
        rows::change(self.0, change).await
    }

    pub async fn remove(&mut self, change: &CustomerChange) -> Result<(), Error> {
        rows::remove::<CustomerChange>(self.0, &change.id.0, change.revision).await
    }
}
