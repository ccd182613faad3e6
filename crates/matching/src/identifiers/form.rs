//! A cleaned value: what two parties must share to meet.

use watchlist::{IdentifierKind, Strength, Validity};

use super::country::Country;

/// Where values can meet. Values of different kinds meet when they name the same thing: the domain
/// of an e-mail address and a web domain, a Telegram name and the local part of a mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Space {
    /// `local@domain`: e-mail addresses and Jabber addresses.
    Mailbox,
    /// Registrable domains.
    Domain,
    /// Folded domain labels, for look-alikes. The text of the form is the registrable domain.
    DomainLabel,
    Phone,
    /// Register, VAT and other tax numbers.
    Register,
    Lei,
    Handle,
    TelegramId,
    Tox,
    Session,
    Matrix,
    Icq,
    /// A name on one forum.
    Forum,
    Wallet,
    Pgp,
    Certificate,
    TlsKey,
    Jarm,
    Favicon,
    SshKey,
    RipeHandle,
    NetName,
    Asn,
}

/// How a form came out of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Origin {
    /// The value itself, cleaned.
    Itself,
    /// A mailbox after the provider's own rules were applied (dots, plus, second domains).
    Folded,
    /// The domain of a mail address.
    OfEmail,
    /// The domain of a host name.
    OfHost,
    /// The domain of a name server.
    OfNameServer,
    /// A domain label as a whole.
    Label,
    /// A domain label without a trailing hosting word.
    Stem,
    /// The local part of an address at a shared mail provider or Jabber server.
    LocalPart,
    /// A nick without its forum. Supports only.
    Nick,
    /// A number without the country code in front of it, or the part of a VAT number that is a
    /// register number.
    Inner,
    /// A phone number whose country is not known.
    National,
}

/// One cleaned value of a party.
#[derive(Clone, Copy)]
pub struct Form {
    /// Hash of the space and of what must be equal for two forms to be compared.
    pub key: u64,
    /// Place of the cleaned text in [`super::CleanIdentifiers::text`].
    pub(super) start: u32,
    pub(super) len: u16,
    /// Place in the party's identifiers, from 0.
    pub raw: u16,
    pub space: Space,
    pub origin: Origin,
    pub kind: IdentifierKind,
    /// What this value can carry at most; the list can only have lowered it.
    pub strength: Strength,
    /// Whether the key belongs into the index. A form that supports only does not.
    pub indexed: bool,
    /// Country of the register or number, where known.
    pub(super) country: Option<Country>,
    pub validity: Validity,
}

/// Hash of a space and a text: the same on every machine and in every version of the compiler.
pub(super) fn key(space: Space, text: &str) -> u64 {
    hash_bytes(u64::from(space as u8) + 1, text.as_bytes())
}

/// Multiply-and-fold over eight bytes at a time. Not for anything that must resist an attacker:
/// texts are compared again behind every equal key.
pub(super) fn hash_bytes(seed: u64, bytes: &[u8]) -> u64 {
    let mut hash = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        hash = mix(hash ^ chunk.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)));
    }
    let rest = chunks.remainder().iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
    mix(mix(hash ^ rest))
}

fn mix(value: u64) -> u64 {
    let wide = u128::from(value ^ 0xA076_1D64_78BD_642F) * 0xE703_7ED1_A0B4_28DB;
    (wide >> 64) as u64 ^ wide as u64
}
