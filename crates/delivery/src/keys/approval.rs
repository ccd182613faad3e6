//! Signatures of one person over one entry, for the issuer's own approvals.

use serde::{Deserialize, Serialize};

use super::{PublicKey, Role, SignatureBytes, SigningKey, WrongRole};

/// Stands before the digest, so that no other signature of this program covers the same bytes:
/// everything else that is signed begins with `{`.
const PREFIX: &[u8] = b"havenmeester-entry-approval/1\n";

/// A signature over the SHA-256 of what was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalSignature(SignatureBytes);

impl ApprovalSignature {
    /// The 64 bytes of the signature, for whoever keeps it in a form of their own.
    pub const fn to_bytes(&self) -> [u8; 64] {
        self.0.0
    }
}

impl SigningKey {
    /// Approves what has this SHA-256. Takes a key for `entry-approval`.
    pub fn approve(&self, digest: &[u8; 32]) -> Result<ApprovalSignature, WrongRole> {
        self.sign(Role::EntryApproval, &approval_bytes(digest)).map(ApprovalSignature)
    }
}

impl PublicKey {
    /// Whether this key, made for approvals, approved what has this SHA-256.
    pub fn approved(&self, digest: &[u8; 32], signature: &ApprovalSignature) -> bool {
        self.role() == Role::EntryApproval && self.verifies(&approval_bytes(digest), &signature.0)
    }
}

fn approval_bytes(digest: &[u8; 32]) -> Vec<u8> {
    [PREFIX, digest].concat()
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn an_approval_holds_for_one_digest_and_one_key() {
        let mut random = ChaCha20Rng::seed_from_u64(1);
        let key = SigningKey::generate(Role::EntryApproval, &mut random);
        let other = SigningKey::generate(Role::EntryApproval, &mut random);
        let approval = key.approve(&[7; 32]).unwrap();

        assert!(key.public().approved(&[7; 32], &approval));
        assert!(!key.public().approved(&[8; 32], &approval));
        assert!(!other.public().approved(&[7; 32], &approval));
    }

    #[test]
    fn a_key_for_something_else_does_not_approve() {
        let key = SigningKey::generate(Role::Approver, &mut ChaCha20Rng::seed_from_u64(1));

        let refused = key.approve(&[7; 32]).unwrap_err();

        assert_eq!(refused, WrongRole { has: Role::Approver, needs: Role::EntryApproval });
    }
}
