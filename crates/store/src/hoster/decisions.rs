//! Decisions on customers: what happens to the contract.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, ids};

ids! { DecisionId }

subject! {
    /// States such as `proposed`, `stands` and `reopened`; the payload holds measure, grounds, people, and the hits it
    /// rests on.
    Decision, DecisionId, DECISIONS = "decisions", "decision",
    {
        /// The customer's own id.
        customer: secret String,
    }
}

/// Questions about decisions.
pub struct Decisions<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Decisions<'_, S> {
    pub async fn with_id(&mut self, id: &DecisionId) -> Result<Option<Decision>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn on(&mut self, customer: &str) -> Result<Vec<Decision>, Error> {
        rows::with_secret(self.0, "customer", customer).await
    }

    pub async fn all(&mut self) -> Result<Vec<Decision>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }
}

impl Decisions<'_, Act> {
    pub async fn add(&mut self, decision: &Decision) -> Result<Revision, Error> {
        rows::add(self.0, decision).await
    }

    pub async fn change(&mut self, decision: &Decision) -> Result<Revision, Error> {
        rows::change(self.0, decision).await
    }

    /// Removes a decision; that it was there stays in the audit chain, without what it held.
    pub async fn remove(&mut self, decision: &Decision) -> Result<(), Error> {
        rows::remove::<Decision>(self.0, &decision.id.0, decision.revision).await
    }
}
