//! phpIPAM by its API: its customers, and the subnets and addresses that name them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use watchlist::IdentifierKind;

use super::super::answer::{Choice, Chosen, Many, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::needed;
use crate::customers::Field;

pub(in super::super) struct PhpIpam<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Said<T> {
    #[serde(default)]
    code: Text,
    data: Option<T>,
}

/// `note` and `lat`, `long` have no place here.
#[derive(Deserialize)]
pub(in super::super) struct Client {
    id: Text,
    title: Text,
    #[serde(default)]
    address: Text,
    #[serde(default)]
    postcode: Text,
    #[serde(default)]
    city: Text,
    #[serde(default)]
    state: Text,
    #[serde(default)]
    contact_person: Text,
    #[serde(default)]
    contact_phone: Text,
    #[serde(default)]
    contact_mail: Text,
    #[serde(default)]
    status: Text,
    #[serde(flatten)]
    custom: Chosen<Custom>,
}

/// Fields of the house's own begin so.
struct Custom;

impl Choice for Custom {
    fn takes(key: &str) -> bool {
        key.starts_with("custom_")
    }
}

#[derive(Deserialize)]
struct Subnet {
    subnet: Text,
    mask: Text,
}

#[derive(Deserialize)]
struct Address {
    #[serde(alias = "ip_addr")]
    ip: Text,
    #[serde(default)]
    hostname: Text,
}

impl Source for PhpIpam<'_> {
    type Row = Client;

    /// Everything comes in one answer.
    fn list(&self, asker: &Asker<'_>, _at: u64) -> Result<Listed<Client>, Fault> {
        let found: Many<Client> = self.call(asker, "tools/customers/", &[])?.unwrap_or_default();
        found.0.iter().try_for_each(|client| needed(&client.id, "id"))?;
        Ok(Listed { rows: found.0, next: None, total: None })
    }

    fn key(client: &Client) -> String {
        client.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, client: &Client) -> Result<Whole, Fault> {
        let mut record = Record::new(self.linked(client));
        record.put(Field::Company, client.title.as_str());
        record.put(Field::Contact, client.contact_person.as_str());
        record.identifier(IdentifierKind::Email, client.contact_mail.as_str());
        record.identifier(IdentifierKind::Phone, client.contact_phone.as_str());
        record.put(Field::Street, client.address.as_str());
        record.put(Field::Postcode, client.postcode.as_str());
        record.put(Field::City, client.city.as_str());
        // A state of the world in a program for networks is a country where it is two letters.
        if client.state.as_str().len() == 2 {
            record.put(Field::Country, client.state.as_str());
        }
        record.put(Field::Status, client.status.as_str());
        for (key, text) in &client.custom.0 {
            if let Some(field) = self.0.custom(key) {
                record.put(field, text.as_str());
            }
        }
        self.add_addresses(asker, &mut record, client.id.as_str())?;
        Ok(Whole::Read(record))
    }
}

impl PhpIpam<'_> {
    /// What names the customer: `title`, `id`, or a custom field.
    fn linked(&self, client: &Client) -> String {
        let text = match self.0.linked_by() {
            "title" => &client.title,
            "id" => &client.id,
            field => client.custom.0.get(field).filter(|own| !own.is_empty()).unwrap_or(&client.title),
        };
        text.as_str().to_owned()
    }

    /// One call. phpIPAM says 404 with an answer, or in one, where there is nothing of the kind.
    fn call<T: DeserializeOwned>(
        &self,
        asker: &Asker<'_>,
        what: &str,
        asked: &[(&str, &str)],
    ) -> Result<Option<T>, Fault> {
        let key = ("token", self.0.secret().to_owned());
        let request = self.0.get(&format!("api/{}/{what}", self.0.user()), asked, key);
        let Some(said) = asker.json_if_there::<Said<T>>(&request)? else { return Ok(None) };
        match said.code.number() {
            None | Some(200..=299) => Ok(said.data),
            Some(404) => Ok(None),
            Some(401 | 403) => Err(Fault::Refused),
            Some(_) => Err(Fault::SaysNo),
        }
    }

    fn add_addresses(&self, asker: &Asker<'_>, record: &mut Record, client: &str) -> Result<(), Fault> {
        let of = [("filter_by", "customer_id"), ("filter_value", client)];
        let subnets: Many<Subnet> = self.call(asker, "subnets/", &of)?.unwrap_or_default();
        for subnet in &subnets.0 {
            let prefix = format!("{}/{}", dotted(subnet.subnet.as_str()), subnet.mask.as_str());
            record.identifier(IdentifierKind::IpRange, &prefix);
        }
        let addresses: Many<Address> = self.call(asker, "addresses/all/", &of)?.unwrap_or_default();
        for address in &addresses.0 {
            record.identifier(IdentifierKind::IpRange, &dotted(address.ip.as_str()));
            record.identifier(IdentifierKind::Hostname, address.hostname.as_str());
        }
        Ok(())
    }
}

/// An address that may be written as a decimal number, as the database keeps it.
fn dotted(text: &str) -> String {
    if text.parse::<IpAddr>().is_ok() {
        return text.to_owned();
    }
    match (text.parse::<u32>(), text.parse::<u128>()) {
        (Ok(number), _) => Ipv4Addr::from(number).to_string(),
        (Err(_), Ok(number)) => Ipv6Addr::from(number).to_string(),
        _ => text.to_owned(),
    }
}
