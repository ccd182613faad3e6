//! Cleans a party: each identifier goes to the file of its kind.

use watchlist::{Identifier, IdentifierKind as Kind, Strength};

use super::birth::BirthDate;
use super::country::Country;
use super::form::{Origin, Space};
use super::rejected::{Place, Rejected, Why};
use super::sink::Sink;
use super::{
    CleanIdentifiers, address, asn, domain, fingerprint, handle, ip, mailbox, phone, register, registry,
    wallet,
};
use crate::party::{PartyKind, RawParty};

/// Longest value that is looked at, in bytes. Longer ones are cells with something else in them.
const LONGEST: usize = 512;

/// Cleans the identifiers, addresses and birth date of a party.
pub fn clean(party: &RawParty<'_>) -> CleanIdentifiers {
    let mut out = CleanIdentifiers {
        country: party.country.and_then(Country::read),
        text: String::with_capacity(24 * party.identifiers.len() + 48 * party.addresses.len()),
        forms: Vec::with_capacity(2 * party.identifiers.len()),
        ..CleanIdentifiers::default()
    };
    if out.country.is_none() {
        out.country = party.addresses.iter().find_map(|address| Country::read(&address.country));
    }
    for (raw, identifier) in (0..u16::MAX).zip(party.identifiers) {
        clean_identifier(identifier, &mut Sink::new(&mut out, raw, identifier));
    }
    for (raw, address) in (0..u16::MAX).zip(party.addresses) {
        address::clean(address, raw, &mut out);
    }
    clean_birth_date(party.birth_date, &mut out);
    finish(&mut out);
    out
}

/// What an identifier of an entry can carry: the strongest of the forms in which it is compared. A value that points to
/// nobody is not distinctive.
pub fn strength_of(identifier: &Identifier) -> Strength {
    let identifiers = std::slice::from_ref(identifier);
    let cleaned = clean(&RawParty { identifiers, ..RawParty::named("", PartyKind::Organisation) });
    let forms = cleaned.forms.iter().map(|form| form.strength);
    // The strongest comes first in the order of strengths.
    forms.chain(cleaned.ranges.iter().map(|range| range.strength)).min().unwrap_or(Strength::NonDistinctive)
}

fn clean_identifier(identifier: &Identifier, sink: &mut Sink<'_>) {
    let value = identifier.value.as_str();
    if value.trim().is_empty() {
        return;
    }
    if value.len() > LONGEST {
        return sink.reject(Why::NotOfThisKind);
    }
    if sink.cap == Strength::NonDistinctive {
        return sink.reject(Why::NonDistinctive);
    }
    match identifier.kind {
        Kind::RegisterNumber | Kind::VatNumber => register::clean(value, sink),
        Kind::Lei => register::clean_lei(value, sink),
        Kind::Email | Kind::Xmpp => mailbox::clean(value, sink),
        Kind::Domain => domain::clean(value, Origin::Itself, sink),
        Kind::Hostname => domain::clean(value, Origin::OfHost, sink),
        Kind::NameServer => domain::clean(value, Origin::OfNameServer, sink),
        Kind::Phone | Kind::Signal | Kind::WhatsApp => phone::clean(value, sink),
        Kind::IpRange => ip::clean(value, sink),
        Kind::Asn => asn::clean(value, sink),
        Kind::RipeHandle => registry::clean_handle(value, sink),
        Kind::NetName => registry::clean_net_name(value, sink),
        Kind::TelegramId => handle::clean_number(value, Space::TelegramId, sink),
        Kind::Icq => handle::clean_number(value, Space::Icq, sink),
        Kind::TelegramName | Kind::Skype | Kind::Handle => handle::clean(value, sink),
        Kind::ForumNick => handle::clean_forum(value, sink),
        Kind::Wallet => wallet::clean(value, sink),
        Kind::Tox
        | Kind::Session
        | Kind::Matrix
        | Kind::PgpFingerprint
        | Kind::TlsCertificateSha256
        | Kind::TlsSpkiSha256
        | Kind::Jarm
        | Kind::FaviconHash
        | Kind::SshHostKey => fingerprint::clean(value, sink),
    }
}

fn clean_birth_date(text: Option<&str>, out: &mut CleanIdentifiers) {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return };
    out.birth_date = BirthDate::read(text);
    if out.birth_date.is_none() {
        out.rejected.push(Rejected { place: Place::BirthDate, why: Why::NotOfThisKind });
    }
}

/// The order of the source must not matter for a comparison.
fn finish(out: &mut CleanIdentifiers) {
    out.forms.sort_unstable_by_key(|form| (form.key, form.space, form.origin, form.raw));
    // One value that comes twice (two name servers under one domain) is one form.
    out.forms.dedup_by_key(|form| {
        (form.key, form.space, form.origin, form.kind, form.validity, form.strength, form.country)
    });
    out.ranges.sort_unstable_by_key(|span| (span.first, span.last, span.raw));
    out.disjoint_ranges = out.ranges.windows(2).all(|pair| pair[0].last < pair[1].first);
    out.address_keys.sort_unstable();
    out.address_keys.dedup();
}
