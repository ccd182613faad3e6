//! The rights of a customer as a person concerned: what is kept about them, restriction, and erasure.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::Noted;
use store::hoster::restrictions::{Restriction as Row, RestrictionId};
use store::{BothSides, Deed, HosterSide, Look, Payload, PersonId, Revision, Session, Store};

use super::casework::{self, Attachment};
use super::decisions::{self, KeptDecision};
use super::reviews::ReviewError;
use super::screenings::{self, Reviewed};
use super::sign_ups::{self, KeptApplication};
use super::{actor, bases, changes, outbox, word};
use crate::records;

/// What is kept about a customer.
#[derive(Debug, Default)]
pub struct Held {
    /// Screening and hit, the newest screening last.
    pub hits: Vec<(String, Reviewed)>,
    /// Id, state and decision.
    pub decisions: Vec<(String, String, KeptDecision)>,
    pub attachments: Vec<Attachment>,
    pub restrictions: Vec<Restriction>,
    /// Orders before they were a customer: id, and what is kept of it.
    pub applications: Vec<(String, KeptApplication)>,
    /// Whether the customer is in the base that is kept to be screened again.
    pub in_base: bool,
    /// Acts on these, and requests for data that were sent.
    pub acts: Vec<Noted>,
}

/// That the data of a customer are kept and not worked on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    pub ground: String,
    pub by: String,
    pub at: Timestamp,
    #[serde(default)]
    pub lifted: Option<(String, Timestamp)>,
}

/// Shows whether it is lifted.
impl std::fmt::Debug for Restriction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Restriction(by {}, lifted: {})", self.by, self.lifted.is_some())
    }
}

/// What was erased of a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    pub hits: usize,
    pub decisions: usize,
    pub attachments: usize,
    pub applications: usize,
    /// Acts whose details were erased.
    pub details: usize,
    /// Whether the customer was in the base that is kept to be screened again.
    pub of_base: bool,
}

/// Why a right was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    #[error("nothing is kept about this customer")]
    Nothing,
    #[error("the ground has no words")]
    NoGround,
    #[error("the data of this customer are restricted already")]
    RestrictedAlready,
    #[error("the data of this customer are not restricted")]
    NotRestricted,
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl SubjectError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => Some("look whether the id is the one in your own customer base"),
            Self::NoGround => Some("say who asked for it, and when"),
            Self::RestrictedAlready | Self::NotRestricted => Some("nothing is left to do here"),
            Self::Store(error) => error.hint(),
        }
    }
}

/// Collects it. Of customers without a hit nothing is kept, so there is nothing to find, unless the house keeps its base to
/// be screened again.
///
/// # Errors
/// What the store says.
pub async fn held(look: &mut Look, customer: &str) -> Result<Held, store::Error> {
    let mut held = Held::default();
    let mut ids = BTreeSet::new();
    for screening in look.screenings().all().await? {
        for row in look.screenings().hits_of(&screening.id).await? {
            let reviewed = screenings::read(&row)?;
            if reviewed.hit.customer_id == customer {
                ids.insert(("hit", row.id.0.clone()));
                held.hits.push((screening.id.0.clone(), reviewed));
            }
        }
    }
    for row in look.decisions().on(customer).await? {
        ids.insert(("decision", row.id.0.clone()));
        held.decisions.push((row.id.0.clone(), row.state.to_string(), decisions::read(&row)?));
    }
    held.attachments = casework::attachments(look, customer).await?;
    ids.extend(held.attachments.iter().map(|one| ("attachment", one.id.clone())));
    for row in look.restrictions().on(customer).await? {
        ids.insert(("restriction", row.id.0.clone()));
        held.restrictions.push(read(&row)?);
    }
    for row in look.applications().of_customer(customer).await? {
        ids.insert(("application", row.id.0.clone()));
        held.applications.push((row.id.0.clone(), sign_ups::read(&row)?));
    }
    held.in_base = bases::holds(look, customer).await?;
    records::each(look, 0, |act| {
        if is_about(act, customer, &ids) {
            held.acts.push(act.clone());
        }
    })
    .await?;
    Ok(held)
}

