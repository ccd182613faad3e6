//! Decisions on customers, on own grounds, with a second person where servers are taken away.

use jiff::Timestamp;
use review::{Answer, Decision, DecisionError, Ground, Measure, Standing};
use serde::{Deserialize, Serialize};
use store::hoster::decisions::{Decision as Row, DecisionId};
use store::{Act, Deed, HosterSide, Look, Payload, PersonId, Revision, Session, Store};
use watchlist::{EntryId, Nature};

use super::reviews::ReviewError;
use super::screenings::{self, Reviewed};
use super::{actor, editions, subjects, with_note, word};

/// Why a decision was not made or approved.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error("there is no decision {0}")]
    NotThere(String),
    #[error("the last screening has no hit of customer {0}")]
    NoCustomer(String),
    #[error("the data of this customer are restricted: they are kept, and nobody works on them")]
    Restricted,
    #[error(transparent)]
    Decision(#[from] DecisionError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl DecideError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotThere(_) => Some("`decision list` shows the numbers"),
            Self::NoCustomer(_) => Some("give the customer's own id, as `hits list` shows it"),
            Self::Restricted => {
                Some("lift the restriction first, if the customer agrees or the claim is settled")
            }
            Self::Decision(error) => Some(error.hint()),
            Self::Store(error) => error.hint(),
        }
    }
}

/// A decision as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub struct KeptDecision {
    pub customer_id: String,
    pub customer_name: String,
    pub decision: Decision,
    /// List and entry of the hits that were judged `same`.
    pub rests_on: Vec<(String, String)>,
}

/// Shows ids only.
impl std::fmt::Debug for KeptDecision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptDecision({:?})", self.decision)
    }
}

/// A decision for a list of them.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: String,
    /// `proposed`, `stands` or `reopened`.
    pub state: String,
    pub kept: KeptDecision,
}

impl Listed {
    /// Whether it stands, and nothing more is to be done about it.
    pub fn stands(&self) -> bool {
        self.state == "stands"
    }
}

/// Makes a decision on a customer of the last screening. A newer decision takes the place of the one before it.
///
/// # Errors
/// A [`DecideError`]: above all without a ground of one's own, or as if a binding list were advice.
pub async fn make(
    store: &Store,
    person: &PersonId,
    customer: &str,
    measure: Measure,
    (grounds, note): (Vec<Ground>, String),
    now: Timestamp,
) -> Result<Listed, DecideError> {
    let mut act = store.act(actor(person), now).await?;
    let hits = hits_of(&mut act, customer).await?;
    let Some(first) = hits.first() else { return Err(DecideError::NoCustomer(customer.to_owned())) };
    let customer_name = first.hit.customer_name.clone();
    not_restricted(&mut act, customer).await?;
    let same: Vec<&Reviewed> =
        hits.iter().filter(|one| one.review.standing() == Standing::Judged(Answer::Same)).collect();
    let natures = natures(&mut act, &same).await?;
    let said = note.clone();
    let decision = Decision::make(measure, grounds, note, (person.0.clone(), now), &natures)?;
    for mut old in act.decisions().on(customer).await? {
        if old.state.as_str() != "replaced" {
            old.state = word("replaced");
            act.decisions().change(&old).await?;
        }
    }
    let state = if decision.stands() { "stands" } else { "proposed" };
    let rests_on = same.iter().map(|one| (one.hit.list.clone(), one.hit.entry_id.clone())).collect();
    let kept = KeptDecision { customer_id: customer.to_owned(), customer_name, decision, rests_on };
    let id = next_id(&mut act).await?;
    let row = Row {
        id: DecisionId(id.clone()),
        customer: customer.to_owned(),
        state: word(state),
        payload: payload_of(&kept),
        revision: Revision::NEW,
    };
    act.decisions().add(&row).await?;
    act.commit(with_note(Deed::new("make_decision", "decision", &id, measure.word())?, &said)).await?;
    Ok(Listed { id, state: state.to_owned(), kept })
}

