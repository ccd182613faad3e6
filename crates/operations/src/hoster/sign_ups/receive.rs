//! Events from shops are taken in. Nothing is looked up here, so nothing in the answer can depend on a list.

use jiff::Timestamp;
use kyc::dry_run::repeat_keys;
use kyc::{Applicant, Course, Event, Policy, State};
use rand_core::CryptoRngCore;
use store::hoster::applications::{Application as Row, ApplicationId};
use store::{Act, Actor, Deed, HosterSide, PersonId, Revision, Store};

use super::{KeptApplication, RECEIVED, Shop, payload_of, read, with};
use crate::hoster::word;

/// Bytes of an id.
const ID_BYTES: usize = 16;

/// An order as a shop tells of it.
#[derive(Clone)]
pub struct Incoming {
    pub shop: Shop,
    /// The shop's own number of the order: who sends it again gets the same id.
    pub order: String,
    pub customer: Option<String>,
    pub applicant: Applicant,
}

/// Shows nothing of it.
impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Incoming")
    }
}

/// Takes events of one shop in, all in one act; gives their ids in the same order. An order that is known keeps its id; with
/// other facts, or after its time, it is looked at again.
///
/// # Errors
/// What the store says; nothing was taken in then.
pub async fn receive(
    store: &Store,
    incoming: &[Incoming],
    policy: &Policy,
    now: Timestamp,
    random: &mut impl CryptoRngCore,
) -> Result<Vec<String>, store::Error> {
    let Some(first) = incoming.first() else { return Ok(Vec::new()) };
    let actor = Actor { person: PersonId(first.shop.person.clone()), role: word("shop") };
    let mut act = store.act(actor, now).await?;
    let (mut ids, mut touched) = (Vec::with_capacity(incoming.len()), None);
    for one in incoming {
        let mut name = [0; ID_BYTES];
        random.fill_bytes(&mut name);
        let (id, is_change) = take(&mut act, one, policy, now, format!("AP-{}", hex::encode(name))).await?;
        if is_change {
            touched.get_or_insert_with(|| id.clone());
        }
        ids.push(id);
    }
    // What was sent a second time changes nothing, and is no act.
    if let Some(id) = touched {
        act.commit(Deed::new("receive_application", "application", &id, "a shop told of an order")?).await?;
    }
    Ok(ids)
}

/// The id of the application, and whether anything is new.
async fn take(
    act: &mut Act,
    one: &Incoming,
    policy: &Policy,
    now: Timestamp,
    name: String,
) -> Result<(String, bool), store::Error> {
    let ordered = format!("{}\n{}\n{}", one.shop.person, one.shop.label, one.order);
    let expires_at = policy.hold_until(now);
    let Some(row) = act.applications().of_order(&ordered).await? else {
        let kept = KeptApplication {
            shop: one.shop.clone(),
            order: one.order.clone(),
            customer: one.customer.clone(),
            applicant: one.applicant.clone(),
            course: Course::received(now, expires_at),
            hits: Vec::new(),
            ended_at: None,
        };
        let (email, phone) = marks(&one.applicant);
        let row = Row {
            id: ApplicationId(name.clone()),
            ordered,
            customer: one.customer.clone(),
            email,
            phone,
            received_at: now,
            state: word(RECEIVED),
            payload: payload_of(&kept),
            revision: Revision::NEW,
        };
        act.applications().add(&row).await?;
        return Ok((name, true));
    };
    let id = row.id.0.clone();
    let mut kept = read(&row)?;
    let is_same = kept.applicant == one.applicant && kept.customer == one.customer;
    let is_over = match kept.course.state() {
        State::Expired => true,
        State::Clear { until } => until < now,
        _ => false,
    };
    let again = Event::Changed { at: now, expires_at };
    if (is_same && !is_over) || kept.course.take(again).is_err() {
        return Ok((id, false));
    }
    kept.applicant.clone_from(&one.applicant);
    kept.customer.clone_from(&one.customer);
    let (email, phone) = marks(&one.applicant);
    let row = Row { customer: one.customer.clone(), email, phone, ..with(row, &kept) };
    act.applications().change(&row).await?;
    Ok((id, true))
}

/// The first mail address and the first phone number, by which the same applicant is known again.
pub(super) fn marks(applicant: &Applicant) -> (Option<String>, Option<String>) {
    let first = |emails: &[String], phones: &[String]| {
        let of = Applicant { emails: emails.to_vec(), phones: phones.to_vec(), ..Applicant::default() };
        repeat_keys(&of).into_iter().next()
    };
    let one = |all: &[String]| all.iter().take(1).cloned().collect::<Vec<_>>();
    (first(&one(&applicant.emails), &[]), first(&[], &one(&applicant.phones)))
}
