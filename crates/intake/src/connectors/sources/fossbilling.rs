//! FOSSBilling by its API for administrators: `client/get_list`, and for each client its orders and their services.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use watchlist::IdentifierKind;

use super::super::answer::{Choice, Chosen, Many, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::{needed, page_after};
use crate::customers::Field;

pub(in super::super) struct FossBilling<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Said<T> {
    result: Option<T>,
    error: Option<Error>,
}

#[derive(Deserialize)]
struct Error {
    #[serde(default)]
    code: Text,
}

#[derive(Deserialize)]
struct Paged<T> {
    pages: Text,
    total: Text,
    list: Many<T>,
}

/// `pass`, `salt`, `api_token`, `birthday`, `gender` and `notes` have no place here.
#[derive(Deserialize)]
pub(in super::super) struct Client {
    id: Text,
    email: Text,
    #[serde(default)]
    billing_email: Text,
    #[serde(default)]
    status: Text,
    #[serde(default)]
    first_name: Text,
    #[serde(default)]
    last_name: Text,
    #[serde(default)]
    company: Text,
    #[serde(default)]
    company_vat: Text,
    #[serde(default)]
    company_number: Text,
    #[serde(default)]
    phone_cc: Text,
    #[serde(default)]
    phone: Text,
    #[serde(default)]
    address_1: Text,
    #[serde(default)]
    address_2: Text,
    #[serde(default)]
    city: Text,
    #[serde(default)]
    postcode: Text,
    #[serde(default)]
    country: Text,
    /// The address of the sign-up.
    #[serde(default)]
    ip: Text,
    #[serde(default)]
    created_at: Text,
    #[serde(flatten)]
    custom: Chosen<Custom>,
}

/// `custom_1` to `custom_20`: what they hold is up to the house.
struct Custom;

impl Choice for Custom {
    fn takes(key: &str) -> bool {
        key.starts_with("custom_")
    }
}

/// `config` and `reason` are free text and have no place here.
#[derive(Deserialize)]
struct Order {
    id: Text,
    #[serde(default)]
    title: Text,
    #[serde(default)]
    status: Text,
    #[serde(default)]
    service_type: Text,
}

/// What the services of an order have in common; their user names and passwords have no place here.
#[derive(Deserialize)]
struct Service {
    #[serde(default)]
    sld: Text,
    #[serde(default)]
    tld: Text,
    #[serde(default)]
    domain: Text,
    #[serde(default)]
    ip: Text,
    #[serde(default)]
    ns1: Text,
    #[serde(default)]
    ns2: Text,
    #[serde(default)]
    ns3: Text,
    #[serde(default)]
    ns4: Text,
    #[serde(default)]
    contact_email: Text,
    #[serde(default)]
    contact_company: Text,
    server: Option<Server>,
}

#[derive(Deserialize)]
struct Server {
    #[serde(default)]
    name: Text,
    #[serde(default)]
    ip: Text,
}

impl Source for FossBilling<'_> {
    type Row = Client;

    const FIRST: u64 = 1;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<Client>, Fault> {
        let (page, count) = (at.to_string(), self.0.page().to_string());
        let asked = [("page", &*page), ("per_page", &count)];
        let found: Paged<Client> = self.call(asker, "client/get_list", &asked)?.ok_or(Fault::SaysNo)?;
        found.list.0.iter().try_for_each(|client| needed(&client.id, "id"))?;
        Ok(Listed {
            next: page_after(at, found.pages.number()),
            total: found.total.number(),
            rows: found.list.0,
        })
    }

    fn key(client: &Client) -> String {
        client.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, client: &Client) -> Result<Whole, Fault> {
        let mut record = Record::new(client.id.as_str());
        self.add_client(&mut record, client);
        let mut page = 1;
        loop {
            let (at, count) = (page.to_string(), self.0.page().to_string());
            let asked = [("client_id", client.id.as_str()), ("page", &*at), ("per_page", &count)];
            let found: Option<Paged<Order>> = self.call(asker, "order/get_list", &asked)?;
            let Some(found) = found else { break };
            for order in &found.list.0 {
                record.put(Field::Service, order.title.as_str());
                self.add_service(asker, &mut record, order)?;
            }
            match page_after(page, found.pages.number()) {
                Some(next) => page = next,
                None => break,
            }
        }
        Ok(Whole::Read(record))
    }
}

