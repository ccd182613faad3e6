//! The people of the unit: who they are, in which roles, with which keys.
//!
//! The first two administrators found the unit. From then on a person is taken up, or gets other roles and keys, by
//! the signed voices of two administrators. A key is revoked by one person: that harms nobody and must be quick.

use curation::people::{enrol, enrolment_subject};
use curation::proposal::ReceivedStatement;
use curation::statement::Step;
use curation::{Action, Key, Person, PersonId, Role, Sha256Hash, TeamId, Unit};
use delivery::keys::PublicHalf;
use delivery::{PublicKey, SigningKey};
use jiff::Timestamp;
use store::issuer::people::{Person as Row, PersonKey, PersonKeyId};
use store::{Deed, IssuerSide, Payload, Revision, Session, Store};

use super::kept::person::{KeptChange, KeptPerson};
use super::kept::{self, statement::KeptStatement};
use super::{Error, actor, founder, signing, store_id, word};
use crate::day_of;

/// A person as they are listed.
#[derive(Clone, Debug)]
pub struct Listed {
    pub person: Person,
    /// A change waits for this many more voices of administrators.
    pub voices_missing: Option<usize>,
    /// Whether the person takes part: entered people do only when two administrators have signed.
    pub is_active: bool,
}

/// What somebody is to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub team: TeamId,
    pub roles: Vec<Role>,
    /// Public keys for entry approvals, to be added to those the person has.
    pub new_keys: Vec<PublicKey>,
}

/// Where an entered person or a change stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    /// Waits for the voices of this many administrators.
    Waits(usize),
}

/// A code for a person from what was typed.
///
/// # Errors
/// [`Error::BadCode`].
pub fn code(text: &str) -> Result<PersonId, Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    PersonId::new(text)
        .filter(|id| id.as_str().bytes().all(plain))
        .ok_or_else(|| Error::BadCode(text.chars().take(40).collect()))
}

/// Everybody who takes part.
///
/// # Errors
/// What the store says; [`Error::NotReadable`].
pub async fn unit(session: &mut impl Session) -> Result<Unit, Error> {
    let mut people = Vec::new();
    for row in session.people().all().await? {
        if row.state.as_str() == "active" {
            people.push(open(&row)?.0);
        }
    }
    Ok(Unit::new(people)?)
}

/// The unit, and the person who acts in it.
///
/// # Errors
/// [`Error::UnknownPerson`].
pub async fn acting(session: &mut impl Session, by: &PersonId) -> Result<(Unit, Person), Error> {
    let unit = unit(session).await?;
    let person = unit.person(by).cloned().ok_or_else(|| Error::UnknownPerson(by.to_string()))?;
    Ok((unit, person))
}

/// Everybody, also those who wait for their voices.
///
/// # Errors
/// As [`unit()`].
pub async fn list(session: &mut impl Session) -> Result<Vec<Listed>, Error> {
    let mut listed = Vec::new();
    for row in session.people().all().await? {
        let (person, kept) = open(&row)?;
        let is_active = row.state.as_str() == "active";
        let waiting = kept.pending.as_ref();
        let shown = match waiting {
            Some(change) if !is_active => change.read(&person.id).ok_or_else(|| not_readable(&person.id))?,
            _ => person,
        };
        let voices_missing = waiting.map(|change| 2_usize.saturating_sub(change.voices.len()));
        listed.push(Listed { person: shown, voices_missing, is_active });
    }
    listed.sort_by(|one, other| one.person.id.cmp(&other.person.id));
    Ok(listed)
}

