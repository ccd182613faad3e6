//! The publishing machine's own keys: snapshot, timestamp, and the secret that marks are made with.
//!
//! They can repeat what approvers signed and nothing else. They lie in the database, so that refreshing needs nobody
//! at a keyboard.

use curation::{Action, PersonId};
use delivery::Role;
use delivery::keys::{PublicHalf, SecretKey, SigningKey};
use delivery::mark::MarkSecret;
use jiff::Timestamp;
use rand_core::CryptoRngCore;
use store::own_keys::{OwnKey, OwnKeyId};
use store::{BothSides, Deed, Payload, Revision, Session, Store};

use super::{Error, actor, people, word};

const SIGNING: [Role; 2] = [Role::Snapshot, Role::Timestamp];

/// The secret signing keys, while something is published.
pub(crate) struct Machine {
    pub(crate) snapshot: SigningKey,
    pub(crate) timestamp: SigningKey,
}

/// Makes the keys. With `replace` new signing keys take the place of those that are there; a new root must name them.
/// The secret of the marks stays: without it earlier copies could not be traced.
///
/// # Errors
/// [`Error::MachineThereAlready`] without `replace`.
pub async fn make(
    store: &Store,
    by: &PersonId,
    replace: bool,
    now: Timestamp,
    random: &mut impl CryptoRngCore,
) -> Result<[PublicHalf; 2], Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    drop(look);
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let mut halves = Vec::new();
    for role in SIGNING {
        for mut key in act.own_keys().of_kind(&word(role.word())).await? {
            if key.state.as_str() != "active" {
                continue;
            }
            if !replace {
                return Err(Error::MachineThereAlready);
            }
            key.state = word("retired");
            act.own_keys().change(&key).await?;
        }
        let secret = SecretKey::Signing(SigningKey::generate(role, random));
        let payload = Payload::new(secret.plain().as_bytes().to_vec());
        add(&mut act, role.word(), &secret.public(), payload, now).await?;
        halves.push(secret.public());
    }
    if act.own_keys().of_kind(&word("mark")).await?.is_empty() {
        let secret = MarkSecret::generate(random);
        let id = OwnKeyId(format!("mark.{}", now.as_second()));
        let payload = Payload::new(secret.expose().to_vec());
        let row = OwnKey {
            id,
            kind: word("mark"),
            made_at: now,
            state: word("active"),
            payload,
            revision: Revision::NEW,
        };
        act.own_keys().add(&row).await?;
    }
    act.commit(Deed::new("make_machine_keys", "own key", "machine", "keys of the publishing machine")?)
        .await?;
    let timestamp = halves.pop().ok_or(Error::NoMachine)?;
    let snapshot = halves.pop().ok_or(Error::NoMachine)?;
    Ok([snapshot, timestamp])
}

/// The public halves, for the root.
///
/// # Errors
/// [`Error::NoMachine`].
pub async fn show(session: &mut impl Session) -> Result<[PublicHalf; 2], Error> {
    let machine = load(session).await?;
    Ok([PublicHalf::Signing(machine.snapshot.public()), PublicHalf::Signing(machine.timestamp.public())])
}

pub(crate) async fn load(session: &mut impl Session) -> Result<Machine, Error> {
    let [snapshot, timestamp] =
        [signing(session, Role::Snapshot).await?, signing(session, Role::Timestamp).await?];
    Ok(Machine { snapshot, timestamp })
}

pub(crate) async fn mark(session: &mut impl Session) -> Result<MarkSecret, Error> {
    let key = session.own_keys().of_kind(&word("mark")).await?.into_iter().next().ok_or(Error::NoMachine)?;
    let bytes: Result<[u8; 32], _> = key.payload.bytes().try_into();
    Ok(MarkSecret::from_bytes(bytes.map_err(|_| super::kept::not_readable("own key", &key.id.0))?))
}

async fn signing(session: &mut impl Session, role: Role) -> Result<SigningKey, Error> {
    let keys = session.own_keys().of_kind(&word(role.word())).await?;
    let key = keys.into_iter().find(|key| key.state.as_str() == "active").ok_or(Error::NoMachine)?;
    let secret = std::str::from_utf8(key.payload.bytes()).ok().and_then(SecretKey::from_plain);
    match secret {
        Some(SecretKey::Signing(secret)) => Ok(secret),
        _ => Err(super::kept::not_readable("own key", &key.id.0)),
    }
}

async fn add(
    act: &mut store::Act,
    kind: &str,
    half: &PublicHalf,
    payload: Payload,
    now: Timestamp,
) -> Result<(), Error> {
    let id = OwnKeyId(half.fingerprint().hex().replace(' ', ""));
    let row = OwnKey {
        id,
        kind: word(kind),
        made_at: now,
        state: word("active"),
        payload,
        revision: Revision::NEW,
    };
    act.own_keys().add(&row).await?;
    Ok(())
}
