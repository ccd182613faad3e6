//! VirtFusion by its API: servers, and for each its owner and its addresses.

use serde::Deserialize;
use watchlist::IdentifierKind;

use super::super::answer::{Many, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::{needed, page_after};
use crate::customers::Field;

pub(in super::super) struct VirtFusion<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Servers {
    data: Many<Server>,
    last_page: Text,
    #[serde(default)]
    total: Text,
}

#[derive(Deserialize)]
pub(in super::super) struct Server {
    id: Text,
}

#[derive(Deserialize)]
struct One {
    data: Details,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    name: Text,
    #[serde(default)]
    hostname: Text,
    owner: Option<Owner>,
    network: Option<Network>,
    hypervisor: Option<Machine>,
}

#[derive(Deserialize)]
struct Owner {
    id: Text,
    #[serde(default)]
    name: Text,
    #[serde(default)]
    email: Text,
    /// The customer's number in the billing.
    #[serde(default, rename = "extRelationId")]
    relation: Text,
}

#[derive(Deserialize)]
struct Machine {
    #[serde(default)]
    name: Text,
}

#[derive(Deserialize)]
struct Network {
    interfaces: Many<Interface>,
}

#[derive(Deserialize)]
struct Interface {
    #[serde(default)]
    ipv4: Many<V4>,
    #[serde(default)]
    ipv6: Many<V6>,
}

#[derive(Deserialize)]
struct V4 {
    address: Text,
}

#[derive(Deserialize)]
struct V6 {
    subnet: Text,
    cidr: Text,
}

impl Source for VirtFusion<'_> {
    type Row = Server;

    const FIRST: u64 = 1;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<Server>, Fault> {
        let (page, count) = (at.to_string(), self.0.page().to_string());
        let asked = [("page", &*page), ("results", &count)];
        let found: Servers = asker.json(&self.0.get("api/v1/servers", &asked, self.0.bearer()))?;
        found.data.0.iter().try_for_each(|server| needed(&server.id, "id"))?;
        let next = page_after(at, found.last_page.number());
        Ok(Listed { rows: found.data.0, next, total: found.total.number() })
    }

    fn key(server: &Server) -> String {
        server.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, server: &Server) -> Result<Whole, Fault> {
        let path = format!("api/v1/servers/{}", server.id.as_str());
        let request = self.0.get(&path, &[], self.0.bearer());
        let Some(One { data: found }) = asker.json_if_there::<One>(&request)? else { return Ok(Whole::Gone) };
        let Some(owner) = &found.owner else { return Ok(Whole::Nobodys) };
        let network = found.network.as_ref().ok_or_else(|| Fault::Changed("`network`".to_owned()))?;
        let mut record = Record::new(self.linked(owner));
        record.put(Field::Name, owner.name.as_str());
        record.identifier(IdentifierKind::Email, owner.email.as_str());
        record.identifier(IdentifierKind::Hostname, found.hostname.as_str());
        record.put(Field::Service, found.name.as_str());
        if let Some(machine) = &found.hypervisor {
            record.put(Field::Machine, machine.name.as_str());
        }
        for interface in &network.interfaces.0 {
            for address in &interface.ipv4.0 {
                record.identifier(IdentifierKind::IpRange, address.address.as_str());
            }
            for subnet in &interface.ipv6.0 {
                let prefix = format!("{}/{}", subnet.subnet.as_str(), subnet.cidr.as_str());
                record.identifier(IdentifierKind::IpRange, &prefix);
            }
        }
        Ok(Whole::Read(record))
    }
}

impl VirtFusion<'_> {
    /// What names the customer: the owner's `email`, `id`, or `relation` (the number in the billing).
    fn linked(&self, owner: &Owner) -> String {
        let text = match self.0.linked_by() {
            "id" => &owner.id,
            "relation" if !owner.relation.is_empty() => &owner.relation,
            _ if owner.email.is_empty() => &owner.id,
            _ => &owner.email,
        };
        text.as_str().to_owned()
    }
}
