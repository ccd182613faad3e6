//! Editions that are installed: what `screen` uses. The payload is the edition's bytes on the wire.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { InstalledEditionId }

subject! {
    /// An edition as it was received. The state is the one of its use, such as `installed` or `replaced`.
    InstalledEdition, InstalledEditionId, INSTALLED = "installed_editions", "installed edition",
    {
        list: text String,
        /// Higher than every number of this list before it.
        number: number u64,
        content_root: text String,
        /// A word of [`Origin`].
        origin: text Word,
        received_at: text Timestamp,
    }
}

/// Whether the signatures of an edition were verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Opened from a delivery.
    Verified,
    /// Keyed in or imported from a file that nobody signed.
    Unverified,
}

impl Origin {
    pub fn word(self) -> Word {
        let text = match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
        };
        Word::new(text).expect("both words are plain")
    }

    pub fn of(word: &Word) -> Option<Self> {
        [Self::Verified, Self::Unverified].into_iter().find(|origin| origin.word() == *word)
    }
}

/// Questions about installed editions.
pub struct InstalledEditions<'a, S>(pub(crate) &'a mut S);

impl<S: Session> InstalledEditions<'_, S> {
    pub async fn with_id(&mut self, id: &InstalledEditionId) -> Result<Option<InstalledEdition>, Error> {
        rows::one(self.0, &id.0).await
    }

    /// The newest edition of every list.
    pub async fn newest(&mut self) -> Result<Vec<InstalledEdition>, Error> {
        let condition = "number = (SELECT MAX(other.number) FROM installed_editions other \
                         WHERE other.list = installed_editions.list)";
        rows::those(self.0, condition, &[]).await
    }

    pub async fn newest_of(&mut self, list: &str) -> Result<Option<InstalledEdition>, Error> {
        let condition = "list = $1 AND number = (SELECT MAX(number) FROM installed_editions WHERE list = $1)";
        Ok(rows::those(self.0, condition, &[rows::value(&list.to_owned())]).await?.pop())
    }

    /// All editions of a list that are kept.
    pub async fn of_list(&mut self, list: &str) -> Result<Vec<InstalledEdition>, Error> {
        let mut all: Vec<InstalledEdition> =
            rows::those(self.0, "list = $1", &[rows::value(&list.to_owned())]).await?;
        all.sort_by_key(|edition| edition.number);
        Ok(all)
    }
}

impl InstalledEditions<'_, Act> {
    /// # Errors
    /// [`Error::NotNewer`] unless the number is higher than all of this list that are installed: an old edition,
    /// however well signed, could bring back what was withdrawn.
    pub async fn install(&mut self, edition: &InstalledEdition) -> Result<Revision, Error> {
        if let Some(installed) = self.newest_of(&edition.list).await?
            && edition.number <= installed.number
        {
            let (offered, installed) = (edition.number, installed.number);
            return Err(Error::NotNewer { list: edition.list.clone(), offered, installed });
        }
        rows::add(self.0, edition).await
    }

    /// Changes the state, or empties the payload of an old edition.
    pub async fn change(&mut self, edition: &InstalledEdition) -> Result<Revision, Error> {
        rows::change(self.0, edition).await
    }
}
