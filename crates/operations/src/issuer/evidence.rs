//! Evidence: captured, described, sealed, looked at, stamped. Every touch stands in its custody log.

use curation::capture::CapturedFile;
use curation::evidence::{
    CustodyStep, Evidence, EvidenceId, Grades, Observation, Place, Quote, RedactedEvidence, Restricted,
    RestrictedFields, SealedEvidence,
};
use curation::timestamp::{TimeStamp, TimeStampRequest, TimeStampTrust};
use curation::{Action, Person, PersonId, Sha256Hash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::issuer::evidence::{Evidence as Row, EvidenceFile};
use store::{BothSides, Deed, IssuerSide, Payload, Revision, Session, Store};

use super::kept::evidence::{KeptEvidence, Stock};
use super::kept::{self};
use super::{Error, actor, people, store_id, word};

/// What a person fills in for an observation.
pub struct Described {
    pub place: Place,
    pub captured_at: Timestamp,
    pub method: String,
    pub tool: String,
    pub quote: Option<Quote>,
    pub claimed_services: Vec<String>,
    pub offence_categories: Vec<String>,
    pub grades: Grades,
}

/// One piece of evidence for a list of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    pub id: EvidenceId,
    pub is_sealed: bool,
    pub captured_at: Timestamp,
    pub origin: String,
    pub files: usize,
    pub grades: String,
    pub entries: usize,
}

/// Shows the id only: evidence is confidential.
impl std::fmt::Debug for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Summary({})", self.id)
    }
}

#[derive(Serialize, Deserialize)]
struct KeptStamp {
    /// In hexadecimal digits.
    request: String,
    response: Option<String>,
}

/// Takes captured files in, unchanged, and begins evidence with them.
///
/// # Errors
/// If a file is damaged or of no known kind, or the person may not; nothing is kept then.
pub async fn capture(
    store: &Store,
    by: &PersonId,
    described: Described,
    files: &[(String, Vec<u8>)],
    restricted: RestrictedFields,
    now: Timestamp,
) -> Result<EvidenceId, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    drop(look);
    let captured: Vec<CapturedFile> =
        files.iter().map(|(name, bytes)| CapturedFile::recognise(name, bytes)).collect::<Result<_, _>>()?;
    person.check(Action::HandleEvidence)?;
    let mut act = store.act(actor(&person, Action::HandleEvidence), now).await?;
    let id = next_id(&mut act).await?;
    let observation = Observation {
        id: id.clone(),
        place: described.place,
        captured_at: described.captured_at,
        method: described.method,
        tool: described.tool,
        files: captured,
        quote: described.quote,
        claimed_services: described.claimed_services,
        offence_categories: described.offence_categories,
        grades: described.grades,
    };
    let evidence = Evidence::capture(observation, Restricted::new(restricted), &person)?;
    let row = Row {
        id: row_id(&id),
        collector: store_id(by),
        state: word("open"),
        payload: Payload::default(),
        revision: Revision::NEW,
    };
    let kinds: Vec<String> =
        evidence.observation().files.iter().map(|file| kind_word(file.media_type().name())).collect();
    let row = Row { payload: payload_of(Stock::Open(evidence)), ..row };
    act.evidence().add(&row).await?;
    for (number, ((_, bytes), kind)) in (1..).zip(files.iter().zip(kinds)) {
        let hash = store::Sha256::of(bytes);
        act.evidence().attach(&row.id, number, word(&kind), (hash, bytes), Payload::default()).await?;
    }
    act.commit(Deed::new("capture_evidence", "evidence", &id.0, "observation from an open source")?).await?;
    Ok(id)
}

/// Completes quote, translation, services, offences and grades of evidence that is not sealed.
///
/// # Errors
/// If it is sealed, or the person may not.
pub async fn describe(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    now: Timestamp,
    change: impl FnOnce(&mut Observation),
) -> Result<(), Error> {
    let (person, mut evidence, mut row) = open_for(store, by, id).await?;
    evidence.complete(&person, now, change)?;
    row.payload = payload_of(Stock::Open(evidence));
    keep(store, &person, row, now, "describe_evidence").await
}

