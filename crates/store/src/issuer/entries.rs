//! Entries of the issuer: the current state of each, and every version of its contents with its maker.
//!
//! A version is a change of contents. A change of state alone (approved, suspended) makes no new version, so an
//! approval holds for the contents it was given for.

use jiff::civil::Date;
use watchlist::EntryId;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{PersonId, Revision, Word, ids};

ids! {
    /// One version of one entry.
    VersionId,
}

subject! {
    /// An entry as it stands now.
    Entry, EntryId, ENTRIES = "entries", "entry",
    {
        /// Of the contents, from 1.
        version: number u64,
        /// The day on which somebody must look at it again.
        review_by: text Option<Date>,
    }
}

subject! {
    /// The contents of an entry after one change, and who made it. The state is the one it was saved in.
    Version, VersionId, VERSIONS = "entry_versions", "version of an entry",
    { entry: text EntryId, number: number u64, maker: text PersonId }
}

/// Questions about entries.
pub struct Entries<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Entries<'_, S> {
    pub async fn with_id(&mut self, id: &EntryId) -> Result<Option<Entry>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn in_state(&mut self, state: &Word) -> Result<Vec<Entry>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }

    pub async fn all(&mut self) -> Result<Vec<Entry>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }

    /// Entries that somebody must look at again on this day or should have before.
    pub async fn due_for_review(&mut self, day: Date) -> Result<Vec<Entry>, Error> {
        rows::those(self.0, "review_by <= $1", &[rows::value(&day)]).await
    }

    /// All versions, oldest first.
    pub async fn versions_of(&mut self, id: &EntryId) -> Result<Vec<Version>, Error> {
        rows::those(self.0, "entry = $1", &[rows::value(id)]).await
    }

    /// Whether this person made any version of the entry, or collected evidence that is linked to it.
    pub async fn touched_by(&mut self, id: &EntryId, person: &PersonId) -> Result<bool, Error> {
        let values = [rows::value(id), rows::value(person)];
        let made = rows::count(self.0, &VERSIONS, "entry = $1 AND maker = $2", &values).await?;
        let condition = "collector = $2 AND id IN (SELECT evidence FROM evidence_links WHERE entry = $1)";
        let collected = rows::count(self.0, &super::evidence::EVIDENCE, condition, &values).await?;
        Ok(made + collected > 0)
    }
}

impl Entries<'_, Act> {
    /// Stores a new entry with its first version.
    pub async fn propose(&mut self, entry: &Entry, maker: &PersonId) -> Result<Revision, Error> {
        let first = Entry { version: 1, ..entry.clone() };
        let revision = rows::add(self.0, &first).await?;
        self.keep_version(&first, maker).await?;
        Ok(revision)
    }

    /// Stores changed contents as the next version.
    ///
    /// # Errors
    /// [`Error::Conflict`] if somebody else changed the entry since it was read.
    pub async fn revise(&mut self, entry: &Entry, maker: &PersonId) -> Result<Revision, Error> {
        let next = Entry { version: entry.version + 1, ..entry.clone() };
        let revision = rows::change(self.0, &next).await?;
        self.keep_version(&next, maker).await?;
        Ok(revision)
    }

    /// Changes the state and the day of review, and leaves the contents as they are.
    ///
    /// # Errors
    /// [`Error::Conflict`], [`Error::NotFound`].
    pub async fn move_to(
        &mut self,
        id: &EntryId,
        seen: Revision,
        state: Word,
        review_by: Option<Date>,
    ) -> Result<Revision, Error> {
        let stored = self.with_id(id).await?;
        let stored = stored.ok_or_else(|| Error::NotFound { kind: ENTRIES.kind, id: id.0.clone() })?;
        rows::change(self.0, &Entry { state, review_by, revision: seen, ..stored }).await
    }

    /// Stores how an entry stands: its state, its day of review, and what its payload says of approvals and
    /// suspensions. Its contents, and so its version, stay as they are, and nobody becomes a maker by it.
    ///
    /// # Errors
    /// [`Error::Conflict`] if somebody else changed the entry since it was read.
    pub async fn stand(&mut self, entry: &Entry) -> Result<Revision, Error> {
        rows::change(self.0, entry).await
    }

    async fn keep_version(&mut self, entry: &Entry, maker: &PersonId) -> Result<(), Error> {
        let version = Version {
            id: VersionId(format!("{}.{:06}", entry.id.0, entry.version)),
            entry: entry.id.clone(),
            number: entry.version,
            maker: maker.clone(),
            state: entry.state.clone(),
            payload: entry.payload.clone(),
            revision: Revision::NEW,
        };
        rows::add(self.0, &version).await.map(drop)
    }
}
