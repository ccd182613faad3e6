//! From edition to delivery and back: signing, expiry, rollback, recipient encryption, trust.
//!
//! A delivery is a TUF 1.0 repository for one partner, whose targets are encrypted for that partner; inside,
//! a statement signed by two approvers names the edition, its content root and the partner. The format is
//! described for other programs in docs/format/delivery.md.
//!
//! The issuer's way: [`ceremony`] makes the root, [`mark`] words the notes for a partner, [`publish`]
//! makes deliveries. The hoster's way: [`trust`] is what one knows of the issuer, [`source`] is what came,
//! [`open()`] is the only way to a [`VerifiedEdition`].
//!
//! # Why the client is our own
//!
//! The TUF client of the crate `tough` asks the clock itself, keeps its state in a folder of its own, and
//! accepts every spelling of the same JSON. A hoster here gives the time, stores the trust in the
//! same transaction as the edition, and refuses each changed byte. So the workflow of the TUF specification
//! (chapter 5) stands in [`mod@open`] in numbered steps, over few types that know Ed25519 only.
//! Signatures are checked by `ed25519-dalek` (`verify_strict`), encryption is `age`, and the tests let
//! `tough` read what we publish, so that it stays TUF and not a dialect.
//!
//! Time and settings are arguments everywhere. Signing keys are drawn from a generator that the caller
//! gives; `age` draws its file keys and recipient keys from the system and takes no other source.
#![forbid(unsafe_code)]

pub mod ceremony;
pub mod container;
pub mod content;
pub mod keys;
pub mod limits;
pub mod mark;
pub mod metadata;
pub mod open;
pub mod partner;
pub mod publish;
pub mod receipt;
pub mod source;
pub mod trust;

pub use content::ContentRoot;
pub use keys::{Fingerprint, PublicKey, Recipient, Role, SigningKey};
pub use open::{Opened, Refusal, VerifiedEdition, open};
pub use partner::PartnerId;
pub use trust::Trust;
