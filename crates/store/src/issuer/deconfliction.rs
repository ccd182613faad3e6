//! Which team works on which handle, so that two teams do not get into each other's way.
//!
//! A question names one handle and gets the teams to contact, nothing else: handles cannot be listed.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, ids};

ids! { DeconflictionId }

subject! {
    /// One handle that one team works on. States such as `ours`, `shared`, `hold`; the payload says whom to contact.
    DeconflictionKey, DeconflictionId, KEYS = "deconfliction_keys", "deconfliction key",
    {
        /// The handle in its normalised form, or a keyed hash of it. With the team unique.
        handle: secret String,
        team: secret String,
    }
}

/// Questions about handles.
pub struct Deconfliction<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Deconfliction<'_, S> {
    pub async fn who_works_on(&mut self, handle: &str) -> Result<Vec<DeconflictionKey>, Error> {
        rows::with_secret(self.0, "handle", handle).await
    }
}

impl Deconfliction<'_, Act> {
    pub async fn claim(&mut self, key: &DeconflictionKey) -> Result<Revision, Error> {
        rows::add(self.0, key).await
    }

    pub async fn change(&mut self, key: &DeconflictionKey) -> Result<Revision, Error> {
        rows::change(self.0, key).await
    }

    pub async fn release(&mut self, id: &DeconflictionId, seen: Revision) -> Result<(), Error> {
        rows::remove::<DeconflictionKey>(self.0, &id.0, seen).await
    }
}
