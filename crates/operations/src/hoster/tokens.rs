//! Tokens with which other programs act in a person's name: each may do no more than it needs, and no more than the person.

use jiff::Timestamp;
use jiff::civil::Date;
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use store::hoster::tokens::{Token as Row, TokenId};
use store::{Deed, HosterSide, Payload, PersonId, Revision, Session, Sha256, Store};

use super::{actor, word};
use crate::day_of;

/// What every token begins with, so that scanners for secrets know one.
pub const PREFIX: &str = "hvm_";
/// The longest time for which a token is made, in days.
pub const LONGEST_DAYS: i64 = 366;
/// Bytes of a secret.
const SECRET_BYTES: usize = 32;
/// Bytes of the part that names a token.
const NAME_BYTES: usize = 8;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Looks at whatever the person may look at.
    Read,
    /// Judges hits, notes and assigns, makes and approves decisions.
    Review,
    /// Takes lists and deliveries in, and screens.
    Screen,
    /// Tells of orders of one shop, and asks whether they may be provisioned. For nothing else.
    Shop,
    /// Works on entries, contests and partners of the issuer, as far as nothing has to be signed.
    Curate,
}

impl Scope {
    pub const ALL: &[Self] = &[Self::Read, Self::Review, Self::Screen, Self::Shop, Self::Curate];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Review => "review",
            Self::Screen => "screen",
            Self::Shop => "shop",
            Self::Curate => "curate",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.word() == word)
    }
}

/// A token as it is listed: without its secret, which nobody has but who was given it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: String,
    pub person: PersonId,
    /// What it is for, in the person's words.
    pub label: String,
    pub scopes: Vec<Scope>,
    /// The last day on which it opens anything.
    pub until: Date,
    pub is_active: bool,
}

#[derive(Serialize, Deserialize)]
struct KeptToken {
    label: String,
    scopes: Vec<Scope>,
    until: Date,
    /// SHA-256 of the secret. The secret has 256 random bits, so that a slow hash would add nothing.
    hash: String,
}

/// Why a token was not made or taken back.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("the token is for nothing: no scope was named")]
    NoScope,
    #[error("the last day is {found}; it may be from today until {latest}")]
    BadDay { found: Date, latest: Date },
    #[error("the label has {found} characters; it needs 1 to 80")]
    BadLabel { found: usize },
    #[error("there is no token {0} of yours")]
    NotThere(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl TokenError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoScope => Some("name what the program shall do: read, review, screen, shop or curate"),
            Self::BadDay { .. } => Some("choose an earlier day; a new token can be made then"),
            Self::BadLabel { .. } => Some("say in a few words which program uses it"),
            Self::NotThere(_) => Some("`token list` shows them"),
            Self::Store(error) => error.hint(),
        }
    }
}

/// What somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub label: &'a str,
    pub scopes: &'a [Scope],
    pub until: Date,
}

/// Makes a token in a person's name. What is given back is shown once and kept nowhere.
///
/// # Errors
/// A [`TokenError`].
pub async fn issue(
    store: &Store,
    person: &PersonId,
    wanted: Wanted<'_>,
    now: Timestamp,
    random: &mut impl CryptoRngCore,
) -> Result<String, TokenError> {
    let found = wanted.label.chars().count();
    if !(1..=80).contains(&found) {
        return Err(TokenError::BadLabel { found });
    }
    let mut scopes = wanted.scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(TokenError::NoScope);
    }
    let today = day_of(now);
    let latest = today.saturating_add(jiff::Span::new().days(LONGEST_DAYS));
    if wanted.until < today || wanted.until > latest {
        return Err(TokenError::BadDay { found: wanted.until, latest });
    }
    let (name, secret) = (drawn(random, NAME_BYTES), drawn(random, SECRET_BYTES));
    let kept = KeptToken {
        label: wanted.label.to_owned(),
        scopes,
        until: wanted.until,
        hash: Sha256::of(secret.as_bytes()).to_string(),
    };
    let row = Row {
        id: TokenId(name.clone()),
        person: person.clone(),
        state: word("active"),
        payload: Payload::new(serde_json::to_vec(&kept).expect("texts are JSON")),
        revision: Revision::NEW,
    };
    let mut act = store.act(actor(person), now).await?;
    act.tokens().add(&row).await?;
    act.commit(Deed::new("issue_token", "token", &name, "for another program")?).await?;
    Ok(format!("{PREFIX}{name}_{secret}"))
}

/// The tokens of a person, in the order of their names.
///
/// # Errors
/// What the store says.
pub async fn list(session: &mut impl Session, person: &PersonId) -> Result<Vec<Token>, store::Error> {
    let rows = session.tokens().of(person).await?;
    rows.iter().map(|row| Ok(open(row)?.0)).collect()
}

/// Takes a token of one's own back: it opens nothing any more.
///
/// # Errors
/// [`TokenError::NotThere`].
pub async fn revoke(store: &Store, person: &PersonId, id: &str, now: Timestamp) -> Result<(), TokenError> {
    let mut act = store.act(actor(person), now).await?;
    let row = act.tokens().with_id(&TokenId(id.to_owned())).await?;
    let row = row.filter(|row| row.person == *person && row.state.as_str() == "active");
    let mut row = row.ok_or_else(|| TokenError::NotThere(id.to_owned()))?;
    row.state = word("revoked");
    act.tokens().change(&row).await?;
    act.commit(Deed::new("revoke_token", "token", id, "opens nothing any more")?).await?;
    Ok(())
}

/// In whose name a program comes, and for what; nothing where its token opens nothing today.
///
/// # Errors
/// What the store says.
pub async fn bearer(
    session: &mut impl Session,
    text: &str,
    now: Timestamp,
) -> Result<Option<Token>, store::Error> {
    let parts = text.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_'));
    let Some((name, secret)) = parts.filter(|(name, _)| name.len() == 2 * NAME_BYTES) else {
        return Ok(None);
    };
    let Some(row) = session.tokens().with_id(&TokenId(name.to_owned())).await? else { return Ok(None) };
    let (token, kept) = open(&row)?;
    // The hashes are compared, so that how long it takes tells nothing of the secret.
    let fits = Sha256::of(secret.as_bytes()).to_string() == kept.hash;
    let today = day_of(now);
    Ok(Some(token).filter(|token| fits && token.is_active && today <= token.until))
}

fn open(row: &Row) -> Result<(Token, KeptToken), store::Error> {
    let kept: KeptToken = super::kept("token", &row.id, &row.payload)?;
    let token = Token {
        id: row.id.0.clone(),
        person: row.person.clone(),
        label: kept.label.clone(),
        scopes: kept.scopes.clone(),
        until: kept.until,
        is_active: row.state.as_str() == "active",
    };
    Ok((token, kept))
}

fn drawn(random: &mut impl CryptoRngCore, bytes: usize) -> String {
    let mut drawn = vec![0; bytes];
    random.fill_bytes(&mut drawn);
    hex::encode(drawn)
}
