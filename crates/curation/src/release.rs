//! From listed entries to a released edition: one person makes it, two sign it.
//!
//! Only approved entries can come in, and only [`Assembled::release`] makes a [`ReleasedEdition`]. So no
//! single person publishes, whatever roles they have.

use jiff::Timestamp;
use watchlist::{CompileError, Dates, Edition, ListInfo};

use crate::listing::Listing;
use crate::people::{Action, Forbidden};
use crate::proposal::Refused;
use crate::statement::{Accepted, SignedStatement, StatementError, Step};
use crate::{Canonical, Person, PersonId, Sha256Hash, Unit};

/// An edition that is not released yet.
#[derive(Clone, Debug)]
pub struct Assembled {
    edition: Edition,
    content_hash: Sha256Hash,
    assembled_by: PersonId,
}

/// An edition that two people released.
#[derive(Clone, Debug)]
pub struct ReleasedEdition {
    edition: Edition,
    content_hash: Sha256Hash,
    voices: [Accepted; 2],
}

/// Why no edition is assembled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssembleError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("entry {id} belongs to the list {found}, expected {expected}")]
    OtherList { id: watchlist::EntryId, found: String, expected: String },
    #[error(transparent)]
    Compile(#[from] CompileError),
}

impl AssembleError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Forbidden(error) => error.hint(),
            Self::OtherList { .. } => "choose the entries of one list",
            Self::Compile(error) => error.faults.first().map_or("look at the faults", watchlist::Fault::hint),
        }
    }
}

/// Why an edition is not released.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error("both statements are of {person}; two people are needed")]
    OneVoiceTwice { person: PersonId },
    #[error("neither of the two people is a publisher")]
    NoPublisher,
    #[error("the kept edition has the hash {computed:?}, expected {stored:?}")]
    ContentChanged { stored: Sha256Hash, computed: Sha256Hash },
}

impl ReleaseError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Statement(error) => error.hint(),
            Self::OneVoiceTwice { .. } => "let a second publisher, or the prosecution, sign",
            Self::NoPublisher => "let a publisher be one of the two",
            Self::ContentChanged { .. } => "restore it from a backup and have the audit log verified",
        }
    }
}

/// Makes the next edition of a list from its entries.
///
/// # Errors
/// If the person may not, or the entries do not make an edition; see [`watchlist::compile()`].
pub fn assemble(
    list: ListInfo,
    listings: &[Listing],
    previous: Option<&Edition>,
    number: u32,
    dates: Dates,
    by: &Person,
) -> Result<Assembled, AssembleError> {
    by.check(Action::Release)?;
    if let Some(other) = listings.iter().find(|listing| listing.list_id() != list.id) {
        let (found, expected) = (other.list_id().to_owned(), list.id);
        return Err(AssembleError::OtherList { id: other.id().clone(), found, expected });
    }
    let entries = listings.iter().map(Listing::entry).collect();
    let edition = watchlist::compile(list, entries, previous, number, dates)?;
    let content_hash = content_hash(&edition);
    Ok(Assembled { edition, content_hash, assembled_by: by.id.clone() })
}

/// The SHA-256 of the edition as it stands in the open list format: the same for all partners.
pub fn content_hash(edition: &Edition) -> Sha256Hash {
    Sha256Hash::of(watchlist::format::v1::write(edition).as_bytes())
}

/// What two people sign to release an edition.
fn release_subject(edition: &Edition, content_hash: Sha256Hash) -> Sha256Hash {
    Canonical::new("havenmeester release 1")
        .text("list", &edition.list.id)
        .text("number", edition.number)
        .field("content", content_hash.0)
        .hash()
}

impl Assembled {
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    pub fn content_hash(&self) -> Sha256Hash {
        self.content_hash
    }

    pub fn assembled_by(&self) -> &PersonId {
        &self.assembled_by
    }

    /// What two people sign to release it.
    pub fn subject(&self) -> Sha256Hash {
        release_subject(&self.edition, self.content_hash)
    }

    /// Releases the edition.
    ///
    /// # Errors
    /// Gives it back, if the statements are not of two people, one a publisher, the other one a
    /// publisher or of the prosecution.
    pub fn release(
        self,
        statements: [SignedStatement; 2],
        received_at: Timestamp,
        unit: &Unit,
    ) -> Result<ReleasedEdition, Box<Refused<Self, ReleaseError>>> {
        match self.voices(statements, received_at, unit) {
            Ok(voices) => {
                Ok(ReleasedEdition { edition: self.edition, content_hash: self.content_hash, voices })
            }
            Err(why) => Err(Box::new(Refused { back: self, why })),
        }
    }

    fn voices(
        &self,
        statements: [SignedStatement; 2],
        received_at: Timestamp,
        unit: &Unit,
    ) -> Result<[Accepted; 2], ReleaseError> {
        let subject = self.subject();
        let [first, second] = statements.map(|one| unit.accept(one, Step::Release, subject, received_at));
        let voices = different([first?, second?])?;
        let is_publisher =
            |voice: &Accepted| unit.person(voice.person()).is_some_and(|person| person.may(Action::Release));
        if voices.iter().any(is_publisher) { Ok(voices) } else { Err(ReleaseError::NoPublisher) }
    }
}

impl ReleasedEdition {
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    pub fn content_hash(&self) -> Sha256Hash {
        self.content_hash
    }

    /// For the store, with the edition in the open list format.
    pub fn voices(&self) -> &[Accepted; 2] {
        &self.voices
    }

    /// A released edition as a store kept it.
    ///
    /// # Errors
    /// If its content is not the one that was released, or the two statements do not count.
    pub fn from_parts(
        edition: Edition,
        stored: Sha256Hash,
        voices: [crate::proposal::ReceivedStatement; 2],
        unit: &Unit,
    ) -> Result<Self, ReleaseError> {
        let computed = content_hash(&edition);
        if computed != stored {
            return Err(ReleaseError::ContentChanged { stored, computed });
        }
        let subject = release_subject(&edition, stored);
        let [first, second] =
            voices.map(|one| unit.recall(one.signed, Step::Release, subject, one.received_at));
        let voices = different([first?, second?])?;
        Ok(Self { edition, content_hash: stored, voices })
    }
}

fn different(voices: [Accepted; 2]) -> Result<[Accepted; 2], ReleaseError> {
    if voices[0].person() == voices[1].person() {
        return Err(ReleaseError::OneVoiceTwice { person: voices[0].person().clone() });
    }
    Ok(voices)
}
