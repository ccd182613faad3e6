//! NetBox by its API: tenants are the customers; addresses, prefixes, ranges, AS numbers and contacts are asked for
//! tenant by tenant, so that nothing is held that belongs to nobody.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use watchlist::IdentifierKind;

use super::super::answer::{Choice, Chosen, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::{needed, offset_after};
use crate::customers::Field;

pub(in super::super) struct NetBox<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Paged<T> {
    count: u64,
    /// There as long as there is a page behind this one. Never followed itself: it could lead elsewhere with the key.
    next: Option<Text>,
    results: Vec<T>,
}

/// `description`, `comments` and `tags` have no place here.
#[derive(Deserialize)]
pub(in super::super) struct Tenant {
    id: Text,
    name: Text,
    #[serde(default)]
    slug: Text,
    #[serde(default)]
    custom_fields: Chosen<Any>,
    #[serde(default)]
    created: Text,
}

/// Fields of the house's own; which of them are kept, the settings say.
struct Any;

impl Choice for Any {
    fn takes(_key: &str) -> bool {
        true
    }
}

#[derive(Deserialize)]
struct Address {
    address: Text,
    #[serde(default)]
    dns_name: Text,
    role: Option<Role>,
}

#[derive(Deserialize)]
struct Role {
    value: Text,
}

#[derive(Deserialize)]
struct Prefix {
    prefix: Text,
}

#[derive(Deserialize)]
struct Range {
    start_address: Text,
    end_address: Text,
}

#[derive(Deserialize)]
struct AsNumber {
    asn: Text,
}

#[derive(Deserialize)]
struct Assignment {
    contact: Named,
}

#[derive(Deserialize)]
struct Named {
    id: Text,
}

#[derive(Deserialize)]
struct Contact {
    name: Text,
    #[serde(default)]
    phone: Text,
    #[serde(default)]
    email: Text,
    #[serde(default)]
    link: Text,
}

impl Source for NetBox<'_> {
    type Row = Tenant;

    fn list(&self, asker: &Asker<'_>, at: u64) -> Result<Listed<Tenant>, Fault> {
        let found: Paged<Tenant> = self.page(asker, "tenancy/tenants", &[("ordering", "id")], at)?;
        found.results.iter().try_for_each(|tenant| needed(&tenant.id, "id"))?;
        let next = found.next.and(offset_after(at, found.results.len(), u64::MAX));
        Ok(Listed { rows: found.results, next, total: Some(found.count) })
    }

    fn key(tenant: &Tenant) -> String {
        tenant.id.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, tenant: &Tenant) -> Result<Whole, Fault> {
        let mut record = Record::new(self.linked(tenant));
        record.put(Field::Company, tenant.name.as_str());
        record.put(Field::Since, tenant.created.as_str());
        for (key, text) in &tenant.custom_fields.0 {
            if let Some(field) = self.0.custom(key) {
                record.put(field, text.as_str());
            }
        }
        self.add_addresses(asker, &mut record, tenant.id.as_str())?;
        self.add_contacts(asker, &mut record, tenant.id.as_str())?;
        Ok(Whole::Read(record))
    }
}

impl NetBox<'_> {
    /// What names the customer: the tenant's `name`, `slug` or `id`, or the custom field that the settings name.
    fn linked(&self, tenant: &Tenant) -> String {
        let text = match self.0.linked_by() {
            "name" => &tenant.name,
            "slug" => &tenant.slug,
            "id" => &tenant.id,
            // Without the link it stays a customer of its own, by its name.
            field => {
                tenant.custom_fields.0.get(field).filter(|text| !text.is_empty()).unwrap_or(&tenant.name)
            }
        };
        text.as_str().to_owned()
    }

    fn page<T: DeserializeOwned>(
        &self,
        asker: &Asker<'_>,
        what: &str,
        asked: &[(&str, &str)],
        at: u64,
    ) -> Result<Paged<T>, Fault> {
        let (limit, offset) = (self.0.page().to_string(), at.to_string());
        let mut query = vec![("limit", &*limit), ("offset", &*offset)];
        query.extend(asked);
        let key = ("authorization", format!("Token {}", self.0.secret()));
        asker.json(&self.0.get(&format!("api/{what}/"), &query, key))
    }

    fn all<T: DeserializeOwned>(
        &self,
        asker: &Asker<'_>,
        what: &str,
        asked: &[(&str, &str)],
    ) -> Result<Vec<T>, Fault> {
        let mut all: Vec<T> = Vec::new();
        loop {
            let found: Paged<T> = self.page(asker, what, asked, all.len() as u64)?;
            let (count, is_empty) = (found.count, found.results.is_empty());
            all.extend(found.results);
            match found.next {
                Some(_) if !is_empty => {}
                _ if (all.len() as u64) < count => {
                    return Err(Fault::Restless { listed: all.len() as u64, told: Some(count) });
                }
                _ => return Ok(all),
            }
        }
    }

    fn add_addresses(&self, asker: &Asker<'_>, record: &mut Record, tenant: &str) -> Result<(), Fault> {
        let of = [("tenant_id", tenant), ("ordering", "id")];
        for address in self.all::<Address>(asker, "ipam/ip-addresses", &of)? {
            // An anycast or virtual address is held by several machines at once and points to nobody.
            let is_shared = address.role.is_some_and(|role| role.value.as_str() == "anycast");
            if !is_shared {
                let host = address.address.as_str().split('/').next().unwrap_or_default();
                record.identifier(IdentifierKind::IpRange, host);
            }
            record.identifier(IdentifierKind::Hostname, address.dns_name.as_str());
        }
        for prefix in self.all::<Prefix>(asker, "ipam/prefixes", &of)? {
            record.identifier(IdentifierKind::IpRange, prefix.prefix.as_str());
        }
        for range in self.all::<Range>(asker, "ipam/ip-ranges", &of)? {
            let end = |text: &Text| text.as_str().split('/').next().unwrap_or_default().to_owned();
            let (first, last) = (end(&range.start_address), end(&range.end_address));
            record.identifier(IdentifierKind::IpRange, &format!("{first}-{last}"));
        }
        for number in self.all::<AsNumber>(asker, "ipam/asns", &of)? {
            record.identifier(IdentifierKind::Asn, &format!("AS{}", number.asn.as_str()));
        }
        Ok(())
    }

    fn add_contacts(&self, asker: &Asker<'_>, record: &mut Record, tenant: &str) -> Result<(), Fault> {
        let of = [("object_type", "tenancy.tenant"), ("object_id", tenant), ("ordering", "id")];
        for assigned in self.all::<Assignment>(asker, "tenancy/contact-assignments", &of)? {
            let id = assigned.contact.id;
            for contact in self.all::<Contact>(asker, "tenancy/contacts", &[("id", id.as_str())])? {
                record.put(Field::Contact, contact.name.as_str());
                record.identifier(IdentifierKind::Email, contact.email.as_str());
                record.identifier(IdentifierKind::Phone, contact.phone.as_str());
                record.put(Field::Website, contact.link.as_str());
            }
        }
        Ok(())
    }
}
