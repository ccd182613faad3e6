//! Words with a host in them: URLs, mail and chat addresses, domains.

use watchlist::IdentifierKind;

use super::super::gathering::host_of;

/// Endings that no public list of suffixes holds: reserved for examples, and networks of their own.
const OTHER_ENDINGS: &[&str] =
    &["example", "test", "invalid", "onion", "i2p", "bit", "bazar", "lib", "emc", "coin"];

/// Endings that are legal forms too; with a capital before them (`Kade Co.Ltd`) they end a name.
const LEGAL_ENDINGS: &[&str] =
    &["ltd", "llc", "inc", "gmbh", "sarl", "srl", "bv", "company", "limited", "spa"];

/// Parts of a path that lead to the profile of one person on a site of others.
const PROFILE_PARTS: &[&str] = &[
    "member",
    "members",
    "user",
    "users",
    "profile",
    "profiel",
    "u",
    "memberlist.php",
    "member.php",
    "seller",
];

type Value = (IdentifierKind, String);

/// Anything with `://`, or a host with a path behind it.
pub(super) fn url(word: &str) -> Option<Value> {
    if let Some(address) = word.strip_prefix("xmpp:").or_else(|| word.strip_prefix("jabber:")) {
        return address
            .contains('@')
            .then(|| (IdentifierKind::Xmpp, address.trim_start_matches('/').to_owned()));
    }
    let (scheme, rest) = word.split_once("://").unwrap_or(("", word));
    if !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) || (scheme.is_empty() && !rest.contains('/'))
    {
        return None;
    }
    let host = host_of(rest);
    let path = &rest[rest.find('/').unwrap_or(rest.len())..];
    if matches!(host, "t.me" | "telegram.me" | "telegram.dog" | "www.t.me") {
        return telegram(path);
    }
    if host.parse::<std::net::Ipv4Addr>().is_ok() {
        // `192.0.2.0/24` is a prefix, not a host with a path.
        return (!scheme.is_empty()).then(|| (IdentifierKind::IpRange, host.to_owned()));
    }
    if !is_domain(host) {
        return None;
    }
    let is_profile = path.split(['/', '?', '=']).any(|part| PROFILE_PARTS.contains(&part));
    let kind = if is_profile { IdentifierKind::ForumNick } else { IdentifierKind::Domain };
    Some((kind, if is_profile { word.to_owned() } else { host.to_owned() }))
}

/// The name in `/name`, `/s/name` and `/name/12`. An invitation (`/+...`) points to a group only its members know.
fn telegram(path: &str) -> Option<Value> {
    let mut parts = path.split(['/', '?']).filter(|part| !part.is_empty() && *part != "s");
    let name = parts.next()?;
    is_telegram_name(name).then(|| (IdentifierKind::TelegramName, name.to_owned()))
}

/// Telegram's own rule: 5 to 32 letters, digits and underscores; short names were sold later.
fn is_telegram_name(name: &str) -> bool {
    (4..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Words with an `@`: mail, Telegram and Matrix.
pub(super) fn account(word: &str) -> Option<Value> {
    let (local, domain) = word.split_once('@')?;
    let own = |kind| Some((kind, word.to_owned()));
    if local.is_empty() {
        let is_matrix =
            domain.split_once(':').is_some_and(|(name, server)| !name.is_empty() && server.contains('.'));
        if is_matrix {
            return own(IdentifierKind::Matrix);
        }
        return if is_telegram_name(domain) { own(IdentifierKind::TelegramName) } else { None };
    }
    let local = local.strip_prefix("mailto:").unwrap_or(local);
    let is_local = !local.is_empty() && !local.contains(['/', ':', '\\']);
    (is_local && has_host_form(domain)).then(|| (IdentifierKind::Email, format!("{local}@{domain}")))
}

pub(super) fn domain(word: &str) -> Option<Value> {
    is_domain(word).then(|| (IdentifierKind::Domain, word.to_owned()))
}

fn is_domain(word: &str) -> bool {
    let Some((before, ending)) = word.rsplit_once('.') else { return false };
    let ending = ending.to_lowercase();
    if !has_host_form(word) {
        return false;
    }
    if LEGAL_ENDINGS.contains(&ending.as_str()) && before.starts_with(char::is_uppercase) {
        return false;
    }
    let known = psl::suffix(word.to_lowercase().as_bytes()).is_some_and(|suffix| suffix.is_known());
    known || OTHER_ENDINGS.contains(&ending.as_str())
}

/// Labels of letters, digits and hyphens, the last of them without digits unless it is an A-label.
fn has_host_form(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is_ending = ending.chars().count() >= 2
        && (ending.starts_with("xn--") || ending.chars().all(char::is_alphabetic));
    host.contains('.') && host.len() <= 253 && is_ending && host.split('.').all(is_label)
}
