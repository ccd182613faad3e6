//! What a shop knows of somebody who ordered.
//!
//! There is no field for passwords, documents, birthdays or free text: what is not here is never read.

use jiff::civil::Date;
use screening::{Customer, CustomerName, CustomerNameKind};
use serde::{Deserialize, Serialize};
use watchlist::{Address, Identifier, IdentifierKind, Strength};

/// The longest text in a field, in characters.
pub const LONGEST: usize = 300;
/// The most values in a field that takes several.
pub const MOST: usize = 50;

/// The facts of one order.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Applicant {
    pub company: Option<String>,
    pub trading_names: Vec<String>,
    /// Who ordered, or signs for the company: given names first.
    pub person: Option<String>,
    /// Further contacts and users.
    pub contacts: Vec<String>,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub address: Option<PostalAddress>,
    /// Country of the customer, ISO 3166-1 alpha-2, where the shop has it apart from the address.
    pub country: Option<String>,
    /// Where the order came from.
    pub ip: Option<String>,
    /// Country of that address as the shop knows it, ISO 3166-1 alpha-2.
    pub ip_country: Option<String>,
    pub domains: Vec<String>,
    pub register_number: Option<String>,
    /// Since when the company is in its register.
    pub registered_on: Option<Date>,
    pub vat_number: Option<String>,
    /// As the shop names it.
    pub payment_method: Option<String>,
    /// What was ordered, as the shop names it.
    pub products: Vec<String>,
    /// IP addresses that were ordered.
    pub addresses_ordered: u32,
    /// Whether they say that they sell on.
    pub resells: bool,
    /// Whether they bring addresses of their own (BYOIP).
    pub brings_addresses: bool,
    /// Whether they want to announce routes (BGP).
    pub wants_bgp: bool,
    /// Their AS number, where they have one.
    pub asn: Option<String>,
}

/// Where somebody says they are.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PostalAddress {
    pub street: String,
    pub postcode: String,
    pub city: String,
    /// ISO 3166-1 alpha-2 where the shop has it.
    pub country: String,
}

/// A field that cannot be used as it came. It names the field and never its value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the field `{field}` {found}; expected {expected}")]
pub struct Unusable {
    pub field: &'static str,
    pub found: String,
    pub expected: String,
}

impl Applicant {
    /// Looks whether the facts have a size that is kept.
    ///
    /// # Errors
    /// [`Unusable`] for the first field that is too long, has too many values, or is a country without a code.
    pub fn check(&self) -> Result<(), Unusable> {
        for (field, values) in self.lists() {
            if values.len() > MOST {
                let found = format!("has {} values", values.len());
                return Err(Unusable { field, found, expected: format!("at most {MOST}") });
            }
        }
        for (field, text) in self.texts() {
            let found = text.chars().count();
            if found > LONGEST {
                let found = format!("has {found} characters");
                return Err(Unusable { field, found, expected: format!("at most {LONGEST}") });
            }
        }
        for (field, country) in [("country", &self.country), ("ip_country", &self.ip_country)] {
            let is_code = |text: &String| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
            if country.as_ref().is_some_and(|text| !text.is_empty() && !is_code(text)) {
                let found = "is no country code".to_owned();
                return Err(Unusable { field, found, expected: "two letters, such as NL".to_owned() });
            }
        }
        Ok(())
    }

    /// Whether they order as a business, by what they say of themselves.
    pub fn is_business(&self) -> bool {
        let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        said(&self.company) || said(&self.register_number) || said(&self.vat_number)
    }

    /// The name to show.
    pub fn name(&self) -> &str {
        let named = |text: &'_ &String| !text.trim().is_empty();
        let first = self.company.iter().chain(&self.trading_names).chain(&self.person).chain(&self.contacts);
        first.chain(&self.emails).find(named).map_or("", String::as_str)
    }

