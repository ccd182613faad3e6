//! Deliveries that came in, whether they were accepted or not.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { ReceivedDeliveryId }

subject! {
    /// A delivery as it came. The state says what became of it, such as `installed` or `refused`; the payload holds
    /// the report, and the bytes where they are kept.
    ReceivedDelivery, ReceivedDeliveryId, RECEIVED = "received_deliveries", "received delivery",
    {
        /// SHA-256 of the file or folder as it came; encrypted for this hoster, so it stands plain.
        content_hash: text String,
        received_at: text Timestamp,
    }
}

/// Questions about received deliveries.
pub struct ReceivedDeliveries<'a, S>(pub(crate) &'a mut S);

impl<S: Session> ReceivedDeliveries<'_, S> {
    pub async fn with_id(&mut self, id: &ReceivedDeliveryId) -> Result<Option<ReceivedDelivery>, Error> {
        rows::one(self.0, &id.0).await
    }

    /// Whether, and with which outcome, the same bytes came before.
    pub async fn with_content(&mut self, content_hash: &str) -> Result<Vec<ReceivedDelivery>, Error> {
        rows::those(self.0, "content_hash = $1", &[rows::value(&content_hash.to_owned())]).await
    }

    pub async fn in_state(&mut self, state: &Word) -> Result<Vec<ReceivedDelivery>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }
}

impl ReceivedDeliveries<'_, Act> {
    pub async fn add(&mut self, delivery: &ReceivedDelivery) -> Result<Revision, Error> {
        rows::add(self.0, delivery).await
    }

    pub async fn change(&mut self, delivery: &ReceivedDelivery) -> Result<Revision, Error> {
        rows::change(self.0, delivery).await
    }
}