/// Seals evidence: it never changes again.
///
/// # Errors
/// If something is missing, it is sealed already, or the person may not.
pub async fn seal(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    now: Timestamp,
) -> Result<Sha256Hash, Error> {
    let (person, evidence, mut row) = open_for(store, by, id).await?;
    let sealed = evidence.seal(&person, now)?;
    let seal = sealed.seal();
    row.state = word("sealed");
    row.payload = payload_of(Stock::Sealed(sealed));
    keep(store, &person, row, now, "seal_evidence").await?;
    Ok(seal)
}

/// All evidence, the newest first.
///
/// # Errors
/// What the store says.
pub async fn list(session: &mut impl Session, by: &PersonId) -> Result<Vec<Summary>, Error> {
    let (_, person) = people::acting(session, by).await?;
    person.check(Action::ViewEvidence)?;
    let mut summaries = Vec::new();
    for row in session.evidence().all().await? {
        let id = EvidenceId(row.id.0.clone());
        let entries = session.evidence().entries_of(&row.id).await?.len();
        let stock = read(&row)?;
        let (observation, is_sealed) = match &stock {
            Stock::Open(open) => (open.observation(), false),
            Stock::Sealed(sealed) => (sealed.observation(), true),
        };
        let grades = observation.grades;
        summaries.push(Summary {
            id,
            is_sealed,
            captured_at: observation.captured_at,
            origin: observation.place.origin(),
            files: observation.files.len(),
            grades: format!("{} {} {}", grades.observation, grades.claim, grades.link),
            entries,
        });
    }
    summaries
        .sort_by(|one, other| other.captured_at.cmp(&one.captured_at).then_with(|| other.id.cmp(&one.id)));
    Ok(summaries)
}

/// A copy for approvers, without who collected it; the look is noted.
///
/// # Errors
/// If the person may not view evidence.
pub async fn view(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    now: Timestamp,
) -> Result<(Observation, Vec<(CustodyStep, Timestamp)>, bool), Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    let mut row = row(&mut look, id).await?;
    drop(look);
    match read(&row)? {
        Stock::Open(open) => {
            person.check(Action::ViewEvidence)?;
            let history = open.custody().events().iter().map(|event| (event.step, event.at)).collect();
            Ok((open.observation().clone(), history, false))
        }
        Stock::Sealed(mut sealed) => {
            let observation = sealed.view(&person, now)?.clone();
            let history = sealed.custody().events().iter().map(|event| (event.step, event.at)).collect();
            row.payload = payload_of(Stock::Sealed(sealed));
            keep_as(store, &person, Action::ViewEvidence, row, now, "view_evidence").await?;
            Ok((observation, history, true))
        }
    }
}

/// Who collected it, under which account, through which exit; the look is noted.
///
/// # Errors
/// If the person may not.
pub async fn view_restricted(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    now: Timestamp,
) -> Result<RestrictedFields, Error> {
    let (person, mut sealed, mut row) = sealed_for(store, by, id).await?;
    let fields = sealed.view_restricted(&person, now)?;
    let fields = RestrictedFields {
        collector_code: fields.collector_code.clone(),
        account: fields.account.clone(),
        network_exit: fields.network_exit.clone(),
    };
    row.payload = payload_of(Stock::Sealed(sealed));
    keep_as(store, &person, Action::ViewRestricted, row, now, "view_restricted_fields").await?;
    Ok(fields)
}

/// A redacted copy, as approvers get it.
///
/// # Errors
/// If the person may not handle evidence.
pub async fn redact(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    now: Timestamp,
) -> Result<RedactedEvidence, Error> {
    let (person, mut sealed, mut row) = sealed_for(store, by, id).await?;
    let redacted = sealed.redact(&person, now)?;
    row.payload = payload_of(Stock::Sealed(sealed));
    keep(store, &person, row, now, "redact_evidence").await?;
    Ok(redacted)
}

/// The captured files, as they were captured; that they left the store is noted.
///
/// # Errors
/// If a file does not have its hash any more, or the person may not.
pub async fn export(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    now: Timestamp,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let (person, mut sealed, mut row) = sealed_for(store, by, id).await?;
    sealed.note(CustodyStep::Exported, &person, now)?;
    let files = files(store, sealed.observation()).await?;
    row.payload = payload_of(Stock::Sealed(sealed));
    keep(store, &person, row, now, "export_evidence").await?;
    Ok(files)
}

