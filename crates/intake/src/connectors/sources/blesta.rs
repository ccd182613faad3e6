//! Blesta by its API: clients, and for each its contacts with their numbers, and its services.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use watchlist::IdentifierKind;

use super::super::answer::{Many, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::needed;
use crate::customers::Field;

pub(in super::super) struct Blesta<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Said<T> {
    response: T,
}

#[derive(Deserialize)]
pub(in super::super) struct Client {
    id: Text,
    /// The number that people are shown: `id_format` and `id_value`.
    #[serde(default)]
    id_code: Text,
    #[serde(default)]
    status: Text,
    #[serde(default)]
    date_added: Text,
}

#[derive(Deserialize)]
struct Contact {
    id: Text,
    #[serde(default)]
    contact_type: Text,
    #[serde(default)]
    first_name: Text,
    #[serde(default)]
    last_name: Text,
    #[serde(default)]
    company: Text,
    #[serde(default)]
    email: Text,
    #[serde(default)]
    address1: Text,
    #[serde(default)]
    address2: Text,
    #[serde(default)]
    city: Text,
    #[serde(default)]
    zip: Text,
    #[serde(default)]
    country: Text,
}

#[derive(Deserialize)]
struct Number {
    #[serde(default)]
    number: Text,
}

#[derive(Deserialize)]
struct Service {
    #[serde(default)]
    fields: Many<ServiceField>,
    package: Option<Package>,
}

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    name: Text,
}

/// Passwords stand here, too; only keys that are known are kept.
#[derive(Deserialize)]
struct ServiceField {
    key: Text,
    #[serde(default)]
    value: Text,
}

/// Any state of a client or a service: who left still matters for a look back.
const EVERY: &str = "all";

impl Source for Blesta<'_> {
    type Row = Client;

    const FIRST: u64 = 1;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<Client>, Fault> {
        let page = at.to_string();
        let total: Text = self.call(asker, "clients/getListCount", &[])?.unwrap_or_default();
        let rows: Many<Client> = self.call(asker, "clients/getList", &[("page", &page)])?.unwrap_or_default();
        rows.0.iter().try_for_each(|client| needed(&client.id, "id"))?;
        let next = (!rows.0.is_empty()).then_some(at + 1);
        Ok(Listed { rows: rows.0, next, total: total.number() })
    }

    fn key(client: &Client) -> String {
        client.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, client: &Client) -> Result<Whole, Fault> {
        let shown = if client.id_code.is_empty() { &client.id } else { &client.id_code };
        let mut record = Record::new(shown.as_str());
        let about = ("client_id", client.id.as_str());
        let contacts: Option<Many<Contact>> = self.call(asker, "contacts/getAll", &[about])?;
        let Some(contacts) = contacts.filter(|contacts| !contacts.0.is_empty()) else {
            // Every client has a contact: it is its first one.
            return Ok(Whole::Gone);
        };
        record.put(Field::Status, client.status.as_str());
        record.put(Field::Since, client.date_added.as_str());
        for contact in &contacts.0 {
            add_contact(&mut record, contact);
            let of = [("contact_id", contact.id.as_str())];
            let numbers: Many<Number> = self.call(asker, "contacts/getNumbers", &of)?.unwrap_or_default();
            for number in &numbers.0 {
                record.identifier(IdentifierKind::Phone, number.number.as_str());
            }
        }
        self.add_services(asker, &mut record, about)?;
        Ok(Whole::Read(record))
    }
}

impl Blesta<'_> {
    /// One call; nothing where what it is about is not there.
    fn call<T: DeserializeOwned>(
        &self,
        asker: &Asker<'_>,
        what: &str,
        asked: &[(&str, &str)],
    ) -> Result<Option<T>, Fault> {
        let mut query = asked.to_vec();
        if what != "contacts/getAll" && what != "contacts/getNumbers" {
            query.push(("status", EVERY));
        }
        let request = self.0.get(&format!("api/{what}.json"), &query, self.0.basic(self.0.user()));
        Ok(asker.json_if_there::<Said<T>>(&request)?.map(|said| said.response))
    }

    fn add_services(&self, asker: &Asker<'_>, record: &mut Record, about: (&str, &str)) -> Result<(), Fault> {
        let mut page = 1_u64;
        let mut before = 0;
        loop {
            let at = page.to_string();
            let asked = [about, ("page", &*at)];
            let found: Many<Service> = self.call(asker, "services/getList", &asked)?.unwrap_or_default();
            // A page that is shorter than the first is the last one.
            let count = found.0.len();
            for service in &found.0 {
                self.add_service(record, service);
            }
            if count == 0 || count < before || page > MOST_PAGES {
                return Ok(());
            }
            before = count;
            page += 1;
        }
    }

    fn add_service(&self, record: &mut Record, service: &Service) {
        if let Some(package) = &service.package {
            record.put(Field::Service, package.name.as_str());
        }
        for field in &service.fields.0 {
            let key = field.key.as_str();
            if let Some(known) = self.0.custom(key).or_else(|| known(key)) {
                record.put(known, field.value.as_str());
            }
        }
    }
}

/// Pages of services of one client; nobody has so many, and a source that repeats itself must end.
const MOST_PAGES: u64 = 1_000;

fn add_contact(record: &mut Record, contact: &Contact) {
    let is_first = matches!(contact.contact_type.as_str(), "primary" | "");
    let (name, company) =
        if is_first { (Field::Person, Field::Company) } else { (Field::Contact, Field::TradingName) };
    record.person(name, contact.first_name.as_str(), contact.last_name.as_str());
    record.put(company, contact.company.as_str());
    record.identifier(IdentifierKind::Email, contact.email.as_str());
    if is_first {
        record.put(Field::Street, contact.address1.as_str());
        record.put(Field::Street2, contact.address2.as_str());
        record.put(Field::City, contact.city.as_str());
        record.put(Field::Postcode, contact.zip.as_str());
        record.put(Field::Country, contact.country.as_str());
    }
}

/// The keys that modules of Blesta commonly use; each begins with the name of its module.
fn known(key: &str) -> Option<Field> {
    let end = key.rsplit_once('_').map_or(key, |(_, end)| end);
    Some(match end {
        "domain" => Field::Identifier(IdentifierKind::Domain),
        "hostname" => Field::Identifier(IdentifierKind::Hostname),
        "ip" | "ips" | "ipaddress" => Field::Identifier(IdentifierKind::IpRange),
        _ => return None,
    })
}
