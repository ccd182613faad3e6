//! An edition in the formats of others: STIX 2.1, FollowTheMoney, MISP.
//!
//! Only where the list's handling and its word on onward sharing allow a copy ([`handling`]). The same
//! edition gives the same bytes: ids are made from its content (UUID version 5), dates are its own.
//! What each format cannot hold is in docs/format/exchange.md.

pub mod ftm;
pub mod handling;
pub mod misp;
pub mod stix;

mod dates;
mod forms;
mod ids;

use watchlist::Edition;

pub use handling::{ExportRefused, Tlp};

/// The formats an edition can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeFormat {
    /// A STIX 2.1 bundle (OASIS).
    Stix,
    /// FollowTheMoney entities, one to a line.
    FollowTheMoney,
    /// One MISP event.
    Misp,
}

/// Writes the edition in another format, if its issuer allows that.
pub fn export(edition: &Edition, format: ExchangeFormat) -> Result<Vec<u8>, ExportRefused> {
    let label = handling::allowed(&edition.list)?;
    match format {
        ExchangeFormat::Stix => stix::write(edition, label),
        ExchangeFormat::FollowTheMoney => Ok(ftm::write(edition, label)),
        ExchangeFormat::Misp => misp::write(edition, label),
    }
}

/// A JSON document as its bytes.
fn bytes(value: &serde_json::Value) -> Vec<u8> {
    let mut bytes =
        serde_json::to_vec_pretty(value).expect("texts and numbers can always be written as JSON");
    bytes.push(b'\n');
    bytes
}