/// The bytes of all captured files, checked against their hashes.
async fn files(store: &Store, observation: &Observation) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut look = store.look().await?;
    let mut found = Vec::new();
    for file in &observation.files {
        let bytes = look.files().with_hash(store::Sha256(file.sha256().0)).await?;
        let whole = bytes.filter(|bytes| file.is(bytes));
        let missing = || kept::not_readable("file of evidence", &observation.id.0);
        found.push((file.name().to_owned(), whole.ok_or_else(missing)?));
    }
    Ok(found)
}

/// A question for a time-stamp service about one captured file, counted from 1.
///
/// # Errors
/// [`Error::NotThere`] if there is no such file.
pub async fn stamp_request(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    number: usize,
    random: u64,
    now: Timestamp,
) -> Result<Vec<u8>, Error> {
    let (person, sealed, _) = sealed_for(store, by, id).await?;
    person.check(Action::HandleEvidence)?;
    let file = number.checked_sub(1).and_then(|place| sealed.observation().files.get(place));
    let file = file.ok_or_else(|| no_file(id, number))?;
    let request = TimeStampRequest::new(file.sha256(), random).to_der();
    let stamp = KeptStamp { request: hex(&request), response: None };
    keep_stamp(store, &person, id, number, &stamp, now, "ask_for_time_stamp").await?;
    Ok(request)
}

/// Takes the answer of the service, after it was checked down to a trusted root.
///
/// # Errors
/// If the answer does not belong to the question or is not signed by a trusted service.
pub async fn stamp_take(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
    number: usize,
    response: &[u8],
    trust: &TimeStampTrust,
    now: Timestamp,
) -> Result<TimeStamp, Error> {
    let (person, _, _) = sealed_for(store, by, id).await?;
    person.check(Action::HandleEvidence)?;
    let mut look = store.look().await?;
    let file = file_row(&mut look, id, number).await?;
    drop(look);
    if file.payload.bytes().is_empty() {
        return Err(Error::NotThere { what: "time-stamp request for file", id: format!("{id}.{number}") });
    }
    let stamp: KeptStamp = kept::read("file of evidence", &file.id.0, &file.payload)?;
    let request = unhex(&stamp.request).ok_or_else(|| kept::not_readable("file of evidence", &file.id.0))?;
    let checked = TimeStampRequest::from_der(&request)?.verify(response, trust)?;
    let stamp = KeptStamp { response: Some(hex(response)), ..stamp };
    keep_stamp(store, &person, id, number, &stamp, now, "take_time_stamp").await?;
    Ok(checked)
}

/// Checks the time-stamp that is kept for a file again; nothing if none was taken yet.
///
/// # Errors
/// If it does not belong to the file or is not signed by a trusted service.
pub async fn stamp_check(
    session: &mut impl Session,
    id: &EvidenceId,
    number: usize,
    trust: &TimeStampTrust,
) -> Result<Option<TimeStamp>, Error> {
    let file = file_row(session, id, number).await?;
    if file.payload.bytes().is_empty() {
        return Ok(None);
    }
    let unreadable = || kept::not_readable("file of evidence", &file.id.0);
    let stamp: KeptStamp = kept::read("file of evidence", &file.id.0, &file.payload)?;
    let Some(response) = &stamp.response else { return Ok(None) };
    let request = TimeStampRequest::from_der(&unhex(&stamp.request).ok_or_else(unreadable)?)?;
    let sealed = sealed(session, id).await?;
    if sealed.observation().files.get(number - 1).is_none_or(|one| one.sha256() != request.file()) {
        return Err(unreadable());
    }
    Ok(Some(request.verify(&unhex(response).ok_or_else(unreadable)?, trust)?))
}

/// How many captured files a piece of evidence has.
///
/// # Errors
/// What the store says.
pub async fn file_count(session: &mut impl Session, id: &EvidenceId) -> Result<usize, Error> {
    Ok(session.evidence().files_of(&row_id(id)).await?.len())
}

async fn keep_stamp(
    store: &Store,
    person: &Person,
    id: &EvidenceId,
    number: usize,
    stamp: &KeptStamp,
    now: Timestamp,
    action: &'static str,
) -> Result<(), Error> {
    let mut act = store.act(actor(person, Action::HandleEvidence), now).await?;
    let mut file = file_row(&mut act, id, number).await?;
    file.payload = kept::payload(stamp);
    act.evidence().change_file(&file).await?;
    act.commit(Deed::new(action, "evidence", &id.0, "time-stamp of a captured file")?).await?;
    Ok(())
}