    /// The country they say they are in, two capital letters.
    pub fn country(&self) -> Option<String> {
        let of_address = self.address.as_ref().map(|address| &address.country);
        let said =
            self.country.as_ref().into_iter().chain(of_address).find(|text| !text.trim().is_empty())?;
        Some(said.trim().to_ascii_uppercase()).filter(|code| code.len() == 2)
    }

    /// A customer as if they ordered: what the source has of them is what the shop would have known.
    pub fn of_customer(customer: &Customer) -> Self {
        let named = |kind: CustomerNameKind| {
            customer.names.iter().filter(move |name| name.kind == kind).map(|name| name.text.clone())
        };
        let with = |kind: IdentifierKind| {
            customer.identifiers.iter().filter(move |one| one.kind == kind).map(|one| one.value.clone())
        };
        Self {
            company: named(CustomerNameKind::Company).next(),
            trading_names: named(CustomerNameKind::Company)
                .skip(1)
                .chain(named(CustomerNameKind::Trading))
                .collect(),
            person: named(CustomerNameKind::Person).next(),
            contacts: named(CustomerNameKind::Person)
                .skip(1)
                .chain(named(CustomerNameKind::Contact))
                .collect(),
            emails: with(IdentifierKind::Email).collect(),
            phones: with(IdentifierKind::Phone).collect(),
            address: customer.addresses.first().map(|one| PostalAddress {
                street: one.street.clone(),
                postcode: one.postcode.clone(),
                city: one.city.clone(),
                country: one.country.clone(),
            }),
            country: customer.country.clone(),
            domains: with(IdentifierKind::Domain).collect(),
            register_number: with(IdentifierKind::RegisterNumber).next(),
            vat_number: with(IdentifierKind::VatNumber).next(),
            products: customer.holdings.services.clone(),
            addresses_ordered: u32::try_from(with(IdentifierKind::IpRange).count()).unwrap_or(u32::MAX),
            asn: with(IdentifierKind::Asn).next(),
            ..Self::default()
        }
    }

    /// How the applicant takes part in a screening: as any customer does.
    pub fn as_customer(&self, id: &str) -> Customer {
        let names = [
            (CustomerNameKind::Company, self.company.as_slice()),
            (CustomerNameKind::Trading, &self.trading_names),
            (CustomerNameKind::Person, self.person.as_slice()),
            (CustomerNameKind::Contact, &self.contacts),
        ];
        let named = |(kind, texts): (CustomerNameKind, &[String])| {
            written(texts).map(move |text| CustomerName { kind, text }).collect::<Vec<_>>()
        };
        Customer {
            id: id.to_owned(),
            row: 1,
            names: names.into_iter().flat_map(named).collect(),
            identifiers: self.identifiers(),
            addresses: self.address.iter().map(PostalAddress::plain).filter(|one| !one.is_empty()).collect(),
            country: self.country(),
            ..Customer::default()
        }
    }

    fn identifiers(&self) -> Vec<Identifier> {
        let kinds = [
            (IdentifierKind::Email, self.emails.as_slice()),
            (IdentifierKind::Phone, &self.phones),
            (IdentifierKind::Domain, &self.domains),
            (IdentifierKind::RegisterNumber, self.register_number.as_slice()),
            (IdentifierKind::VatNumber, self.vat_number.as_slice()),
            (IdentifierKind::Asn, self.asn.as_slice()),
        ];
        let of = |(kind, texts): (IdentifierKind, &[String])| {
            written(texts).map(move |text| Identifier::new(kind, text)).collect::<Vec<_>>()
        };
        let mut all: Vec<Identifier> = kinds.into_iter().flat_map(of).collect();
        // The visitor's line is not the customer's network: it supports, and carries nothing alone.
        let visited = written(self.ip.as_slice()).map(|text| Identifier {
            strength: Some(Strength::Weak),
            ..Identifier::new(IdentifierKind::IpRange, text)
        });
        all.extend(visited);
        all
    }

