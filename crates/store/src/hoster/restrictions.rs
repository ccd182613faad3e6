//! Customers whose data may be kept and not worked on, because they asked for it (GDPR, article 18).

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, ids};

ids! { RestrictionId }

subject! {
    /// States `active` and `lifted`; the payload holds the ground, and who restricted and lifted it when.
    Restriction, RestrictionId, RESTRICTIONS = "restrictions", "restriction",
    {
        /// The customer's own id.
        customer: secret String,
    }
}

/// Questions about restrictions.
pub struct Restrictions<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Restrictions<'_, S> {
    pub async fn on(&mut self, customer: &str) -> Result<Vec<Restriction>, Error> {
        rows::with_secret(self.0, "customer", customer).await
    }

    pub async fn all(&mut self) -> Result<Vec<Restriction>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }
}

impl Restrictions<'_, Act> {
    pub async fn add(&mut self, restriction: &Restriction) -> Result<Revision, Error> {
        rows::add(self.0, restriction).await
    }

    pub async fn change(&mut self, restriction: &Restriction) -> Result<Revision, Error> {
        rows::change(self.0, restriction).await
    }

    pub async fn remove(&mut self, restriction: &Restriction) -> Result<(), Error> {
        rows::remove::<Restriction>(self.0, &restriction.id.0, restriction.revision).await
    }
}
