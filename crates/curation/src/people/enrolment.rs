//! How a person comes into the unit, or gets other roles and keys: by the voices of two administrators.
//!
//! One administrator alone could invent a second analyst and approve with that one's key. Nobody has a voice in their
//! own enrolment.

use jiff::Timestamp;

use super::{Person, Unit};
use crate::statement::{Accepted, SignedStatement, StatementError, Step};
use crate::{Canonical, PersonId, Sha256Hash};

/// Why a person is not taken up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error("both statements are of {person}; two administrators are needed")]
    OneVoiceTwice { person: PersonId },
    #[error("{person} has no voice in the own enrolment")]
    OwnEnrolment { person: PersonId },
}

impl EnrolError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Statement(error) => error.hint(),
            Self::OneVoiceTwice { .. } | Self::OwnEnrolment { .. } => "let another administrator sign",
        }
    }
}

/// What two administrators sign: the person as they will be, with team, roles and keys.
pub fn enrolment_subject(person: &Person) -> Sha256Hash {
    let mut roles: Vec<&str> = person.roles.iter().map(|role| role.word()).collect();
    roles.sort_unstable();
    roles.dedup();
    let mut keys: Vec<String> = person.keys.iter().map(|key| key.id().to_string()).collect();
    keys.sort_unstable();
    Canonical::new("havenmeester enrolment 1")
        .text("person", &person.id)
        .text("team", &person.team)
        .list("roles", roles)
        .list("keys", keys)
        .hash()
}

/// Checks the voices for a person.
///
/// # Errors
/// If they are not of two administrators of the unit, or one of them is the person.
pub fn enrol(
    unit: &Unit,
    person: &Person,
    statements: [SignedStatement; 2],
    received_at: Timestamp,
) -> Result<[Accepted; 2], EnrolError> {
    let subject = enrolment_subject(person);
    let [first, second] = statements.map(|one| unit.accept(one, Step::Enrol, subject, received_at));
    let voices = [first?, second?];
    if voices[0].person() == voices[1].person() {
        return Err(EnrolError::OneVoiceTwice { person: voices[0].person().clone() });
    }
    match voices.iter().find(|voice| *voice.person() == person.id) {
        Some(own) => Err(EnrolError::OwnEnrolment { person: own.person().clone() }),
        None => Ok(voices),
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;
    use crate::statement::Statement;
    use crate::{Key, Role, TeamId};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn person(code: &str, seed: u8, role: Role) -> (Person, SigningKey) {
        let secret = SigningKey::from_bytes(&[seed; 32]);
        let key = Key::new(secret.verifying_key().to_bytes(), at(0), None).unwrap();
        let (id, team) = (PersonId::new(code).unwrap(), TeamId("north".to_owned()));
        (Person { id, team, roles: vec![role], keys: vec![key] }, secret)
    }

    fn voice((who, secret): &(Person, SigningKey), about: &Person) -> SignedStatement {
        let subject = enrolment_subject(about);
        let (person, key) = (who.id.clone(), who.keys[0].id());
        let statement = Statement { step: Step::Enrol, subject, person, key, at: at(5) };
        let signature = secret.sign(&statement.bytes()).to_bytes();
        statement.signed(signature)
    }

    #[test]
    fn two_administrators_take_a_person_up_and_nobody_else_does() {
        let (ada, abe) = (person("ada", 1, Role::Administrator), person("abe", 2, Role::Administrator));
        let bram = person("bram", 3, Role::Analyst);
        let new = person("new", 4, Role::Administrator).0;
        let unit = Unit::new([&ada, &abe, &bram].map(|one| one.0.clone())).unwrap();
        let try_with = |one, other| enrol(&unit, &new, [voice(one, &new), voice(other, &new)], at(6));

        assert!(try_with(&ada, &abe).is_ok());
        assert!(matches!(try_with(&ada, &ada), Err(EnrolError::OneVoiceTwice { .. })));
        assert!(matches!(try_with(&ada, &bram), Err(EnrolError::Statement(StatementError::Forbidden(_)))));
        let own = enrol(&unit, &ada.0, [voice(&ada, &ada.0), voice(&abe, &ada.0)], at(6));
        assert!(matches!(own, Err(EnrolError::OwnEnrolment { .. })));
        let mut changed = new.clone();
        changed.roles.push(Role::Prosecution);
        let for_less = enrol(&unit, &changed, [voice(&ada, &new), voice(&abe, &new)], at(6));
        assert!(matches!(for_less, Err(EnrolError::Statement(StatementError::OtherSubject { .. }))));
    }

    #[test]
    fn a_unit_is_founded_by_its_first_two_administrators() {
        let (ada, abe) = (person("ada", 1, Role::Administrator).0, person("abe", 2, Role::Administrator).0);
        assert!(Unit::new([ada.clone()]).unwrap().is_founding(at(5)));
        assert!(!Unit::new([ada, abe]).unwrap().is_founding(at(5)));
    }
}
