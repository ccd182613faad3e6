//! Whose signatures count, and how many.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Signature, Signed, canonical};
use crate::keys::{KeyId, PublicKey, Role};

/// The keys that may sign something, and how many of them must.
#[derive(Clone, Debug)]
pub struct KeySet {
    role: Role,
    keys: BTreeMap<KeyId, PublicKey>,
    threshold: usize,
}

#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SignatureError {
    #[error("it is signed by key {}, which is not a key for `{role}`", .key.short())]
    UnknownSigner { role: Role, key: KeyId },
    #[error("the signature of key {} does not belong to these bytes", .key.short())]
    Broken { key: KeyId },
    #[error("it has {found} of {needed} signatures for `{role}`")]
    TooFew { role: Role, found: usize, needed: usize },
    #[error("the signatures are not in the order of their keys, or a key signed twice")]
    Order,
}

impl KeySet {
    pub fn new(role: Role, keys: BTreeMap<KeyId, PublicKey>, threshold: usize) -> Self {
        Self { role, keys, threshold }
    }

    /// No key and no way to have enough signatures.
    pub const fn nobody(role: Role) -> Self {
        Self { role, keys: BTreeMap::new(), threshold: usize::MAX }
    }

    /// Keys of this set that stand among the signatures.
    fn count(&self, signatures: &[Signature]) -> usize {
        signatures.iter().filter(|signature| self.keys.contains_key(&signature.keyid)).count()
    }

    fn enough(&self, signatures: &[Signature]) -> Result<(), SignatureError> {
        let found = self.count(signatures);
        if found < self.threshold || found == 0 {
            return Err(SignatureError::TooFew { role: self.role, found, needed: self.threshold });
        }
        Ok(())
    }
}

/// Checks the signatures against every set: for a new root these are the old keys and the new ones,
/// otherwise there is one set.
///
/// TUF passes over signatures that it does not need. Here each one must be valid and by a key of a set,
/// so that there is no byte in a file that nobody vouches for.
pub fn verify<T: Serialize>(file: &Signed<T>, sets: &[&KeySet]) -> Result<(), SignatureError> {
    let signatures = &file.signatures;
    if !signatures.is_sorted_by(|one, next| one.keyid < next.keyid) {
        return Err(SignatureError::Order);
    }
    let bytes = canonical(&file.signed);
    for Signature { keyid, sig } in signatures {
        let key = sets.iter().find_map(|set| set.keys.get(keyid));
        let role = sets.first().map_or(Role::Root, |set| set.role);
        let key = key.ok_or(SignatureError::UnknownSigner { role, key: *keyid })?;
        if !key.verifies(&bytes, sig) {
            return Err(SignatureError::Broken { key: *keyid });
        }
    }
    sets.iter().try_for_each(|set| set.enough(signatures))
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::keys::SigningKey;

    fn keys() -> Vec<SigningKey> {
        let mut random = ChaCha20Rng::seed_from_u64(9);
        let mut keys: Vec<_> = (0..4).map(|_| SigningKey::generate(Role::Approver, &mut random)).collect();
        keys.sort_by_key(|key| key.public().id());
        keys
    }

    fn file(signers: &[&SigningKey]) -> Signed<String> {
        let signed = "an edition".to_owned();
        let bytes = canonical(&signed);
        let sign = |key: &&SigningKey| Signature {
            keyid: key.public().id(),
            sig: key.sign(Role::Approver, &bytes).unwrap(),
        };
        Signed { signatures: signers.iter().map(sign).collect(), signed }
    }

    /// The first three keys count, two must sign.
    fn set(keys: &[SigningKey]) -> KeySet {
        let known = keys[..3].iter().map(|key| (key.public().id(), key.public())).collect();
        KeySet::new(Role::Approver, known, 2)
    }

    #[test]
    fn two_of_three_are_enough_and_one_is_not() {
        let keys = keys();
        let set = set(&keys);

        assert_eq!(verify(&file(&[&keys[0], &keys[2]]), &[&set]), Ok(()));
        assert_eq!(verify(&file(&[&keys[0], &keys[1], &keys[2]]), &[&set]), Ok(()));
        let one = verify(&file(&[&keys[1]]), &[&set]).unwrap_err();
        assert_eq!(one, SignatureError::TooFew { role: Role::Approver, found: 1, needed: 2 });
        assert!(verify(&file(&[]), &[&set]).is_err());
    }

    #[test]
    fn a_signature_that_is_not_needed_must_be_good_too() {
        let keys = keys();
        let set = set(&keys);
        let mut broken = file(&[&keys[0], &keys[1], &keys[2]]);
        broken.signatures[2].sig.0[5] ^= 1;

        assert_eq!(verify(&broken, &[&set]), Err(SignatureError::Broken { key: keys[2].public().id() }));
        let stranger = verify(&file(&[&keys[0], &keys[1], &keys[3]]), &[&set]).unwrap_err();
        assert_eq!(
            stranger,
            SignatureError::UnknownSigner { role: Role::Approver, key: keys[3].public().id() }
        );
    }

    #[test]
    fn a_key_cannot_sign_twice() {
        let keys = keys();

        assert_eq!(verify(&file(&[&keys[0], &keys[0]]), &[&set(&keys)]), Err(SignatureError::Order));
        assert_eq!(verify(&file(&[&keys[1], &keys[0]]), &[&set(&keys)]), Err(SignatureError::Order));
    }
}
