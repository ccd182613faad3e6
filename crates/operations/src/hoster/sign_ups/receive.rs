//! Events from shops are taken in. Nothing is looked up here, so nothing in the answer can depend on a list.

use jiff::Timestamp;
use kyc::dry_run::repeat_keys;
use kyc::{Applicant, Check, CheckKind, Course, Event, Outcome, Policy, State};
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
    /// What the shop checked by itself, such as the mail address.
    pub checks: Vec<ShopCheck>,
}

/// A check that the shop made.
#[derive(Clone)]
pub struct ShopCheck {
    pub kind: CheckKind,
    pub outcome: Outcome,
    /// Who was asked; without it the shop itself.
    pub source: Option<String>,
    /// By which the source finds its answer again.
    pub proof: Option<String>,
}

impl ShopCheck {
    /// As it is noted.
    fn noted(&self, shop: &Shop, policy: &Policy, now: Timestamp) -> Check {
        Check {
            kind: self.kind,
            source: self.source.clone().unwrap_or_else(|| shop.label.clone()),
            outcome: self.outcome,
            proof: self.proof.clone(),
            named: None,
            by: shop.person.clone(),
            taken_at: now,
            valid_until: policy.check_until(self.kind, now),
        }
    }
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
    let checks = || one.checks.iter().map(|check| check.noted(&one.shop, policy, now));
    let Some(row) = act.applications().of_order(&ordered).await? else {
        let mut course = Course::received(now, expires_at);
        add_new(&mut course, checks());
        let kept = KeptApplication {
            shop: one.shop.clone(),
            order: one.order.clone(),
            customer: one.customer.clone(),
            applicant: one.applicant.clone(),
            course,
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
    let is_changed = (!is_same || is_over) && kept.course.take(again).is_ok();
    let is_checked = add_new(&mut kept.course, checks());
    if !is_changed && !is_checked {
        return Ok((id, false));
    }
    if is_changed {
        kept.applicant.clone_from(&one.applicant);
        kept.customer.clone_from(&one.customer);
    }
    let (email, phone) = marks(&kept.applicant);
    let row = Row { customer: kept.customer.clone(), email, phone, ..with(row, &kept) };
    act.applications().change(&row).await?;
    Ok((id, true))
}

/// Adds checks that are not there yet; what was sent a second time is no second check. Says whether any was new.
fn add_new(course: &mut Course, checks: impl Iterator<Item = Check>) -> bool {
    let mut is_new = false;
    for check in checks {
        let is_the_same = |there: &Check| {
            let is_over = there.outcome == Outcome::Confirmed && !there.confirms(check.taken_at);
            !is_over
                && (there.outcome, &there.source, &there.proof)
                    == (check.outcome, &check.source, &check.proof)
        };
        let last = course.checks().iter().rfind(|there| there.kind == check.kind);
        if !last.is_some_and(is_the_same) {
            is_new |= course.take(Event::Checked { check }).is_ok();
        }
    }
    is_new
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
