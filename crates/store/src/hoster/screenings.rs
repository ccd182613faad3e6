//! Screenings that were kept, and their hits. Of customers without a hit nothing is stored.

use jiff::Timestamp;
use watchlist::EntryId;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { ScreeningId, HitId }

subject! {
    /// The state is `kept`; the payload is the manifest.
    Screening, ScreeningId, SCREENINGS = "screenings", "screening",
    {
        started_at: text Timestamp,
    }
}

subject! {
    /// States such as `open` and `reopened`; the payload holds customer, class, reasons and what they rest on.
    Hit, HitId, HITS = "hits", "hit",
    {
        screening: text ScreeningId,
        list: text String,
        entry: text EntryId,
    }
}

/// Questions about screenings and hits.
pub struct Screenings<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Screenings<'_, S> {
    /// The screening that began last.
    pub async fn newest(&mut self) -> Result<Option<Screening>, Error> {
        let condition = "started_at = (SELECT MAX(started_at) FROM screenings)";
        let mut newest: Vec<Screening> = rows::those(self.0, condition, &[]).await?;
        newest.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(newest.pop())
    }

    pub async fn with_id(&mut self, id: &ScreeningId) -> Result<Option<Screening>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn hits_of(&mut self, screening: &ScreeningId) -> Result<Vec<Hit>, Error> {
        rows::those(self.0, "screening = $1", &[rows::value(screening)]).await
    }

    pub async fn hit(&mut self, id: &HitId) -> Result<Option<Hit>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn count_hits_of(&mut self, screening: &ScreeningId) -> Result<u64, Error> {
        rows::count(self.0, &HITS, "screening = $1", &[rows::value(screening)]).await
    }

    /// All screenings that were kept, in the order of their ids.
    pub async fn all(&mut self) -> Result<Vec<Screening>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }

    /// Hits of all screenings on one entry.
    pub async fn hits_on(&mut self, list: &str, entry: &EntryId) -> Result<Vec<Hit>, Error> {
        let values = [rows::value(&list.to_owned()), rows::value(entry)];
        rows::those(self.0, "list = $1 AND entry = $2", &values).await
    }

    pub async fn hits_in_state(&mut self, state: &Word) -> Result<Vec<Hit>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }
}

impl Screenings<'_, Act> {
    pub async fn add(&mut self, screening: &Screening) -> Result<Revision, Error> {
        rows::add(self.0, screening).await
    }

    pub async fn add_hit(&mut self, hit: &Hit) -> Result<Revision, Error> {
        rows::add(self.0, hit).await
    }

    pub async fn change_hit(&mut self, hit: &Hit) -> Result<Revision, Error> {
        rows::change(self.0, hit).await
    }

    /// Removes a hit; that it was there stays in the audit chain, without what it held.
    pub async fn remove_hit(&mut self, hit: &Hit) -> Result<(), Error> {
        rows::remove::<Hit>(self.0, &hit.id.0, hit.revision).await
    }
}