impl FossBilling<'_> {
    /// One call; nothing where what it is about is not there (its own code 404 or so: 700 and above are its refusals).
    fn call<T: DeserializeOwned>(
        &self,
        asker: &Asker<'_>,
        what: &str,
        asked: &[(&str, &str)],
    ) -> Result<Option<T>, Fault> {
        let request = self.0.get(&format!("api/admin/{what}"), asked, self.0.basic("admin"));
        let Some(said) = asker.json_if_there::<Said<T>>(&request)? else { return Ok(None) };
        match (said.result, said.error.map(|error| error.code.number())) {
            (Some(result), None) => Ok(Some(result)),
            (_, Some(Some(200..=206 | 401 | 403))) => Err(Fault::Refused),
            (_, Some(_)) => Ok(None),
            (None, None) => Err(Fault::Changed("`result`".to_owned())),
        }
    }

    fn add_client(&self, record: &mut Record, client: &Client) {
        record.put(Field::Company, client.company.as_str());
        record.person(Field::Person, client.first_name.as_str(), client.last_name.as_str());
        record.identifier(IdentifierKind::Email, client.email.as_str());
        record.identifier(IdentifierKind::Email, client.billing_email.as_str());
        record.put(Field::PhoneCountryCode, client.phone_cc.as_str());
        record.identifier(IdentifierKind::Phone, client.phone.as_str());
        record.identifier(IdentifierKind::VatNumber, client.company_vat.as_str());
        record.identifier(IdentifierKind::RegisterNumber, client.company_number.as_str());
        record.put(Field::Street, client.address_1.as_str());
        record.put(Field::Street2, client.address_2.as_str());
        record.put(Field::City, client.city.as_str());
        record.put(Field::Postcode, client.postcode.as_str());
        record.put(Field::Country, client.country.as_str());
        record.identifier(IdentifierKind::IpRange, client.ip.as_str());
        record.put(Field::Since, client.created_at.as_str());
        record.put(Field::Status, client.status.as_str());
        for (key, value) in &client.custom.0 {
            if let Some(field) = self.0.custom(key) {
                record.put(field, value.as_str());
            }
        }
    }

    /// An order that was never set up, or was ended, has no service; one that runs must have one.
    fn add_service(&self, asker: &Asker<'_>, record: &mut Record, order: &Order) -> Result<(), Fault> {
        let asked = [("id", order.id.as_str())];
        let service = match self.call::<Service>(asker, "order/service", &asked)? {
            Some(service) => service,
            None if order.status.as_str() == "active" && has_addresses(&order.service_type) => {
                return Err(Fault::SaysNo);
            }
            None => return Ok(()),
        };
        if service.sld.is_empty() {
            record.identifier(IdentifierKind::Domain, service.domain.as_str());
        } else {
            let tld = service.tld.as_str().trim_start_matches('.');
            record.identifier(IdentifierKind::Domain, &format!("{}.{tld}", service.sld.as_str()));
        }
        for server in [&service.ns1, &service.ns2, &service.ns3, &service.ns4] {
            record.identifier(IdentifierKind::NameServer, server.as_str());
        }
        // The address of an account on a shared machine is the machine's.
        if service.server.as_ref().is_none_or(|server| server.ip != service.ip) {
            record.identifier(IdentifierKind::IpRange, service.ip.as_str());
        }
        if let Some(server) = &service.server {
            record.put(Field::Machine, server.name.as_str());
        }
        record.identifier(IdentifierKind::Email, service.contact_email.as_str());
        record.put(Field::TradingName, service.contact_company.as_str());
        Ok(())
    }
}

fn has_addresses(service_type: &Text) -> bool {
    matches!(service_type.as_str(), "hosting" | "domain")
}
