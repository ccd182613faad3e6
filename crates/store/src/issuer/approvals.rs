//! Approvals of entries: each for one version, by one person, never by one who touched the entry.
//!
//! The rule is the curation's; it stands here once more, so that no sequence of calls gets around it.

use watchlist::EntryId;

use crate::act::Act;
use crate::error::Error;
use crate::issuer::IssuerSide;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{PersonId, Revision, ids};

ids! { ApprovalId }

subject! {
    /// An approval. The state is the role in which it was given, such as `second_analyst` or `prosecution`; the
    /// payload holds hash and signature. One person approves a version once.
    Approval, ApprovalId, APPROVALS = "approvals", "approval",
    { entry: text EntryId, version: number u64, approver: text PersonId }
}

/// Questions about approvals.
pub struct Approvals<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Approvals<'_, S> {
    /// The approvals of one version of an entry.
    pub async fn of_version(&mut self, entry: &EntryId, version: u64) -> Result<Vec<Approval>, Error> {
        rows::those(self.0, "entry = $1 AND version = $2", &[rows::value(entry), rows::value(&version)]).await
    }

    pub async fn by(&mut self, person: &PersonId) -> Result<Vec<Approval>, Error> {
        rows::those(self.0, "approver = $1", &[rows::value(person)]).await
    }
}

impl Approvals<'_, Act> {
    /// # Errors
    /// [`Error::OwnWork`] if the approver made a version of the entry or collected its evidence;
    /// [`Error::AlreadyThere`] if they approved this version before, in whichever role;
    /// [`Error::BrokenLink`] if there is no such version.
    pub async fn give(&mut self, approval: &Approval) -> Result<Revision, Error> {
        if self.0.entries().touched_by(&approval.entry, &approval.approver).await? {
            let (id, person) = (approval.entry.0.clone(), approval.approver.0.clone());
            return Err(Error::OwnWork { kind: "entry", id, person });
        }
        rows::add(self.0, approval).await
    }
}
