//! One source as it is set up: which program, where, with which key, and what its own fields mean.

use secrecy::{ExposeSecret, SecretString};
use url::Url;
use url::form_urlencoded::Serializer;

use super::patience::Asker;
use super::reading::{self, Source, Tried};
use super::sources::{Blesta, FossBilling, HostBill, NetBox, Paymenter, PhpIpam, Proxmox, VirtFusion, Whmcs};
use super::{Ask, Fault, Method, Page, Patience, Read, Request, SoFar};
use crate::customers::Field;

/// The programs that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Whmcs,
    FossBilling,
    Paymenter,
    Blesta,
    HostBill,
    NetBox,
    PhpIpam,
    VirtFusion,
    Proxmox,
}

impl Kind {
    pub const ALL: &[Self] = &[
        Self::Whmcs,
        Self::FossBilling,
        Self::Paymenter,
        Self::Blesta,
        Self::HostBill,
        Self::NetBox,
        Self::PhpIpam,
        Self::VirtFusion,
        Self::Proxmox,
    ];

    /// As it stands in connectors.toml.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whmcs => "whmcs",
            Self::FossBilling => "fossbilling",
            Self::Paymenter => "paymenter",
            Self::Blesta => "blesta",
            Self::HostBill => "hostbill",
            Self::NetBox => "netbox",
            Self::PhpIpam => "phpipam",
            Self::VirtFusion => "virtfusion",
            Self::Proxmox => "proxmox",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Whether it knows who has which address, and little of the customers themselves.
    pub const fn is_address_plan(self) -> bool {
        matches!(self, Self::NetBox | Self::PhpIpam | Self::VirtFusion | Self::Proxmox)
    }

    /// Rows of a page where nothing else is set: what the program gives by itself, or what it takes without harm.
    const fn page(self) -> u64 {
        match self {
            Self::Whmcs => 25,
            Self::NetBox => 250,
            _ => 100,
        }
    }

    /// Whether the key has a second part: the identifier of WHMCS, the user of Blesta, the id of HostBill, the
    /// application of phpIPAM, the token's name of Proxmox.
    const fn needs_user(self) -> bool {
        matches!(self, Self::Whmcs | Self::Blesta | Self::HostBill | Self::PhpIpam | Self::Proxmox)
    }

    /// What an assignment is linked by where nothing else is set; each source says in its file what there is.
    const fn linked_by(self) -> &'static str {
        match self {
            Self::NetBox => "name",
            Self::PhpIpam => "title",
            Self::VirtFusion => "email",
            Self::Proxmox => "customer-",
            _ => "",
        }
    }
}

/// What of a customer of the billing the id of an assignment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    #[default]
    Id,
    Email,
    Name,
}

impl Link {
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "id" => Some(Self::Id),
            "email" => Some(Self::Email),
            "name" => Some(Self::Name),
            _ => None,
        }
    }
}

/// A field that the house has added to its program, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// What the program calls it: `7` (WHMCS gives numbers only), `custom_1`, `kvk`.
    pub key: String,
    pub field: Field,
}

/// What may be set, with what is taken where nothing is.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Rows of a page.
    pub page: Option<u64>,
    /// Requests at once, 4 where nothing is set.
    pub at_once: Option<usize>,
    pub custom: Vec<CustomField>,
    /// Which field of an assignment names its customer.
    pub linked_by: Option<String>,
}

/// A source, set up.
#[derive(Clone, Debug)]
pub struct Connector {
    kind: Kind,
    base: Url,
    user: String,
    secret: SecretString,
    options: Options,
}

/// What of the settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingFault {
    #[error("`address` is no address of a web server")]
    Address,
    #[error("`address` holds a user or a password, which belong into `user` and `secret_file`")]
    SecretInAddress,
    #[error("`user` is missing")]
    NoUser,
    #[error("the secret is empty")]
    NoSecret,
    #[error("`page` is a number from 1 to 1000")]
    Page,
    #[error("`at_once` is a number from 1 to 32")]
    AtOnce,
}

