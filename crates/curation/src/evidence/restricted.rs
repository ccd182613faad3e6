//! Who collected, under which account, through which exit: what never leaves the unit.
//!
//! The type can be neither copied, compared, printed nor serialised. It is not part of the seal either:
//! a hash of so few possible values could be guessed.

use std::fmt;

/// The restricted fields themselves. They are handed out by [`super::SealedEvidence::view_restricted`],
/// which is noted, and to the unit's own store.
///
/// There is no `Clone`, no `Display`, no `Serialize`, and `Debug` shows nothing: that is the point.
pub struct RestrictedFields {
    /// Code of the collector.
    pub collector_code: String,
    /// Account with which the source was visited.
    pub account: Option<String>,
    /// Label of the network exit.
    pub network_exit: Option<String>,
}

impl fmt::Debug for RestrictedFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RestrictedFields(..)")
    }
}

/// Holds the restricted fields closed.
///
/// ```compile_fail
/// fn leaves_the_unit(fields: curation::evidence::Restricted) -> String {
///     fields.to_string()
/// }
/// ```
///
/// ```compile_fail
/// fn two_of_them(fields: &curation::evidence::Restricted) -> curation::evidence::Restricted {
///     fields.clone()
/// }
/// ```
pub struct Restricted(RestrictedFields);

impl Restricted {
    pub fn new(fields: RestrictedFields) -> Self {
        Self(fields)
    }

    pub(super) fn fields(&self) -> &RestrictedFields {
        &self.0
    }

    /// For the unit's own encrypted store and nothing else.
    pub fn into_fields_for_the_unit_store(self) -> RestrictedFields {
        self.0
    }
}

impl fmt::Debug for Restricted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Restricted(..)")
    }
}