async fn file_row(session: &mut impl Session, id: &EvidenceId, number: usize) -> Result<EvidenceFile, Error> {
    let mut files = session.evidence().files_of(&row_id(id)).await?;
    files.sort_by(|one, other| one.id.cmp(&other.id));
    number.checked_sub(1).and_then(|place| files.into_iter().nth(place)).ok_or_else(|| no_file(id, number))
}

/// Sealed evidence, for entries that rest on it.
pub(crate) async fn sealed(session: &mut impl Session, id: &EvidenceId) -> Result<SealedEvidence, Error> {
    let row = row(session, id).await?;
    match read(&row)? {
        Stock::Sealed(sealed) => Ok(sealed),
        Stock::Open(_) => Err(state_error(id, "open", "sealed")),
    }
}

async fn open_for(store: &Store, by: &PersonId, id: &EvidenceId) -> Result<(Person, Evidence, Row), Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    let row = row(&mut look, id).await?;
    match read(&row)? {
        Stock::Open(evidence) => Ok((person, evidence, row)),
        Stock::Sealed(_) => Err(state_error(id, "sealed", "not sealed yet")),
    }
}

async fn sealed_for(
    store: &Store,
    by: &PersonId,
    id: &EvidenceId,
) -> Result<(Person, SealedEvidence, Row), Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    let row = row(&mut look, id).await?;
    match read(&row)? {
        Stock::Sealed(evidence) => Ok((person, evidence, row)),
        Stock::Open(_) => Err(state_error(id, "open", "sealed")),
    }
}

async fn row(session: &mut impl Session, id: &EvidenceId) -> Result<Row, Error> {
    let found = session.evidence().with_id(&row_id(id)).await?;
    found.ok_or_else(|| Error::NotThere { what: "evidence", id: id.0.clone() })
}

fn read(row: &Row) -> Result<Stock, Error> {
    let kept: KeptEvidence = kept::read("evidence", &row.id.0, &row.payload)?;
    kept.read(&EvidenceId(row.id.0.clone()))
}

fn payload_of(stock: Stock) -> Payload {
    let kept = match stock {
        Stock::Open(evidence) => {
            let (observation, restricted, custody) = evidence.into_parts();
            KeptEvidence::of(&observation, restricted.into_fields_for_the_unit_store(), &custody, None)
        }
        Stock::Sealed(sealed) => {
            let parts = sealed.into_parts();
            let restricted = parts.restricted.into_fields_for_the_unit_store();
            KeptEvidence::of(&parts.observation, restricted, &parts.custody, Some(parts.seal))
        }
    };
    kept::payload(&kept)
}

async fn keep(
    store: &Store,
    person: &Person,
    row: Row,
    now: Timestamp,
    action: &'static str,
) -> Result<(), Error> {
    keep_as(store, person, Action::HandleEvidence, row, now, action).await
}

async fn keep_as(
    store: &Store,
    person: &Person,
    role: Action,
    row: Row,
    now: Timestamp,
    action: &'static str,
) -> Result<(), Error> {
    let mut act = store.act(actor(person, role), now).await?;
    act.evidence().change(&row).await?;
    act.commit(Deed::new(action, "evidence", &row.id.0, "custody of evidence")?).await?;
    Ok(())
}

/// Numbers count up: `EV-0001`.
async fn next_id(act: &mut store::Act) -> Result<EvidenceId, Error> {
    let rows = act.evidence().all().await?;
    let highest = rows.iter().filter_map(|row| row.id.0.strip_prefix("EV-")?.parse::<u32>().ok()).max();
    Ok(EvidenceId(format!("EV-{:04}", highest.unwrap_or(0) + 1)))
}

fn row_id(id: &EvidenceId) -> store::issuer::evidence::EvidenceId {
    store::issuer::evidence::EvidenceId(id.0.clone())
}

/// `text/html` as a word of the store.
fn kind_word(media_type: &str) -> String {
    media_type.rsplit('/').next().unwrap_or(media_type).replace('+', "-")
}

fn state_error(id: &EvidenceId, found: &str, needed: &'static str) -> Error {
    Error::State { what: "evidence", id: id.0.clone(), found: found.to_owned(), needed }
}

fn no_file(id: &EvidenceId, number: usize) -> Error {
    Error::NotThere { what: "file", id: format!("{number} of evidence {id}") }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|place| u8::from_str_radix(text.get(place..place + 2)?, 16).ok()).collect()
}
