//! Records with more than a name, as parties: so that FEBRL4 and the child-care sites go the product's own way.

use matching::party::{NameRole, PartyKind, RawName, RawParty};
use watchlist::{Address, Identifier, IdentifierKind, Validity};

use crate::sets::dedupe::Site;
use crate::sets::febrl::Person;

/// One record before cleaning.
pub struct Record {
    kind: PartyKind,
    name: String,
    identifiers: Vec<Identifier>,
    addresses: Vec<Address>,
    country: &'static str,
    birth_date: Option<String>,
}

impl Record {
    pub fn raw(&self) -> RawParty<'_> {
        RawParty {
            kind: self.kind,
            names: vec![RawName { text: &self.name, role: NameRole::Own, kind: self.kind }],
            identifiers: &self.identifiers,
            addresses: &self.addresses,
            country: Some(self.country),
            birth_date: self.birth_date.as_deref(),
            validity: Validity::default(),
        }
    }
}

impl From<&Person> for Record {
    fn from(person: &Person) -> Self {
        let street = [&person.street_number, &person.address_1, &person.address_2];
        Self {
            kind: PartyKind::Person,
            name: joined(&[&person.given_name, &person.surname]),
            identifiers: Vec::new(),
            addresses: vec![Address {
                street: joined(&street),
                postcode: person.postcode.clone(),
                city: person.suburb.clone(),
                country: "AU".to_owned(),
            }],
            country: "AU",
            birth_date: (!person.date_of_birth.is_empty()).then(|| person.date_of_birth.clone()),
        }
    }
}

impl From<&Site> for Record {
    fn from(site: &Site) -> Self {
        let mut identifiers = Vec::new();
        if !site.phone.is_empty() {
            // The source leaves out the area code; all sites are in Chicago.
            let number =
                if site.phone.len() == 7 { format!("+1312{}", site.phone) } else { site.phone.clone() };
            identifiers.push(Identifier::new(IdentifierKind::Phone, number));
        }
        Self {
            kind: PartyKind::Organisation,
            name: site.name.clone(),
            identifiers,
            addresses: vec![Address {
                street: site.address.clone(),
                postcode: site.zip.clone(),
                // The source leaves it out, too.
                city: "Chicago".to_owned(),
                country: "US".to_owned(),
            }],
            country: "US",
            birth_date: None,
        }
    }
}

fn joined(parts: &[&String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
