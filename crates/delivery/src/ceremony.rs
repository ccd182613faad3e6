//! Several people on several machines sign the same bytes: roots, statements, lists of targets.
//!
//! One machine writes a [`Request`]; each person looks at [`Request::summary`], signs it where their key is
//! ([`sign`]), and gives back a [`SignatureFile`]; [`combine`] puts them together. No secret key travels, and
//! nobody can sign anything but the three things that a request can hold.
//!
//! The first root is [`RootPlan::first`], a later one [`RootPlan::after`] with [`RootPlan::replace`] for a lost
//! key or [`RootPlan::revoke`] for a stolen one; [`finish_root`] checks the old threshold and the new one.

mod detached;
mod plan;
mod request;

pub use detached::{SignatureFile, combine, sign};
pub use plan::{Holders, RootPlan};
pub use request::{Payload, Request};

use crate::keys::{KeyError, KeyId, Role, WrongRole};
use crate::metadata::{ChainError, PolicyError, Root, Roots, Signed, canonical};

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CeremonyError {
    #[error("this is not a signing request: {what}")]
    NotARequest { what: &'static str },
    #[error("this is not a signature file: {what}")]
    NotSignatures { what: &'static str },
    #[error("the signatures of key {} are for another request", .key.short())]
    OtherRequest { key: KeyId },
    #[error("key {} signed twice", .key.short())]
    SignedTwice { key: KeyId },
    #[error("there are {found} signatures of key {} for {expected} payloads", .key.short())]
    Incomplete { key: KeyId, found: usize, expected: usize },
    #[error(transparent)]
    WrongRole(#[from] WrongRole),
    #[error("key {} is not in the root", .key.short())]
    NotInRoot { key: KeyId },
    #[error("key {} is in the root already", .key.short())]
    InRootAlready { key: KeyId },
    #[error("a key for `{role}` does not belong into a root")]
    NoRootRole { role: Role },
    #[error("the root cannot be drafted: {0}")]
    Policy(#[from] PolicyError),
    #[error("a key of the root cannot be used: {0}")]
    Key(#[from] KeyError),
    #[error(transparent)]
    Chain(#[from] ChainError),
}

impl CeremonyError {
    /// What the reader can do next, in one sentence.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotARequest { .. } => "take the request file that `draft` wrote, unchanged",
            Self::NotSignatures { .. } | Self::Incomplete { .. } => "let its owner sign the request again",
            Self::OtherRequest { .. } => "compare the fingerprint of the request by phone, then sign again",
            Self::SignedTwice { .. } => "two people are needed: give each signature file once",
            Self::WrongRole(_) | Self::NoRootRole { .. } => "take a key that was made for this role",
            Self::NotInRoot { .. } | Self::InRootAlready { .. } => {
                "look at the keys of the root with `root show`"
            }
            Self::Policy(_) => "root and approvers need at least two keys and two signatures each",
            Self::Key(_) => "ask its owner for the public key file again",
            Self::Chain(_) => {
                "ask the missing people to sign; a new root needs the old threshold and the new one"
            }
        }
    }
}

/// Puts the signatures under a drafted root and checks them: by its own keys and, where there was a root
/// before, by enough of the old ones. Returns the chain with it.
pub fn finish_root(
    draft: &Root,
    files: &[SignatureFile],
    before: Option<Roots>,
) -> Result<Roots, CeremonyError> {
    let request = Request::new(vec![Payload::Root(draft.clone())]);
    let signatures = combine(&request, files)?.into_iter().next().unwrap_or_default();
    let file = canonical(&Signed { signatures, signed: draft.clone() });
    Ok(match before {
        Some(roots) => roots.with(file)?,
        None => Roots::read(vec![file])?,
    })
}
