//! Editions of the issuer, from assembled to published, and what is kept of each delivery.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::statement::KeptStatement;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptEdition {
    /// In the open list format.
    pub(crate) edition: String,
    pub(crate) content_hash: String,
    pub(crate) assembled_by: String,
    /// Of the release: at most two.
    pub(crate) voices: Vec<KeptStatement>,
    #[serde(default)]
    pub(crate) preparation: Option<KeptPreparation>,
}

/// What deliveries are made with; the same again gives the same request.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptPreparation {
    pub(crate) published_at: Timestamp,
    /// `en` or `nl`: in which language the notes are worded.
    pub(crate) wording: String,
    /// Sha-256 of the sealed deliveries.
    #[serde(default)]
    pub(crate) sealed: Option<String>,
    /// Moment of the release, and the approvers' signatures under the lists of parts.
    #[serde(default)]
    pub(crate) released: Option<KeptRelease>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptRelease {
    pub(crate) at: Timestamp,
    pub(crate) ground: String,
    pub(crate) approvals: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptDelivery {
    pub(crate) sequence: u64,
    /// The key it is encrypted for.
    pub(crate) recipient: String,
}

/// By which way something was disclosed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptDisclosure {
    pub(crate) sequence: u64,
    /// `delivery` or `refresh`.
    pub(crate) what: String,
    /// The partner's name on that day.
    pub(crate) recipient: String,
}
