//! All steps on one machine, for those who keep all keys there and for tests.

use crate::ceremony::sign;
use crate::keys::SigningKey;

use super::{Addressee, Issue, Lifetimes, OnlineKeys, PublishError, Release, prepare};

/// Makes deliveries with the approvers' keys at hand. Two of them are needed, as everywhere.
pub fn publish(
    issue: &Issue<'_>,
    addressees: Vec<Addressee>,
    approvers: &[&SigningKey],
    online: &OnlineKeys<'_>,
    lifetimes: Lifetimes,
) -> Result<Vec<Release>, PublishError> {
    let prepared = prepare(issue, addressees)?;
    let request = prepared.request();
    let approvals = approvers.iter().map(|key| sign(&request, key)).collect::<Result<Vec<_>, _>>()?;
    let sealed = prepared.seal(&approvals)?;
    let request = sealed.request();
    let approvals = approvers.iter().map(|key| sign(&request, key)).collect::<Result<Vec<_>, _>>()?;
    sealed.release(&approvals, issue.roots, online, lifetimes, issue.published_at)
}