    fn lists(&self) -> [(&'static str, &[String]); 6] {
        [
            ("trading_names", &self.trading_names),
            ("contacts", &self.contacts),
            ("emails", &self.emails),
            ("phones", &self.phones),
            ("domains", &self.domains),
            ("products", &self.products),
        ]
    }

    fn texts(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let single = [
            ("company", &self.company),
            ("person", &self.person),
            ("country", &self.country),
            ("ip", &self.ip),
            ("ip_country", &self.ip_country),
            ("register_number", &self.register_number),
            ("vat_number", &self.vat_number),
            ("payment_method", &self.payment_method),
            ("asn", &self.asn),
        ];
        let of_address = self.address.iter().flat_map(|address| {
            [&address.street, &address.postcode, &address.city, &address.country]
                .map(|text| ("address", text))
        });
        let of_lists =
            self.lists().into_iter().flat_map(|(field, all)| all.iter().map(move |one| (field, one)));
        single
            .into_iter()
            .filter_map(|(field, text)| Some((field, text.as_ref()?)))
            .chain(of_address)
            .chain(of_lists)
    }
}

impl PostalAddress {
    fn plain(&self) -> Address {
        let text = |text: &String| text.trim().to_owned();
        Address {
            street: text(&self.street),
            postcode: text(&self.postcode),
            city: text(&self.city),
            country: text(&self.country),
        }
    }
}

/// The texts that say something, without blanks around them.
fn written(texts: &[String]) -> impl Iterator<Item = String> + '_ {
    texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Shows what there is, and nothing of it.
impl std::fmt::Debug for Applicant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = (self.emails.len(), self.phones.len(), self.products.len());
        write!(f, "Applicant({} mail, {} phone, {} products)", counts.0, counts.1, counts.2)
    }
}

/// Shows nothing.
impl std::fmt::Debug for PostalAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostalAddress")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orchard() -> Applicant {
        Applicant {
            company: Some("Orchard Nine B.V.".to_owned()),
            person: Some(" ".to_owned()),
            emails: vec!["noc@orchard.example".to_owned(), String::new()],
            ip: Some("192.0.2.7".to_owned()),
            country: Some("nl".to_owned()),
            ..Applicant::default()
        }
    }

    #[test]
    fn an_applicant_is_screened_as_a_customer_of_what_was_said() {
        let customer = orchard().as_customer("AP-1");
        assert_eq!(customer.names.len(), 1, "a blank is no name");
        let kinds: Vec<_> = customer.identifiers.iter().map(|one| (one.kind, one.strength)).collect();
        assert_eq!(kinds, [(IdentifierKind::Email, None), (IdentifierKind::IpRange, Some(Strength::Weak))]);
        assert_eq!(customer.country.as_deref(), Some("NL"));
        assert_eq!(format!("{:?}", orchard()), "Applicant(2 mail, 0 phone, 0 products)");
    }

    #[test]
    fn a_customer_as_an_applicant_is_the_same_customer_again() {
        let asked = Applicant { ip: None, person: None, ..orchard() };
        let customer = asked.as_customer("K-1");
        let again = Applicant::of_customer(&customer);
        assert_eq!(again.as_customer("K-1"), customer);
        assert_eq!(again.company.as_deref(), Some("Orchard Nine B.V."));
    }

    #[test]
    fn what_is_too_much_names_the_field_and_not_the_value() {
        let check = |applicant: Applicant, expected: &str| {
            assert_eq!(applicant.check().unwrap_err().to_string(), expected);
        };
        check(
            Applicant { company: Some("x".repeat(301)), ..orchard() },
            "the field `company` has 301 characters; expected at most 300",
        );
        check(
            Applicant { phones: vec![String::new(); 51], ..orchard() },
            "the field `phones` has 51 values; expected at most 50",
        );
        check(
            Applicant { ip_country: Some("Netherlands".to_owned()), ..orchard() },
            "the field `ip_country` is no country code; expected two letters, such as NL",
        );
        assert_eq!(orchard().check(), Ok(()));
    }
}
