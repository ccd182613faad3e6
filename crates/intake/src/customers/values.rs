//! Several values in one cell, apart.

use watchlist::IdentifierKind;

/// Signs that stand between values, whatever they are.
const ALWAYS: &[char] = &[';', '|', '\n', '\r', '\t', '\u{b}'];

/// Calls `take` for each value of a cell.
pub(super) fn each<'a>(kind: IdentifierKind, cell: &'a str, mut take: impl FnMut(&'a str)) {
    let mut give = |value: &'a str| {
        let value = value.trim();
        if !value.is_empty() {
            take(value);
        }
    };
    match kind {
        IdentifierKind::Email => each_email(cell, give),
        IdentifierKind::Domain | IdentifierKind::Hostname | IdentifierKind::NameServer => {
            blank_apart(cell).for_each(|value| each_host(value, &mut give));
        }
        IdentifierKind::Phone | IdentifierKind::WhatsApp | IdentifierKind::Signal => each_phone(cell, give),
        // Register and tax numbers are written with blanks inside.
        IdentifierKind::RegisterNumber
        | IdentifierKind::VatNumber
        | IdentifierKind::Lei
        | IdentifierKind::PgpFingerprint
        | IdentifierKind::NetName
        | IdentifierKind::ForumNick => {
            cell.split(|sign| ALWAYS.contains(&sign) || sign == ',').for_each(give);
        }
        IdentifierKind::Asn => each_asn(cell, give),
        _ => blank_apart(cell).for_each(give),
    }
}

/// Values with a blank, a comma or another separator between them. Looks at bytes: every separator but
/// the blanks of other scripts is ASCII, and those are trimmed or looked for only where they can be.
fn blank_apart(cell: &str) -> impl Iterator<Item = &str> {
    let apart = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ' | b',' | b';' | b'|');
    let is_ascii = cell.is_ascii();
    let mut rest = Some(cell);
    std::iter::from_fn(move || {
        let cell = rest?;
        let end = if is_ascii {
            cell.bytes().position(apart).map(|end| (end, 1))
        } else {
            let sign =
                |(_, sign): &(usize, char)| sign.is_whitespace() || u8::try_from(*sign).is_ok_and(apart);
            cell.char_indices().find(sign).map(|(end, sign)| (end, sign.len_utf8()))
        };
        rest = end.map(|(end, width)| &cell[end + width..]);
        Some(end.map_or(cell, |(end, _)| &cell[..end]))
    })
}

/// `a@x.example/b@y.example` are two; `Name <a@x.example>` is one.
fn each_email<'a>(cell: &'a str, mut give: impl FnMut(&'a str)) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'-' | b'_' | b'+');
    if cell.bytes().all(plain) {
        return give(cell);
    }
    let mut found = false;
    for value in blank_apart(cell).flat_map(|value| value.split('/')) {
        let value = value.trim_matches(['<', '>', '"', '\'', '(', ')']);
        let value = value.strip_prefix("mailto:").unwrap_or(value);
        if value.contains('@') {
            found = true;
            give(value);
        }
    }
    if !found {
        give(cell);
    }
}

/// A host name out of a page's address; `a.example/b.example` are two.
fn each_host<'a>(value: &'a str, give: &mut impl FnMut(&'a str)) {
    if is_bare_host(value) {
        return give(value);
    }
    if let Some((_, page)) = value.split_once("://") {
        give(host(page));
        return;
    }
    let parts = || value.split('/');
    if parts().filter(|part| !part.is_empty()).all(|part| part.contains('.')) {
        parts().for_each(|part| give(host(part)));
    } else {
        give(host(value));
    }
}

/// The host of a page's address: without user, port, path and question.
pub(super) fn host(page: &str) -> &str {
    if is_bare_host(page) {
        return page;
    }
    let page = page.split_once("://").map_or(page, |(_, page)| page);
    let host = page.split(['/', '?', '#']).next().unwrap_or(page);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.split_once(':').map_or(host, |(host, _)| host).trim_end_matches('.')
}

/// Whether nothing stands around a host name: true for nearly all, and found in one pass.
fn is_bare_host(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
        && !value.ends_with('.')
}

/// Blanks and slashes stand inside phone numbers too: `030/1234567` is one, two long numbers are two.
fn each_phone<'a>(cell: &'a str, mut give: impl FnMut(&'a str)) {
    /// Digits that a whole number has at least; fewer behind a slash belong to the number before it.
    const DIGITS: usize = 7;
    for value in cell.split(|sign| ALWAYS.contains(&sign) || sign == ',') {
        let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
        if value.contains('/') && value.split('/').all(|part| digits(part) >= DIGITS) {
            value.split('/').for_each(&mut give);
        } else {
            give(value);
        }
    }
}

/// `AS 64500` is one value, `64500 64501` are two.
fn each_asn<'a>(cell: &'a str, mut give: impl FnMut(&'a str)) {
    for value in blank_apart(cell) {
        if !value.eq_ignore_ascii_case("as") && !value.eq_ignore_ascii_case("asn") {
            give(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: IdentifierKind, cell: &str, expected: &[&str]) {
        let mut found = Vec::new();
        each(kind, cell, |value| found.push(value));
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn values_in_one_cell_come_apart() {
        use IdentifierKind as K;
        check(
            K::IpRange,
            "192.0.2.10\r\n192.0.2.11, 2001:db8::1;198.51.100.0/28|192.0.2.1-192.0.2.4",
            &["192.0.2.10", "192.0.2.11", "2001:db8::1", "198.51.100.0/28", "192.0.2.1-192.0.2.4"],
        );
        check(K::Email, "a@x.example / b@y.example", &["a@x.example", "b@y.example"]);
        check(K::Email, "Anna <anna@x.example>, mailto:b@y.example", &["anna@x.example", "b@y.example"]);
        check(K::Email, "niet bekend", &["niet bekend"]);
        check(K::Domain, "a.example b.example/c.example", &["a.example", "b.example", "c.example"]);
        check(K::Domain, "https://www.a.example:8443/nl?x=1", &["www.a.example"]);
        check(K::Domain, "a.example/shop", &["a.example"]);
        check(K::Phone, "+44 (0)20 7946 0000", &["+44 (0)20 7946 0000"]);
        check(
            K::Phone,
            "020-5550100/020-5550101; 030/1234567",
            &["020-5550100", "020-5550101", "030/1234567"],
        );
        check(K::VatNumber, "NL 0000 00000 B01", &["NL 0000 00000 B01"]);
        check(K::Asn, "AS 64500, AS64501", &["64500", "AS64501"]);
    }
}
