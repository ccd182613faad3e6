//! WHMCS by its API: `GetClients`, and for each client `GetClientsDetails`, `GetContacts`, `GetClientsProducts` and
//! `GetClientsDomains`. Ended clients and products are read, too: they matter for a look back.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use watchlist::IdentifierKind;

use super::super::answer::{self, Many, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::{needed, offset_after};
use crate::customers::{Field, addresses_in};

pub(in super::super) struct Whmcs<'a>(pub(in super::super) &'a Connector);

/// What the list says of a client; the rest stands in its details.
#[derive(Deserialize)]
pub(in super::super) struct Client {
    id: Text,
    #[serde(default)]
    datecreated: Text,
    #[serde(default)]
    status: Text,
}

/// Every answer says so, also one that came to nothing.
#[derive(Deserialize)]
struct Said {
    result: Text,
    #[serde(default)]
    message: Text,
}

#[derive(Deserialize)]
struct Clients {
    totalresults: Text,
    clients: Many<Client>,
}

#[derive(Deserialize)]
struct Details {
    client: ClientDetails,
}

/// `notes`, `defaultgateway`, the card and whatever else comes along has no place here.
#[derive(Deserialize)]
struct ClientDetails {
    id: Text,
    #[serde(default)]
    firstname: Text,
    #[serde(default)]
    lastname: Text,
    #[serde(default)]
    companyname: Text,
    email: Text,
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
    phonecc: Text,
    #[serde(default, rename = "phonenumberformatted")]
    formatted: Text,
    #[serde(default)]
    tax_id: Text,
    /// Text in HTML, of which only the address is kept.
    #[serde(default)]
    lastlogin: Text,
    #[serde(default)]
    customfields: Many<CustomValue>,
    #[serde(default)]
    users: Many<User>,
}

#[derive(Deserialize)]
struct CustomValue {
    id: Text,
    value: Text,
}

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    name: Text,
    #[serde(default)]
    email: Text,
}

#[derive(Deserialize)]
struct Contacts {
    totalresults: Text,
    contacts: Many<Contact>,
}

#[derive(Deserialize)]
struct Contact {
    #[serde(default)]
    firstname: Text,
    #[serde(default)]
    lastname: Text,
    #[serde(default)]
    companyname: Text,
    #[serde(default)]
    email: Text,
    #[serde(default)]
    phonenumber: Text,
}

#[derive(Deserialize)]
struct Products {
    totalresults: Text,
    products: Many<Product>,
}

/// The answer holds the password of the service and its user name; neither has a place here.
#[derive(Deserialize)]
struct Product {
    #[serde(default)]
    name: Text,
    #[serde(default)]
    domain: Text,
    #[serde(default)]
    dedicatedip: Text,
    #[serde(default)]
    assignedips: Text,
    /// The shared address of the hoster's machine: only to know it again among the others.
    #[serde(default)]
    serverip: Text,
    #[serde(default)]
    servername: Text,
    #[serde(default)]
    ns1: Text,
    #[serde(default)]
    ns2: Text,
    #[serde(default)]
    customfields: Many<CustomValue>,
}

#[derive(Deserialize)]
struct Domains {
    totalresults: Text,
    domains: Many<Domain>,
}

#[derive(Deserialize)]
struct Domain {
    domainname: Text,
}

impl Source for Whmcs<'_> {
    type Row = Client;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<Client>, Fault> {
        let from = at.to_string();
        let count = self.0.page().to_string();
        // By number, so that who comes meanwhile stands at the end.
        let asked = [("limitstart", &*from), ("limitnum", &count), ("orderby", "id"), ("sorting", "ASC")];
        let found: Clients = self.call(asker, "GetClients", &asked)?.ok_or(Fault::SaysNo)?;
        found.clients.0.iter().try_for_each(|client| needed(&client.id, "id"))?;
        let total = count_of(&found.totalresults)?;
        let next = offset_after(at, found.clients.0.len(), total);
        Ok(Listed { rows: found.clients.0, next, total: Some(total) })
    }

    fn key(client: &Client) -> String {
        client.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, client: &Client) -> Result<Whole, Fault> {
        let id = client.id.as_str();
        let about = [("clientid", id), ("stats", "false")];
        let Some(Details { client: details }) = self.call(asker, "GetClientsDetails", &about)? else {
            return Ok(Whole::Gone);
        };
        if details.id.as_str() != id {
            return Err(Fault::Changed("`client.id`".to_owned()));
        }
        let mut record = Record::new(id);
        record.put(Field::Since, client.datecreated.as_str());
        record.put(Field::Status, client.status.as_str());
        self.add_details(&mut record, &details);

        let contacts = |found: Contacts| (found.totalresults, found.contacts.0);
        let products = |found: Products| (found.totalresults, found.products.0);
        let domains = |found: Domains| (found.totalresults, found.domains.0);
        let Some(contacts) = self.all(asker, "GetContacts", ("userid", id), contacts)? else {
            return Ok(Whole::Gone);
        };
        let Some(products) = self.all(asker, "GetClientsProducts", ("clientid", id), products)? else {
            return Ok(Whole::Gone);
        };
        let Some(domains) = self.all(asker, "GetClientsDomains", ("clientid", id), domains)? else {
            return Ok(Whole::Gone);
        };
        contacts.iter().for_each(|contact| add_contact(&mut record, contact));
        products.iter().for_each(|product| self.add_product(&mut record, product));
        for domain in &domains {
            record.identifier(IdentifierKind::Domain, domain.domainname.as_str());
        }
        Ok(Whole::Read(record))
    }
}

