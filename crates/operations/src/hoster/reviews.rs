//! The queue of hits, and what people say of them.

use jiff::Timestamp;
use review::{Answer, DisposeError, Disposition, ReasonCode, Standing};
use store::hoster::screenings::{Hit, HitId};
use store::{Deed, HosterSide, Look, PersonId, Session, Store};

use super::screenings::{self, Reviewed};
use super::{actor, subjects, with_note, word};

/// Why a hit could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    #[error("no screening was kept yet")]
    NoScreening,
    #[error("the last screening has no hit {found}; it has {count}")]
    NoHit { found: usize, count: usize },
    #[error("the data of this customer are restricted: they are kept, and nobody works on them")]
    Restricted,
    #[error("hit {number} was answered by somebody else since you opened it")]
    Changed { number: usize },
    #[error(transparent)]
    Dispose(#[from] DisposeError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl ReviewError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoScreening => Some("screen your customers with `screen CUSTOMERS --keep` first"),
            Self::NoHit { .. } => Some("`hits list --all` shows the numbers"),
            Self::Restricted => {
                Some("lift the restriction first, if the customer agrees or the claim is settled")
            }
            Self::Changed { .. } => Some("look at what they said, and answer again"),
            Self::Dispose(error) => Some(error.hint()),
            Self::Store(error) => error.hint(),
        }
    }
}

/// One hit of the screening that was kept last.
#[derive(Clone, Debug)]
pub struct Queued {
    /// From 1, as the screening found them.
    pub number: usize,
    pub reviewed: Reviewed,
    /// Where it stands, as a word.
    pub state: String,
}

impl Queued {
    /// Whether somebody has to do something about it.
    pub fn is_open(&self) -> bool {
        !matches!(self.reviewed.review.standing(), Standing::Judged(Answer::Same | Answer::NotTheSame))
    }
}

/// The hits of the screening that was kept last; the surest first.
///
/// # Errors
/// [`ReviewError::NoScreening`].
pub async fn queue(look: &mut Look) -> Result<Vec<Queued>, ReviewError> {
    let rows = rows(look).await?;
    let mut queue = Vec::new();
    for row in rows {
        let number = number_of(&row);
        queue.push(Queued { number, reviewed: screenings::read(&row)?, state: row.state.to_string() });
    }
    let class = |one: &Queued| match one.reviewed.hit.class.as_str() {
        "strong" => 0,
        "probable" => 1,
        _ => 2,
    };
    queue.sort_by(|one, other| {
        let score = other.reviewed.hit.score.total_cmp(&one.reviewed.hit.score);
        class(one).cmp(&class(other)).then(score).then(one.number.cmp(&other.number))
    });
    Ok(queue)
}

/// Takes a person's answer to a hit of the last screening. `seen` is how many events the person saw; if somebody else
/// answered since, nothing happens.
///
/// # Errors
/// A [`ReviewError`].
pub async fn dispose(
    store: &Store,
    person: &PersonId,
    number: usize,
    (reason, note): (ReasonCode, &str),
    seen: Option<usize>,
    now: Timestamp,
) -> Result<Standing, ReviewError> {
    let mut act = store.act(actor(person), now).await?;
    let mut row = row(&mut act, number).await?;
    let mut reviewed = screenings::read(&row)?;
    if seen.is_some_and(|seen| seen != reviewed.review.events().len()) {
        return Err(ReviewError::Changed { number });
    }
    subjects::check_not_restricted(&mut act, &reviewed.hit.customer_id).await?;
    let deed = with_note(Deed::new("dispose_hit", "hit", &row.id.0, reason.word())?, note);
    let (by, note) = (person.0.clone(), note.to_owned());
    let disposition = Disposition { answer: reason.answer(), reason, note, by, at: now };
    let standing = reviewed.review.dispose(disposition)?;
    row.state = word(screenings::state_of(&reviewed.review));
    row.payload = screenings::payload_of(&reviewed);
    act.screenings().change_hit(&row).await?;
    act.commit(deed).await?;
    Ok(standing)
}

/// One hit of the screening that was kept last.
///
/// # Errors
/// [`ReviewError::NoScreening`], [`ReviewError::NoHit`].
pub async fn one(look: &mut Look, number: usize) -> Result<Queued, ReviewError> {
    let row = row(look, number).await?;
    Ok(Queued { number, reviewed: screenings::read(&row)?, state: row.state.to_string() })
}

pub(crate) async fn row(session: &mut impl Session, number: usize) -> Result<Hit, ReviewError> {
    let screening = session.screenings().newest().await?.ok_or(ReviewError::NoScreening)?;
    let id = HitId(format!("{}.{number}", screening.id.0));
    match session.screenings().hit(&id).await? {
        Some(row) => Ok(row),
        None => {
            let count = session.screenings().count_hits_of(&screening.id).await?;
            Err(ReviewError::NoHit { found: number, count: usize::try_from(count).unwrap_or(usize::MAX) })
        }
    }
}

/// The number of a hit within its screening: its id ends with it.
pub(crate) fn number_of(hit: &Hit) -> usize {
    hit.id.0.rsplit('.').next().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// In the order in which the screening found them.
async fn rows(session: &mut impl Session) -> Result<Vec<Hit>, ReviewError> {
    let screening = session.screenings().newest().await?.ok_or(ReviewError::NoScreening)?;
    let mut rows = session.screenings().hits_of(&screening.id).await?;
    rows.sort_by_key(number_of);
    Ok(rows)
}
