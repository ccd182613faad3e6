//! What a hoster knows of one customer, as far as it matters for a screening.
//!
//! There is no field for passwords, notes or free text: readers drop them.

use jiff::civil::Date;
use watchlist::{Address, Identifier, IdentifierKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CustomerNameKind {
    Company,
    /// Other names of the company: trading name, brand.
    Trading,
    /// The person who is the customer, or who signs for the company.
    Person,
    /// A further contact or user.
    Contact,
}

#[derive(Clone, PartialEq, Eq)]
pub struct CustomerName {
    pub kind: CustomerNameKind,
    /// For persons: given names first. Where first and last name come apart they are joined with one blank.
    pub text: String,
}

/// One customer as the source knows it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Customer {
    /// The customer's own id as found in the file, untouched.
    pub id: String,
    /// Where it stands: line of the CSV file or row of the sheet, counted from 1.
    pub row: u64,
    pub names: Vec<CustomerName>,
    pub identifiers: Vec<Identifier>,
    pub addresses: Vec<Address>,
    /// Country, where the source has it apart from an address.
    pub country: Option<String>,
    /// Only when the user maps a column to it; never read by default.
    pub birth_date: Option<String>,
    pub status: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub holdings: Holdings,
    /// Which identifiers came from elsewhere than the customer's own record, and on which way.
    pub through: Vec<Through>,
}

/// The way to an identifier that somebody below the customer has: a resale chain.
#[derive(Clone, PartialEq, Eq)]
pub struct Through {
    pub kind: IdentifierKind,
    /// The identifier's value.
    pub value: String,
    /// The steps from the customer to the value, which ends it.
    pub path: String,
}

/// What a customer has with the hoster. Never compared: it says what an end of the contract, or a seizure, would touch.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Products and services, as the source names them.
    pub services: Vec<String>,
    /// The machines they run on, as the source names them.
    pub machines: Vec<String>,
    /// What the customer pays in a month, as the source writes it.
    pub monthly: Option<String>,
}

/// Shows how much there is.
impl std::fmt::Debug for Holdings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Holdings({} services, {} machines)", self.services.len(), self.machines.len())
    }
}

/// Shows the row only: customers are confidential.
impl std::fmt::Debug for Customer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Customer(row {})", self.row)
    }
}

/// Shows the kind only.
impl std::fmt::Debug for Through {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Through({})", self.kind.wire_name())
    }
}

/// Shows the kind only.
impl std::fmt::Debug for CustomerName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CustomerName({:?})", self.kind)
    }
}
