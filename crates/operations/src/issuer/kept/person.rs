//! People: roles, keys, and a change that waits for its second voice.

use curation::{Key, Person, PersonId, Role, TeamId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::statement::KeptStatement;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptPerson {
    pub(crate) roles: Vec<String>,
    pub(crate) keys: Vec<KeptKey>,
    /// What the person is to become, until two administrators have signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pending: Option<KeptChange>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptKey {
    /// 64 hexadecimal digits.
    public: String,
    valid_from: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoked_at: Option<Timestamp>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptChange {
    pub(crate) team: String,
    pub(crate) roles: Vec<String>,
    pub(crate) keys: Vec<KeptKey>,
    pub(crate) voices: Vec<KeptStatement>,
}

impl KeptKey {
    pub(crate) fn of(key: &Key) -> Self {
        let public = key.public_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { public, valid_from: key.valid_from(), revoked_at: key.revoked_at() }
    }

    fn read(&self) -> Option<Key> {
        let public = curation::Sha256Hash::from_hex(&self.public)?.0;
        Key::new(public, self.valid_from, self.revoked_at).ok()
    }
}

impl KeptPerson {
    pub(crate) fn of(person: &Person, pending: Option<KeptChange>) -> Self {
        Self { roles: words(&person.roles), keys: person.keys.iter().map(KeptKey::of).collect(), pending }
    }

    /// The person as they count today.
    pub(crate) fn read(&self, id: &PersonId, team: &str) -> Option<Person> {
        read(id, team, &self.roles, &self.keys)
    }
}

impl KeptChange {
    pub(crate) fn of(person: &Person) -> Self {
        let (roles, keys) = (words(&person.roles), person.keys.iter().map(KeptKey::of).collect());
        Self { team: person.team.0.clone(), roles, keys, voices: Vec::new() }
    }

    /// The person as they are to become.
    pub(crate) fn read(&self, id: &PersonId) -> Option<Person> {
        read(id, &self.team, &self.roles, &self.keys)
    }
}

fn words(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.word().to_owned()).collect()
}

fn read(id: &PersonId, team: &str, roles: &[String], keys: &[KeptKey]) -> Option<Person> {
    Some(Person {
        id: id.clone(),
        team: TeamId(team.to_owned()),
        roles: roles.iter().map(|role| Role::from_word(role)).collect::<Option<_>>()?,
        keys: keys.iter().map(KeptKey::read).collect::<Option<_>>()?,
    })
}
