//! A customer base that is kept because its owner asked for it, so that a new edition is screened within a second. In
//! parts of a thousand customers, each encrypted; there is one base, and it goes with one act.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, ids};

ids! { BaseId, BasePartId }

subject! {
    /// The state is `kept`; the payload says of which file it is, when it was taken, and what it was screened with.
    Base, BaseId, BASES = "bases", "base",
    {}
}

subject! {
    /// The state says what the part holds: `traces` or `customers`.
    BasePart, BasePartId, BASE_PARTS = "base_parts", "base_part",
    {
        base: text BaseId,
    }
}

/// Questions about the base.
pub struct Bases<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Bases<'_, S> {
    /// The base that is kept, if there is one.
    pub async fn kept(&mut self) -> Result<Option<Base>, Error> {
        Ok(rows::those(self.0, "1 = 1", &[]).await?.pop())
    }

    pub async fn is_kept(&mut self) -> Result<bool, Error> {
        Ok(rows::count(self.0, &BASES, "1 = 1", &[]).await? > 0)
    }

    /// Ids of all its parts. The parts are large: whoever wants them asks for one after the other.
    pub async fn part_ids(&mut self) -> Result<Vec<BasePartId>, Error> {
        rows::ids::<BasePart>(self.0).await.map(|ids| ids.into_iter().map(BasePartId).collect())
    }

    pub async fn part(&mut self, id: &BasePartId) -> Result<Option<BasePart>, Error> {
        rows::one(self.0, &id.0).await
    }
}

impl Bases<'_, Act> {
    pub async fn add(&mut self, base: &Base) -> Result<Revision, Error> {
        rows::add(self.0, base).await
    }

    pub async fn change(&mut self, base: &Base) -> Result<Revision, Error> {
        rows::change(self.0, base).await
    }

    pub async fn add_part(&mut self, part: &BasePart) -> Result<Revision, Error> {
        rows::add(self.0, part).await
    }

    pub async fn change_part(&mut self, part: &BasePart) -> Result<Revision, Error> {
        rows::change(self.0, part).await
    }

    pub async fn remove_part(&mut self, part: &BasePart) -> Result<(), Error> {
        rows::remove::<BasePart>(self.0, &part.id.0, part.revision).await
    }

    /// Removes the base; its parts go first.
    pub async fn remove(&mut self, base: &Base) -> Result<(), Error> {
        rows::remove::<Base>(self.0, &base.id.0, base.revision).await
    }
}
