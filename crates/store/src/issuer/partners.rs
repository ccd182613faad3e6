//! Who receives: the address book, and the keys that were enrolled by their fingerprint.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! {
    PartnerId,
    /// A key that a partner enrolled.
    PartnerKeyId,
}

subject! {
    /// A partner. States are those of [`PartnerState`]; the payload holds addresses and what they may get.
    Partner, PartnerId, PARTNERS = "partners", "partner",
    {
        /// Unique.
        name: secret String,
        /// Such as `hoster`, `trade_body`, `cert`, `foreign_police`.
        role: text Word,
    }
}

subject! {
    /// A public key of a partner; the payload is the key.
    PartnerKey, PartnerKeyId, KEYS = "partner_keys", "key of a partner",
    {
        partner: text PartnerId,
        /// Unique: one key never belongs to two partners.
        fingerprint: secret String,
    }
}

/// Where a partner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartnerState {
    /// Asked to take part; has no key yet, so nothing can be delivered.
    Invited,
    Enrolled,
    /// Gets nothing for now.
    Suspended,
}

impl PartnerState {
    pub fn word(self) -> Word {
        let text = match self {
            Self::Invited => "invited",
            Self::Enrolled => "enrolled",
            Self::Suspended => "suspended",
        };
        Word::new(text).expect("the three words are plain")
    }

    pub fn of(word: &Word) -> Option<Self> {
        [Self::Invited, Self::Enrolled, Self::Suspended].into_iter().find(|state| state.word() == *word)
    }
}

/// Questions about partners.
pub struct Partners<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Partners<'_, S> {
    pub async fn with_id(&mut self, id: &PartnerId) -> Result<Option<Partner>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn named(&mut self, name: &str) -> Result<Option<Partner>, Error> {
        Ok(rows::with_secret(self.0, "name", name).await?.pop())
    }

    pub async fn in_state(&mut self, state: PartnerState) -> Result<Vec<Partner>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(&state.word())]).await
    }

    pub async fn all(&mut self) -> Result<Vec<Partner>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }

    pub async fn keys_of(&mut self, partner: &PartnerId) -> Result<Vec<PartnerKey>, Error> {
        rows::those(self.0, "partner = $1", &[rows::value(partner)]).await
    }

    pub async fn key_with(&mut self, fingerprint: &str) -> Result<Option<PartnerKey>, Error> {
        Ok(rows::with_secret(self.0, "fingerprint", fingerprint).await?.pop())
    }
}

impl Partners<'_, Act> {
    pub async fn add(&mut self, partner: &Partner) -> Result<Revision, Error> {
        rows::add(self.0, partner).await
    }

    pub async fn change(&mut self, partner: &Partner) -> Result<Revision, Error> {
        rows::change(self.0, partner).await
    }

    pub async fn add_key(&mut self, key: &PartnerKey) -> Result<Revision, Error> {
        rows::add(self.0, key).await
    }

    pub async fn change_key(&mut self, key: &PartnerKey) -> Result<Revision, Error> {
        rows::change(self.0, key).await
    }
}
