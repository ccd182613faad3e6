//! Accounts of the web desk: a password that only its owner knows, and what the person may do.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::Timestamp;
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use store::hoster::accounts::Account as Row;
use store::{Act, Deed, HosterSide, Payload, PersonId, Revision, Session, Store};

use super::second_factor::SecondFactor;
use super::{actor, word};

/// Shortest password: fewer letters can be tried out. Longer ones need no special signs (NIST SP 800-63B).
pub const FEWEST_LETTERS: usize = 12;
/// Longest password that is hashed, in bytes.
const MOST_BYTES: usize = 1024;
/// Longest name of a person at an identity provider, in characters (OpenID Connect Core 1.0, chapter 2).
pub(super) const MOST_OF_IDENTITY: usize = 255;

/// What a person may do at the web desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskRole {
    /// Sees hits and decisions, and changes nothing.
    Reader,
    /// Judges hits and makes and approves decisions.
    Reviewer,
    /// Belongs to the unit that issues a list, and sees nothing of a hoster. What they may do there is said by the roles
    /// that two administrators signed for, not here.
    Member,
}

/// Somebody who may log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub person: PersonId,
    pub role: DeskRole,
    pub is_active: bool,
    /// Whether a code of a second device is asked for.
    pub has_second_factor: bool,
    /// Whether there is a password that opens it.
    pub has_password: bool,
    /// Who this is at the identity provider of the house; none where it was linked to nobody there.
    pub identity: Option<String>,
    /// Views of the queue that the person saved: name and query.
    pub views: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct KeptAccount {
    pub(super) role: DeskRole,
    /// Argon2id, in the form of the Password Hashing Competition; none where only the identity provider lets in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) password: Option<String>,
    /// In letters; none where no code is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second_factor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) identity: Option<String>,
    /// Views of the queue that the person saved: name and query.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    views: Vec<(String, String)>,
}

/// Why an account was not made, or not opened.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("the password has {found} letters, at least {FEWEST_LETTERS} are needed")]
    TooShort { found: usize },
    #[error("the password is longer than {MOST_BYTES} bytes")]
    TooLong,
    #[error("there is no account {0}")]
    NotThere(String),
    #[error("there is no account {0} yet, and no role was named")]
    NoRole(String),
    #[error("the code does not fit")]
    Code,
    #[error("an identity has 1 to {MOST_OF_IDENTITY} characters, without spaces around them")]
    Identity,
    #[error("this identity is linked to the account {0}")]
    Linked(String),
    #[error("the account {0} is linked to nobody at the provider")]
    NotLinked(String),
    #[error("the account {0} has no password, and would open to nobody without its identity")]
    OnlyIdentity(String),
    #[error("a view needs a name of 1 to 40 characters")]
    View,
    #[error("the password could not be hashed")]
    Hash,
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl AccountError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::TooShort { .. } => Some("take a sentence of several words"),
            Self::TooLong => Some("take a shorter one"),
            Self::NotThere(_) | Self::NotLinked(_) => Some("`account list` shows who may log in, and how"),
            Self::NoRole(_) => Some("name a role, and the account is made"),
            Self::Identity => Some("copy it from the page that refused the login"),
            Self::Linked(_) => Some("unlink it there first, if that account is not theirs"),
            Self::OnlyIdentity(_) => {
                Some("give it a password first with `account set`, or take it away with `account disable`")
            }
            Self::Code => Some("look whether the clocks of both devices are right, and take the newest code"),
            Self::View => Some("choose a short name"),
            Self::Hash => Some("try again"),
            Self::Store(error) => error.hint(),
        }
    }
}

impl DeskRole {
    pub const ALL: &[Self] = &[Self::Reader, Self::Reviewer, Self::Member];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Reviewer => "reviewer",
            Self::Member => "member",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.word() == word)
    }
}

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("these are within the limits of the algorithm");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Makes an account, or gives one another password and role. A second factor is taken away: who lost the device gets a new
/// password, and enrols another one. Their identity at the provider and their views stay.
///
/// # Errors
/// An [`AccountError`].
pub async fn set(
    store: &Store,
    by: &PersonId,
    person: &PersonId,
    role: DeskRole,
    password: &str,
    now: Timestamp,
    random: &mut impl CryptoRngCore,
) -> Result<(), AccountError> {
    let found = password.chars().count();
    if found < FEWEST_LETTERS {
        return Err(AccountError::TooShort { found });
    }
    if password.len() > MOST_BYTES {
        return Err(AccountError::TooLong);
    }
    let salt = SaltString::generate(random);
    let hash = hasher().hash_password(password.as_bytes(), &salt).map_err(|_| AccountError::Hash)?;
    let mut act = store.act(actor(by), now).await?;
    let before = act.accounts().of(person).await?;
    let mut kept = match &before {
        Some(row) => open(row)?.1,
        None => KeptAccount::new(role),
    };
    kept.role = role;
    kept.password = Some(hash.to_string());
    kept.second_factor = None;
    keep(&mut act, person, before, &kept).await?;
    act.commit(Deed::new("set_account", "account", &person.0, role.word())?).await?;
    Ok(())
}

