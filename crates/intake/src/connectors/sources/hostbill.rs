//! HostBill by its API: one address, the call in the form. `getClients`, `getClientDetails`, `getClientAccounts`,
//! `getClientDomains`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use watchlist::IdentifierKind;

use super::super::answer::{self, Many, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::needed;
use crate::customers::{Field, addresses_in};

pub(in super::super) struct HostBill<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    success: Text,
    #[serde(default)]
    error: Many<Text>,
}

#[derive(Deserialize)]
struct Clients {
    clients: Many<Client>,
}

#[derive(Deserialize)]
pub(in super::super) struct Client {
    id: Text,
    #[serde(default)]
    datecreated: Text,
}

#[derive(Deserialize)]
struct Found {
    client: Details,
}

/// `notes`, the password and what cards leave have no place here.
#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    firstname: Text,
    #[serde(default)]
    lastname: Text,
    #[serde(default)]
    companyname: Text,
    email: Text,
    #[serde(default)]
    status: Text,
    #[serde(default)]
    address1: Text,
    #[serde(default)]
    address2: Text,
    #[serde(default)]
    city: Text,
    #[serde(default)]
    postcode: Text,
    #[serde(default)]
    country: Text,
    #[serde(default)]
    phonenumber: Text,
    #[serde(default)]
    vateu: Text,
    /// The address of the last login, and its name.
    #[serde(default)]
    ip: Text,
    #[serde(default)]
    host: Text,
}

#[derive(Deserialize)]
struct Accounts {
    accounts: Many<Account>,
}

#[derive(Deserialize, PartialEq)]
struct Account {
    #[serde(default)]
    domain: Text,
    #[serde(default)]
    name: Text,
}

#[derive(Deserialize)]
struct Domains {
    domains: Many<Domain>,
}

#[derive(Deserialize, PartialEq)]
struct Domain {
    name: Text,
}

impl Source for HostBill<'_> {
    type Row = Client;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<Client>, Fault> {
        let page = at.to_string();
        let found: Clients = self.call(asker, "getClients", &[("page", &page)])?.ok_or(Fault::SaysNo)?;
        found.clients.0.iter().try_for_each(|client| needed(&client.id, "id"))?;
        // The answer names no number of pages: an empty one is the end.
        let next = (!found.clients.0.is_empty()).then_some(at + 1);
        Ok(Listed { rows: found.clients.0, next, total: None })
    }

    fn key(client: &Client) -> String {
        client.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, client: &Client) -> Result<Whole, Fault> {
        let about = ("id", client.id.as_str());
        let Some(Found { client: details }) = self.call(asker, "getClientDetails", &[about])? else {
            return Ok(Whole::Gone);
        };
        let mut record = Record::new(client.id.as_str());
        record.put(Field::Since, client.datecreated.as_str());
        add_details(&mut record, &details);
        for account in self.all(asker, "getClientAccounts", about, |found: Accounts| found.accounts.0)? {
            record.put(Field::Service, account.name.as_str());
            record.identifier(IdentifierKind::Domain, account.domain.as_str());
        }
        for domain in self.all(asker, "getClientDomains", about, |found: Domains| found.domains.0)? {
            record.identifier(IdentifierKind::Domain, domain.name.as_str());
        }
        Ok(Whole::Read(record))
    }
}

impl HostBill<'_> {
    fn call<T: DeserializeOwned>(
        &self,
        asker: &Asker<'_>,
        call: &str,
        asked: &[(&str, &str)],
    ) -> Result<Option<T>, Fault> {
        let mut form = vec![("api_id", self.0.user()), ("api_key", self.0.secret()), ("call", call)];
        form.extend(asked);
        let found: Box<RawValue> = asker.json(&self.0.post("admin/api.php", &form))?;
        let said: Said = answer::read(found.get().as_bytes())?;
        if said.success.as_str() == "1" || said.success.as_str() == "true" {
            return answer::read(found.get().as_bytes()).map(Some);
        }
        let about_the_key = |text: &Text| {
            let text = text.as_str().to_ascii_lowercase();
            ["api", "access", "privilege"].iter().any(|word| text.contains(word))
        };
        if said.error.0.iter().any(about_the_key) { Err(Fault::Refused) } else { Ok(None) }
    }

    /// All pages of what a client has, until one brings nothing new.
    fn all<T: DeserializeOwned, R: PartialEq>(
        &self,
        asker: &Asker<'_>,
        call: &str,
        about: (&str, &str),
        taken: impl Fn(T) -> Vec<R>,
    ) -> Result<Vec<R>, Fault> {
        let mut all = Vec::new();
        for page in 0_u64.. {
            let at = page.to_string();
            let Some(found) = self.call(asker, call, &[about, ("page", &at)])? else { break };
            let before = all.len();
            for row in taken(found) {
                if !all.contains(&row) {
                    all.push(row);
                }
            }
            if all.len() == before {
                break;
            }
        }
        Ok(all)
    }
}

fn add_details(record: &mut Record, details: &Details) {
    record.put(Field::Company, details.companyname.as_str());
    record.person(Field::Person, details.firstname.as_str(), details.lastname.as_str());
    record.identifier(IdentifierKind::Email, details.email.as_str());
    record.identifier(IdentifierKind::Phone, details.phonenumber.as_str());
    record.identifier(IdentifierKind::VatNumber, details.vateu.as_str());
    record.put(Field::Street, details.address1.as_str());
    record.put(Field::Street2, details.address2.as_str());
    record.put(Field::City, details.city.as_str());
    record.put(Field::Postcode, details.postcode.as_str());
    record.put(Field::Country, details.country.as_str());
    record.put(Field::Status, details.status.as_str());
    for text in [&details.ip, &details.host] {
        addresses_in(text.as_str()).for_each(|found| record.identifier(IdentifierKind::IpRange, found));
    }
}
