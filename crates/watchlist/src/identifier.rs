//! Values that point to a party: e-mail, domain, phone, address space, register number, wallet ...
//!
//! An identifier here is what the source said. Cleaning, check digits and comparison live in
//! `matching`, so that customers and entries go the same way.

use crate::Validity;

/// What an identifier is. The names on the wire are in [`IdentifierKind::wire_name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdentifierKind {
    /// Number in a company register (KvK, Companies House, OGRN ...).
    RegisterNumber,
    /// VAT or other tax number.
    VatNumber,
    /// Legal Entity Identifier, ISO 17442.
    Lei,
    Email,
    Domain,
    /// Name server host.
    NameServer,
    /// Any other host name (reverse name, panel, status page, looking glass).
    Hostname,
    Phone,
    /// A single address, a prefix or a range, IPv4 or IPv6.
    IpRange,
    Asn,
    /// Handle in a regional registry: organisation, person, role or maintainer.
    RipeHandle,
    /// `netname` or `as-name` of a regional registry.
    NetName,
    /// Telegram numeric id.
    TelegramId,
    /// Telegram `@name`.
    TelegramName,
    /// Jabber/XMPP address.
    Xmpp,
    Tox,
    Session,
    Matrix,
    Signal,
    WhatsApp,
    Skype,
    Icq,
    /// A name on one forum, written `forum/nick` or as a profile URL.
    ForumNick,
    /// A handle of a messenger or forum that the source does not name.
    Handle,
    PgpFingerprint,
    /// Address of a crypto wallet; the chain is told from its form.
    Wallet,
    TlsCertificateSha256,
    TlsSpkiSha256,
    Jarm,
    FaviconHash,
    SshHostKey,
}

impl IdentifierKind {
    pub const ALL: &[Self] = &[
        Self::RegisterNumber,
        Self::VatNumber,
        Self::Lei,
        Self::Email,
        Self::Domain,
        Self::NameServer,
        Self::Hostname,
        Self::Phone,
        Self::IpRange,
        Self::Asn,
        Self::RipeHandle,
        Self::NetName,
        Self::TelegramId,
        Self::TelegramName,
        Self::Xmpp,
        Self::Tox,
        Self::Session,
        Self::Matrix,
        Self::Signal,
        Self::WhatsApp,
        Self::Skype,
        Self::Icq,
        Self::ForumNick,
        Self::Handle,
        Self::PgpFingerprint,
        Self::Wallet,
        Self::TlsCertificateSha256,
        Self::TlsSpkiSha256,
        Self::Jarm,
        Self::FaviconHash,
        Self::SshHostKey,
    ];

    /// The name in the open list format, in settings and in reports for machines.
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::RegisterNumber => "register_number",
            Self::VatNumber => "vat_number",
            Self::Lei => "lei",
            Self::Email => "email",
            Self::Domain => "domain",
            Self::NameServer => "name_server",
            Self::Hostname => "hostname",
            Self::Phone => "phone",
            Self::IpRange => "ip_range",
            Self::Asn => "asn",
            Self::RipeHandle => "ripe_handle",
            Self::NetName => "net_name",
            Self::TelegramId => "telegram_id",
            Self::TelegramName => "telegram_name",
            Self::Xmpp => "xmpp",
            Self::Tox => "tox",
            Self::Session => "session",
            Self::Matrix => "matrix",
            Self::Signal => "signal",
            Self::WhatsApp => "whatsapp",
            Self::Skype => "skype",
            Self::Icq => "icq",
            Self::ForumNick => "forum_nick",
            Self::Handle => "handle",
            Self::PgpFingerprint => "pgp_fingerprint",
            Self::Wallet => "wallet",
            Self::TlsCertificateSha256 => "tls_certificate_sha256",
            Self::TlsSpkiSha256 => "tls_spki_sha256",
            Self::Jarm => "jarm",
            Self::FaviconHash => "favicon_hash",
            Self::SshHostKey => "ssh_host_key",
        }
    }

    pub fn from_wire_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.wire_name() == name)
    }
}

/// How much an identifier can carry, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// Can carry a strong hit alone while valid.
    Distinctive,
    /// Can be re-used or handed on: needs date overlap or a second identifier.
    Reusable,
    /// Supports only.
    Weak,
    /// Points to nobody: shared proxies, mass registration addresses, public mail domains.
    NonDistinctive,
}

/// One identifier as the source gave it.
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier {
    pub kind: IdentifierKind,
    /// As written in the source, except that surrounding blanks are gone.
    pub value: String,
    pub validity: Validity,
    /// What the source says of its strength. It can only lower what the kind allows, never raise it.
    pub strength: Option<Strength>,
    /// Country of the register or of the number, where the source knows it (ISO 3166-1 alpha-2).
    pub country: Option<String>,
}

impl Identifier {
    pub fn new(kind: IdentifierKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), validity: Validity::default(), strength: None, country: None }
    }
}

/// Shows the kind only: values are confidential.
impl std::fmt::Debug for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identifier({})", self.kind.wire_name())
    }
}