impl Whmcs<'_> {
    /// One call; nothing where it says that the client is not there.
    fn call<T: DeserializeOwned>(
        &self,
        asker: &Asker<'_>,
        action: &str,
        asked: &[(&str, &str)],
    ) -> Result<Option<T>, Fault> {
        let mut form = vec![
            ("identifier", self.0.user()),
            ("secret", self.0.secret()),
            ("action", action),
            ("responsetype", "json"),
        ];
        form.extend(asked);
        let answer: Box<RawValue> = asker.json(&self.0.post("includes/api.php", &form))?;
        let said: Said = answer::read(answer.get().as_bytes())?;
        if said.result.as_str() == "success" {
            return answer::read(answer.get().as_bytes()).map(Some);
        }
        match said.message.as_str() {
            "Client Not Found" | "Client ID Not Found" => Ok(None),
            message if message.starts_with("Invalid IP") => Err(Fault::AddressNotAllowed),
            message if message.contains("Authentication") || message.contains("Permission") => {
                Err(Fault::Refused)
            }
            _ => Err(Fault::SaysNo),
        }
    }

    /// All pages of what a client has; nothing where it vanished meanwhile.
    fn all<T: DeserializeOwned, R>(
        &self,
        asker: &Asker<'_>,
        action: &str,
        about: (&str, &str),
        taken: impl Fn(T) -> (Text, Vec<R>),
    ) -> Result<Option<Vec<R>>, Fault> {
        let (mut all, mut at) = (Vec::new(), 0);
        let most = self.0.page().max(MANY).to_string();
        loop {
            let from = at.to_string();
            let asked = [about, ("limitstart", &*from), ("limitnum", &most)];
            let Some(found) = self.call(asker, action, &asked)? else { return Ok(None) };
            let (total, rows) = taken(found);
            let (total, count) = (count_of(&total)?, rows.len());
            all.extend(rows);
            match offset_after(at, count, total) {
                Some(next) => at = next,
                None if (all.len() as u64) < total => {
                    return Err(Fault::Restless { listed: all.len() as u64, told: Some(total) });
                }
                None => return Ok(Some(all)),
            }
        }
    }

    fn add_details(&self, record: &mut Record, details: &ClientDetails) {
        record.put(Field::Company, details.companyname.as_str());
        record.person(Field::Person, details.firstname.as_str(), details.lastname.as_str());
        record.identifier(IdentifierKind::Email, details.email.as_str());
        let phone = if details.formatted.is_empty() { &details.phonenumber } else { &details.formatted };
        record.put(Field::PhoneCountryCode, details.phonecc.as_str());
        // `+44.2079460000`, as it is written for registries.
        record.identifier(IdentifierKind::Phone, &phone.as_str().replacen('.', " ", 1));
        record.put(Field::Street, details.address1.as_str());
        record.put(Field::Street2, details.address2.as_str());
        record.put(Field::City, details.city.as_str());
        record.put(Field::Postcode, details.postcode.as_str());
        record.put(Field::Country, details.country.as_str());
        record.identifier(IdentifierKind::VatNumber, details.tax_id.as_str());
        for address in addresses_in(details.lastlogin.as_str()) {
            record.identifier(IdentifierKind::IpRange, address);
        }
        for user in &details.users.0 {
            record.put(Field::Contact, user.name.as_str());
            record.identifier(IdentifierKind::Email, user.email.as_str());
        }
        self.add_custom(record, &details.customfields.0);
    }

    /// WHMCS gives the number of a field and not its name; what nobody gave a meaning is not kept.
    fn add_custom(&self, record: &mut Record, values: &[CustomValue]) {
        for value in values {
            if let Some(field) = self.0.custom(value.id.as_str()) {
                record.put(field, value.value.as_str());
            }
        }
    }

    fn add_product(&self, record: &mut Record, product: &Product) {
        record.put(Field::Service, product.name.as_str());
        record.put(Field::Machine, product.servername.as_str());
        record.identifier(IdentifierKind::Domain, product.domain.as_str());
        record.identifier(IdentifierKind::NameServer, product.ns1.as_str());
        record.identifier(IdentifierKind::NameServer, product.ns2.as_str());
        let own = std::iter::once(product.dedicatedip.as_str()).chain(product.assignedips.as_str().lines());
        for address in own.map(str::trim).filter(|address| *address != product.serverip.as_str()) {
            record.identifier(IdentifierKind::IpRange, address);
        }
        self.add_custom(record, &product.customfields.0);
    }
}

/// What a client has seldom fills a page of this many.
const MANY: u64 = 100;

fn count_of(text: &Text) -> Result<u64, Fault> {
    text.number().ok_or_else(|| Fault::Changed("`totalresults`".to_owned()))
}

fn add_contact(record: &mut Record, contact: &Contact) {
    record.person(Field::Contact, contact.firstname.as_str(), contact.lastname.as_str());
    record.put(Field::TradingName, contact.companyname.as_str());
    record.identifier(IdentifierKind::Email, contact.email.as_str());
    record.identifier(IdentifierKind::Phone, &contact.phonenumber.as_str().replacen('.', " ", 1));
}
