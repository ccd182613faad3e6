//! A customer base that is kept because its owner asked for it: whoever is not a hit is otherwise not stored. It lets a new
//! edition or a changed customer be screened without the file, and goes with one act, with what a customer may have
//! erased, and by itself when it was not renewed for as long as anything of customers is kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::hoster::bases::{Base, BaseId, BasePart, BasePartId};
use store::{Act, Deed, HosterSide, Payload, PersonId, Revision, Session, Store};

use super::{actor, kept, word};

/// There is one.
const ID: &str = "base";
const TRACES: &str = "traces";
const CUSTOMERS: &str = "customers";

/// What is kept of a base as a whole.
#[derive(Clone, Serialize, Deserialize)]
pub struct Head {
    pub taken_at: Timestamp,
    /// The name of the file it came from.
    pub file: String,
    pub customers: u64,
    /// What the program needs to screen it again.
    pub about: Value,
    /// The state of the base that this was read from; nothing of one that is not kept yet.
    #[serde(skip)]
    pub seen: Option<Revision>,
}

/// Shows no content: of single customers there may be some in what it is about.
impl std::fmt::Debug for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Head({} customers, {})", self.customers, self.taken_at)
    }
}

/// Customers in one row of the database: few, since often a few are wanted and all of a row is read.
pub const CHUNK: usize = 64;

/// Some customers in chunks of [`CHUNK`], and the traces of all of them in the same order.
#[derive(Default)]
pub struct Part {
    pub customers: Vec<Records>,
    pub traces: Records,
}

impl Part {
    /// Adds a customer with its trace; both empty for one who is gone.
    pub fn push(&mut self, customer: &[u8], trace: &[u8]) {
        if self.customers.last().is_none_or(|last| last.count == CHUNK) {
            self.customers.push(Records::default());
        }
        if let Some(last) = self.customers.last_mut() {
            last.push(customer);
        }
        self.traces.push(trace);
    }
}

/// Pieces of bytes, one behind the other. A customer's piece begins with its id; an empty one stands for a customer who
/// is gone, so that the places of the others stay.
#[derive(Clone, Default)]
pub struct Records {
    bytes: Vec<u8>,
    count: usize,
}

impl Records {
    fn of(row: &BasePart) -> Self {
        let mut records = Self { bytes: row.payload.bytes().to_vec(), count: 0 };
        records.count = records.iter().count();
        records
    }

