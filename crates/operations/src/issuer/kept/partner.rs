//! Partners: address, what they may get, and the number of their last delivery.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct KeptPartner {
    pub(crate) attention: Option<String>,
    pub(crate) address: Vec<String>,
    pub(crate) email: String,
    /// `en` or `nl`.
    pub(crate) language: String,
    /// Ids of the lists that the partner may get.
    pub(crate) lists: Vec<String>,
    /// Number of the last delivery; 0 before the first.
    pub(crate) sequence: u64,
}
