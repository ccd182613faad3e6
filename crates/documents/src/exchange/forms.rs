//! Which values have the strict form that another format asks for. Others travel as text.

use std::net::IpAddr;

use watchlist::format::admission::parse_ip_range;
use watchlist::{Identifier, IdentifierKind};

/// A host name in ASCII with a dot.
pub(super) fn is_host(value: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    value.len() <= 253
        && value.contains('.')
        && value.split('.').all(label)
        && value.parse::<IpAddr>().is_err()
}

/// A mailbox at a host, without quotes or comments.
pub(super) fn is_mail(value: &str) -> bool {
    let Some((local, host)) = value.rsplit_once('@') else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let ends_plain = |edge: Option<u8>| edge.is_some_and(|byte| byte != b'.');
    local.len() <= 64
        && local.bytes().all(plain)
        && ends_plain(local.bytes().next())
        && ends_plain(local.bytes().last())
        && !local.contains("..")
        && is_host(host)
}

/// An address or a prefix written with its length and without host bits; ranges and masks are none.
pub(super) fn is_prefix(value: &str) -> bool {
    let Some((first, _)) = parse_ip_range(value) else { return false };
    match value.split_once('/') {
        None => value.parse::<IpAddr>().is_ok(),
        Some((address, length)) => {
            address.parse() == Ok(first)
                && !length.is_empty()
                && length.bytes().all(|byte| byte.is_ascii_digit())
        }
    }
}

pub(super) fn is_hex(value: &str, length: usize) -> bool {
    value.len() == length && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A phone number with its country code.
pub(super) fn is_international(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    value.starts_with('+')
        && (8..=15).contains(&digits)
        && value[1..].chars().all(|c| c.is_ascii_digit() || " ()-.".contains(c))
}

/// Whether the identifier says no more than its value.
pub(super) fn is_bare(identifier: &Identifier) -> bool {
    let bare = Identifier::new(identifier.kind, identifier.value.clone());
    *identifier == bare
}

/// Whether its period runs forwards.
pub(super) fn runs_forwards(identifier: &Identifier) -> bool {
    match (identifier.validity.from, identifier.validity.to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    }
}

/// Names on messengers and forums.
pub(super) const fn is_account(kind: IdentifierKind) -> bool {
    use IdentifierKind as K;
    matches!(
        kind,
        K::TelegramId
            | K::TelegramName
            | K::Xmpp
            | K::Tox
            | K::Session
            | K::Matrix
            | K::Signal
            | K::WhatsApp
            | K::Skype
            | K::Icq
            | K::ForumNick
            | K::Handle
    )
}

/// The coin of a wallet where its form leaves no doubt: `btc`, `xmr` or `dash`.
pub(super) fn coin(wallet: &str) -> Option<&'static str> {
    let alphanumeric = wallet.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match (wallet.as_bytes().first()?, wallet.len()) {
        _ if !alphanumeric => None,
        (b'1' | b'3', 26..=35) => Some("btc"),
        (b'b', 42..=62) if wallet.starts_with("bc1") => Some("btc"),
        (b'4' | b'8', 95 | 106) => Some("xmr"),
        (b'X', 34) => Some("dash"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_forms_are_told_from_others() {
        for (value, host, mail, prefix) in [
            ("quay.example", true, false, false),
            ("quay[.]example", false, false, false),
            ("noc@quay.example", false, true, false),
            (".noc@quay.example", false, false, false),
            ("192.0.2.7", false, false, true),
            ("192.0.2.0/24", false, false, true),
            ("192.0.2.1/24", false, false, false),
            ("192.0.2.0/255.255.255.0", false, false, false),
            ("192.0.2.0 - 192.0.2.9", false, false, false),
            ("2001:db8::/32", false, false, true),
        ] {
            assert_eq!((is_host(value), is_mail(value), is_prefix(value)), (host, mail, prefix), "{value}");
        }
    }
}
