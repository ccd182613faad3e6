//! One file for each program: its requests, and the fields of its answers that are kept.

mod blesta;
mod fossbilling;
mod hostbill;
mod netbox;
mod paymenter;
mod phpipam;
mod proxmox;
mod virtfusion;
mod whmcs;

pub(super) use blesta::Blesta;
pub(super) use fossbilling::FossBilling;
pub(super) use hostbill::HostBill;
pub(super) use netbox::NetBox;
pub(super) use paymenter::Paymenter;
pub(super) use phpipam::PhpIpam;
pub(super) use proxmox::Proxmox;
pub(super) use virtfusion::VirtFusion;
pub(super) use whmcs::Whmcs;

use super::Fault;
use super::answer::Text;

/// The next page of a list whose pages are counted from 1.
fn page_after(at: u64, last: Option<u64>) -> Option<u64> {
    last.filter(|last| at < *last).map(|_| at + 1)
}

/// The next place of a list that is read by offset; nothing after an empty page.
fn offset_after(at: u64, rows: usize, total: u64) -> Option<u64> {
    let next = at + rows as u64;
    (rows > 0 && next < total).then_some(next)
}

/// A key that a row must have: without one, two customers would be taken for one.
fn needed(text: &Text, name: &str) -> Result<(), Fault> {
    if text.is_empty() { Err(Fault::Changed(format!("`{name}`"))) } else { Ok(()) }
}
