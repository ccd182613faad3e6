//! Partners' confirmations that a delivery arrived and could be opened.

use crate::act::Act;
use crate::error::Error;
use crate::issuer::deliveries::DeliveryId;
use crate::issuer::editions::EditionId;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, ids};

ids! { AcknowledgementId }

subject! {
    /// One confirmation; the state says how it came, such as `signed` or `by_phone`. One for each delivery.
    Acknowledgement, AcknowledgementId, ACKNOWLEDGEMENTS = "acknowledgements", "acknowledgement",
    { delivery: text DeliveryId }
}

/// Questions about acknowledgements.
pub struct Acknowledgements<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Acknowledgements<'_, S> {
    pub async fn of_delivery(&mut self, delivery: &DeliveryId) -> Result<Option<Acknowledgement>, Error> {
        Ok(rows::those(self.0, "delivery = $1", &[rows::value(delivery)]).await?.pop())
    }

    /// How many deliveries of this edition were acknowledged.
    pub async fn count_for(&mut self, edition: &EditionId) -> Result<u64, Error> {
        let condition = "delivery IN (SELECT id FROM deliveries WHERE edition = $1)";
        rows::count(self.0, &ACKNOWLEDGEMENTS, condition, &[rows::value(edition)]).await
    }
}

impl Acknowledgements<'_, Act> {
    pub async fn add(&mut self, acknowledgement: &Acknowledgement) -> Result<Revision, Error> {
        rows::add(self.0, acknowledgement).await
    }
}
