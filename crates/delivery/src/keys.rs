//! Keys: who may sign what, who can decrypt, and how two people compare a key by phone.
//!
//! A secret key never leaves this module in the clear: it is written only under a passphrase
//! ([`mod@file`]), and its `Debug` shows nothing.

mod approval;
pub mod file;
mod fingerprint;
mod recipient;
mod role;
mod signing;

pub use approval::ApprovalSignature;
pub use file::{KeyFileError, Passphrase, PublicHalf, SecretKey, WorkFactor};
pub use fingerprint::{Fingerprint, FingerprintError};
pub use recipient::{DecryptionKey, Recipient, RecipientError};
pub use role::Role;
pub use signing::{KeyError, KeyId, PublicKey, SignatureBytes, SigningKey, WrongRole};
