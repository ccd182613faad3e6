//! What a customer is told: what goes into the letter, and that it was written. The letter itself is printed elsewhere.

use jiff::Timestamp;
use review::{Answer, Decision, Standing};
use store::hoster::decisions::DecisionId;
use store::{Deed, HosterSide, Look, PersonId, Session, Store};

use super::queue::Queue;
use super::reviews::ReviewError;
use super::screenings::Reviewed;
use super::{actor, decisions, editions};

/// What a letter to a customer is written from.
#[derive(Clone)]
pub struct Notice {
    pub customer_id: String,
    pub customer_name: String,
    /// The decision with its id, where the letter gives reasons for one.
    pub decision: Option<(String, Decision)>,
    /// What the letter must not mention: lists, their issuers, entries and names on them.
    pub secrets: Vec<String>,
}

/// Shows nothing of the customer.
impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Notice")
    }
}

/// Why no letter was begun.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    #[error("there is no decision {0} that stands")]
    NoDecision(String),
    #[error("the decision {0} is to go on as before; there is nothing to give reasons for")]
    NothingDone(String),
    #[error("the last screening has no hit of customer {0}")]
    NoCustomer(String),
    #[error(transparent)]
    Review(#[from] ReviewError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl NoticeError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoDecision(_) => {
                Some("`decision list` shows them; one that waits needs its second person first")
            }
            Self::NothingDone(_) => Some("a customer about whom nothing changes needs no letter"),
            Self::NoCustomer(_) => Some("`hits list --all` shows the customers"),
            Self::Review(error) => error.hint(),
            Self::Store(error) => error.hint(),
        }
    }
}

/// What a request for data to a customer of the last screening is written from.
///
/// # Errors
/// A [`NoticeError`].
pub async fn of_request(look: &mut Look, customer: &str) -> Result<Notice, NoticeError> {
    let hits = decisions::hits_of(look, customer).await?;
    let first = hits.first().ok_or_else(|| NoticeError::NoCustomer(customer.to_owned()))?;
    Ok(Notice {
        customer_id: customer.to_owned(),
        customer_name: first.hit.customer_name.clone(),
        decision: None,
        secrets: secrets(look, &hits).await?,
    })
}

/// What the reasons for a decision that stands are written from.
///
/// # Errors
/// A [`NoticeError`].
pub async fn of_decision(look: &mut Look, id: &str) -> Result<Notice, NoticeError> {
    let row = look.decisions().with_id(&DecisionId(id.to_owned())).await?;
    let row = row
        .filter(|row| row.state.as_str() == "stands")
        .ok_or_else(|| NoticeError::NoDecision(id.to_owned()))?;
    let kept = decisions::read(&row)?;
    if kept.decision.measure == review::Measure::Continue {
        return Err(NoticeError::NothingDone(id.to_owned()));
    }
    let hits = decisions::hits_of(look, &kept.customer_id).await?;
    let secrets = secrets(look, &hits).await?;
    let (customer_id, customer_name) = (kept.customer_id, kept.customer_name);
    Ok(Notice { customer_id, customer_name, decision: Some((id.to_owned(), kept.decision)), secrets })
}

/// Notes that the letter was printed.
///
/// # Errors
/// What the store says.
pub async fn printed(
    store: &Store,
    person: &PersonId,
    notice: &Notice,
    now: Timestamp,
) -> Result<(), store::Error> {
    let act = store.act(actor(person), now).await?;
    let ground = "letter to a customer, without the list";
    let deed = match &notice.decision {
        Some((id, _)) => Deed::new("print_reasons", "decision", id, ground)?,
        // Who was asked is a personal detail, which may have to go.
        None => {
            Deed::new("print_request", "letter", "request", ground)?.personal("customer", &notice.customer_id)
        }
    };
    act.commit(deed).await?;
    Ok(())
}

/// Customers of whom nothing was decided yet and a hit is open or judged `same`: whom a letter may concern.
pub fn may_concern(queue: &Queue) -> Vec<(String, String)> {
    let concerned =
        queue.rows().iter().filter(|row| row.is_open() || row.standing == Standing::Judged(Answer::Same));
    let mut customers: Vec<(String, String)> =
        concerned.map(|row| (row.customer_id.clone(), row.customer_name.clone())).collect();
    customers.sort();
    customers.dedup();
    customers
}

/// Titles, issuers and ids of the installed lists, and the entries that the customer hit. A name of an entry is one only
/// where it is not the customer's own.
async fn secrets(session: &mut impl Session, hits: &[Reviewed]) -> Result<Vec<String>, NoticeError> {
    let mut secrets = Vec::new();
    for row in session.installed_editions().newest().await? {
        let list = editions::read(&row)?.list;
        secrets.extend([list.id, list.title, list.issuer]);
    }
    for one in hits {
        secrets.push(one.hit.entry_id.clone());
        let is_own = one.hit.customer_name.to_lowercase().contains(&one.hit.entry_name.to_lowercase());
        if !is_own {
            secrets.push(one.hit.entry_name.clone());
        }
    }
    Ok(secrets)
}