impl KeptAccount {
    /// One that nothing opens yet.
    pub(super) const fn new(role: DeskRole) -> Self {
        Self { role, password: None, second_factor: None, identity: None, views: Vec::new() }
    }

    pub(super) fn payload(&self) -> Payload {
        Payload::new(serde_json::to_vec(self).expect("texts are JSON"))
    }
}

/// Keeps an account that may log in, in place of what was there before.
pub(super) async fn keep(
    act: &mut Act,
    person: &PersonId,
    before: Option<Row>,
    kept: &KeptAccount,
) -> Result<(), store::Error> {
    let row = Row {
        id: person.clone(),
        state: word("active"),
        payload: kept.payload(),
        revision: before.as_ref().map_or(Revision::NEW, |row| row.revision),
    };
    match before {
        Some(_) => act.accounts().change(&row).await?,
        None => act.accounts().add(&row).await?,
    };
    Ok(())
}

/// The account of a person, whether or not it may log in.
pub(super) async fn known(act: &mut Act, person: &PersonId) -> Result<Row, AccountError> {
    act.accounts().of(person).await?.ok_or_else(|| AccountError::NotThere(person.0.clone()))
}

/// Takes an account away: its password opens nothing any more.
///
/// # Errors
/// [`AccountError::NotThere`].
pub async fn disable(
    store: &Store,
    by: &PersonId,
    person: &PersonId,
    now: Timestamp,
) -> Result<(), AccountError> {
    let mut act = store.act(actor(by), now).await?;
    let mut row = known(&mut act, person).await?;
    row.state = word("disabled");
    act.accounts().change(&row).await?;
    act.commit(Deed::new("disable_account", "account", &person.0, "may not log in any more")?).await?;
    Ok(())
}

/// Everybody who may, or might, log in.
///
/// # Errors
/// What the store says.
pub async fn list(session: &mut impl Session) -> Result<Vec<Account>, store::Error> {
    session.accounts().all().await?.iter().map(|row| Ok(open(row)?.0)).collect()
}

/// What a login is checked against: of somebody who is not there, a hash that no password has, so that both take as
/// long.
pub struct Challenge {
    account: Option<Account>,
    hash: String,
    second_factor: Option<SecondFactor>,
}

/// Begins a login.
///
/// # Errors
/// What the store says.
pub async fn challenge(session: &mut impl Session, name: &str) -> Result<Challenge, store::Error> {
    let row = match session.accounts().of(&PersonId(name.to_owned())).await? {
        Some(row) if row.state.as_str() == "active" => row,
        _ => return Ok(Challenge { account: None, hash: NOBODY.to_owned(), second_factor: None }),
    };
    let (account, kept) = open(&row)?;
    let second_factor = match &kept.second_factor {
        Some(letters) => Some(SecondFactor::read(letters).ok_or_else(|| unreadable(&row))?),
        None => None,
    };
    // Who has no password is tried against one that nobody has: it takes as long.
    Ok(match kept.password {
        Some(hash) => Challenge { account: Some(account), hash, second_factor },
        None => Challenge { account: None, hash: NOBODY.to_owned(), second_factor: None },
    })
}

/// The account as it stands now; nothing where it may not log in any more.
///
/// # Errors
/// What the store says.
pub async fn active(session: &mut impl Session, person: &PersonId) -> Result<Option<Account>, store::Error> {
    match session.accounts().of(person).await? {
        Some(row) => Ok(Some(open(&row)?.0).filter(|account| account.is_active)),
        None => Ok(None),
    }
}

/// A hash of this algorithm and cost to which nobody has the password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                      T1Vvt1Cdm4YIQ7oTVwJHmZ0zYrFLxwPuKOMhMBiCDMg";