impl Connector {
    /// # Errors
    /// What of it cannot be used.
    pub fn new(
        kind: Kind,
        address: &str,
        user: Option<&str>,
        secret: SecretString,
        options: Options,
    ) -> Result<Self, SettingFault> {
        let folder = format!("{}/", address.trim().trim_end_matches('/'));
        let base = Url::parse(&folder).map_err(|_| SettingFault::Address)?;
        if !matches!(base.scheme(), "https" | "http") || base.query().is_some() || base.fragment().is_some() {
            return Err(SettingFault::Address);
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(SettingFault::SecretInAddress);
        }
        let user = user.unwrap_or_default().trim().to_owned();
        match () {
            () if user.is_empty() && kind.needs_user() => Err(SettingFault::NoUser),
            () if secret.expose_secret().trim().is_empty() => Err(SettingFault::NoSecret),
            () if options.page.is_some_and(|page| !(1..=1000).contains(&page)) => Err(SettingFault::Page),
            () if options.at_once.is_some_and(|count| !(1..=32).contains(&count)) => {
                Err(SettingFault::AtOnce)
            }
            () => Ok(Self { kind, base, user, secret, options }),
        }
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What the pages that were kept belong to: another address, user or mapping makes them useless.
    pub fn fingerprint(&self) -> String {
        let custom = self.options.custom.iter().map(|one| format!("{}={}", one.key, one.field.name()));
        let custom: Vec<String> = custom.collect();
        let (kind, base, user) = (self.kind.name(), &self.base, &self.user);
        format!("{kind} {base} {user} {} {}", self.linked_by(), custom.join(" "))
    }

    /// Reads on from what was read before; `give` keeps a page and says whether it could.
    ///
    /// # Errors
    /// Why the source could not be read whole. What was given until then can be read on from.
    pub fn read(
        &self,
        ask: &dyn Ask,
        patience: Patience,
        so_far: SoFar,
        give: &mut dyn FnMut(&Page) -> bool,
    ) -> Result<Read, Fault> {
        self.with(ReadOn { ask, patience, so_far, give, at_once: self.options.at_once.unwrap_or(AT_ONCE) })
    }

    /// The first customers, to see that the settings are right.
    ///
    /// # Errors
    /// Why nothing could be read.
    pub fn tried(&self, ask: &dyn Ask, patience: Patience, most: usize) -> Result<Tried, Fault> {
        self.with(Try { ask, patience, most })
    }

    fn with<W: Work>(&self, work: W) -> Result<W::Result, Fault> {
        match self.kind {
            Kind::Whmcs => work.on(&Whmcs(self)),
            Kind::FossBilling => work.on(&FossBilling(self)),
            Kind::Paymenter => work.on(&Paymenter(self)),
            Kind::Blesta => work.on(&Blesta(self)),
            Kind::HostBill => work.on(&HostBill(self)),
            Kind::NetBox => work.on(&NetBox(self)),
            Kind::PhpIpam => work.on(&PhpIpam(self)),
            Kind::VirtFusion => work.on(&VirtFusion(self)),
            Kind::Proxmox => work.on(&Proxmox(self)),
        }
    }
}

/// Requests at once: enough to hide the way to the source, few enough for a panel that others work in.
const AT_ONCE: usize = 4;

/// What the files of the sources need.
impl Connector {
    pub(super) fn page(&self) -> u64 {
        self.options.page.unwrap_or(self.kind.page())
    }

    pub(super) fn user(&self) -> &str {
        &self.user
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret().trim()
    }

    pub(super) fn linked_by(&self) -> &str {
        self.options.linked_by.as_deref().unwrap_or(self.kind.linked_by())
    }

    /// What a field of the house's own means here.
    pub(super) fn custom(&self, key: &str) -> Option<Field> {
        self.options.custom.iter().find(|one| one.key.eq_ignore_ascii_case(key)).map(|one| one.field)
    }

    pub(super) fn get(&self, path: &str, query: &[(&str, &str)], key: (&'static str, String)) -> Request {
        let mut url = self.base.clone();
        // Joined by hand: `Url::join` would take a colon or a leading slash of a path for something else.
        url.set_path(&format!("{}{path}", self.base.path()));
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Request { method: Method::Get, url: url.into(), headers: vec![key, json()], form: None }
    }

    pub(super) fn post(&self, path: &str, form: &[(&str, &str)]) -> Request {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path()));
        let form = Serializer::new(String::new()).extend_pairs(form).finish();
        Request { method: Method::Post, url: url.into(), headers: vec![json()], form: Some(form) }
    }

    pub(super) fn bearer(&self) -> (&'static str, String) {
        ("authorization", format!("Bearer {}", self.secret()))
    }

    /// User and key as RFC 7617 writes them.
    pub(super) fn basic(&self, user: &str) -> (&'static str, String) {
        use base64::Engine as _;
        let both = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{}", self.secret()));
        ("authorization", format!("Basic {both}"))
    }
}

/// Programs of Laravel and Django answer with a page where nobody says that JSON is wanted.
fn json() -> (&'static str, String) {
    ("accept", "application/json".to_owned())
}

/// Something to do with a source, whichever it is.
trait Work {
    type Result;
    fn on<S: Source>(self, source: &S) -> Result<Self::Result, Fault>;
}

struct ReadOn<'a> {
    ask: &'a dyn Ask,
    patience: Patience,
    so_far: SoFar,
    give: &'a mut dyn FnMut(&Page) -> bool,
    at_once: usize,
}

impl Work for ReadOn<'_> {
    type Result = Read;
    fn on<S: Source>(self, source: &S) -> Result<Read, Fault> {
        let asker = Asker { ask: self.ask, patience: self.patience };
        reading::to_the_end(source, &asker, self.at_once, self.so_far, self.give)
    }
}

struct Try<'a> {
    ask: &'a dyn Ask,
    patience: Patience,
    most: usize,
}

impl Work for Try<'_> {
    type Result = Tried;
    fn on<S: Source>(self, source: &S) -> Result<Tried, Fault> {
        reading::tried(source, &Asker { ask: self.ask, patience: self.patience }, self.most)
    }
}
