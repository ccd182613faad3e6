//! Who works on a hit and until when, and what people keep beside it: notes and files.
//!
//! It belongs to the pair of customer and entry, so it comes along with the next screening, and goes with the hit.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::hoster::attachments::{Attachment as Row, AttachmentId};
use store::hoster::screenings::Hit;
use store::{Act, BothSides, Deed, HosterSide, Payload, PersonId, Session, Store};

use super::accounts::{self, DeskRole};
use super::reviews::{self, ReviewError};
use super::screenings::{self, Reviewed};
use super::{actor, subjects, with_note};

/// The longest note beside a hit, in characters.
pub const MOST_NOTE: usize = review::disposition::MOST_NOTE;
/// The largest file that is attached, in bytes: a scan of many pages.
pub const LARGEST_ATTACHMENT: usize = 32 << 20;

/// What people keep beside a hit.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Casework {
    /// Who works on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<String>,
    /// The day by which it is to be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What somebody wrote down.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub by: String,
    pub at: Timestamp,
    pub text: String,
}

/// A file that is kept with a customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: String,
    pub customer: String,
    pub name: String,
    pub bytes: u64,
    pub by: String,
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct KeptAttachment {
    name: String,
    bytes: u64,
    by: String,
    at: Timestamp,
}

/// Why something was not noted.
#[derive(Debug, thiserror::Error)]
pub enum CaseworkError {
    #[error("nobody who reviews has the account {0}")]
    NoReviewer(String),
    #[error("the note has {found} characters; it needs some, and at most {MOST_NOTE}")]
    Note { found: usize },
    #[error("the file has {found} bytes; it needs some, and at most {LARGEST_ATTACHMENT}")]
    File { found: usize },
    #[error("there is no attachment {0}")]
    NoAttachment(String),
    #[error(transparent)]
    Review(#[from] ReviewError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl CaseworkError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoReviewer(_) => Some("`account list` shows who may review"),
            Self::Note { .. } => Some("say it shorter, or attach it as a file"),
            Self::File { .. } => Some("attach the pages that matter"),
            Self::NoAttachment(_) => Some("open the hit again; it shows what is attached"),
            Self::Review(error) => error.hint(),
            Self::Store(error) => error.hint(),
        }
    }
}

/// Shows counts only: notes are confidential.
impl std::fmt::Debug for Casework {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Casework({:?}, {:?}, {} notes)", self.assigned_to, self.due_on, self.notes.len())
    }
}

/// Shows who and when.
impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Note(by {} at {})", self.by, self.at)
    }
}

/// Shows the id only.
impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({})", self.id)
    }
}

/// Says who works on a hit, and until when. Nobody, or no day, takes it back.
///
/// # Errors
/// A [`CaseworkError`].
pub async fn assign(
    store: &Store,
    person: &PersonId,
    number: usize,
    (to, due_on): (Option<&PersonId>, Option<Date>),
    now: Timestamp,
) -> Result<(), CaseworkError> {
    let (mut act, row, mut reviewed) = opened(store, person, number, now).await?;
    if let Some(to) = to {
        let account = accounts::active(&mut act, to).await?;
        if account.is_none_or(|account| account.role != DeskRole::Reviewer) {
            return Err(CaseworkError::NoReviewer(to.0.clone()));
        }
    }
    reviewed.work.assigned_to = to.map(|to| to.0.clone());
    reviewed.work.due_on = due_on;
    let ground = to.map_or("nobody", |to| to.0.as_str());
    let deed = Deed::new("assign_hit", "hit", &row.id.0, ground)?;
    keep(act, row, &reviewed, deed).await
}

/// Writes something down beside a hit.
///
/// # Errors
/// A [`CaseworkError`].
pub async fn note(
    store: &Store,
    person: &PersonId,
    number: usize,
    text: &str,
    now: Timestamp,
) -> Result<(), CaseworkError> {
    let found = text.chars().count();
    if found == 0 || found > MOST_NOTE {
        return Err(CaseworkError::Note { found });
    }
    let (act, row, mut reviewed) = opened(store, person, number, now).await?;
    reviewed.work.notes.push(Note { by: person.0.clone(), at: now, text: text.to_owned() });
    let deed = with_note(Deed::new("note_hit", "hit", &row.id.0, "note beside a hit")?, text);
    keep(act, row, &reviewed, deed).await
}

