//! Partners: the address book, keys enrolled by their words, what each may get, and how deliveries went.

use std::collections::BTreeMap;

use curation::{Action, Person, PersonId};
use delivery::keys::PublicHalf;
use delivery::{Fingerprint, PartnerId, PublicKey, Recipient, Role};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::issuer::acknowledgements::{Acknowledgement, AcknowledgementId};
use store::issuer::deliveries::Delivery;
use store::issuer::partners::{Partner as Row, PartnerId as RowId, PartnerKey, PartnerKeyId, PartnerState};
use store::issuer::reminders::{Reminder, ReminderId};
use store::{Deed, IssuerSide, Payload, Revision, Session, Store};

use super::kept::partner::KeptPartner;
use super::kept::{self};
use super::{Error, actor, editions, people, word};
use crate::day_of;

/// The words for what a partner is.
pub const ROLES: [&str; 4] = ["hoster", "trade_body", "cert", "foreign_police"];

/// What is known of a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub name: String,
    /// One of [`ROLES`].
    pub role: String,
    pub attention: Option<String>,
    pub address: Vec<String>,
    pub email: String,
    /// `en` or `nl`.
    pub language: String,
    /// Ids of the lists that the partner may get.
    pub lists: Vec<String>,
}

/// A partner as they are listed.
#[derive(Clone, Debug)]
pub struct Partner {
    pub id: PartnerId,
    pub facts: Facts,
    pub state: PartnerState,
    /// What deliveries are encrypted for.
    pub recipient: Option<Recipient>,
    /// What receipts are checked with.
    pub receipt_key: Option<PublicKey>,
    /// Number of the last delivery; 0 before the first.
    pub sequence: u64,
}

/// How far the last delivery of an edition went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryState {
    pub partner: PartnerId,
    pub edition: u64,
    /// `prepared`, `sealed`, `released`.
    pub state: String,
    pub acknowledged: bool,
    pub reminded_on: Option<Date>,
}

#[derive(Serialize, Deserialize)]
struct KeptReminder {
    edition: u64,
    list: String,
}

/// Puts a partner into the address book.
///
/// # Errors
/// If the id or the name is taken, or the person may not.
pub async fn add(
    store: &Store,
    by: &PersonId,
    id: &PartnerId,
    facts: &Facts,
    now: Timestamp,
) -> Result<(), Error> {
    let person = deliverer(store, by).await?;
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let kept = KeptPartner { sequence: 0, ..kept_of(facts) };
    let row = Row {
        id: row_id(id),
        name: facts.name.clone(),
        role: word(&facts.role),
        state: PartnerState::Invited.word(),
        payload: kept::payload(&kept),
        revision: Revision::NEW,
    };
    act.partners().add(&row).await?;
    act.commit(Deed::new("add_partner", "partner", id.as_str(), "address book")?).await?;
    Ok(())
}

/// Changes what is known of a partner.
///
/// # Errors
/// [`Error::NotThere`].
pub async fn change(
    store: &Store,
    by: &PersonId,
    id: &PartnerId,
    facts: &Facts,
    now: Timestamp,
) -> Result<(), Error> {
    let person = deliverer(store, by).await?;
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let row = row(&mut act, id).await?;
    let before: KeptPartner = kept::read("partner", id.as_str(), &row.payload)?;
    let kept = KeptPartner { sequence: before.sequence, ..kept_of(facts) };
    let row = Row { name: facts.name.clone(), role: word(&facts.role), payload: kept::payload(&kept), ..row };
    act.partners().change(&row).await?;
    act.commit(Deed::new("change_partner", "partner", id.as_str(), "address book")?).await?;
    Ok(())
}

/// Takes a partner's public key, after its words were compared by another way. A newer key of the same kind takes the
/// place of the older one.
///
/// # Errors
/// [`Error::OtherWords`] if the compared words are not those of the key.
pub async fn enrol(
    store: &Store,
    by: &PersonId,
    id: &PartnerId,
    half: &PublicHalf,
    compared: Fingerprint,
    now: Timestamp,
) -> Result<(), Error> {
    let fingerprint = half.fingerprint();
    if fingerprint != compared {
        return Err(Error::OtherWords { words: fingerprint.words() });
    }
    let kind = match half {
        PublicHalf::Recipient(_) => "decryption",
        PublicHalf::Signing(key) if key.role() == Role::Receipt => "receipt",
        PublicHalf::Signing(key) => return Err(Error::NotAnApprovalKey { has: key.role() }),
    };
    let person = deliverer(store, by).await?;
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let mut row = row(&mut act, id).await?;
    for mut old in act.partners().keys_of(&row.id).await? {
        if old.state.as_str() == kind {
            old.state = word("retired");
            act.partners().change_key(&old).await?;
        }
    }
    let key = PartnerKey {
        id: PartnerKeyId(fingerprint.hex().replace(' ', "")),
        partner: row.id.clone(),
        fingerprint: fingerprint.hex(),
        state: word(kind),
        payload: Payload::new(half.write().into_bytes()),
        revision: Revision::NEW,
    };
    act.partners().add_key(&key).await?;
    if kind == "decryption" && PartnerState::of(&row.state) == Some(PartnerState::Invited) {
        row.state = PartnerState::Enrolled.word();
        act.partners().change(&row).await?;
    }
    act.commit(Deed::new("enrol_partner_key", "partner", id.as_str(), "words of the key were compared")?)
        .await?;
    Ok(())
}

