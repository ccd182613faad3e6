//! What the hoster stores: received deliveries, trust, installed editions, retractions, screenings, hits, decisions,
//! applications of new customers, what goes out and comes in beside the desk, and what its people need at it.
//!
//! Nothing here names a subject of the issuer.

pub mod accounts;
pub mod applications;
pub mod attachments;
pub mod bases;
pub mod customer_changes;
pub mod decisions;
pub mod deliveries;
pub mod editions;
pub mod outbox;
pub mod restrictions;
pub mod retractions;
pub mod schedule_runs;
pub mod screenings;
pub mod tokens;
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
    &attachments::ATTACHMENTS,
    &restrictions::RESTRICTIONS,
    &tokens::TOKENS,
    &bases::BASES,
    &bases::BASE_PARTS,
    &applications::APPLICATIONS,
    &outbox::OUTBOX,
    &outbox::FOLLOWERS,
    &schedule_runs::SCHEDULE_RUNS,
    &customer_changes::CUSTOMER_CHANGES,
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

    fn applications(&mut self) -> applications::Applications<'_, Self> {
        applications::Applications(self)
    }

    fn attachments(&mut self) -> attachments::Attachments<'_, Self> {
        attachments::Attachments(self)
    }

    fn bases(&mut self) -> bases::Bases<'_, Self> {
        bases::Bases(self)
    }

    fn customer_changes(&mut self) -> customer_changes::CustomerChanges<'_, Self> {
        customer_changes::CustomerChanges(self)
    }

    fn outbox(&mut self) -> outbox::Outbox<'_, Self> {
        outbox::Outbox(self)
    }

    fn schedule_runs(&mut self) -> schedule_runs::ScheduleRuns<'_, Self> {
        schedule_runs::ScheduleRuns(self)
    }

    fn restrictions(&mut self) -> restrictions::Restrictions<'_, Self> {
        restrictions::Restrictions(self)
    }

    fn tokens(&mut self) -> tokens::Tokens<'_, Self> {
        tokens::Tokens(self)
    }

    fn retractions(&mut self) -> retractions::Retractions<'_, Self> {
        retractions::Retractions(self)
    }
}

impl<S: Session> HosterSide for S {}
