//! Events from shops are taken in. Nothing is looked up here, so nothing in the answer can depend on a list.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kyc::dry_run::{mail_key, phone_key};
use kyc::{Applicant, Check, CheckKind, Course, Event, Outcome, Policy, State};
use rand_core::CryptoRngCore;
use store::hoster::applications::{Application as Row, ApplicationId};
use store::{Actor, Deed, HosterSide, PersonId, Revision, Store};

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
    let orders: BTreeSet<String> = incoming.iter().map(ordered).collect();
    let known = act.applications().of_orders(&orders.into_iter().collect::<Vec<_>>()).await?;
    let mut rows: BTreeMap<String, (Row, Kept)> =
        known.into_iter().map(|row| (row.ordered.clone(), (row, Kept::AsItWas))).collect();
    let mut ids = Vec::with_capacity(incoming.len());
    for one in incoming {
        let order = ordered(one);
        let taken = match rows.remove(&order) {
            Some((row, kept)) => match again(&row, one, policy, now)? {
                Some(row) => (row, if kept == Kept::New { kept } else { Kept::Changed }),
                None => (row, kept),
            },
            None => {
                let mut name = [0; ID_BYTES];
                random.fill_bytes(&mut name);
                (new(one, policy, now, format!("AP-{}", hex::encode(name))), Kept::New)
            }
        };
        ids.push(taken.0.id.0.clone());
        rows.insert(order, taken);
    }
    let of = |wanted: Kept| -> Vec<Row> {
        rows.values().filter(|(_, kept)| *kept == wanted).map(|(row, _)| row.clone()).collect()
    };
    let (new, changed) = (of(Kept::New), of(Kept::Changed));
    // What was sent a second time changes nothing, and is no act.
    if let Some(first) = new.first().or(changed.first()) {
        act.applications().add_all(&new).await?;
        act.applications().change_all(&changed).await?;
        let deed = Deed::new("receive_application", "application", &first.id.0, "a shop told of an order")?;
        act.commit(deed).await?;
    }
    Ok(ids)
}

/// What became of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    AsItWas,
    Changed,
    New,
}

/// By what an order is known again.
fn ordered(one: &Incoming) -> String {
    format!("{}\n{}\n{}", one.shop.person, one.shop.label, one.order)
}

/// An order that was not known.
fn new(one: &Incoming, policy: &Policy, now: Timestamp, name: String) -> Row {
    let mut course = Course::received(now, policy.hold_until(now));
    add_new(&mut course, one, policy, now);
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
    Row {
        id: ApplicationId(name),
        ordered: ordered(one),
        customer: one.customer.clone(),
        email,
        phone,
        received_at: now,
        state: word(RECEIVED),
        payload: payload_of(&kept),
        revision: Revision::NEW,
    }
}

/// An order that is known, with what is new; nothing where nothing is.
fn again(row: &Row, one: &Incoming, policy: &Policy, now: Timestamp) -> Result<Option<Row>, store::Error> {
    let mut kept = read(row)?;
    let is_same = kept.applicant == one.applicant && kept.customer == one.customer;
    let is_over = match kept.course.state() {
        State::Expired => true,
        State::Clear { until } => until < now,
        _ => false,
    };
    let event = Event::Changed { at: now, expires_at: policy.hold_until(now) };
    let is_changed = (!is_same || is_over) && kept.course.take(event).is_ok();
    let is_checked = add_new(&mut kept.course, one, policy, now);
    if !is_changed && !is_checked {
        return Ok(None);
    }
    if is_changed {
        kept.applicant.clone_from(&one.applicant);
        kept.customer.clone_from(&one.customer);
    }
    let (email, phone) = marks(&kept.applicant);
    Ok(Some(Row { customer: kept.customer.clone(), email, phone, ..with(row.clone(), &kept) }))
}

/// Adds checks that are not there yet; what was sent a second time is no second check. Says whether any was new.
fn add_new(course: &mut Course, one: &Incoming, policy: &Policy, now: Timestamp) -> bool {
    let mut is_new = false;
    for check in one.checks.iter().map(|check| check.noted(&one.shop, policy, now)) {
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
fn marks(applicant: &Applicant) -> (Option<String>, Option<String>) {
    let first = |all: &[String], key: fn(&str) -> Option<String>| all.first().and_then(|one| key(one));
    (first(&applicant.emails, mail_key), first(&applicant.phones, phone_key))
}
