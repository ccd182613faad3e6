//! What a hoster knows of the issuer: the pinned root, the versions already seen, its own id.
//!
//! A value that the caller keeps, in the same transaction as the edition it belongs to. [`crate::open()`]
//! returns a new one and changes nothing itself, so a refused delivery leaves no trace.

use serde::{Deserialize, Serialize};

use crate::content::ContentRoot;
use crate::keys::Fingerprint;
use crate::metadata::{ChainError, Instant, Root, Roots, Sha256Hex, Signed, canonical, check_policy, read};
use crate::open::Refusal;
use crate::partner::PartnerId;
use crate::source::Source;
use crate::{limits, open};

/// The trust in one issuer and one list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    #[serde(rename = "_type")]
    kind: TrustTag,
    pub(crate) installed: Option<Installed>,
    pub(crate) last_seen: Instant,
    pub(crate) partner: PartnerId,
    /// The whole file of the newest root that was accepted.
    root: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum TrustTag {
    #[serde(rename = "havenmeester-trust/1")]
    Trust1,
}

/// What was received last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Installed {
    pub content_root: ContentRoot,
    pub edition: u32,
    pub list: String,
    pub snapshot_version: u64,
    pub targets_version: u64,
    pub timestamp_sha256: Sha256Hex,
    pub timestamp_version: u64,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the stored trust cannot be read: {what}; restore it from a backup, or make first contact again")]
pub struct TrustError {
    what: &'static str,
}

/// A root that a source offers, to be compared by fingerprint before anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedRoot {
    pub version: u64,
    pub fingerprint: Fingerprint,
}

impl Trust {
    /// The roots in a delivery, the newest last. Shows words to compare with the letter or by phone;
    /// nothing of it is trusted yet.
    pub fn offered(source: &dyn Source) -> Result<Vec<OfferedRoot>, Refusal> {
        let roots = Roots::read(root_files(source)?).map_err(|cause| open::root_refusal(&cause))?;
        let offer = |(bytes, version): (&Vec<u8>, u64)| OfferedRoot {
            version,
            fingerprint: Fingerprint::of_root(bytes),
        };
        Ok(roots.files().iter().zip(1..).map(offer).collect())
    }

    /// First contact: trusts the root with the fingerprint that a person compared, and no other.
    ///
    /// `partner` is the hoster's own id, as the issuer's letter gives it.
    pub fn first_contact(
        source: &dyn Source,
        compared: &Fingerprint,
        partner: PartnerId,
        now: jiff::Timestamp,
    ) -> Result<Self, Refusal> {
        let roots = Roots::read(root_files(source)?).map_err(|cause| open::root_refusal(&cause))?;
        let pinned = roots.files().iter().find(|bytes| Fingerprint::of_root(bytes) == *compared);
        let pinned = pinned.ok_or_else(|| Refusal::OtherFingerprint {
            compared: *compared,
            offered: Fingerprint::of_root(roots.current_file()),
        })?;
        Self::of_root(pinned, partner, now).map_err(|cause| open::root_refusal(&cause))
    }

    /// Trust in a root that came by another way, for instance with the program or from the issuer in person.
    pub fn of_root(root: &[u8], partner: PartnerId, now: jiff::Timestamp) -> Result<Self, ChainError> {
        let file: Signed<Root> = read(root).map_err(|cause| ChainError::Form { version: 0, cause })?;
        let version = file.signed.version;
        check_policy(&file.signed).map_err(|cause| ChainError::Policy { version, cause })?;
        let root = String::from_utf8(root.to_vec()).expect("canonical JSON that was read is UTF-8");
        Ok(Self { kind: TrustTag::Trust1, installed: None, last_seen: Instant::new(now), partner, root })
    }

    /// For the store: one line of JSON without secrets.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TrustError> {
        let trust: Self = serde_json::from_slice(bytes)
            .map_err(|_| TrustError { what: "it is not the JSON that was written" })?;
        let root: Signed<Root> =
            read(trust.root.as_bytes()).map_err(|_| TrustError { what: "the root in it was changed" })?;
        check_policy(&root.signed).map_err(|_| TrustError { what: "the root in it is not acceptable" })?;
        Ok(trust)
    }

    pub const fn partner(&self) -> &PartnerId {
        &self.partner
    }

    /// Number of the edition that was received last.
    pub fn installed_edition(&self) -> Option<u32> {
        self.installed.as_ref().map(|installed| installed.edition)
    }

    /// The latest moment at which a delivery was received or first contact was made.
    pub const fn last_seen(&self) -> jiff::Timestamp {
        self.last_seen.timestamp()
    }

    pub fn root_fingerprint(&self) -> Fingerprint {
        Fingerprint::of_root(self.root.as_bytes())
    }

    pub(crate) fn root_file(&self) -> &[u8] {
        self.root.as_bytes()
    }

    pub(crate) fn root(&self) -> Root {
        let file: Signed<Root> = read(self.root.as_bytes()).expect("it was read before the trust was made");
        file.signed
    }

    pub(crate) fn after(&self, root: &[u8], installed: Installed, now: jiff::Timestamp) -> Self {
        Self {
            kind: TrustTag::Trust1,
            installed: Some(installed),
            last_seen: self.last_seen.max(Instant::new(now)),
            partner: self.partner.clone(),
            root: String::from_utf8(root.to_vec()).expect("canonical JSON that was read is UTF-8"),
        }
    }
}

fn root_files(source: &dyn Source) -> Result<Vec<Vec<u8>>, Refusal> {
    let mut files = Vec::new();
    for version in 1..=limits::ROOTS {
        match open::fetch(source, &open::root_name(version), limits::ROOT_BYTES)? {
            Some(bytes) => files.push(bytes),
            None => return Ok(files),
        }
    }
    Err(Refusal::TooManyRoots)
}

/// Shows versions only.
impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trust(root {}, edition {:?})", self.root().version, self.installed_edition())
    }
}
