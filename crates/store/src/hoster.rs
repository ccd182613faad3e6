//! What the hoster stores: received deliveries, trust, installed editions, retractions, screenings, hits, decisions.
//!
//! Nothing here names a subject of the issuer.

pub mod accounts;
pub mod decisions;
pub mod deliveries;
pub mod editions;
pub mod retractions;
pub mod screenings;
pub mod trust;

use crate::session::Session;
use crate::tables::Table;

/// In the order of dependency: what others point to comes first.
pub(crate) const TABLES: &[&Table] = &[
    &trust::TRUST,
    &deliveries::RECEIVED,
    &editions::INSTALLED,
    &retractions::RETRACTIONS,
    &screenings::SCREENINGS,
    &screenings::HITS,
    &decisions::DECISIONS,
    &accounts::ACCOUNTS,
];

/// The subjects of the hoster, for a look and for an act.
pub trait HosterSide: Session + Sized {
    fn installed_editions(&mut self) -> editions::InstalledEditions<'_, Self> {
        editions::InstalledEditions(self)
    }

    fn trust(&mut self) -> trust::TrustStates<'_, Self> {
        trust::TrustStates(self)
    }

    fn received_deliveries(&mut self) -> deliveries::ReceivedDeliveries<'_, Self> {
        deliveries::ReceivedDeliveries(self)
    }

    fn screenings(&mut self) -> screenings::Screenings<'_, Self> {
        screenings::Screenings(self)
    }

    fn decisions(&mut self) -> decisions::Decisions<'_, Self> {
        decisions::Decisions(self)
    }

    fn accounts(&mut self) -> accounts::Accounts<'_, Self> {
        accounts::Accounts(self)
    }

    fn retractions(&mut self) -> retractions::Retractions<'_, Self> {
        retractions::Retractions(self)
    }
}

impl<S: Session> HosterSide for S {}
