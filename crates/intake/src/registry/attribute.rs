//! The classes and attributes that are read. What is not named here is dropped while the file is read.

/// What an object is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Inetnum,
    Inet6num,
    Organisation,
    Person,
    Role,
    AutNum,
    Route,
    Route6,
    Domain,
}

impl Class {
    const ALL: [(&'static str, Self); 9] = [
        ("inetnum", Self::Inetnum),
        ("inet6num", Self::Inet6num),
        ("organisation", Self::Organisation),
        ("person", Self::Person),
        ("role", Self::Role),
        ("aut-num", Self::AutNum),
        ("route", Self::Route),
        ("route6", Self::Route6),
        ("domain", Self::Domain),
    ];

    pub(super) fn of(name: &[u8]) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known.as_bytes()))
            .map(|(_, class)| *class)
    }

    /// The name in the file.
    pub(super) fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// Some classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u16);

impl Classes {
    pub(super) fn of(classes: &[Class]) -> Self {
        let mut all = Self::default();
        classes.iter().for_each(|class| all.add(*class));
        all
    }

    pub(super) const fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u16;
    }

    pub(super) const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u16) != 0
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// An attribute that matching needs. There is none for remarks, notes, credentials and notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    /// The first attribute, which names the object.
    Key,
    NetName,
    Descr,
    Country,
    Org,
    /// `admin-c` and `tech-c`.
    Contact,
    AbuseC,
    Status,
    /// `mnt-by`.
    Maintainer,
    /// `mnt-lower`: who may register below.
    LowerMaintainer,
    OrgName,
    Address,
    Phone,
    Email,
    AbuseMailbox,
    NicHdl,
    Origin,
    NameServer,
    RegisterNumber,
    AsName,
    Created,
}

impl Attribute {
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        let mut lower = [0u8; 16];
        let lower = lower.get_mut(..name.len())?;
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        Some(match &*lower {
            b"netname" => Self::NetName,
            b"descr" => Self::Descr,
            b"country" => Self::Country,
            b"org" => Self::Org,
            b"admin-c" | b"tech-c" | b"zone-c" => Self::Contact,
            b"abuse-c" => Self::AbuseC,
            b"status" => Self::Status,
            b"mnt-by" => Self::Maintainer,
            b"mnt-lower" => Self::LowerMaintainer,
            b"org-name" => Self::OrgName,
            b"address" => Self::Address,
            b"phone" => Self::Phone,
            b"e-mail" => Self::Email,
            b"abuse-mailbox" => Self::AbuseMailbox,
            b"nic-hdl" => Self::NicHdl,
            b"origin" => Self::Origin,
            b"nserver" => Self::NameServer,
            b"reg-nr" => Self::RegisterNumber,
            b"as-name" => Self::AsName,
            b"created" => Self::Created,
            _ => return None,
        })
    }
}
