//! Proxmox VE by its API: machines of the cluster and the addresses in their settings. It knows no customers: a tag, or
//! the pool, names them.

use serde::Deserialize;
use watchlist::IdentifierKind;

use super::super::answer::{Choice, Chosen, Text};
use super::super::patience::Asker;
use super::super::reading::{Listed, Source, Whole};
use super::super::{Connector, Fault, Record};
use super::needed;
use crate::customers::Field;

pub(in super::super) struct Proxmox<'a>(pub(in super::super) &'a Connector);

#[derive(Deserialize)]
struct Said<T> {
    data: T,
}

#[derive(Deserialize)]
pub(in super::super) struct Machine {
    vmid: Text,
    node: Text,
    /// `qemu` or `lxc`.
    #[serde(rename = "type")]
    kind: Text,
    #[serde(default)]
    name: Text,
    #[serde(default)]
    tags: Text,
    #[serde(default)]
    pool: Text,
    #[serde(default)]
    template: Text,
}

impl Source for Proxmox<'_> {
    type Row = Machine;

    /// Everything comes in one answer.
    fn list(&self, asker: &Asker<'_>, _at: u64) -> Result<Listed<Machine>, Fault> {
        let request = self.0.get("api2/json/cluster/resources", &[("type", "vm")], self.key_header());
        let found: Said<Vec<Machine>> = asker.json(&request)?;
        found.data.iter().try_for_each(|machine| needed(&machine.vmid, "vmid"))?;
        Ok(Listed { rows: found.data, next: None, total: None })
    }

    fn key(machine: &Machine) -> String {
        machine.vmid.as_str().to_owned()
    }

    fn whole(&self, asker: &Asker<'_>, machine: &Machine) -> Result<Whole, Fault> {
        let Some(customer) = self.linked(machine) else { return Ok(Whole::Nobodys) };
        let (node, kind, id) = (machine.node.as_str(), machine.kind.as_str(), machine.vmid.as_str());
        let path = format!("api2/json/nodes/{node}/{kind}/{id}/config");
        // Settings hold descriptions and start passwords, too, which are passed over.
        let request = self.0.get(&path, &[], self.key_header());
        let Some(found) = asker.json_if_there::<Said<Chosen<Networks>>>(&request)? else {
            return Ok(Whole::Gone);
        };
        let mut record = Record::new(customer);
        record.put(Field::Service, machine.name.as_str());
        record.put(Field::Machine, node);
        if machine.name.as_str().contains('.') {
            record.identifier(IdentifierKind::Hostname, machine.name.as_str());
        }
        for setting in found.data.0.values() {
            addresses(setting.as_str()).for_each(|one| record.identifier(IdentifierKind::IpRange, one));
        }
        Ok(Whole::Read(record))
    }
}

/// `ipconfig0` of a virtual machine, `net0` of a container.
struct Networks;

impl Choice for Networks {
    fn takes(key: &str) -> bool {
        let number = key.strip_prefix("ipconfig").or_else(|| key.strip_prefix("net"));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

impl Proxmox<'_> {
    fn key_header(&self) -> (&'static str, String) {
        ("authorization", format!("PVEAPIToken={}={}", self.0.user(), self.0.secret()))
    }

    /// What names the customer: `pool`, or a tag that begins with what the settings say (`customer-`). Templates and
    /// machines without either are the hoster's own.
    fn linked(&self, machine: &Machine) -> Option<String> {
        if machine.template.as_str() == "1" {
            return None;
        }
        let found = match self.0.linked_by() {
            "pool" => Some(machine.pool.as_str()),
            prefix => machine.tags.as_str().split([';', ',', ' ']).find_map(|tag| tag.strip_prefix(prefix)),
        };
        found.filter(|found| !found.is_empty()).map(str::to_owned)
    }
}

/// The machine's own addresses of `ip=192.0.2.10/24,gw=192.0.2.1,ip6=2001:db8::10/64`: no gateway, no network.
fn addresses(setting: &str) -> impl Iterator<Item = &str> {
    setting
        .split(',')
        .filter_map(|part| part.trim().strip_prefix("ip=").or_else(|| part.trim().strip_prefix("ip6=")))
        .map(|value| value.split('/').next().unwrap_or(value))
        .filter(|value| value.parse::<std::net::IpAddr>().is_ok())
}
