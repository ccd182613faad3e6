//! Voluntary answers of partners: counts only, in the payload. One for each partner and edition; a newer one replaces
//! the one before it.

use crate::act::Act;
use crate::error::Error;
use crate::issuer::editions::EditionId;
use crate::issuer::partners::PartnerId;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, ids};

ids! { ReceiptId }

subject! {
    /// The state says how it came, such as `signed`.
    Receipt, ReceiptId, RECEIPTS = "receipts", "receipt",
    { partner: text PartnerId, edition: text EditionId }
}

/// Questions about receipts.
pub struct Receipts<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Receipts<'_, S> {
    pub async fn for_edition(&mut self, edition: &EditionId) -> Result<Vec<Receipt>, Error> {
        rows::those(self.0, "edition = $1", &[rows::value(edition)]).await
    }

    pub async fn from_partner(
        &mut self,
        partner: &PartnerId,
        edition: &EditionId,
    ) -> Result<Option<Receipt>, Error> {
        let values = [rows::value(partner), rows::value(edition)];
        Ok(rows::those(self.0, "partner = $1 AND edition = $2", &values).await?.pop())
    }
}

impl Receipts<'_, Act> {
    pub async fn add(&mut self, receipt: &Receipt) -> Result<Revision, Error> {
        rows::add(self.0, receipt).await
    }

    pub async fn change(&mut self, receipt: &Receipt) -> Result<Revision, Error> {
        rows::change(self.0, receipt).await
    }
}