/// Suspends a partner, who gets nothing for now, or lets them take part again.
///
/// # Errors
/// [`Error::NoKey`] if a partner without a key is to take part.
pub async fn suspend(
    store: &Store,
    by: &PersonId,
    id: &PartnerId,
    suspend: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let person = deliverer(store, by).await?;
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let mut row = row(&mut act, id).await?;
    let has_key = open(&mut act, &row).await?.recipient.is_some();
    row.state = match (suspend, has_key) {
        (true, _) => PartnerState::Suspended.word(),
        (false, true) => PartnerState::Enrolled.word(),
        (false, false) => PartnerState::Invited.word(),
    };
    act.partners().change(&row).await?;
    let deed = if suspend { "suspend_partner" } else { "resume_partner" };
    act.commit(Deed::new(deed, "partner", id.as_str(), "takes part in deliveries")?).await?;
    Ok(())
}

/// All partners, by their ids.
///
/// # Errors
/// What the store says.
pub async fn list(session: &mut impl Session, by: &PersonId) -> Result<Vec<Partner>, Error> {
    let (_, person) = people::acting(session, by).await?;
    person.check(Action::Deliver)?;
    all(session).await
}

pub(crate) async fn all(session: &mut impl Session) -> Result<Vec<Partner>, Error> {
    let mut partners = Vec::new();
    for row in session.partners().all().await? {
        partners.push(open(session, &row).await?);
    }
    partners.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(partners)
}

/// The partners who may get a list now.
///
/// # Errors
/// [`Error::NobodyToDeliver`].
pub async fn for_list(
    session: &mut impl Session,
    by: &PersonId,
    list_id: &str,
) -> Result<Vec<Partner>, Error> {
    let mut partners = list(session, by).await?;
    partners.retain(|one| {
        one.state == PartnerState::Enrolled && one.facts.lists.iter().any(|list| list == list_id)
    });
    if partners.is_empty() { Err(Error::NobodyToDeliver { list: list_id.to_owned() }) } else { Ok(partners) }
}

/// How the deliveries of an edition went.
///
/// # Errors
/// [`Error::NotThere`].
pub async fn deliveries(
    session: &mut impl Session,
    by: &PersonId,
    list: &str,
    number: u64,
) -> Result<Vec<DeliveryState>, Error> {
    let (_, person) = people::acting(session, by).await?;
    person.check(Action::Deliver)?;
    let edition = editions::row(session, list, number).await?;
    let mut states = Vec::new();
    for delivery in session.deliveries().of_edition(&edition.id).await? {
        let acknowledged = session.acknowledgements().of_delivery(&delivery.id).await?.is_some();
        let reminded_on = reminded(session, &delivery, list, number).await?;
        states.push(DeliveryState {
            partner: id_of(&delivery.partner)?,
            edition: number,
            state: delivery.state.to_string(),
            acknowledged,
            reminded_on,
        });
    }
    states.sort_by(|one, other| one.partner.cmp(&other.partner));
    Ok(states)
}

/// Notes that a partner confirmed a delivery, such as by phone or mail.
///
/// # Errors
/// [`Error::NotThere`] if the partner did not get that edition.
pub async fn acknowledge(
    store: &Store,
    by: &PersonId,
    id: &PartnerId,
    list: &str,
    number: u64,
    way: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let person = deliverer(store, by).await?;
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let delivery = delivery_to(&mut act, id, list, number).await?;
    let row = Acknowledgement {
        id: AcknowledgementId(format!("{}.ack", delivery.id.0)),
        delivery: delivery.id.clone(),
        state: store::Word::new(way)?,
        payload: Payload::default(),
        revision: Revision::NEW,
    };
    act.acknowledgements().add(&row).await?;
    act.commit(Deed::new("acknowledge_delivery", "delivery", &delivery.id.0, "the partner confirmed it")?)
        .await?;
    Ok(())
}

