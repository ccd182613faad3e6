//! Mail addresses and Jabber addresses.

use watchlist::{IdentifierKind, Strength};

use super::form::{Origin, Space};
use super::lists::{ROLE_NAMES, SharedAs, shared_as};
use super::rejected::Why;
use super::sink::Sink;
use super::{domain, handle, text};

/// Adds the forms of a mail address or bare Jabber address.
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    let Some((local, host)) = parts(value) else { return sink.reject(Why::NotOfThisKind) };
    let registrable = domain::registrable(&host).unwrap_or(&host);
    let shared = shared_as(&host, registrable);
    add_mailbox(&local, &host, registrable, shared, sink);
    match (shared, sink.kind) {
        (None, IdentifierKind::Email) => domain::add_domain(registrable, Origin::OfEmail, sink),
        // Many people use their handle before the @ of a shared server.
        (Some(SharedAs::Mail), _) | (_, IdentifierKind::Xmpp) => {
            handle::clean_local_part(local.split('+').next().unwrap_or(&local), sink);
        }
        _ => {}
    }
}

fn add_mailbox(local: &str, host: &str, registrable: &str, shared: Option<SharedAs>, sink: &mut Sink<'_>) {
    // A task at a shared provider (`support@`) is anybody's; a throw-away box is public.
    let strength = match shared {
        Some(_) if ROLE_NAMES.contains(local) => Strength::Weak,
        Some(SharedAs::ThrowAwayMail) => Strength::Reusable,
        _ => Strength::Distinctive,
    };
    let mut mailbox = String::with_capacity(local.len() + host.len() + 1);
    let folded = push_mailbox(local, host, registrable, &mut mailbox);
    let origin = if folded { Origin::Folded } else { Origin::Itself };
    sink.add(Space::Mailbox, origin, strength, &mailbox);
}

/// Writes the mailbox that an address ends in, by the provider's own rules where they are known.
/// Tells whether that is another text than the address.
fn push_mailbox(local: &str, host: &str, registrable: &str, out: &mut String) -> bool {
    let before_plus = || local.split('+').next().unwrap_or(local);
    let (box_name, provider): (String, &str) = match registrable {
        "gmail.com" | "googlemail.com" => (before_plus().replace('.', ""), "gmail.com"),
        "yandex.ru" | "yandex.com" | "yandex.ua" | "yandex.by" | "yandex.kz" | "ya.ru" => {
            (before_plus().replace('.', "-"), "yandex.ru")
        }
        "proton.me" | "protonmail.com" | "pm.me" | "protonmail.ch" => {
            (before_plus().replace(['.', '-', '_'], ""), "proton.me")
        }
        "outlook.com" | "hotmail.com" | "live.com" | "icloud.com" | "fastmail.com" | "mailbox.org" => {
            (before_plus().to_owned(), registrable)
        }
        _ => (local.to_owned(), host),
    };
    out.push_str(&box_name);
    out.push('@');
    out.push_str(provider);
    box_name != local || provider != host
}

/// Local part in lower case and host in A-labels. Reads `Name <a@b>`, `mailto:` and defanged text.
fn parts(value: &str) -> Option<(String, String)> {
    let restored = domain::refang(text::unwrapped(value));
    let inner = restored.rsplit_once('<').map_or(&*restored, |(_, inner)| inner);
    let inner = ["mailto:", "xmpp:", "jabber:", "MAILTO:", "XMPP:"]
        .iter()
        .find_map(|scheme| inner.strip_prefix(scheme))
        .unwrap_or(inner);
    let inner = text::unwrapped(inner.split(['?', '/']).next().unwrap_or(inner));
    let (local, host) = inner.rsplit_once('@')?;
    let local = local.trim_matches('"').trim();
    let plausible = !local.is_empty() && local.len() <= 64 && !local.contains(['@', ' ', ',', ';']);
    let host = domain::host(host)?;
    plausible.then(|| (local.to_lowercase(), host.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let found = parts(value).map_or("-".into(), |(local, host)| {
            let mut out = String::new();
            push_mailbox(&local, &host, domain::registrable(&host).unwrap_or(""), &mut out);
            out
        });
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn addresses_are_found_in_what_people_write() {
        check("NOC@Orchard.example", "noc@orchard.example");
        check("Ada Nine <ada.nine@orchard.example>", "ada.nine@orchard.example");
        check("mailto:ada[at]orchard[.]example?subject=x", "ada@orchard.example");
        check("ada at orchard dot example", "ada@orchard.example");
        check("ada@bücher.example", "ada@xn--bcher-kva.example");
        check("'+ada@orchard.example", "+ada@orchard.example");
        check("ada@@orchard.example", "-");
        check("orchard.example", "-");
    }

    #[test]
    fn known_providers_fold_their_own_way() {
        check("o.r.chard+x@googlemail.com", "orchard@gmail.com");
        check("orchard.nine@ya.ru", "orchard-nine@yandex.ru");
        check("or.chard+x@orchard.example", "or.chard+x@orchard.example");
    }
}