/// The second person approves a decision.
///
/// # Errors
/// If it is the one who made it, or nobody is asked.
pub async fn approve(
    store: &Store,
    person: &PersonId,
    id: &str,
    now: Timestamp,
) -> Result<Listed, DecideError> {
    let mut act = store.act(actor(person), now).await?;
    let row = act.decisions().with_id(&DecisionId(id.to_owned())).await?;
    let mut row = row
        .filter(|row| row.state.as_str() == "proposed")
        .ok_or_else(|| DecideError::NotThere(format!("{id} that waits for approval")))?;
    let mut kept = read(&row)?;
    not_restricted(&mut act, &kept.customer_id).await?;
    kept.decision.approve(person.0.clone(), now)?;
    row.state = word("stands");
    row.payload = payload_of(&kept);
    act.decisions().change(&row).await?;
    act.commit(Deed::new("approve_decision", "decision", id, kept.decision.measure.word())?).await?;
    Ok(Listed { id: id.to_owned(), state: "stands".to_owned(), kept })
}

async fn not_restricted(act: &mut Act, customer: &str) -> Result<(), DecideError> {
    match subjects::check_not_restricted(act, customer).await {
        Ok(()) => Ok(()),
        Err(ReviewError::Store(error)) => Err(error.into()),
        Err(_) => Err(DecideError::Restricted),
    }
}

/// All decisions but those that were replaced, the newest first.
///
/// # Errors
/// What the store says.
pub async fn list(look: &mut Look) -> Result<Vec<Listed>, store::Error> {
    let mut listed = Vec::new();
    for row in look.decisions().all().await? {
        if row.state.as_str() != "replaced" {
            listed.push(Listed { id: row.id.0.clone(), state: row.state.to_string(), kept: read(&row)? });
        }
    }
    listed.sort_by(|one, other| other.id.cmp(&one.id));
    Ok(listed)
}

/// What was decided and stands, for the customers of these hits.
pub(crate) async fn measures_on(
    session: &mut impl Session,
    hits: &[&Reviewed],
) -> Result<Vec<Measure>, store::Error> {
    let mut customers: Vec<&str> = hits.iter().map(|one| one.hit.customer_id.as_str()).collect();
    customers.sort_unstable();
    customers.dedup();
    let mut measures = Vec::new();
    for customer in customers {
        for row in session.decisions().on(customer).await? {
            if row.state.as_str() == "stands" {
                measures.push(read(&row)?.decision.measure);
            }
        }
    }
    Ok(measures)
}

/// Opens the decisions on a customer again that rest on an entry which no longer stands; gives their ids.
pub(crate) async fn reopen(
    act: &mut Act,
    customer: &str,
    list: &str,
    entry: &EntryId,
) -> Result<Vec<String>, store::Error> {
    let mut reopened = Vec::new();
    for mut row in act.decisions().on(customer).await? {
        let rests = read(&row)?.rests_on.iter().any(|(of, one)| of == list && *one == entry.0);
        if rests && matches!(row.state.as_str(), "proposed" | "stands") {
            row.state = word("reopened");
            act.decisions().change(&row).await?;
            reopened.push(row.id.0);
        }
    }
    Ok(reopened)
}

pub(crate) async fn hits_of(
    session: &mut impl Session,
    customer: &str,
) -> Result<Vec<Reviewed>, store::Error> {
    let Some(screening) = session.screenings().newest().await? else { return Ok(Vec::new()) };
    let rows = session.screenings().hits_of(&screening.id).await?;
    let hits = rows.iter().map(screenings::read).collect::<Result<Vec<_>, _>>()?;
    Ok(hits.into_iter().filter(|one| one.hit.customer_id == customer).collect())
}

/// The natures of the lists that the hits are on.
async fn natures(session: &mut impl Session, hits: &[&Reviewed]) -> Result<Vec<Nature>, store::Error> {
    let mut natures = Vec::new();
    for one in hits {
        let rows = session.installed_editions().of_list(&one.hit.list).await?;
        let newest = rows.into_iter().max_by_key(|row| row.number);
        // A list that is no longer there is taken as seriously as the strictest.
        natures.push(match newest {
            Some(row) => editions::read(&row)?.list.nature,
            None => Nature::Binding,
        });
    }
    Ok(natures)
}

async fn next_id(act: &mut Act) -> Result<String, store::Error> {
    let rows = act.decisions().all().await?;
    let highest = rows.iter().filter_map(|row| row.id.0.strip_prefix("D-")?.parse::<u32>().ok()).max();
    Ok(format!("D-{:04}", highest.unwrap_or(0) + 1))
}

pub(crate) fn read(row: &Row) -> Result<KeptDecision, store::Error> {
    super::kept("decision", &row.id, &row.payload)
}

fn payload_of(kept: &KeptDecision) -> Payload {
    Payload::new(serde_json::to_vec(kept).expect("texts and numbers are JSON"))
}
