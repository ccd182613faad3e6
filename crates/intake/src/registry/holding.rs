//! Objects of the hoster's own address space: who holds a range, who announces it, who serves its reverse names.

use jiff::civil::Date;

use super::attribute::{Attribute, Class};
use super::object::Object;
use super::span::Span;
use super::{date, dummy, own, reverse};

/// What a status says of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// From the registry to the hoster.
    Allocation,
    /// From the hoster to somebody.
    SubAssignment,
    Other,
}

impl Standing {
    fn of(status: &str) -> Self {
        match status.trim().to_ascii_uppercase().as_str() {
            "ASSIGNED PA" | "SUB-ALLOCATED PA" | "ASSIGNED" | "AGGREGATED-BY-LIR" | "ALLOCATED-BY-LIR" => {
                Self::SubAssignment
            }
            "ALLOCATED PA"
            | "ALLOCATED PI"
            | "ALLOCATED UNSPECIFIED"
            | "ALLOCATED-BY-RIR"
            | "ALLOCATED-ASSIGNED PA"
            | "ASSIGNED PI"
            | "ASSIGNED ANYCAST" => Self::Allocation,
            _ => Self::Other,
        }
    }
}

/// An `inetnum` or `inet6num`.
pub(super) struct Holding {
    /// Line, counted through all files.
    pub(super) row: u64,
    pub(super) class: Class,
    pub(super) span: Span,
    pub(super) standing: Standing,
    pub(super) org: Option<String>,
    pub(super) net_name: Option<String>,
    /// The first line of the description.
    pub(super) descr: Option<String>,
    pub(super) country: Option<String>,
    pub(super) contacts: Vec<String>,
    pub(super) maintainers: Vec<String>,
    pub(super) lower_maintainers: Vec<String>,
    pub(super) created: Option<Date>,
}

impl Holding {
    pub(super) fn of(object: &Object, span: Span, row: u64) -> Self {
        let text = |attribute| object.first(attribute).and_then(dummy::text).map(|text| text.into_owned());
        Self {
            row,
            class: object.class,
            span,
            standing: Standing::of(object.first(Attribute::Status).unwrap_or_default()),
            org: object.first(Attribute::Org).and_then(dummy::handle),
            net_name: text(Attribute::NetName),
            descr: text(Attribute::Descr),
            country: object.first(Attribute::Country).map(str::to_owned),
            contacts: contacts(object),
            maintainers: handles(object, Attribute::Maintainer),
            lower_maintainers: handles(object, Attribute::LowerMaintainer),
            created: created(object),
        }
    }

    /// Every handle that says whose it is.
    pub(super) fn owners(&self) -> impl Iterator<Item = &String> {
        self.org.iter().chain(&self.maintainers).chain(&self.lower_maintainers)
    }
}

/// A `route` or `route6`.
pub(super) struct Announcement {
    pub(super) row: u64,
    pub(super) class: Class,
    pub(super) span: Span,
    pub(super) origin: u32,
    pub(super) maintainers: Vec<String>,
    pub(super) created: Option<Date>,
}

impl Announcement {
    pub(super) fn of(object: &Object, span: Span, row: u64) -> Option<Self> {
        let origin = object.first(Attribute::Origin).and_then(own::origin)?;
        let maintainers = handles(object, Attribute::Maintainer);
        Some(Self { row, class: object.class, span, origin, maintainers, created: created(object) })
    }
}

/// A `domain` that holds reverse names.
pub(super) struct ReverseZone {
    pub(super) row: u64,
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) name_servers: Vec<String>,
    pub(super) contacts: Vec<String>,
    pub(super) maintainers: Vec<String>,
    pub(super) created: Option<Date>,
}

impl ReverseZone {
    /// `None` for a name that is no reverse zone.
    pub(super) fn of(object: &Object, row: u64) -> Option<Self> {
        // The address of a server may follow its name.
        let host =
            |value: &str| value.split_whitespace().next().map(|host| host.trim_end_matches('.').to_owned());
        Some(Self {
            row,
            name: object.key().to_owned(),
            span: reverse::span(object.key())?,
            name_servers: object.all(Attribute::NameServer).filter_map(host).collect(),
            contacts: contacts(object),
            maintainers: handles(object, Attribute::Maintainer),
            created: created(object),
        })
    }
}

pub(super) fn handles(object: &Object, attribute: Attribute) -> Vec<String> {
    let mut handles: Vec<String> = object.handles(attribute).filter_map(dummy::handle).collect();
    handles.sort();
    handles.dedup();
    handles
}

/// Administrative and technical contacts, and the one for abuse.
fn contacts(object: &Object) -> Vec<String> {
    let mut all = handles(object, Attribute::Contact);
    all.extend(handles(object, Attribute::AbuseC));
    all.sort();
    all.dedup();
    all
}

pub(super) fn created(object: &Object) -> Option<Date> {
    object.first(Attribute::Created).and_then(date::day)
}
