//! Programs whose exports we know, and their headings.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Field;

/// A program whose exports we know, or any table at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Any table: headings in Dutch, English, German and French.
    Generic,
    Whmcs,
    FossBilling,
    /// NetBox addresses, prefixes and ranges: one row for each, the tenant is the customer.
    NetBox,
    NetBoxTenant,
    PhpIpam,
    Odoo,
    Exact,
    Blesta,
    HostBill,
    Paymenter,
    AbuseIo,
    /// What a connector of ours has read: the headings are the fields themselves.
    Connector,
    /// The generator of invented customer bases.
    Generator,
}

impl Profile {
    pub const ALL: &[Self] = &[
        Self::Generic,
        Self::Whmcs,
        Self::FossBilling,
        Self::NetBox,
        Self::NetBoxTenant,
        Self::PhpIpam,
        Self::Odoo,
        Self::Exact,
        Self::Blesta,
        Self::HostBill,
        Self::Paymenter,
        Self::AbuseIo,
        Self::Connector,
        Self::Generator,
    ];

    /// The name for `--profile` and in `data/headings.tsv`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Whmcs => "whmcs",
            Self::FossBilling => "fossbilling",
            Self::NetBox => "netbox",
            Self::NetBoxTenant => "netbox-tenant",
            Self::PhpIpam => "phpipam",
            Self::Odoo => "odoo",
            Self::Exact => "exact",
            Self::Blesta => "blesta",
            Self::HostBill => "hostbill",
            Self::Paymenter => "paymenter",
            Self::AbuseIo => "abuseio",
            Self::Connector => "connector",
            Self::Generator => "generator",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|profile| profile.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Whether several rows belong to one customer, so that the same id says nothing.
    pub(super) const fn rows_share_ids(self) -> bool {
        matches!(self, Self::NetBox | Self::PhpIpam | Self::AbuseIo)
    }
}

/// Headings of one profile: what they mean, and their place among the headings of the same field.
type Headings = FxHashMap<String, (Field, usize)>;

static HEADINGS: LazyLock<FxHashMap<&'static str, Headings>> =
    LazyLock::new(|| read(include_str!("../../data/headings.tsv")));

fn read(text: &'static str) -> FxHashMap<&'static str, Headings> {
    let mut profiles: FxHashMap<&str, Headings> = FxHashMap::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(profile), Some(field), Some(headings)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let Some(field) = Field::from_name(field) else { continue };
        let known = profiles.entry(profile).or_default();
        for (rank, heading) in headings.split('|').enumerate() {
            known.entry(key(heading)).or_insert((field, rank));
        }
    }
    profiles
}

/// A heading as it is compared: letters and digits only, in lower case.
pub(super) fn key(heading: &str) -> String {
    heading.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a heading means in a profile, and its rank; with the general headings unless `strict`.
pub(super) fn meaning(profile: Profile, heading: &str, strict: bool) -> Option<(Field, usize)> {
    let key = key(heading);
    let own = own(profile).and_then(|headings| headings.get(&key));
    let general = || {
        HEADINGS
            .get("*")
            .and_then(|headings| headings.get(&key))
            .map(|(field, rank)| (*field, rank + GENERAL))
    };
    match own {
        Some(found) => Some(*found),
        None if strict => None,
        None => general(),
    }
}

/// General headings rank behind those of the profile.
const GENERAL: usize = 1_000;

fn own(profile: Profile) -> Option<&'static Headings> {
    HEADINGS.get(if profile == Profile::Generic { "*" } else { profile.name() })
}

/// Whether any profile knows the heading.
pub(super) fn is_known(heading: &str) -> bool {
    let key = key(heading);
    !key.is_empty() && HEADINGS.values().any(|headings| headings.contains_key(&key))
}

/// The profile whose own headings fill most of the table; general where none fills a good part.
pub(super) fn find(headings: &[String]) -> Profile {
    /// Fewer headings in common are chance: `email`, `city` and `country` stand in many tables.
    const LEAST: usize = 3;
    /// So many headings in the words of one program are no chance, even if each is common.
    const SURE: usize = 6;
    let keys: Vec<String> =
        headings.iter().map(|heading| key(heading)).filter(|key| !key.is_empty()).collect();
    let known = |profile: Profile| {
        own(profile).map_or(0, |headings| keys.iter().filter(|key| headings.contains_key(*key)).count())
    };
    let mut best = (Profile::Generic, 0);
    // The headings of a connector are plain words, which the general ones know as well.
    let is_a_program = |profile: &Profile| !matches!(profile, Profile::Generic | Profile::Connector);
    for profile in Profile::ALL.iter().copied().filter(is_a_program) {
        let count = known(profile);
        let needs_tenant = profile == Profile::NetBox
            && !keys.iter().any(|key| matches!(key.as_str(), "tenant" | "tenantname" | "tenantdisplay"));
        if count > best.1 && count >= LEAST && count * 2 > keys.len() && !needs_tenant {
            best = (profile, count);
        }
    }
    // Where the general headings say as much, a short table is no sign of a program.
    let general = known(Profile::Generic);
    let is_sure = best.1 > general || (best.1 == general && best.1 >= SURE);
    if is_sure { best.0 } else { Profile::Generic }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_names_a_profile_and_a_field() {
        for line in include_str!("../../data/headings.tsv").lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert!(columns[0] == "*" || Profile::from_name(columns[0]).is_some(), "{line}");
            assert!(Field::from_name(columns[1]).is_some(), "{line}");
        }
    }
}
