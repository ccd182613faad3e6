//! Paymenter by its API for administrators: users with their properties (company, phone and address are key and value
//! there), and the properties of their services.

use serde::Deserialize;
use watchlist::IdentifierKind;

use super::super::answer::{Many, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::needed;
use crate::customers::Field;

pub(in super::super) struct Paymenter<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Users {
    data: Vec<User>,
    links: Links,
}

#[derive(Deserialize)]
struct Links {
    /// There as long as there is a page behind this one.
    next: Option<Text>,
}

#[derive(Deserialize)]
pub(in super::super) struct User {
    id: Text,
}

#[derive(Deserialize)]
struct One<T> {
    data: Of<T>,
    #[serde(default)]
    included: Many<Included>,
}

#[derive(Deserialize)]
struct Of<T> {
    attributes: T,
}

#[derive(Deserialize)]
struct Person {
    #[serde(default)]
    first_name: Text,
    #[serde(default)]
    last_name: Text,
    email: Text,
    #[serde(default)]
    created_at: Text,
}

#[derive(Deserialize)]
struct Service {
    #[serde(default)]
    status: Text,
}

/// A property, a service or a product that belongs to what was asked for.
#[derive(Deserialize)]
struct Included {
    #[serde(rename = "type")]
    kind: Text,
    id: Text,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Attributes {
    name: Text,
    key: Text,
    value: Text,
}

impl Source for Paymenter<'_> {
    type Row = User;

    const FIRST: u64 = 1;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<User>, Fault> {
        let (page, count) = (at.to_string(), self.0.page().to_string());
        let asked = [("page", &*page), ("per_page", &count), ("sort", "id")];
        let request = self.0.get("api/v1/admin/users", &asked, self.0.bearer());
        let found: Users = asker.json(&request)?;
        found.data.iter().try_for_each(|user| needed(&user.id, "id"))?;
        let next = found.links.next.filter(|next| !next.is_empty()).map(|_| at + 1);
        Ok(Listed { rows: found.data, next, total: None })
    }

    fn key(user: &User) -> String {
        user.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, user: &User) -> Result<Whole, Fault> {
        let path = format!("api/v1/admin/users/{}", user.id.as_str());
        let request = self.0.get(&path, &[("include", "properties,services")], self.0.bearer());
        let Some(found) = asker.json_if_there::<One<Person>>(&request)? else { return Ok(Whole::Gone) };
        let person = &found.data.attributes;
        let mut record = Record::new(user.id.as_str());
        record.person(Field::Person, person.first_name.as_str(), person.last_name.as_str());
        record.identifier(IdentifierKind::Email, person.email.as_str());
        record.put(Field::Since, person.created_at.as_str());
        self.add_properties(&mut record, &found.included.0);
        for service in of_kind(&found.included.0, "services") {
            self.add_service(asker, &mut record, service.id.as_str())?;
        }
        Ok(Whole::Read(record))
    }
}

impl Paymenter<'_> {
    fn add_service(&self, asker: &Asker<'_>, record: &mut Record, id: &str) -> Result<(), Fault> {
        let path = format!("api/v1/admin/services/{id}");
        let request = self.0.get(&path, &[("include", "properties,product")], self.0.bearer());
        // A service that ended meanwhile took its properties along.
        let Some(found) = asker.json_if_there::<One<Service>>(&request)? else { return Ok(()) };
        record.put(Field::Status, found.data.attributes.status.as_str());
        self.add_properties(record, &found.included.0);
        for product in of_kind(&found.included.0, "products") {
            record.put(Field::Service, product.attributes.name.as_str());
        }
        Ok(())
    }

    fn add_properties(&self, record: &mut Record, included: &[Included]) {
        for property in of_kind(included, "properties") {
            let key = property.attributes.key.as_str();
            if let Some(field) = self.0.custom(key).or_else(|| known(key)) {
                record.put(field, property.attributes.value.as_str());
            }
        }
    }
}

fn of_kind<'a>(included: &'a [Included], kind: &'a str) -> impl Iterator<Item = &'a Included> {
    included.iter().filter(move |one| one.kind.as_str() == kind)
}

/// The keys of Paymenter's own form and those that extensions commonly add; others need a mapping.
fn known(key: &str) -> Option<Field> {
    Some(match key {
        "company_name" => Field::Company,
        "phone" => Field::Identifier(IdentifierKind::Phone),
        "address" => Field::Street,
        "address2" => Field::Street2,
        "city" => Field::City,
        "zip" => Field::Postcode,
        "country" => Field::Country,
        "domain" => Field::Identifier(IdentifierKind::Domain),
        "hostname" => Field::Identifier(IdentifierKind::Hostname),
        "ip" | "ip_address" => Field::Identifier(IdentifierKind::IpRange),
        _ => return None,
    })
}
