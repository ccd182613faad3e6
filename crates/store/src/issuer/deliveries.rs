//! What was made for each partner, and the log of what was disclosed to whom, when and on which ground.
//!
//! A delivery has a state that changes. A disclosure happened: it can be added and read, nothing else.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::issuer::editions::EditionId;
use crate::issuer::partners::PartnerId;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! {
    DeliveryId,
    DisclosureId,
}

subject! {
    /// An edition encrypted for one partner. States such as `made`, `sent`, `acknowledged`.
    Delivery, DeliveryId, DELIVERIES = "deliveries", "delivery",
    {
        partner: text PartnerId,
        edition: text EditionId,
        /// SHA-256 of the encrypted file: random bytes, so it stands plain. Finds the delivery a leaked file was.
        content_hash: text String,
    }
}

subject! {
    /// One disclosure. The payload may say by which way and to which address.
    Disclosure, DisclosureId, DISCLOSURES = "disclosures", "disclosure",
    {
        partner: text PartnerId,
        edition: text EditionId,
        content_hash: text String,
        ground: secret String,
        at: text Timestamp,
    }
}

/// Questions about deliveries and disclosures.
pub struct Deliveries<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Deliveries<'_, S> {
    pub async fn with_id(&mut self, id: &DeliveryId) -> Result<Option<Delivery>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn of_edition(&mut self, edition: &EditionId) -> Result<Vec<Delivery>, Error> {
        rows::those(self.0, "edition = $1", &[rows::value(edition)]).await
    }

    pub async fn to_partner(&mut self, partner: &PartnerId) -> Result<Vec<Delivery>, Error> {
        rows::those(self.0, "partner = $1", &[rows::value(partner)]).await
    }

    pub async fn in_state(&mut self, edition: &EditionId, state: &Word) -> Result<Vec<Delivery>, Error> {
        rows::those(self.0, "edition = $1 AND state = $2", &[rows::value(edition), rows::value(state)]).await
    }

    pub async fn with_content(&mut self, content_hash: &str) -> Result<Vec<Delivery>, Error> {
        rows::those(self.0, "content_hash = $1", &[rows::value(&content_hash.to_owned())]).await
    }

    /// What was disclosed to this partner.
    pub async fn disclosed_to(&mut self, partner: &PartnerId) -> Result<Vec<Disclosure>, Error> {
        rows::those(self.0, "partner = $1", &[rows::value(partner)]).await
    }

    /// Every disclosure, the oldest first.
    pub async fn disclosures(&mut self) -> Result<Vec<Disclosure>, Error> {
        let mut found: Vec<Disclosure> = rows::those(self.0, "1 = 1", &[]).await?;
        found.sort_by(|one, other| one.at.cmp(&other.at).then_with(|| one.id.cmp(&other.id)));
        Ok(found)
    }

    /// What was disclosed from a moment up to before another.
    pub async fn disclosed_between(
        &mut self,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Vec<Disclosure>, Error> {
        rows::those(self.0, "at >= $1 AND at < $2", &[rows::value(&from), rows::value(&before)]).await
    }
}

impl Deliveries<'_, Act> {
    pub async fn add(&mut self, delivery: &Delivery) -> Result<Revision, Error> {
        rows::add(self.0, delivery).await
    }

    pub async fn change(&mut self, delivery: &Delivery) -> Result<Revision, Error> {
        rows::change(self.0, delivery).await
    }

    pub async fn disclose(&mut self, disclosure: &Disclosure) -> Result<Revision, Error> {
        rows::add(self.0, disclosure).await
    }
}
