//! Why a delivery is refused. Each reason has its own message and its own way on.

use jiff::civil::Date;
use watchlist::format::v1::FormatError;

use crate::container::ContainerError;
use crate::keys::{Fingerprint, KeyId, Role};
use crate::limits;
use crate::metadata::{ChainError, Instant, PolicyError, SignatureError};
use crate::source::SourceError;

/// A delivery was not accepted. Nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("{part} is signed by key {}, which is not a key for `{role}`", .key.short())]
    UnknownSigner { part: String, role: Role, key: KeyId },
    #[error("{part} has {found} of {needed} signatures for `{role}`")]
    TooFewSignatures { part: String, role: Role, found: usize, needed: usize },
    #[error("a signature in {part} does not belong to it")]
    BrokenSignature { part: String },
    #[error("the delivery is older than what was received: {what} {offered}, installed is {installed}")]
    RolledBack { what: &'static str, offered: u64, installed: u64 },
    #[error("two different deliveries have the same number: {what} {number}")]
    TwoVersions { what: &'static str, number: u64 },
    #[error("the `{role}` of the delivery expired on {on}, {}", ago(*.days))]
    Expired { role: Role, on: Date, days: i64 },
    #[error("edition {edition} was valid until {on}, {}", ago(*.days))]
    EditionExpired { edition: u32, on: Date, days: i64 },
    #[error("the delivery was made for another partner, not for `{own}`")]
    OtherPartner { own: String },
    #[error("the delivery holds another list than `{expected}`")]
    OtherList { expected: String },
    #[error("the parts belong to different deliveries: {part}")]
    Mixed { part: String },
    #[error("{part} is missing")]
    Missing { part: String },
    #[error("{part} was changed after it was signed")]
    Changed { part: String },
    #[error("the delivery holds {part}, which its signed list does not name")]
    UnknownPart { part: String },
    #[error("{part} stands in the delivery twice")]
    RepeatedPart { part: String },
    #[error("{part} has more than {limit} bytes")]
    Oversized { part: String, limit: u64 },
    #[error("the delivery breaks off after {found} bytes")]
    Truncated { found: usize },
    #[error("the delivery is not a file that an issuer's program wrote: {what}")]
    DamagedArchive { what: String },
    #[error("the clock of this machine says {now}, but {seen} was seen before")]
    ClockSetBack { now: Instant, seen: Instant },
    #[error("none of your keys opens this delivery; keys tried: {keys}")]
    WrongKey { keys: usize },
    #[error(
        "the root offered has another fingerprint than the one you compared: {offered}, compared {compared}"
    )]
    OtherFingerprint { compared: Fingerprint, offered: Fingerprint },
    #[error("root {version} is not acceptable: {cause}")]
    WeakRoot { version: u64, cause: PolicyError },
    #[error("the file of root {expected} holds root {found}")]
    RootVersion { expected: u64, found: u64 },
    #[error("more than {} roots follow each other", limits::ROOTS)]
    TooManyRoots,
    #[error("the edition inside does not say what its signed statement says: {what}")]
    StatementDiffers { what: &'static str },
    #[error("the edition inside cannot be read")]
    Format(#[from] FormatError),
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl Refusal {
    /// What the reader can do next, in one sentence.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::UnknownSigner { .. } => {
                "the key may have been replaced or revoked: ask the issuer for a new delivery that holds the newest root, and compare its fingerprint by phone"
            }
            Self::TooFewSignatures { .. } => {
                "one approver is not enough: ask the issuer for the released delivery, not for a draft"
            }
            Self::RolledBack { .. } => {
                "ask the issuer for the newest delivery; what is installed stays in use"
            }
            Self::TwoVersions { .. } => {
                "it may be the delivery of another partner, sent to you by mistake; if it was meant for you, keep both files and tell the issuer: this must not happen"
            }
            Self::Expired { .. } => {
                "fetch the delivery again; if it is still the same, ask the issuer for a fresh one by another way"
            }
            Self::EditionExpired { .. } => "ask the issuer for the edition that follows",
            Self::OtherPartner { .. } => {
                "do not pass it on: tell the issuer that it reached you, delete it, and ask for your own"
            }
            Self::OtherList { .. } => "receive it with the trust that belongs to its own list",
            Self::Mixed { .. } => "fetch all files again, or use the delivery in one file",
            Self::Missing { .. } | Self::Truncated { .. } => {
                "the transfer was not finished: fetch the delivery again and compare its size"
            }
            Self::BrokenSignature { .. }
            | Self::Changed { .. }
            | Self::UnknownPart { .. }
            | Self::RepeatedPart { .. }
            | Self::DamagedArchive { .. } => {
                "fetch the delivery again; if it happens twice, tell the issuer, since somebody may have changed it on the way"
            }
            Self::Oversized { .. } => "this is not an honest delivery: ask the issuer how large it should be",
            Self::ClockSetBack { .. } => "set the clock of this machine right and receive it again",
            Self::WrongKey { .. } => {
                "give the key that was enrolled with the issuer; if it is lost, enrol a new one and ask for a new delivery"
            }
            Self::OtherFingerprint { .. } => {
                "do not trust it: read the words to the issuer by phone, at a number that is not from this delivery"
            }
            Self::WeakRoot { .. } | Self::RootVersion { .. } | Self::TooManyRoots => {
                "ask the issuer: a root must ask for two signatures and follow the one before"
            }
            Self::StatementDiffers { .. } => {
                "tell the issuer: the delivery was made wrongly, ask for a new one"
            }
            Self::Format(_) => "update havenmeester, or ask the issuer for the edition again",
            Self::Source(_) => "look at the path, the connection and the rights, then receive it again",
        }
    }

    pub(crate) fn of_signatures(part: &str, error: SignatureError) -> Self {
        let part = part.to_owned();
        match error {
            SignatureError::UnknownSigner { role, key } => Self::UnknownSigner { part, role, key },
            SignatureError::TooFew { role, found, needed } => {
                Self::TooFewSignatures { part, role, found, needed }
            }
            SignatureError::Broken { .. } => Self::BrokenSignature { part },
            SignatureError::Order => Self::Changed { part },
        }
    }
}

fn ago(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        _ => format!("{days} days ago"),
    }
}

/// A chain of roots that does not hold, in the words of a delivery.
pub(crate) fn root_refusal(error: &ChainError) -> Refusal {
    match error {
        ChainError::Empty => Refusal::Missing { part: super::root_name(1) },
        ChainError::Form { version, .. } => Refusal::Changed { part: super::root_name(*version) },
        ChainError::Policy { version, cause } => {
            Refusal::WeakRoot { version: *version, cause: cause.clone() }
        }
        ChainError::Signatures { version, cause } => {
            Refusal::of_signatures(&super::root_name(*version), cause.clone())
        }
        ChainError::Version { expected, found } => {
            Refusal::RootVersion { expected: *expected, found: *found }
        }
    }
}

impl From<ContainerError> for Refusal {
    fn from(error: ContainerError) -> Self {
        match error {
            ContainerError::Truncated { found } => Self::Truncated { found },
            ContainerError::Repeated { name } => Self::RepeatedPart { part: name },
            ContainerError::TooLarge { .. } => {
                Self::Oversized { part: "the file".to_owned(), limit: limits::ONE_FILE_BYTES }
            }
            other => Self::DamagedArchive { what: other.to_string() },
        }
    }
}
