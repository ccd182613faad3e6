//! Whom the hoster trusts for which list: the state of the delivery crate, kept as it writes it.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, ids};

ids! {
    /// The list, or the issuer, that the trust is about.
    TrustId,
}

subject! {
    TrustState, TrustId, TRUST = "trust_states", "trust state", {}
}

/// Questions about trust.
pub struct TrustStates<'a, S>(pub(crate) &'a mut S);

impl<S: Session> TrustStates<'_, S> {
    pub async fn with_id(&mut self, id: &TrustId) -> Result<Option<TrustState>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn all(&mut self) -> Result<Vec<TrustState>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }
}

impl TrustStates<'_, Act> {
    pub async fn begin(&mut self, trust: &TrustState) -> Result<Revision, Error> {
        rows::add(self.0, trust).await
    }

    pub async fn change(&mut self, trust: &TrustState) -> Result<Revision, Error> {
        rows::change(self.0, trust).await
    }

    pub async fn end(&mut self, id: &TrustId, seen: Revision) -> Result<(), Error> {
        rows::remove::<TrustState>(self.0, &id.0, seen).await
    }
}
