//! Changes of customers that another program tells of: kept before they are answered, and taken into the remembered base later,
//! in the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::hoster::customer_changes::{CustomerChange as Row, CustomerChangeId};
use store::{Act, BothSides, Deed, HosterSide, Payload, PersonId, Revision, Session, Store};

use super::{actor, bases, kept, word};

/// In whose name changes are taken in.
pub const BY: &str = "changes";
const WAITING: &str = "waiting";
const TAKEN: &str = "taken";
const REFUSED: &str = "refused";
/// For how long it is known which batches came.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a program tells of at once.
#[derive(Clone, PartialEq, Eq)]
pub struct Batch {
    /// The sender's own name of it: sent twice, it counts once.
    pub name: String,
    /// Customers who changed or are new: id, and all that is known of them now, as one line of JSON.
    pub customers: Vec<(String, Value)>,
    /// Ids of customers who are gone.
    pub gone: Vec<String>,
}

/// Shows how much there is.
impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Batch({} customers, {} gone)", self.customers.len(), self.gone.len())
    }
}

/// A batch as it is kept; its facts go when it was taken in.
#[derive(Serialize, Deserialize)]
struct Kept {
    customers: Vec<(String, Value)>,
    gone: Vec<String>,
}

/// Why a batch was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    #[error("no customer base is remembered")]
    NoBase,
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Keeps a batch and gives its id. One that is known keeps its id, whatever is in it.
///
/// # Errors
/// [`ChangesError::NoBase`]; what the store says. Nothing was kept then.
pub async fn receive(
    store: &Store,
    person: &PersonId,
    sender: &str,
    batch: &Batch,
    now: Timestamp,
) -> Result<String, ChangesError> {
    let mut act = store.act(actor(person), now).await?;
    let sent = format!("{}\n{sender}\n{}", person.0, batch.name);
    if let Some(known) = act.customer_changes().of_sender(&sent).await? {
        return Ok(known.id.0);
    }
    if !bases::is_kept(&mut act).await? {
        return Err(ChangesError::NoBase);
    }
    // The chain rises with every act, so that two batches never stand at one place.
    let place = act.audit().count().await? + 1;
    let hash = store::Sha256::of(format!("{sent}\n{place}").as_bytes()).to_string();
    let id = format!("C-{}", &hash[..32]);
    let kept = Kept { customers: batch.customers.clone(), gone: batch.gone.clone() };
    let row = Row {
        id: CustomerChangeId(id.clone()),
        sent,
        place,
        received_at: now,
        state: word(WAITING),
        payload: payload_of(&kept),
        revision: Revision::NEW,
    };
    act.customer_changes().add(&row).await?;
    act.commit(Deed::new("receive_changes", "customer change", &id, "a program told of customers")?).await?;
    Ok(id)
}

fn payload_of(kept: &Kept) -> Payload {
    Payload::new(serde_json::to_vec(kept).expect("texts and numbers are JSON"))
}

/// What waits, put together: of each customer what was told last.
#[derive(Default)]
pub struct Waiting {
    /// The batches, in the order in which they came.
    pub ids: Vec<String>,
    /// Customers who changed or are new, in the order in which they were told of first.
    pub customers: Vec<Value>,
    pub gone: BTreeSet<String>,
}

/// Shows how much there is.
impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Waiting({} batches, {} customers)", self.ids.len(), self.customers.len())
    }
}

/// At most so many batches that wait, those that came first, put together.
///
/// # Errors
/// What the store says.
pub async fn waiting(session: &mut impl Session, most: u32) -> Result<Waiting, store::Error> {
    let rows = session.customer_changes().first_in_state(&word(WAITING), most).await?;
    let ids = rows.iter().map(|row| row.id.0.clone()).collect();
    let batches = rows.iter().map(|row| kept::<Kept>("customer change", &row.id, &row.payload));
    let (customers, gone) = put_together(batches.collect::<Result<_, _>>()?);
    Ok(Waiting { ids, customers, gone })
}

fn put_together(batches: Vec<Kept>) -> (Vec<Value>, BTreeSet<String>) {
    let (mut order, mut facts, mut gone) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for batch in batches {
        for (id, customer) in batch.customers {
            gone.remove(&id);
            if facts.insert(id.clone(), customer).is_none() {
                order.push(id);
            }
        }
        for id in batch.gone {
            facts.remove(&id);
            order.retain(|known| *known != id);
            gone.insert(id);
        }
    }
    (order.iter().filter_map(|id| facts.remove(id)).collect(), gone)
}

