//! A person's signature under a statement, with the key file that the person holds.

use curation::people::KeyId;
use curation::statement::{SignedStatement, Statement, Step};
use curation::{Person, Sha256Hash};
use delivery::{Role, SigningKey};
use jiff::Timestamp;

use super::Error;

/// Signs in the name of a person, with a key that is theirs.
///
/// # Errors
/// [`Error::NotAnApprovalKey`], [`Error::ForeignKey`]. Whether the key counts today is asked where the statement
/// arrives.
pub fn sign(
    person: &Person,
    key: &SigningKey,
    step: Step,
    subject: Sha256Hash,
    at: Timestamp,
) -> Result<SignedStatement, Error> {
    if key.role() != Role::EntryApproval {
        return Err(Error::NotAnApprovalKey { has: key.role() });
    }
    let id = id_of(&key.public());
    if !person.keys.iter().any(|known| known.id() == id) {
        let key = delivery::Fingerprint::of_key(&key.public()).words();
        return Err(Error::ForeignKey { person: person.id.to_string(), key });
    }
    let statement = Statement { step, subject, person: person.id.clone(), key: id, at };
    let signature =
        key.approve(&statement.digest().0).map_err(|wrong| Error::NotAnApprovalKey { has: wrong.has })?;
    Ok(statement.signed(signature.to_bytes()))
}

/// The name that the unit gives to a public key.
pub(crate) fn id_of(key: &delivery::PublicKey) -> KeyId {
    KeyId(Sha256Hash::of(&key.to_bytes()))
}

#[cfg(test)]
mod tests {
    use curation::{Key, PersonId, TeamId, Unit};
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn person(key: &SigningKey) -> Person {
        let key = Key::new(key.public().to_bytes(), Timestamp::UNIX_EPOCH, None).unwrap();
        let (id, team) = (PersonId::new("bram").unwrap(), TeamId("north".to_owned()));
        Person { id, team, roles: vec![curation::Role::Analyst], keys: vec![key] }
    }

    #[test]
    fn what_a_key_file_signs_is_what_the_unit_accepts() {
        let key = SigningKey::generate(Role::EntryApproval, &mut ChaCha20Rng::seed_from_u64(1));
        let (bram, subject) = (person(&key), Sha256Hash::of(b"an entry"));
        let at = Timestamp::from_second(10).unwrap();

        let signed = sign(&bram, &key, Step::ApproveSubstance, subject, at).unwrap();

        let unit = Unit::new([bram]).unwrap();
        assert!(unit.accept(signed.clone(), Step::ApproveSubstance, subject, at).is_ok());
        assert!(unit.accept(signed, Step::ApproveSubstance, Sha256Hash::of(b"another"), at).is_err());
    }

    #[test]
    fn a_key_of_somebody_else_or_for_something_else_signs_nothing() {
        let mut random = ChaCha20Rng::seed_from_u64(1);
        let key = SigningKey::generate(Role::EntryApproval, &mut random);
        let (other, root) = (
            SigningKey::generate(Role::EntryApproval, &mut random),
            SigningKey::generate(Role::Root, &mut random),
        );
        let (bram, subject) = (person(&key), Sha256Hash::of(b"an entry"));
        let try_with = |key| sign(&bram, key, Step::Withdraw, subject, Timestamp::UNIX_EPOCH).unwrap_err();

        assert!(matches!(try_with(&other), Error::ForeignKey { .. }));
        assert!(matches!(try_with(&root), Error::NotAnApprovalKey { has: Role::Root }));
    }
}