/// Enters a person, or a change of one. While the unit is founded, the person takes part at once.
///
/// # Errors
/// If the one who enters may not, or the keys belong to somebody else.
pub async fn enter(
    store: &Store,
    by: &PersonId,
    id: &PersonId,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Standing, Error> {
    let mut look = store.look().await?;
    let unit = unit(&mut look).await?;
    let is_founding = unit.is_founding(now);
    drop(look);
    let actor = match unit.person(by) {
        Some(person) if !is_founding || person.may(Action::Administer) => {
            person.check(Action::Administer)?;
            actor(person, Action::Administer)
        }
        None if !is_founding => return Err(Error::UnknownPerson(by.to_string())),
        _ => founder(by),
    };
    let mut act = store.act(actor, now).await?;
    let stored = act.people().with_id(&store_id(id)).await?;
    let before = match &stored {
        Some(row) => Some(open(row)?),
        None => None,
    };
    let keys = before.as_ref().map(|(person, _)| person.keys.clone()).unwrap_or_default();
    let person = person_as_wanted(id, wanted, keys, now)?;
    Unit::new(unit.people().filter(|one| one.id != *id).cloned().chain([person.clone()]))?;
    let kept = if is_founding {
        KeptPerson::of(&person, None)
    } else {
        let now_is = before.as_ref().map_or_else(|| nobody(id), |(person, _)| person.clone());
        KeptPerson::of(&now_is, Some(KeptChange::of(&person)))
    };
    let is_new = stored.is_none();
    let state = match &stored {
        Some(row) if row.state.as_str() == "active" => "active",
        _ if is_founding => "active",
        _ => "entered",
    };
    let row = Row {
        id: store_id(id),
        name: id.to_string(),
        team: if is_founding {
            person.team.0.clone()
        } else {
            stored.as_ref().map_or_else(String::new, |row| row.team.clone())
        },
        state: word(state),
        payload: kept::payload(&kept),
        revision: stored.as_ref().map_or(Revision::NEW, |row| row.revision),
    };
    if is_new {
        act.people().add(&row).await?;
    } else {
        act.people().change(&row).await?;
    }
    if is_founding {
        keep_keys(&mut act, &person).await?;
    }
    let ground = if is_founding { "the unit is founded" } else { "entered, waits for two administrators" };
    act.commit(Deed::new("enter_person", "person", id.as_str(), ground)?).await?;
    Ok(if is_founding { Standing::Active } else { Standing::Waits(2) })
}

/// What an administrator signs to confirm a person, as entered.
///
/// # Errors
/// [`Error::NothingPending`] where nothing waits.
pub async fn to_confirm(session: &mut impl Session, id: &PersonId) -> Result<(Person, Sha256Hash), Error> {
    let row = session.people().with_id(&store_id(id)).await?;
    let row = row.ok_or_else(|| Error::UnknownPerson(id.to_string()))?;
    let (_, kept) = open(&row)?;
    let change = kept.pending.ok_or_else(|| Error::NothingPending { id: id.to_string() })?;
    let person = change.read(id).ok_or_else(|| not_readable(id))?;
    let subject = enrolment_subject(&person);
    Ok((person, subject))
}

/// Adds the voice of an administrator; with the second one the person takes part as entered.
///
/// # Errors
/// If the signature does not count, or both voices are of one administrator.
pub async fn confirm(
    store: &Store,
    by: &PersonId,
    id: &PersonId,
    key: &SigningKey,
    now: Timestamp,
) -> Result<Standing, Error> {
    let mut look = store.look().await?;
    let (unit, administrator) = acting(&mut look, by).await?;
    administrator.check(Action::Administer)?;
    let (person, subject) = to_confirm(&mut look, id).await?;
    drop(look);
    let signed = signing::sign(&administrator, key, Step::Enrol, subject, now)?;
    unit.accept(signed.clone(), Step::Enrol, subject, now)?;
    if *by == person.id {
        return Err(curation::people::EnrolError::OwnEnrolment { person: person.id }.into());
    }
    let mut act = store.act(actor(&administrator, Action::Administer), now).await?;
    let mut row = act.people().with_id(&store_id(id)).await?.ok_or_else(|| not_readable(id))?;
    let (before, mut kept) = open(&row)?;
    let mut change = kept.pending.take().ok_or_else(|| Error::NothingPending { id: id.to_string() })?;
    let received = ReceivedStatement { signed, received_at: now };
    // A second signature of the same administrator takes the place of the first.
    let earlier: Vec<ReceivedStatement> = change
        .voices
        .iter()
        .map(KeptStatement::read)
        .collect::<Option<_>>()
        .ok_or_else(|| not_readable(id))?;
    let earlier = earlier.into_iter().find(|voice| voice.signed.statement.person != *by);
    change.voices.retain(|voice| voice.read().is_some_and(|voice| voice.signed.statement.person != *by));
    change.voices.push(KeptStatement::from(&received));
    let standing = match earlier {
        None => {
            kept.pending = Some(change);
            row.payload = kept::payload(&kept);
            act.people().change(&row).await?;
            Standing::Waits(1)
        }
        Some(first) => {
            enrol(&unit, &person, [first.signed, received.signed], now)?;
            let others = unit.people().filter(|one| one.id != *id).cloned();
            Unit::new(others.chain([person.clone()]))?;
            row.team.clone_from(&person.team.0);
            row.state = word("active");
            row.payload = kept::payload(&KeptPerson::of(&still_revoked(person, &before), None));
            act.people().change(&row).await?;
            let (person, _) = open(&row)?;
            keep_keys(&mut act, &person).await?;
            Standing::Active
        }
    };
    let ground =
        if standing == Standing::Active { "two administrators have signed" } else { "first of two voices" };
    act.commit(Deed::new("confirm_person", "person", id.as_str(), ground)?).await?;
    Ok(standing)
}

/// Revokes all keys of a person from now on, or as of an earlier moment. Anybody of the unit may, at once.
///
/// # Errors
/// [`Error::UnknownPerson`].
pub async fn revoke(
    store: &Store,
    by: &PersonId,
    id: &PersonId,
    as_of: Timestamp,
    now: Timestamp,
) -> Result<usize, Error> {
    let mut look = store.look().await?;
    let (_, person) = acting(&mut look, by).await?;
    drop(look);
    let role = person.roles.first().map_or("none", |role| role.word());
    let mut act = store.act(store::Actor { person: store_id(by), role: word(role) }, now).await?;
    let row = act.people().with_id(&store_id(id)).await?;
    let mut row = row.ok_or_else(|| Error::UnknownPerson(id.to_string()))?;
    let (mut person, kept) = open(&row)?;
    let count = person.keys.iter().filter(|key| key.revoked_at().is_none()).count();
    person.keys.iter_mut().for_each(|key| key.revoke(as_of));
    row.payload = kept::payload(&KeptPerson::of(&person, kept.pending));
    act.people().change(&row).await?;
    for mut key in act.people().keys_of(&store_id(id)).await? {
        key.valid_until = Some(day_of(as_of));
        key.state = word("revoked");
        act.people().change_key(&key).await?;
    }
    act.commit(Deed::new("revoke_keys", "person", id.as_str(), "keys no longer count")?).await?;
    Ok(count)
}

/// A public key file as one for entry approvals.
///
/// # Errors
/// [`Error::NotAnApprovalKey`]; a key that decrypts is none either.
pub fn approval_key(half: &PublicHalf) -> Result<PublicKey, Error> {
    match half {
        PublicHalf::Signing(key) if key.role() == delivery::Role::EntryApproval => Ok(*key),
        PublicHalf::Signing(key) => Err(Error::NotAnApprovalKey { has: key.role() }),
        PublicHalf::Recipient(_) => Err(Error::NotAnApprovalKey { has: delivery::Role::Receipt }),
    }
}

/// What was revoked while a change waited stays revoked.
fn still_revoked(mut person: Person, before: &Person) -> Person {
    for key in &mut person.keys {
        let known = before.keys.iter().find(|known| known.id() == key.id());
        if let Some(at) = known.and_then(Key::revoked_at) {
            key.revoke(at);
        }
    }
    person
}

fn person_as_wanted(
    id: &PersonId,
    wanted: &Wanted,
    mut keys: Vec<Key>,
    now: Timestamp,
) -> Result<Person, Error> {
    for key in &wanted.new_keys {
        let key = Key::new(key.to_bytes(), now, None)?;
        if !keys.iter().any(|known| known.id() == key.id()) {
            keys.push(key);
        }
    }
    Ok(Person { id: id.clone(), team: wanted.team.clone(), roles: wanted.roles.clone(), keys })
}

/// A person without roles and keys: what somebody is who was entered and not confirmed.
fn nobody(id: &PersonId) -> Person {
    Person { id: id.clone(), team: TeamId(String::new()), roles: Vec::new(), keys: Vec::new() }
}

async fn keep_keys(act: &mut store::Act, person: &Person) -> Result<(), Error> {
    let known = act.people().keys_of(&store_id(&person.id)).await?;
    for key in &person.keys {
        let id = key.id().to_string();
        if known.iter().any(|row| row.id.0 == id) {
            continue;
        }
        let row = PersonKey {
            id: PersonKeyId(id.clone()),
            person: store_id(&person.id),
            fingerprint: id,
            valid_from: day_of(key.valid_from()),
            valid_until: key.revoked_at().map(day_of),
            state: word("active"),
            payload: Payload::new(key.public_bytes().to_vec()),
            revision: Revision::NEW,
        };
        act.people().add_key(&row).await?;
    }
    Ok(())
}

fn open(row: &Row) -> Result<(Person, KeptPerson), Error> {
    let id = PersonId::new(&row.id.0).ok_or_else(|| kept::not_readable("person", &row.id.0))?;
    let kept: KeptPerson = kept::read("person", &row.id.0, &row.payload)?;
    let person = kept.read(&id, &row.team).ok_or_else(|| not_readable(&id))?;
    Ok((person, kept))
}

fn not_readable(id: &PersonId) -> Error {
    kept::not_readable("person", id.as_str())
}