/// How many batches wait.
///
/// # Errors
/// What the store says.
pub async fn count_waiting(session: &mut impl Session) -> Result<u64, store::Error> {
    session.customer_changes().count_in_state(&word(WAITING)).await
}

/// How many batches were refused in the last days: they could not be read, or there was no base for them.
///
/// # Errors
/// What the store says.
pub async fn count_refused(session: &mut impl Session) -> Result<u64, store::Error> {
    session.customer_changes().count_in_state(&word(REFUSED)).await
}

/// Within the act that changes the base: these batches are in it now. Their facts go.
pub(super) async fn take(act: &mut Act, ids: &[String]) -> Result<(), store::Error> {
    close(act, ids, TAKEN).await
}

/// Refuses batches that cannot be taken in. Their facts go.
///
/// # Errors
/// What the store says.
pub async fn refuse(store: &Store, ids: &[String], why: &str, now: Timestamp) -> Result<(), store::Error> {
    let Some(first) = ids.first() else { return Ok(()) };
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    close(&mut act, ids, REFUSED).await?;
    act.commit(Deed::new("refuse_changes", "customer change", first, why)?).await?;
    Ok(())
}

async fn close(act: &mut Act, ids: &[String], state: &'static str) -> Result<(), store::Error> {
    for id in ids {
        let Some(row) = act.customer_changes().with_id(&CustomerChangeId(id.clone())).await? else {
            continue;
        };
        let nothing = Kept { customers: Vec::new(), gone: Vec::new() };
        act.customer_changes()
            .change(&Row { state: word(state), payload: payload_of(&nothing), ..row })
            .await?;
    }
    Ok(())
}

/// Forgets which batches came long ago; what still waits stays.
///
/// # Errors
/// What the store says.
pub async fn drop_old(store: &Store, now: Timestamp) -> Result<usize, store::Error> {
    let rows = store.look().await?.customer_changes().received_before(now - KEPT_FOR).await?;
    let old: Vec<Row> = rows.into_iter().filter(|row| row.state.as_str() != WAITING).collect();
    let Some(first) = old.first().map(|row| row.id.0.clone()) else { return Ok(0) };
    let mut act = store.act(actor(&PersonId(BY.to_owned())), now).await?;
    for row in &old {
        act.customer_changes().remove(row).await?;
    }
    act.commit(Deed::new("drop_changes", "customer change", &first, "taken in long ago")?).await?;
    Ok(old.len())
}

/// Erases a customer within an act from what still waits. Answers whether there was something.
pub(super) async fn erase(act: &mut Act, wanted: &str) -> Result<bool, store::Error> {
    let mut erased = false;
    for row in act.customer_changes().first_in_state(&word(WAITING), u32::MAX).await? {
        let mut batch: Kept = kept("customer change", &row.id, &row.payload)?;
        let before = batch.customers.len();
        batch.customers.retain(|(id, _)| id != wanted);
        if batch.customers.len() < before {
            act.customer_changes().change(&Row { payload: payload_of(&batch), ..row }).await?;
            erased = true;
        }
    }
    Ok(erased)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_customer_counts_what_was_told_last() {
        /// Customers with what is told of them, and ids of those who are gone.
        type Told<'a> = (&'a [(&'a str, u64)], &'a [&'a str]);
        let check = |batches: &[Told<'_>], customers: &[u64], gone: &[&str]| {
            let kept = |(changed, gone): &(&[(&str, u64)], &[&str])| Kept {
                customers: changed.iter().map(|(id, fact)| ((*id).to_owned(), Value::from(*fact))).collect(),
                gone: gone.iter().map(|id| (*id).to_owned()).collect(),
            };
            let (found, left) = put_together(batches.iter().map(kept).collect());
            assert_eq!(found, customers.iter().map(|fact| Value::from(*fact)).collect::<Vec<_>>());
            assert!(left.iter().map(String::as_str).eq(gone.iter().copied()), "{left:?}");
        };
        check(&[], &[], &[]);
        check(&[(&[("a", 1), ("b", 2)], &["c"])], &[1, 2], &["c"]);
        check(&[(&[("a", 1), ("b", 2)], &[]), (&[("a", 3)], &[])], &[3, 2], &[]);
        check(&[(&[("a", 1)], &[]), (&[], &["a"])], &[], &["a"]);
        check(&[(&[], &["a"]), (&[("a", 1)], &[])], &[1], &[]);
        check(&[(&[("a", 1), ("b", 2)], &["a"])], &[2], &["a"]);
    }
}