impl Challenge {
    /// The account if password and code fit, with the step of the code where one is asked for: it counts once.
    ///
    /// Takes about 30 ms and 19 MiB on purpose: not on a thread that serves others.
    pub fn answer(self, password: &str, code: &str, now: Timestamp) -> Option<(Account, Option<u64>)> {
        let hash = PasswordHash::new(&self.hash).ok()?;
        let fits =
            password.len() <= MOST_BYTES && hasher().verify_password(password.as_bytes(), &hash).is_ok();
        let account = self.account.filter(|_| fits)?;
        match &self.second_factor {
            None => Some((account, None)),
            Some(factor) => Some((account, Some(factor.step_of(code, now)?))),
        }
    }
}

pub(super) fn open(row: &Row) -> Result<(Account, KeptAccount), store::Error> {
    let kept: KeptAccount = serde_json::from_slice(row.payload.bytes()).map_err(|_| unreadable(row))?;
    let account = Account {
        person: row.id.clone(),
        role: kept.role,
        is_active: row.state.as_str() == "active",
        has_second_factor: kept.second_factor.is_some(),
        has_password: kept.password.is_some(),
        identity: kept.identity.clone(),
        views: kept.views.clone(),
    };
    Ok((account, kept))
}

fn unreadable(row: &Row) -> store::Error {
    store::Error::BadValue { kind: "account", id: row.id.to_string(), column: "payload".to_owned() }
}

/// From now on a code of this device is asked for. The first code shows that it works.
///
/// # Errors
/// [`AccountError::Code`]; nothing was changed then.
pub async fn enrol_second_factor(
    store: &Store,
    person: &PersonId,
    factor: &SecondFactor,
    code: &str,
    now: Timestamp,
) -> Result<(), AccountError> {
    factor.step_of(code, now).ok_or(AccountError::Code)?;
    change_second_factor(store, person, Some(factor.letters()), "enrol_second_factor", now).await
}

/// From now on the password is enough again. A code of the device shows that its owner asks.
///
/// # Errors
/// [`AccountError::Code`]; nothing was changed then.
pub async fn drop_second_factor(
    store: &Store,
    person: &PersonId,
    code: &str,
    now: Timestamp,
) -> Result<(), AccountError> {
    let challenge = challenge(&mut store.look().await?, &person.0).await?;
    let factor = challenge.second_factor.ok_or(AccountError::Code)?;
    factor.step_of(code, now).ok_or(AccountError::Code)?;
    change_second_factor(store, person, None, "drop_second_factor", now).await
}

async fn change_second_factor(
    store: &Store,
    person: &PersonId,
    second_factor: Option<String>,
    action: &str,
    now: Timestamp,
) -> Result<(), AccountError> {
    change(store, person, action, now, |kept| kept.second_factor = second_factor).await
}

/// Views of the queue that one person keeps at most.
pub const MOST_VIEWS: usize = 12;

/// Saves a view of the queue under a name, in place of one of that name. Without a query the view goes.
///
/// # Errors
/// [`AccountError::View`]; [`AccountError::NotThere`].
pub async fn save_view(
    store: &Store,
    person: &PersonId,
    (name, query): (&str, Option<&str>),
    now: Timestamp,
) -> Result<(), AccountError> {
    let found = name.chars().count();
    // A query is part of an address: what cannot stand in one is none.
    let is_query = |query: &str| query.len() <= 500 && query.bytes().all(|byte| byte.is_ascii_graphic());
    if !(1..=40).contains(&found) || !query.is_none_or(is_query) {
        return Err(AccountError::View);
    }
    change(store, person, "save_view", now, |kept| {
        kept.views.retain(|(known, _)| known != name);
        if let Some(query) = query {
            kept.views.push((name.to_owned(), query.to_owned()));
        }
        let over = kept.views.len().saturating_sub(MOST_VIEWS);
        kept.views.drain(..over);
    })
    .await
}

async fn change(
    store: &Store,
    person: &PersonId,
    action: &str,
    now: Timestamp,
    change: impl FnOnce(&mut KeptAccount),
) -> Result<(), AccountError> {
    let mut act = store.act(actor(person), now).await?;
    let mut row = known(&mut act, person).await?;
    let (_, mut kept) = open(&row)?;
    change(&mut kept);
    row.payload = kept.payload();
    act.accounts().change(&row).await?;
    act.commit(Deed::new(action, "account", &person.0, "own login")?).await?;
    Ok(())
}