fn is_about(act: &Noted, customer: &str, ids: &BTreeSet<(&'static str, String)>) -> bool {
    let asked = act.details.as_ref().and_then(|details| details.get("customer"));
    asked.is_some_and(|asked| asked == customer)
        || ids.iter().any(|(kind, id)| *kind == act.object_kind && *id == act.object_id)
}

/// Keeps the data of a customer and lets nobody work on them, because they asked for it.
///
/// # Errors
/// A [`SubjectError`].
pub async fn restrict(
    store: &Store,
    person: &PersonId,
    customer: &str,
    ground: &str,
    now: Timestamp,
) -> Result<(), SubjectError> {
    if ground.trim().is_empty() {
        return Err(SubjectError::NoGround);
    }
    let mut act = store.act(actor(person), now).await?;
    if is_restricted(&mut act, customer).await? {
        return Err(SubjectError::RestrictedAlready);
    }
    if decisions::hits_of(&mut act, customer).await?.is_empty()
        && act.decisions().on(customer).await?.is_empty()
    {
        return Err(SubjectError::Nothing);
    }
    let kept = Restriction { ground: ground.to_owned(), by: person.0.clone(), at: now, lifted: None };
    let id = RestrictionId(format!("R-{:06}", act.audit().count().await? + 1));
    let row = Row {
        id: id.clone(),
        customer: customer.to_owned(),
        state: word("active"),
        payload: payload_of(&kept),
        revision: Revision::NEW,
    };
    act.restrictions().add(&row).await?;
    let deed = Deed::new("restrict_data", "restriction", &id.0, "the customer asked for it")?;
    act.commit(deed.personal("ground", ground)).await?;
    Ok(())
}

/// Lets people work on the data of a customer again.
///
/// # Errors
/// [`SubjectError::NotRestricted`].
pub async fn lift(
    store: &Store,
    person: &PersonId,
    customer: &str,
    now: Timestamp,
) -> Result<(), SubjectError> {
    let mut act = store.act(actor(person), now).await?;
    let rows = act.restrictions().on(customer).await?;
    let row = rows.into_iter().find(|row| row.state.as_str() == "active");
    let mut row = row.ok_or(SubjectError::NotRestricted)?;
    let kept = Restriction { lifted: Some((person.0.clone(), now)), ..read(&row)? };
    row.state = word("lifted");
    row.payload = payload_of(&kept);
    act.restrictions().change(&row).await?;
    act.commit(Deed::new("lift_restriction", "restriction", &row.id.0, "data may be worked on again")?)
        .await?;
    Ok(())
}

/// Erases everything that is kept about a customer, in one act: hits of all screenings, decisions, files, and what
/// people wrote about them. That it was there stays in the audit chain, without what it held.
///
/// # Errors
/// [`SubjectError::Nothing`], [`SubjectError::NoGround`].
pub async fn erase(
    store: &Store,
    person: &PersonId,
    customer: &str,
    ground: &str,
    now: Timestamp,
) -> Result<Erased, SubjectError> {
    if ground.trim().is_empty() {
        return Err(SubjectError::NoGround);
    }
    let mut act = store.act(actor(person), now).await?;
    let (mut erased, mut ids) = (Erased::default(), BTreeSet::new());
    for screening in act.screenings().all().await? {
        for row in act.screenings().hits_of(&screening.id).await? {
            if screenings::read(&row)?.hit.customer_id == customer {
                act.screenings().remove_hit(&row).await?;
                ids.insert(("hit", row.id.0.clone()));
                erased.hits += 1;
            }
        }
    }
    for row in act.decisions().on(customer).await? {
        act.decisions().remove(&row).await?;
        ids.insert(("decision", row.id.0.clone()));
        erased.decisions += 1;
    }
    for row in act.attachments().of(customer).await? {
        act.attachments().remove(&row).await?;
        ids.insert(("attachment", row.id.0.clone()));
        erased.attachments += 1;
    }
    for row in act.restrictions().on(customer).await? {
        act.restrictions().remove(&row).await?;
        ids.insert(("restriction", row.id.0.clone()));
    }
    for row in act.applications().of_customer(customer).await? {
        outbox::forget_order(&mut act, &sign_ups::read(&row)?.order).await?;
        act.applications().remove(&row).await?;
        ids.insert(("application", row.id.0.clone()));
        erased.applications += 1;
    }
    erased.of_base = bases::erase(&mut act, customer).await?;
    erased.of_base |= changes::erase(&mut act, customer).await?;
    let mut with_details = Vec::new();
    records::each(&mut act, 0, |one| {
        if one.details.is_some() && is_about(one, customer, &ids) {
            with_details.push(one.seq);
        }
    })
    .await?;
    if ids.is_empty() && with_details.is_empty() && !erased.of_base {
        return Err(SubjectError::Nothing);
    }
    erased.details = with_details.len();
    act.erase_personal(&with_details).await?;
    // Who asked is a detail, which goes with the next retention.
    let deed = Deed::new("erase_customer", "customer", "erased", "the customer asked for it")?;
    act.commit(deed.personal("ground", ground)).await?;
    Ok(erased)
}

/// Whose data are restricted now.
///
/// # Errors
/// What the store says.
pub async fn restricted(session: &mut impl Session) -> Result<BTreeSet<String>, store::Error> {
    let rows = session.restrictions().all().await?;
    Ok(rows.into_iter().filter(|row| row.state.as_str() == "active").map(|row| row.customer).collect())
}

async fn is_restricted(session: &mut impl Session, customer: &str) -> Result<bool, store::Error> {
    let rows = session.restrictions().on(customer).await?;
    Ok(rows.iter().any(|row| row.state.as_str() == "active"))
}

/// Refuses work on the data of a customer that are restricted.
pub(crate) async fn check_not_restricted(
    session: &mut impl Session,
    customer: &str,
) -> Result<(), ReviewError> {
    if is_restricted(session, customer).await? { Err(ReviewError::Restricted) } else { Ok(()) }
}

fn read(row: &Row) -> Result<Restriction, store::Error> {
    super::kept("restriction", &row.id, &row.payload)
}

fn payload_of(kept: &Restriction) -> Payload {
    Payload::new(serde_json::to_vec(kept).expect("texts and numbers are JSON"))
}
