//! Objections of listed or wrongly matched parties, and who handles them.

use jiff::civil::Date;
use watchlist::EntryId;

use crate::act::Act;
use crate::error::Error;
use crate::issuer::IssuerSide;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{PersonId, Revision, Word, ids};

ids! { ContestId }

subject! {
    Contest, ContestId, CONTESTS = "contests", "contest",
    {
        entry: text Option<EntryId>,
        /// Never one who touched the entry.
        handler: text Option<PersonId>,
        due_on: text Date,
    }
}

/// Questions about contests.
pub struct Contests<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Contests<'_, S> {
    pub async fn with_id(&mut self, id: &ContestId) -> Result<Option<Contest>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn all(&mut self) -> Result<Vec<Contest>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }

    pub async fn of_entry(&mut self, entry: &EntryId) -> Result<Vec<Contest>, Error> {
        rows::those(self.0, "entry = $1", &[rows::value(entry)]).await
    }

    /// Contests in this state whose answer is due by this day.
    pub async fn due(&mut self, state: &Word, day: Date) -> Result<Vec<Contest>, Error> {
        rows::those(self.0, "state = $1 AND due_on <= $2", &[rows::value(state), rows::value(&day)]).await
    }
}

impl Contests<'_, Act> {
    /// # Errors
    /// [`Error::OwnWork`] if the handler touched the entry.
    pub async fn open(&mut self, contest: &Contest) -> Result<Revision, Error> {
        self.check_handler(contest).await?;
        rows::add(self.0, contest).await
    }

    /// # Errors
    /// [`Error::OwnWork`] if the handler touched the entry, [`Error::Conflict`].
    pub async fn change(&mut self, contest: &Contest) -> Result<Revision, Error> {
        self.check_handler(contest).await?;
        rows::change(self.0, contest).await
    }

    async fn check_handler(&mut self, contest: &Contest) -> Result<(), Error> {
        let (Some(entry), Some(handler)) = (&contest.entry, &contest.handler) else { return Ok(()) };
        if self.0.entries().touched_by(entry, handler).await? {
            return Err(Error::OwnWork { kind: "entry", id: entry.0.clone(), person: handler.0.clone() });
        }
        Ok(())
    }
}
