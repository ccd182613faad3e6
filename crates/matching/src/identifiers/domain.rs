//! Hosts and domains: defanged text back to names, names to their registrable part.

use std::borrow::Cow;

use watchlist::Strength;

use super::form::{Origin, Space};
use super::lists::{SharedAs, shared_as};
use super::rejected::Why;
use super::sink::Sink;
use super::{ip, lookalike, text};

/// Adds the forms of a domain, host or name server.
pub(super) fn clean(value: &str, origin: Origin, sink: &mut Sink<'_>) {
    let Some(host) = host(value) else {
        // Columns for domains also hold addresses of servers.
        return if ip::looks_like_address(value) {
            ip::clean(value, sink);
        } else {
            sink.reject(Why::NotOfThisKind);
        };
    };
    let Some(registrable) = registrable(&host) else { return sink.reject(Why::SharedService) };
    match shared_as(&host, registrable) {
        None => add_domain(registrable, origin, sink),
        Some(SharedAs::Service) => sink.reject(Why::SharedService),
        Some(SharedAs::Mail | SharedAs::ThrowAwayMail) => sink.reject(Why::SharedMailDomain),
    }
}

/// Adds a domain that may point to one party, and what its look-alikes are found by.
pub(super) fn add_domain(registrable: &str, origin: Origin, sink: &mut Sink<'_>) {
    let strength = match origin {
        Origin::OfNameServer | Origin::OfHost => Strength::Reusable,
        _ => Strength::Distinctive,
    };
    sink.add(Space::Domain, origin, strength, registrable);
    // A name server under an imitated domain is too far away from its user.
    if origin != Origin::OfNameServer {
        lookalike::clean(registrable, sink);
    }
}

/// The registrable part by the public suffix list: `example.co.uk` of `www.example.co.uk`.
pub(super) fn registrable(host: &str) -> Option<&str> {
    psl::domain_str(host)
}

/// The host name in a domain, URL or defanged text: lower case, A-labels, no scheme, port or path.
pub(super) fn host(value: &str) -> Option<Cow<'_, str>> {
    let value = text::unwrapped(value);
    if value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-')) {
        let value = value.trim_matches('.');
        return is_host(value).then_some(Cow::Borrowed(value));
    }
    let restored = refang(value);
    let rest = restored.split_once("://").map_or(&*restored, |(_, rest)| rest);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let authority = rest.split(['/', '?', '#', '\\', ' ', ',']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host).trim_start_matches("*.").trim_matches('.');
    let host = a_labels(host)?;
    is_host(&host).then_some(Cow::Owned(host))
}

/// `[.]`, `(dot)`, `hxxp` and their relatives back to what they stood for.
pub(super) fn refang(text: &str) -> Cow<'_, str> {
    let defanged = text.contains(['[', '(', '{', '。', '．']) || text.contains(' ') || has_hxxp_scheme(text);
    if !defanged {
        return Cow::Borrowed(text);
    }
    let mut out = text.replace(['。', '．'], ".");
    for (open, close) in [('[', ']'), ('(', ')'), ('{', '}')] {
        for (word, sign) in [
            (".", "."),
            ("dot", "."),
            ("DOT", "."),
            (",", "."),
            ("at", "@"),
            ("@", "@"),
            (":", ":"),
            ("://", "://"),
            ("/", "/"),
        ] {
            out = out.replace(&format!("{open}{word}{close}"), sign);
        }
    }
    for (word, sign) in
        [(" dot ", "."), (" DOT ", "."), (" at ", "@"), (" AT ", "@"), (" . ", "."), (" @ ", "@")]
    {
        out = out.replace(word, sign);
    }
    if has_hxxp_scheme(&out) {
        out.replace_range(..4, "http");
    }
    Cow::Owned(out)
}

/// `hxxp:` and `hxxps:`. Without the colon it is a name like any other.
fn has_hxxp_scheme(text: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(4) else { return false };
    start.eq_ignore_ascii_case("hxxp") && rest.trim_start_matches(['s', 'S']).starts_with(':')
}

/// Lower-case A-labels. Where IDNA refuses a name it is kept in lower case if it is ASCII.
pub(super) fn a_labels(host: &str) -> Option<String> {
    if host.is_ascii() && !host.to_ascii_lowercase().contains("xn--") {
        return Some(host.to_ascii_lowercase());
    }
    match idna::domain_to_ascii(host) {
        Ok(name) => Some(name),
        Err(_) if host.is_ascii() => Some(host.to_ascii_lowercase()),
        Err(_) => None,
    }
}

/// Labels of letters, digits, `-` and `_`, at least two of them, the last one no number.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let last = host.rsplit('.').next().unwrap_or(host);
    host.len() <= 253
        && host.contains('.')
        && last.bytes().any(|b| b.is_ascii_alphabetic())
        && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let host = host(value);
        let found = host.as_deref().and_then(registrable).unwrap_or("-");
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn domains_are_found_in_what_people_write() {
        check("Orchard.Example", "orchard.example");
        check("hxxps://www.orchard[.]example/offers?id=1", "orchard.example");
        check("hxxp[:]//orchard[.]example", "orchard.example");
        check("hxxp[.]example", "hxxp.example");
        check("panel.orchard (dot) example:8443", "orchard.example");
        check("ftp://user@vps.orchard{.}example", "orchard.example");
        check("*.orchard.co.uk.", "orchard.co.uk");
        check("bücher.example", "xn--bcher-kva.example");
        check("xn--bcher-kva.example", "xn--bcher-kva.example");
        check("shop.orchard.github.io", "orchard.github.io");
        check("192.0.2.1", "-");
        check("orchard", "-");
        check("co.uk", "-");
        check("a..example", "-");
    }
}
