//! What the issuer stores: from people and evidence to deliveries and receipts. One file for each subject.

pub mod acknowledgements;
pub mod approvals;
pub mod contests;
pub mod deconfliction;
pub mod deliveries;
pub mod editions;
pub mod entries;
pub mod evidence;
pub mod partners;
pub mod people;
pub mod receipts;
pub mod reminders;

use crate::session::Session;
use crate::tables::Table;

/// In the order of dependency: what others point to comes first.
pub(crate) const TABLES: &[&Table] = &[
    &people::PEOPLE,
    &people::KEYS,
    &entries::ENTRIES,
    &entries::VERSIONS,
    &approvals::APPROVALS,
    &contests::CONTESTS,
    &evidence::EVIDENCE,
    &evidence::FILES,
    &evidence::LINKS,
    &deconfliction::KEYS,
    &editions::EDITIONS,
    &partners::PARTNERS,
    &partners::KEYS,
    &deliveries::DELIVERIES,
    &deliveries::DISCLOSURES,
    &acknowledgements::ACKNOWLEDGEMENTS,
    &reminders::REMINDERS,
    &receipts::RECEIPTS,
];

/// The subjects of the issuer, for a look and for an act.
pub trait IssuerSide: Session + Sized {
    fn people(&mut self) -> people::People<'_, Self> {
        people::People(self)
    }

    fn evidence(&mut self) -> evidence::EvidenceStock<'_, Self> {
        evidence::EvidenceStock(self)
    }

    fn entries(&mut self) -> entries::Entries<'_, Self> {
        entries::Entries(self)
    }

    fn approvals(&mut self) -> approvals::Approvals<'_, Self> {
        approvals::Approvals(self)
    }

    fn contests(&mut self) -> contests::Contests<'_, Self> {
        contests::Contests(self)
    }

    fn deconfliction(&mut self) -> deconfliction::Deconfliction<'_, Self> {
        deconfliction::Deconfliction(self)
    }

    fn editions(&mut self) -> editions::Editions<'_, Self> {
        editions::Editions(self)
    }

    fn partners(&mut self) -> partners::Partners<'_, Self> {
        partners::Partners(self)
    }

    fn deliveries(&mut self) -> deliveries::Deliveries<'_, Self> {
        deliveries::Deliveries(self)
    }

    fn acknowledgements(&mut self) -> acknowledgements::Acknowledgements<'_, Self> {
        acknowledgements::Acknowledgements(self)
    }

    fn reminders(&mut self) -> reminders::Reminders<'_, Self> {
        reminders::Reminders(self)
    }

    fn receipts(&mut self) -> receipts::Receipts<'_, Self> {
        receipts::Receipts(self)
    }
}

impl<S: Session> IssuerSide for S {}