/// Keeps a file with the customer of a hit.
///
/// # Errors
/// A [`CaseworkError`].
pub async fn attach(
    store: &Store,
    person: &PersonId,
    number: usize,
    (name, bytes): (&str, &[u8]),
    now: Timestamp,
) -> Result<String, CaseworkError> {
    if bytes.is_empty() || bytes.len() > LARGEST_ATTACHMENT {
        return Err(CaseworkError::File { found: bytes.len() });
    }
    let (mut act, row, reviewed) = opened(store, person, number, now).await?;
    let kept =
        KeptAttachment { name: name.to_owned(), bytes: bytes.len() as u64, by: person.0.clone(), at: now };
    let payload = Payload::new(serde_json::to_vec(&kept).expect("texts and numbers are JSON"));
    let id = AttachmentId(format!("A-{:06}", act.audit().count().await? + 1));
    act.attachments().add(&id, &reviewed.hit.customer_id, bytes, payload).await?;
    let deed = Deed::new("attach_file", "attachment", &id.0, "file of a customer")?;
    act.commit(deed.personal("hit", &row.id.0)).await?;
    Ok(id.0)
}

/// Takes an attachment away.
///
/// # Errors
/// [`CaseworkError::NoAttachment`].
pub async fn detach(store: &Store, person: &PersonId, id: &str, now: Timestamp) -> Result<(), CaseworkError> {
    let mut act = store.act(actor(person), now).await?;
    let row = act.attachments().with_id(&AttachmentId(id.to_owned())).await?;
    let row = row.ok_or_else(|| CaseworkError::NoAttachment(id.to_owned()))?;
    act.attachments().remove(&row).await?;
    act.commit(Deed::new("detach_file", "attachment", id, "file of a customer")?).await?;
    Ok(())
}

/// The files that are kept with a customer, in the order in which they came.
///
/// # Errors
/// What the store says.
pub async fn attachments(
    session: &mut impl Session,
    customer: &str,
) -> Result<Vec<Attachment>, store::Error> {
    let mut all: Vec<Attachment> =
        session.attachments().of(customer).await?.iter().map(read).collect::<Result<_, _>>()?;
    all.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(all)
}

/// A file with its bytes; who opened it stands in the audit chain.
///
/// # Errors
/// [`CaseworkError::NoAttachment`].
pub async fn open(
    store: &Store,
    person: &PersonId,
    id: &str,
    now: Timestamp,
) -> Result<(Attachment, Vec<u8>), CaseworkError> {
    let missing = || CaseworkError::NoAttachment(id.to_owned());
    let mut look = store.look().await?;
    let row = look.attachments().with_id(&AttachmentId(id.to_owned())).await?.ok_or_else(missing)?;
    let bytes = look.files().with_id(&row.file).await?.ok_or_else(missing)?;
    drop(look);
    let attachment = read(&row)?;
    let act = store.act(actor(person), now).await?;
    act.commit(Deed::new("open_file", "attachment", id, "file of a customer")?).await?;
    Ok((attachment, bytes))
}

async fn opened(
    store: &Store,
    person: &PersonId,
    number: usize,
    now: Timestamp,
) -> Result<(Act, Hit, Reviewed), CaseworkError> {
    let mut act = store.act(actor(person), now).await?;
    let row = reviews::row(&mut act, number).await?;
    let reviewed = screenings::read(&row)?;
    subjects::check_not_restricted(&mut act, &reviewed.hit.customer_id).await?;
    Ok((act, row, reviewed))
}

async fn keep(mut act: Act, mut row: Hit, reviewed: &Reviewed, deed: Deed) -> Result<(), CaseworkError> {
    row.payload = screenings::payload_of(reviewed);
    act.screenings().change_hit(&row).await?;
    act.commit(deed).await?;
    Ok(())
}

fn read(row: &Row) -> Result<Attachment, store::Error> {
    let kept: KeptAttachment = super::kept("attachment", &row.id, &row.payload)?;
    Ok(Attachment {
        id: row.id.0.clone(),
        customer: row.customer.clone(),
        name: kept.name,
        bytes: kept.bytes,
        by: kept.by,
        at: kept.at,
    })
}

/// Files of customers about whom nothing else is kept any more are taken away; gives how many.
pub(crate) async fn drop_orphans(act: &mut Act) -> Result<usize, store::Error> {
    let mut known = std::collections::BTreeSet::new();
    for screening in act.screenings().all().await? {
        for hit in act.screenings().hits_of(&screening.id).await? {
            known.insert(screenings::read(&hit)?.hit.customer_id);
        }
    }
    for row in act.decisions().all().await? {
        known.insert(row.customer.clone());
    }
    let mut gone = 0;
    for row in act.attachments().all().await? {
        if !known.contains(&row.customer) {
            act.attachments().remove(&row).await?;
            gone += 1;
        }
    }
    Ok(gone)
}