/// The partners who did not acknowledge an edition that was released at least this many days ago, and notes that they
/// are reminded today.
///
/// # Errors
/// [`Error::NotThere`].
pub async fn remind(
    store: &Store,
    by: &PersonId,
    list: &str,
    number: u64,
    after_days: i64,
    now: Timestamp,
) -> Result<Vec<Partner>, Error> {
    let person = deliverer(store, by).await?;
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let edition = editions::row(&mut act, list, number).await?;
    let disclosed: BTreeMap<String, Timestamp> = act
        .deliveries()
        .disclosures()
        .await?
        .into_iter()
        .filter(|one| one.edition == edition.id)
        .map(|one| (one.partner.0, one.at))
        .collect();
    let mut late = Vec::new();
    for delivery in act.deliveries().of_edition(&edition.id).await? {
        let Some(at) = disclosed.get(&delivery.partner.0) else { continue };
        let days = now.duration_since(*at).as_hours() / 24;
        let answered = act.acknowledgements().of_delivery(&delivery.id).await?.is_some();
        if answered
            || days < after_days
            || reminded(&mut act, &delivery, list, number).await? == Some(day_of(now))
        {
            continue;
        }
        let row = Reminder {
            id: ReminderId(format!("{}.{}", delivery.id.0, day_of(now))),
            partner: Some(delivery.partner.clone()),
            due_on: day_of(now),
            state: word("sent"),
            payload: kept::payload(&KeptReminder { edition: number, list: list.to_owned() }),
            revision: Revision::NEW,
        };
        act.reminders().add(&row).await?;
        let partner = self::row(&mut act, &id_of(&delivery.partner)?).await?;
        late.push(open(&mut act, &partner).await?);
    }
    act.commit(Deed::new("remind_partners", "edition", &edition.id.0, "no acknowledgement yet")?).await?;
    Ok(late)
}

async fn reminded(
    session: &mut impl Session,
    delivery: &Delivery,
    list: &str,
    number: u64,
) -> Result<Option<Date>, Error> {
    let mut last = None;
    for row in session.reminders().for_partner(&delivery.partner).await? {
        let kept: KeptReminder = kept::read("reminder", &row.id.0, &row.payload)?;
        if kept.edition == number && kept.list == list {
            last = last.max(Some(row.due_on));
        }
    }
    Ok(last)
}

async fn delivery_to(
    session: &mut impl Session,
    id: &PartnerId,
    list: &str,
    number: u64,
) -> Result<Delivery, Error> {
    let edition = editions::row(session, list, number).await?;
    let rows = session.deliveries().of_edition(&edition.id).await?;
    let mine = rows.into_iter().find(|row| row.partner.0 == id.as_str() && row.state.as_str() == "released");
    mine.ok_or_else(|| Error::NotThere { what: "delivery", id: format!("of edition {number} to {id}") })
}

async fn deliverer(store: &Store, by: &PersonId) -> Result<Person, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    Ok(person)
}

pub(crate) async fn row(session: &mut impl Session, id: &PartnerId) -> Result<Row, Error> {
    let found = session.partners().with_id(&row_id(id)).await?;
    found.ok_or_else(|| Error::NotThere { what: "partner", id: id.to_string() })
}

pub(crate) async fn open(session: &mut impl Session, row: &Row) -> Result<Partner, Error> {
    let id = id_of(&row.id)?;
    let not_readable = || kept::not_readable("partner", &row.id.0);
    let kept: KeptPartner = kept::read("partner", &row.id.0, &row.payload)?;
    let (mut recipient, mut receipt_key) = (None, None);
    for key in session.partners().keys_of(&row.id).await? {
        if key.state.as_str() == "retired" {
            continue;
        }
        match PublicHalf::read(key.payload.bytes()).map_err(|_| not_readable())? {
            PublicHalf::Recipient(found) => recipient = Some(found),
            PublicHalf::Signing(found) => receipt_key = Some(found),
        }
    }
    let facts = Facts {
        name: row.name.clone(),
        role: row.role.to_string(),
        attention: kept.attention,
        address: kept.address,
        email: kept.email,
        language: kept.language,
        lists: kept.lists,
    };
    let state = PartnerState::of(&row.state).ok_or_else(not_readable)?;
    Ok(Partner { id, facts, state, recipient, receipt_key, sequence: kept.sequence })
}

/// Notes the number of the last delivery to a partner.
pub(crate) async fn count_up(act: &mut store::Act, id: &PartnerId, sequence: u64) -> Result<(), Error> {
    let mut row = row(act, id).await?;
    let mut kept: KeptPartner = kept::read("partner", &row.id.0, &row.payload)?;
    kept.sequence = kept.sequence.max(sequence);
    row.payload = kept::payload(&kept);
    act.partners().change(&row).await?;
    Ok(())
}

fn kept_of(facts: &Facts) -> KeptPartner {
    KeptPartner {
        attention: facts.attention.clone(),
        address: facts.address.clone(),
        email: facts.email.clone(),
        language: facts.language.clone(),
        lists: facts.lists.clone(),
        sequence: 0,
    }
}

pub(crate) fn row_id(id: &PartnerId) -> RowId {
    RowId(id.as_str().to_owned())
}

pub(crate) fn id_of(id: &RowId) -> Result<PartnerId, Error> {
    PartnerId::new(id.0.clone()).map_err(|_| kept::not_readable("partner", &id.0))
}