    fn push(&mut self, record: &[u8]) {
        self.bytes.extend((record.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(record);
        self.count += 1;
    }

    /// All pieces in their order; what breaks off is left out.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &self.bytes[..];
        std::iter::from_fn(move || {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (record, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            rest = after;
            Some(record)
        })
    }
}

/// A customer's piece: id, and what else is known.
pub fn piece_of(id: &str, rest: &[u8]) -> Vec<u8> {
    let length = id.len().min(usize::from(u16::MAX));
    let mut piece = Vec::with_capacity(2 + length + rest.len());
    piece.extend((length as u16).to_le_bytes());
    piece.extend_from_slice(&id.as_bytes()[..length]);
    piece.extend_from_slice(rest);
    piece
}

/// The id of a customer's piece, and the rest of it; nothing for one who is gone.
pub fn customer(record: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = record.split_first_chunk::<2>()?;
    let (id, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    Some((std::str::from_utf8(id).ok()?, rest))
}

/// Keeps a base in place of an earlier one. The parts are asked for one by one, so that only one is in memory.
///
/// # Errors
/// Those of the parts, and of the database; then the earlier base stays.
pub async fn keep<E: From<store::Error>>(
    store: &Store,
    person: &PersonId,
    parts: impl Iterator<Item = Result<Part, E>>,
    head: impl FnOnce() -> Result<Head, E>,
    now: Timestamp,
) -> Result<(), E> {
    let mut act = store.act(actor(person), now).await?;
    drop_all(&mut act).await?;
    let id = BaseId(ID.to_owned());
    let base =
        Base { id: id.clone(), state: word("kept"), payload: Payload::default(), revision: Revision::NEW };
    let revision = act.bases().add(&base).await?;
    for (place, part) in parts.enumerate() {
        add_part(&mut act, place as u64, part?).await?;
    }
    let row = Base { payload: payload(&head()?), revision, ..base };
    act.bases().change(&row).await?;
    let deed = Deed::new("keep_base", "base", ID, "kept to be screened again")?;
    act.commit(deed).await?;
    Ok(())
}

async fn add_part(act: &mut Act, place: u64, part: Part) -> Result<(), store::Error> {
    for (id, state, records) in rows_of(place, part) {
        let row = BasePart {
            id,
            base: BaseId(ID.to_owned()),
            state: word(state),
            payload: Payload::new(records.bytes),
            revision: Revision::NEW,
        };
        act.bases().add_part(&row).await?;
    }
    Ok(())
}

fn rows_of(place: u64, part: Part) -> impl Iterator<Item = (BasePartId, &'static str, Records)> {
    let customers = part.customers.into_iter().enumerate();
    let customers = customers.map(move |(chunk, some)| (customers_id(place, chunk), CUSTOMERS, some));
    std::iter::once((traces_id(place), TRACES, part.traces)).chain(customers)
}

fn traces_id(place: u64) -> BasePartId {
    BasePartId(format!("{ID}.{TRACES}.{place:06}"))
}

fn customers_id(place: u64, chunk: usize) -> BasePartId {
    BasePartId(format!("{ID}.{CUSTOMERS}.{place:06}.{chunk:02}"))
}

fn payload(head: &Head) -> Payload {
    Payload::new(serde_json::to_vec(head).expect("texts and numbers are JSON"))
}

/// What is kept, if anything is.
///
/// # Errors
/// Those of the database.
pub async fn head(session: &mut impl Session) -> Result<Option<Head>, store::Error> {
    match session.bases().kept().await? {
        Some(row) => {
            let head: Head = kept("base", &row.id, &row.payload)?;
            Ok(Some(Head { seen: Some(row.revision), ..head }))
        }
        None => Ok(None),
    }
}

/// Whether a base is kept, without opening it.
///
/// # Errors
/// Those of the database.
pub async fn is_kept(session: &mut impl Session) -> Result<bool, store::Error> {
    session.bases().is_kept().await
}

/// The traces of all customers, part by part.
///
/// # Errors
/// Those of the database.
pub async fn traces(session: &mut impl Session) -> Result<Vec<Records>, store::Error> {
    let mut found = Vec::new();
    while let Some(row) = session.bases().part(&traces_id(found.len() as u64)).await? {
        found.push(Records::of(&row));
    }
    Ok(found)
}

/// One chunk of the customers of a part.
///
/// # Errors
/// Those of the database.
pub async fn customers(
    session: &mut impl Session,
    place: u64,
    chunk: usize,
) -> Result<Records, store::Error> {
    let row = session.bases().part(&customers_id(place, chunk)).await?;
    Ok(row.as_ref().map(Records::of).unwrap_or_default())
}

/// Keeps what changed: the head, and the parts by their places; one at the end is new. With it, changes that other programs
/// told of count as taken in.
///
/// # Errors
/// Those of the database; [`store::Error::Conflict`] where somebody else changed the base since its head was read.
pub async fn change(
    store: &Store,
    person: &PersonId,
    head: &Head,
    parts: Vec<(u64, Part)>,
    taken: &[String],
    now: Timestamp,
) -> Result<(), store::Error> {
    let mut act = store.act(actor(person), now).await?;
    let Some(row) = act.bases().kept().await? else { return Ok(()) };
    let row = Base { revision: head.seen.unwrap_or(row.revision), ..row };
    super::changes::take(&mut act, taken).await?;
    for (place, part) in parts {
        put_part(&mut act, place, part).await?;
    }
    act.bases().change(&Base { payload: payload(head), ..row }).await?;
    act.commit(Deed::new("change_base", "base", ID, "customers changed, or were screened again")?).await?;
    Ok(())
}

async fn put_part(act: &mut Act, place: u64, part: Part) -> Result<(), store::Error> {
    if act.bases().part(&traces_id(place)).await?.is_none() {
        return add_part(act, place, part).await;
    }
    for (id, _, records) in rows_of(place, part) {
        if let Some(row) = act.bases().part(&id).await? {
            act.bases().change_part(&BasePart { payload: Payload::new(records.bytes), ..row }).await?;
        }
    }
    Ok(())
}

/// Lets the base go. Answers whether there was one.
///
/// # Errors
/// Those of the database.
pub async fn forget(store: &Store, person: &PersonId, now: Timestamp) -> Result<bool, store::Error> {
    let mut act = store.act(actor(person), now).await?;
    if !drop_all(&mut act).await? {
        return Ok(false);
    }
    act.commit(Deed::new("forget_base", "base", ID, "not kept any more")?).await?;
    Ok(true)
}

/// Lets it go within an act if it was taken before this moment. Answers whether it was.
///
/// # Errors
/// Those of the database.
pub(super) async fn drop_older(act: &mut Act, before: Timestamp) -> Result<bool, store::Error> {
    match head(act).await? {
        Some(head) if head.taken_at < before => drop_all(act).await,
        _ => Ok(false),
    }
}

async fn drop_all(act: &mut Act) -> Result<bool, store::Error> {
    let Some(base) = act.bases().kept().await? else { return Ok(false) };
    for id in act.bases().part_ids().await? {
        if let Some(part) = act.bases().part(&id).await? {
            act.bases().remove_part(&part).await?;
        }
    }
    act.bases().remove(&base).await?;
    Ok(true)
}

/// Whether a customer is in the base.
///
/// # Errors
/// Those of the database.
pub async fn holds(session: &mut impl Session, wanted: &str) -> Result<bool, store::Error> {
    for place in 0_u64.. {
        if session.bases().part(&traces_id(place)).await?.is_none() {
            break;
        }
        for chunk in 0.. {
            let Some(row) = session.bases().part(&customers_id(place, chunk)).await? else { break };
            if !places_of(&Records::of(&row), wanted).is_empty() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn places_of(records: &Records, wanted: &str) -> Vec<usize> {
    let is_wanted = |record: &[u8]| customer(record).is_some_and(|(id, _)| id == wanted);
    let pieces = records.iter().enumerate().filter(|(_, record)| is_wanted(record));
    pieces.map(|(place, _)| place).collect()
}

/// Erases a customer within an act: the piece, and its trace. Answers whether there was one.
///
/// # Errors
/// Those of the database.
pub(super) async fn erase(act: &mut Act, wanted: &str) -> Result<bool, store::Error> {
    let mut erased = false;
    for place in 0_u64.. {
        let Some(traces) = act.bases().part(&traces_id(place)).await? else { break };
        let mut gone = Vec::new();
        for chunk in 0.. {
            let Some(row) = act.bases().part(&customers_id(place, chunk)).await? else { break };
            let here = places_of(&Records::of(&row), wanted);
            if !here.is_empty() {
                act.bases().change_part(&without(row, &here)).await?;
                gone.extend(here.into_iter().map(|place| chunk * CHUNK + place));
            }
        }
        if !gone.is_empty() {
            act.bases().change_part(&without(traces, &gone)).await?;
            erased = true;
        }
    }
    if erased && let Some(base) = act.bases().kept().await? {
        // A screening that read the base before must not bring the customer back.
        act.bases().change(&base).await?;
    }
    Ok(erased)
}

/// The row with nothing at these places.
fn without(row: BasePart, gone: &[usize]) -> BasePart {
    let mut left = Records::default();
    for (place, record) in Records::of(&row).iter().enumerate() {
        left.push(if gone.contains(&place) { b"" } else { record });
    }
    BasePart { payload: Payload::new(left.bytes), ..row }
}
