//! Cyber observables as identifiers.

use serde_json::Value;
use watchlist::format::admission::parse_ip_range;
use watchlist::{Identifier, IdentifierKind};

use crate::lists::gathering::host_of;

/// A text field; "" where there is none.
pub(super) fn text<'v>(object: &'v Value, field: &str) -> &'v str {
    object[field].as_str().unwrap_or_default().trim()
}

/// What an observable points with; nothing for one that points to nobody.
pub(super) fn identifiers(object: &Value) -> Option<Vec<Identifier>> {
    let value = text(object, "value");
    Some(match text(object, "type") {
        "url" => vec![of_url(value)],
        "domain-name" => vec![Identifier::new(IdentifierKind::Domain, value)],
        "ipv4-addr" | "ipv6-addr" => vec![Identifier::new(IdentifierKind::IpRange, value)],
        "email-addr" => vec![Identifier::new(IdentifierKind::Email, value)],
        "autonomous-system" => autonomous_system(object),
        "user-account" => vec![account(object)?],
        "x509-certificate" => {
            let hash = object["hashes"]["SHA-256"].as_str()?;
            vec![Identifier::new(IdentifierKind::TlsCertificateSha256, hash)]
        }
        _ => return None,
    })
}

fn autonomous_system(object: &Value) -> Vec<Identifier> {
    let number = object["number"].as_u64().map(|number| format!("AS{number}"));
    let number = number.map(|number| Identifier::new(IdentifierKind::Asn, number));
    let name = Some(text(object, "name")).filter(|name| !name.is_empty());
    number.into_iter().chain(name.map(|name| Identifier::new(IdentifierKind::NetName, name))).collect()
}

fn account(object: &Value) -> Option<Identifier> {
    let login = ["account_login", "user_id", "display_name"].map(|field| text(object, field));
    let login = login.into_iter().find(|login| !login.is_empty())?;
    let sort = text(object, "account_type").to_lowercase();
    let kind = IdentifierKind::from_wire_name(&sort).unwrap_or(match sort.as_str() {
        "telegram" => IdentifierKind::TelegramName,
        "jabber" => IdentifierKind::Xmpp,
        _ => IdentifierKind::Handle,
    });
    Some(Identifier::new(kind, login))
}

/// The host of a URL; an address where it is one.
pub(in crate::lists) fn of_url(url: &str) -> Identifier {
    let host = host_of(url).trim_matches(['[', ']']);
    let kind = if parse_ip_range(host).is_some() { IdentifierKind::IpRange } else { IdentifierKind::Domain };
    Identifier::new(kind, host)
}

/// What a comparison in a pattern points with.
pub(super) fn of_path(path: &str, value: &str) -> Option<Identifier> {
    let kind = match path {
        "domain-name:value" => IdentifierKind::Domain,
        "ipv4-addr:value"
        | "ipv6-addr:value"
        | "network-traffic:dst_ref.value"
        | "network-traffic:src_ref.value" => IdentifierKind::IpRange,
        "email-addr:value" | "email-message:from_ref.value" | "email-message:sender_ref.value" => {
            IdentifierKind::Email
        }
        "autonomous-system:number" => IdentifierKind::Asn,
        "url:value" => return Some(of_url(value)),
        "x509-certificate:hashes.'SHA-256'" => IdentifierKind::TlsCertificateSha256,
        "user-account:account_login" | "user-account:user_id" => IdentifierKind::Handle,
        _ => return None,
    };
    Some(Identifier::new(kind, value))
}
