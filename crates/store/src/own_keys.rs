//! Secrets of this organisation that work without a person. Of a hoster: what deliveries are encrypted for, and what
//! receipts are signed with. Of the issuer: the two keys of the publishing machine, the secret that marks are made
//! with, and the yearly key of deconfliction.
//!
//! They lie in the database, encrypted as every payload, so that receiving needs nobody at a keyboard. The key of
//! the database is what protects them. Keys that speak for a person are never here.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { OwnKeyId }

subject! {
    /// States such as `active` and `retired`; the payload is the secret key as its crate writes it. A retired key
    /// still opens what was encrypted for it.
    OwnKey, OwnKeyId, OWN_KEYS = "own_keys", "own key",
    {
        /// `decryption`, `receipt`, `snapshot`, `timestamp`, `mark` or `deconfliction`.
        kind: text Word,
        made_at: text Timestamp,
    }
}

/// Questions about own keys.
pub struct OwnKeys<'a, S>(pub(crate) &'a mut S);

impl<S: Session> OwnKeys<'_, S> {
    /// Keys of one kind, the newest first.
    pub async fn of_kind(&mut self, kind: &Word) -> Result<Vec<OwnKey>, Error> {
        let mut keys: Vec<OwnKey> = rows::those(self.0, "kind = $1", &[rows::value(kind)]).await?;
        keys.sort_by(|a, b| b.made_at.cmp(&a.made_at).then_with(|| b.id.cmp(&a.id)));
        Ok(keys)
    }
}

impl OwnKeys<'_, Act> {
    pub async fn add(&mut self, key: &OwnKey) -> Result<Revision, Error> {
        rows::add(self.0, key).await
    }

    pub async fn change(&mut self, key: &OwnKey) -> Result<Revision, Error> {
        rows::change(self.0, key).await
    }
}
