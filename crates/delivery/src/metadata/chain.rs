//! The chain of roots: each one signed by enough keys of the one before and by enough of its own.

use super::{FormError, KeySet, PolicyError, Root, SignatureError, Signed, check_policy, read, verify};
use crate::keys::Role;

/// All roots of an issuer from the first on, each a whole file. Whoever has one has a checked chain.
#[derive(Clone, Debug)]
pub struct Roots {
    files: Vec<Vec<u8>>,
    current: Root,
}

#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ChainError {
    #[error("there is no root")]
    Empty,
    #[error("root {version} cannot be read: {cause}")]
    Form { version: u64, cause: FormError },
    #[error("root {version} is not acceptable: {cause}")]
    Policy { version: u64, cause: PolicyError },
    #[error("root {version}: {cause}")]
    Signatures { version: u64, cause: SignatureError },
    #[error("the file of root {expected} holds root {found}")]
    Version { expected: u64, found: u64 },
}

impl Roots {
    /// Checks a chain from root 1 on.
    pub fn read(files: Vec<Vec<u8>>) -> Result<Self, ChainError> {
        let mut current = None;
        for bytes in &files {
            current = Some(follow(current.as_ref(), bytes)?);
        }
        Ok(Self { files, current: current.ok_or(ChainError::Empty)? })
    }

    /// The chain with one more root.
    pub fn with(mut self, next: Vec<u8>) -> Result<Self, ChainError> {
        self.current = follow(Some(&self.current), &next)?;
        self.files.push(next);
        Ok(self)
    }

    pub const fn current(&self) -> &Root {
        &self.current
    }

    /// The files, the first root first.
    pub fn files(&self) -> &[Vec<u8>] {
        &self.files
    }

    pub fn current_file(&self) -> &[u8] {
        self.files.last().expect("a chain has at least one root")
    }
}

/// Reads the root that comes after `before` (root 1 where there is none) and checks that it may.
pub fn follow(before: Option<&Root>, bytes: &[u8]) -> Result<Root, ChainError> {
    let version = before.map_or(1, |root| root.version.saturating_add(1));
    let file: Signed<Root> = read(bytes).map_err(|cause| ChainError::Form { version, cause })?;
    if file.signed.version != version {
        return Err(ChainError::Version { expected: version, found: file.signed.version });
    }
    check_policy(&file.signed).map_err(|cause| ChainError::Policy { version, cause })?;
    let new = file.signed.key_set(Role::Root);
    let old = before.map(|root| root.key_set(Role::Root));
    let sets: Vec<&KeySet> = old.iter().chain([&new]).collect();
    verify(&file, &sets).map_err(|cause| ChainError::Signatures { version, cause })?;
    Ok(file.signed)
}
