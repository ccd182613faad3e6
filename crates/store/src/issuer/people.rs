//! Who works with the program, and with which public keys they sign.

use jiff::civil::Date;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{PersonId, Revision, ids};

ids! {
    /// A public key of a person.
    PersonKeyId,
}

subject! {
    /// Somebody who works with the program. States: the words of the crate that owns the rules, such as `active`.
    Person, PersonId, PEOPLE = "people", "person",
    {
        /// The name with which they log in; unique.
        name: secret String,
        team: secret String,
    }
}

subject! {
    /// A public key of a person, with the days on which its signatures count. The payload is the key.
    PersonKey, PersonKeyId, KEYS = "person_keys", "key of a person",
    {
        person: text PersonId,
        /// Unique: one key never belongs to two people.
        fingerprint: secret String,
        valid_from: text Date,
        /// The last day; none if it has no end yet.
        valid_until: text Option<Date>,
    }
}

/// Questions about people.
pub struct People<'a, S>(pub(crate) &'a mut S);

impl<S: Session> People<'_, S> {
    pub async fn with_id(&mut self, id: &PersonId) -> Result<Option<Person>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn named(&mut self, name: &str) -> Result<Option<Person>, Error> {
        Ok(rows::with_secret(self.0, "name", name).await?.pop())
    }

    pub async fn in_team(&mut self, team: &str) -> Result<Vec<Person>, Error> {
        rows::with_secret(self.0, "team", team).await
    }

    pub async fn all(&mut self) -> Result<Vec<Person>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }

    pub async fn keys_of(&mut self, person: &PersonId) -> Result<Vec<PersonKey>, Error> {
        rows::those(self.0, "person = $1", &[rows::value(person)]).await
    }

    /// The key with this fingerprint, valid on that day or not.
    pub async fn key_with(&mut self, fingerprint: &str) -> Result<Option<PersonKey>, Error> {
        Ok(rows::with_secret(self.0, "fingerprint", fingerprint).await?.pop())
    }

    /// The keys whose signatures count on this day.
    pub async fn keys_valid_on(&mut self, day: Date) -> Result<Vec<PersonKey>, Error> {
        let condition = "valid_from <= $1 AND (valid_until IS NULL OR valid_until >= $1)";
        rows::those(self.0, condition, &[rows::value(&day)]).await
    }
}

impl People<'_, Act> {
    pub async fn add(&mut self, person: &Person) -> Result<Revision, Error> {
        rows::add(self.0, person).await
    }

    pub async fn change(&mut self, person: &Person) -> Result<Revision, Error> {
        rows::change(self.0, person).await
    }

    pub async fn add_key(&mut self, key: &PersonKey) -> Result<Revision, Error> {
        rows::add(self.0, key).await
    }

    pub async fn change_key(&mut self, key: &PersonKey) -> Result<Revision, Error> {
        rows::change(self.0, key).await
    }
}
