//! Sign-up: orders of new customers from the shop's event to an answer.
//!
//! * `receive` takes events in, before anything is looked up.
//! * `screening` hands out what waits and keeps what the lists said, by the house's rules.
//! * `reviewing` is what people do: ask, note checks, judge hits, let in, refuse.
//! * `ending` lets holds expire, and says when a contract ended.

pub mod ending;
pub mod receive;
pub mod reviewing;
pub mod screening;

use jiff::Timestamp;
use kyc::gate::{self, Answer, Mode};
use kyc::report::Report;
use kyc::{Applicant, Course, DeedError, Policy, Unusable};
use serde::{Deserialize, Serialize};
use store::hoster::applications::{Application as Row, ApplicationId};
use store::{HosterSide, Payload, Session, Word};

use super::screenings::KeptHit;
use super::word;

/// Which shop an order comes from: it is told of its own orders alone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Shop {
    /// In whose name its program acts.
    pub person: String,
    /// What its token is called; a new token with the same name is the same shop.
    pub label: String,
}

/// An application as it is kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptApplication {
    pub shop: Shop,
    /// The shop's own number of the order.
    pub order: String,
    /// The shop's own number of the customer, where it has one already.
    pub customer: Option<String>,
    pub applicant: Applicant,
    pub course: Course,
    /// What was found in the lists, with its reasons.
    #[serde(default)]
    pub hits: Vec<KeptHit>,
    /// When the contract ended, where it did.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
}

/// An application with its id.
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    pub id: String,
    pub kept: KeptApplication,
}

/// Why something was not done with an application.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    #[error("there is no application {0}")]
    NotThere(String),
    #[error("the data of this customer are restricted: they are kept, and nobody works on them")]
    Restricted,
    #[error("somebody else did something with the application since you opened it")]
    Changed,
    #[error("the contract is one of an application that was let in; this one is {}", .0)]
    NoContract(&'static str),
    #[error(transparent)]
    Unusable(#[from] Unusable),
    #[error(transparent)]
    Deed(#[from] DeedError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl SignUpError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotThere(_) => Some("`kyc list` shows them"),
            Self::Restricted => {
                Some("lift the restriction first, if the customer agrees or the claim is settled")
            }
            Self::Changed => Some("look at what they did, and answer again"),
            Self::NoContract(_) => Some("give the id that the shop was given when the order came in"),
            Self::Unusable(_) => Some("send it shorter, or leave it out"),
            Self::Deed(error) => Some(error.hint()),
            Self::Store(error) => error.hint(),
        }
    }
}

/// Shows nothing of the shop: its name may be a person's.
impl std::fmt::Debug for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shop")
    }
}

/// Shows the state only.
impl std::fmt::Debug for KeptApplication {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptApplication({:?})", self.course)
    }
}

/// What the shop is told. An order that is not known, or is another shop's, is held, and looks like any other.
///
/// # Errors
/// What the store says.
pub async fn answer(
    session: &mut impl Session,
    shop: &Shop,
    id: &str,
    mode: Mode,
    now: Timestamp,
) -> Result<Answer, store::Error> {
    let row = session.applications().with_id(&ApplicationId(id.to_owned())).await?;
    let kept = row.as_ref().map(read).transpose()?.filter(|kept| kept.shop == *shop);
    Ok(gate::answer(kept.as_ref().map(|kept| &kept.course), mode, now))
}

/// Applications on which somebody waits; the one whose time is over first comes first.
///
/// # Errors
/// What the store says.
pub async fn queue(session: &mut impl Session) -> Result<Vec<Application>, store::Error> {
    let mut waiting = Vec::new();
    for state in HELD {
        for row in session.applications().in_state(&word(state)).await? {
            waiting.push(opened(&row)?);
        }
    }
    waiting.sort_by_key(|one: &Application| (one.kept.course.expires_at(), one.id.clone()));
    Ok(waiting)
}

/// How many applications somebody waits on.
///
/// # Errors
/// What the store says.
pub async fn waiting(session: &mut impl Session) -> Result<u64, store::Error> {
    let mut count = 0;
    for state in HELD {
        count += session.applications().count_in_state(&word(state)).await?;
    }
    Ok(count)
}

/// How many applications came since a moment, without opening any.
///
/// # Errors
/// What the store says.
pub async fn count_since(session: &mut impl Session, since: Timestamp) -> Result<u64, store::Error> {
    session.applications().count_since(since).await
}

/// Applications that came since a moment, the newest first.
///
/// # Errors
/// What the store says.
pub async fn since(session: &mut impl Session, since: Timestamp) -> Result<Vec<Application>, store::Error> {
    let rows = session.applications().since(since).await?;
    let mut all = rows.iter().map(opened).collect::<Result<Vec<_>, _>>()?;
    all.sort_by(|one, other| {
        let received = |one: &Application| one.kept.course.received_at();
        received(other).cmp(&received(one)).then_with(|| one.id.cmp(&other.id))
    });
    Ok(all)
}

/// Customers who were let in, whose contract did not end, and who are to be looked at again by a moment; the one whose day
/// is first comes first.
///
/// # Errors
/// What the store says.
pub async fn due(
    session: &mut impl Session,
    policy: &Policy,
    by: Timestamp,
) -> Result<Vec<Application>, store::Error> {
    let mut due = Vec::new();
    for row in session.applications().in_state(&word("clear")).await? {
        let one = opened(&row)?;
        let review_at = one.kept.course.review_at(policy).filter(|_| one.kept.ended_at.is_none());
        due.extend(review_at.filter(|at| *at <= by).map(|at| (at, one)));
    }
    due.sort_by(|(at, one), (other_at, other)| at.cmp(other_at).then_with(|| one.id.cmp(&other.id)));
    Ok(due.into_iter().map(|(_, one)| one).collect())
}

/// What the gate did with applications that came since a moment, or would have done.
///
/// # Errors
/// What the store says.
pub async fn report(session: &mut impl Session, since: Timestamp) -> Result<Report, store::Error> {
    let all = self::since(session, since).await?;
    Ok(Report::of(all.iter().map(|one| &one.kept.course)))
}

/// One application.
///
/// # Errors
/// [`SignUpError::NotThere`].
pub async fn one(session: &mut impl Session, id: &str) -> Result<Application, SignUpError> {
    let row = session.applications().with_id(&ApplicationId(id.to_owned())).await?;
    Ok(opened(&row.ok_or_else(|| SignUpError::NotThere(id.to_owned()))?)?)
}

/// The state of a row before the lists were asked.
const RECEIVED: &str = "received";
/// The states in which somebody waits.
const HELD: [&str; 3] = [RECEIVED, "hold_for_data", "hold_for_review"];

fn state_of(course: &Course) -> Word {
    word(if course.screened().is_none() && course.state().is_hold() {
        RECEIVED
    } else {
        course.state().word()
    })
}

fn opened(row: &Row) -> Result<Application, store::Error> {
    Ok(Application { id: row.id.0.clone(), kept: read(row)? })
}

pub(crate) fn read(row: &Row) -> Result<KeptApplication, store::Error> {
    super::kept("application", &row.id, &row.payload)
}

/// The row with what is kept now.
fn with(row: Row, kept: &KeptApplication) -> Row {
    Row { state: state_of(&kept.course), payload: payload_of(kept), ..row }
}

fn payload_of(kept: &KeptApplication) -> Payload {
    Payload::new(serde_json::to_vec(kept).expect("texts and numbers are JSON"))
}
