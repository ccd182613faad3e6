//! The hoster's own keys: made once, shown to be enrolled with the issuer, replaced when one is lost.

use delivery::keys::{DecryptionKey, PublicHalf, Role, SecretKey, SigningKey};
use jiff::Timestamp;
use rand_core::CryptoRngCore;
use store::own_keys::{OwnKey, OwnKeyId};
use store::{BothSides, Deed, Look, Payload, PersonId, Revision, Session, Store, Word};

use super::{actor, word};
use crate::day_of;

/// Why keys could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("there are keys already, made on {made_on}")]
    ThereAlready { made_on: jiff::civil::Date },
    #[error("there are no keys of your own yet")]
    None,
    #[error("a key in the database cannot be read")]
    Unreadable,
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl KeysError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::ThereAlready { .. } => {
                Some("show them with `edition keys show`; replace them with `edition keys new --replace`")
            }
            Self::None => Some("make them with `edition keys new` and enrol them with the issuer"),
            Self::Unreadable => Some("restore the database from its last dump, or make new keys"),
            Self::Store(error) => error.hint(),
        }
    }
}

/// The public halves, to be enrolled with the issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPublicKeys {
    /// What deliveries are encrypted for.
    pub decryption: PublicHalf,
    /// What receipts are checked with.
    pub receipt: PublicHalf,
}

const KINDS: [&str; 2] = ["decryption", "receipt"];

/// Makes both keys. With `replace`, those that are there retire: they still open what was encrypted for them.
///
/// # Errors
/// [`KeysError::ThereAlready`] without `replace`; what the store says.
pub async fn make(
    store: &Store,
    person: &PersonId,
    replace: bool,
    now: Timestamp,
    random: &mut impl CryptoRngCore,
) -> Result<OwnPublicKeys, KeysError> {
    let mut act = store.act(actor(person), now).await?;
    for kind in KINDS {
        for mut key in active(&mut act, kind).await? {
            if !replace {
                return Err(KeysError::ThereAlready { made_on: day_of(key.made_at) });
            }
            key.state = word("retired");
            act.own_keys().change(&key).await?;
        }
    }
    let decryption = SecretKey::Decryption(DecryptionKey::generate());
    let receipt = SecretKey::Signing(SigningKey::generate(Role::Receipt, random));
    for (kind, secret) in KINDS.into_iter().zip([&decryption, &receipt]) {
        let key = OwnKey {
            id: id_of(secret),
            kind: word(kind),
            made_at: now,
            state: word("active"),
            payload: Payload::new(secret.plain().as_bytes().to_vec()),
            revision: Revision::NEW,
        };
        act.own_keys().add(&key).await?;
    }
    let ground = if replace { "own keys replaced" } else { "own keys made" };
    act.commit(Deed::new("make_keys", "own key", &id_of(&decryption).0, ground)?).await?;
    Ok(OwnPublicKeys { decryption: decryption.public(), receipt: receipt.public() })
}

/// The public halves of the keys in use.
///
/// # Errors
/// [`KeysError::None`] where there are none.
pub async fn show(look: &mut Look) -> Result<OwnPublicKeys, KeysError> {
    let mut halves = Vec::new();
    for kind in KINDS {
        let key = active(look, kind).await?.into_iter().next().ok_or(KeysError::None)?;
        halves.push(secret_of(&key)?.public());
    }
    let receipt = halves.pop().ok_or(KeysError::None)?;
    let decryption = halves.pop().ok_or(KeysError::None)?;
    Ok(OwnPublicKeys { decryption, receipt })
}

/// All keys that may open a delivery, the newest first, retired ones, too.
pub(crate) async fn decryption(session: &mut impl Session) -> Result<Vec<DecryptionKey>, KeysError> {
    let mut found = Vec::new();
    for key in session.own_keys().of_kind(&word("decryption")).await? {
        match secret_of(&key)? {
            SecretKey::Decryption(key) => found.push(key),
            SecretKey::Signing(_) => return Err(KeysError::Unreadable),
        }
    }
    if found.is_empty() { Err(KeysError::None) } else { Ok(found) }
}

/// The key that receipts are signed with.
pub(crate) async fn receipt(session: &mut impl Session) -> Result<SigningKey, KeysError> {
    let key = active(session, "receipt").await?.into_iter().next().ok_or(KeysError::None)?;
    match secret_of(&key)? {
        SecretKey::Signing(key) => Ok(key),
        SecretKey::Decryption(_) => Err(KeysError::Unreadable),
    }
}

async fn active(session: &mut impl Session, kind: &'static str) -> Result<Vec<OwnKey>, store::Error> {
    let mut keys = session.own_keys().of_kind(&word(kind)).await?;
    let state: Word = word("active");
    keys.retain(|key| key.state == state);
    Ok(keys)
}

fn secret_of(key: &OwnKey) -> Result<SecretKey, KeysError> {
    let text = std::str::from_utf8(key.payload.bytes()).map_err(|_| KeysError::Unreadable)?;
    SecretKey::from_plain(text).ok_or(KeysError::Unreadable)
}

/// The fingerprint without blanks: names the key and tells nothing about it.
fn id_of(key: &SecretKey) -> OwnKeyId {
    OwnKeyId(key.public().fingerprint().hex().replace(' ', ""))
}
