//! What people and programs are told, until it has reached them: one row for each recipient and each thing that happened.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { OutgoingId, FollowerId }

subject! {
    /// The state is `waiting`, `sent` or `given_up`; the payload says what happened, and how often it was tried.
    Outgoing, OutgoingId, OUTBOX = "outbox", "outgoing notice",
    {
        /// The name of the recipient in the settings.
        recipient: secret String,
        made_at: text Timestamp,
        /// Before this moment it is not tried (again).
        due_at: text Timestamp,
    }
}

subject! {
    /// How far somebody has followed the audit chain, and what was told so far.
    Follower, FollowerId, FOLLOWERS = "followers", "follower",
    {}
}

/// Questions about what goes out.
pub struct Outbox<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Outbox<'_, S> {
    pub async fn with_id(&mut self, id: &OutgoingId) -> Result<Option<Outgoing>, Error> {
        rows::one(self.0, &id.0).await
    }

    /// At most so many that wait for a recipient and may be tried now, those that are due first.
    pub async fn due(&mut self, recipient: &str, now: Timestamp, most: u32) -> Result<Vec<Outgoing>, Error> {
        let index = self.0.parts().vault.lookup(OUTBOX.name, "recipient", recipient);
        let condition = format!(
            "id IN (SELECT id FROM outbox WHERE state = 'waiting' AND recipient_index = $1 AND due_at <= $2 \
             ORDER BY due_at, id LIMIT {most})"
        );
        rows::those(self.0, &condition, &[rows::value(&index), rows::value(&now)]).await
    }

    pub async fn in_state(&mut self, state: &Word) -> Result<Vec<Outgoing>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }

    pub async fn count_in_state(&mut self, state: &Word) -> Result<u64, Error> {
        rows::count(self.0, &OUTBOX, "state = $1", &[rows::value(state)]).await
    }

    /// Those that were made before a moment.
    pub async fn made_before(&mut self, before: Timestamp) -> Result<Vec<Outgoing>, Error> {
        rows::those(self.0, "made_at < $1", &[rows::value(&before)]).await
    }

    pub async fn follower(&mut self, id: &FollowerId) -> Result<Option<Follower>, Error> {
        rows::one(self.0, &id.0).await
    }
}

impl Outbox<'_, Act> {
    pub async fn add(&mut self, outgoing: &Outgoing) -> Result<Revision, Error> {
        rows::add(self.0, outgoing).await
    }

    pub async fn change(&mut self, outgoing: &Outgoing) -> Result<Revision, Error> {
        rows::change(self.0, outgoing).await
    }

    pub async fn remove(&mut self, outgoing: &Outgoing) -> Result<(), Error> {
        rows::remove::<Outgoing>(self.0, &outgoing.id.0, outgoing.revision).await
    }

    pub async fn add_follower(&mut self, follower: &Follower) -> Result<Revision, Error> {
        rows::add(self.0, follower).await
    }

    pub async fn change_follower(&mut self, follower: &Follower) -> Result<Revision, Error> {
        rows::change(self.0, follower).await
    }
}
