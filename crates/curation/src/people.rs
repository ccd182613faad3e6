//! Who may do what, and with which key: people, teams, roles, and the unit they form.

mod enrolment;
mod key;
mod role;

use std::collections::BTreeMap;
use std::fmt;

pub use enrolment::{EnrolError, enrol, enrolment_subject};
pub use key::{Key, KeyError, KeyId};
pub use role::{Action, Role};

/// A person of the unit, by a code that never leaves it. Blanks around it are cut and letters are
/// lower case, so that one person cannot count as two.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(String);

impl PersonId {
    /// Nothing for an empty code.
    pub fn new(code: &str) -> Option<Self> {
        let code = code.trim().to_lowercase();
        (!code.is_empty()).then_some(Self(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A team that collects evidence, such as a cyber team of one region.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TeamId(pub String);

impl fmt::Display for TeamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person with team, roles and keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub team: TeamId,
    pub roles: Vec<Role>,
    pub keys: Vec<Key>,
}

/// Why a person may not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{person} may not {action}: this needs the role {needed}")]
pub struct Forbidden {
    pub person: PersonId,
    pub action: Action,
    /// The roles that may, as words: `analyst or prosecution`.
    pub needed: String,
}

impl Forbidden {
    pub fn hint(&self) -> &'static str {
        "ask somebody with that role; roles are given by the administrator of the unit"
    }
}

impl Person {
    pub fn may(&self, action: Action) -> bool {
        self.roles.iter().any(|role| role.may(action))
    }

    /// # Errors
    /// If none of the person's roles may do it.
    pub fn check(&self, action: Action) -> Result<(), Forbidden> {
        if self.may(action) {
            return Ok(());
        }
        Err(Forbidden { person: self.id.clone(), action, needed: Role::words_that_may(action) })
    }
}

/// Why people do not form a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    #[error("two people have the code {0}")]
    SamePerson(PersonId),
    #[error("{first} and {second} have the same key {key}")]
    SameKey { first: PersonId, second: PersonId, key: KeyId },
}

impl UnitError {
    pub fn hint(&self) -> &'static str {
        match self {
            Self::SamePerson(_) => "give one of them another code",
            Self::SameKey { .. } => "a key belongs to one person: let the second one make a key of their own",
        }
    }
}

/// Everybody who takes part on the issuer's side. No two people share a code or a key.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    people: BTreeMap<PersonId, Person>,
}

impl Unit {
    /// # Errors
    /// If two people have the same code, or one key belongs to two people: one of them could then
    /// approve what the other one made.
    pub fn new(people: impl IntoIterator<Item = Person>) -> Result<Self, UnitError> {
        let mut unit = Self::default();
        let mut owners: BTreeMap<KeyId, PersonId> = BTreeMap::new();
        for person in people {
            for key in &person.keys {
                let second = person.id.clone();
                match owners.insert(key.id(), second.clone()) {
                    Some(first) if first != second => {
                        return Err(UnitError::SameKey { first, second, key: key.id() });
                    }
                    _ => {}
                }
            }
            let id = person.id.clone();
            if unit.people.insert(id.clone(), person).is_some() {
                return Err(UnitError::SamePerson(id));
            }
        }
        Ok(unit)
    }

    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.get(id)
    }

    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// Whether the unit is still being founded: until two administrators have keys that count, nobody could give the
    /// two voices that take a person up.
    pub fn is_founding(&self, at: jiff::Timestamp) -> bool {
        let can = |person: &&Person| {
            person.may(Action::Administer) && person.keys.iter().any(|key| key.counts_at(at))
        };
        self.people().filter(can).count() < 2
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn person(code: &str, seed: u8) -> Person {
        let secret = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
        let key = Key::new(secret.verifying_key().to_bytes(), Timestamp::UNIX_EPOCH, None).unwrap();
        let team = TeamId("north".to_owned());
        Person { id: PersonId::new(code).unwrap(), team, roles: vec![Role::Analyst], keys: vec![key] }
    }

    #[test]
    fn one_person_is_never_two() {
        assert_eq!(PersonId::new(" Anna "), PersonId::new("anna"));
        assert_eq!(PersonId::new("  "), None);
        let twice = Unit::new([person("anna", 1), person(" ANNA", 2)]).unwrap_err();
        assert_eq!(twice.to_string(), "two people have the code anna");
    }

    #[test]
    fn a_key_belongs_to_one_person() {
        let shared_key = Unit::new([person("anna", 1), person("bram", 1)]).unwrap_err();

        assert!(matches!(shared_key, UnitError::SameKey { .. }), "{shared_key}");
        assert!(Unit::new([person("anna", 1), person("bram", 2)]).is_ok());
    }
}
