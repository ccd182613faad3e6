//! Finds identifiers in running text by their form.
//!
//! The forms are narrow: a name must not become a domain, nor a date a phone number. What has no form
//! of its own (register numbers, ICQ, most phone numbers) is found by the label before it.

mod forms;
mod hosts;
mod tokens;

use watchlist::IdentifierKind;
use watchlist::format::admission::parse_ip_range;

use super::fields::Field;
use tokens::{Token, tokens};

/// An identifier and the bytes of the text that it took, its label included.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: IdentifierKind,
    pub(super) value: String,
}

/// All identifiers in a text whose defanged signs are restored, in order.
pub(super) fn scan(text: &str) -> Vec<Found> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(token) = tokens.get(next) {
        let hit = labelled(text, &tokens[next..])
            .or_else(|| phone(text, token))
            .or_else(|| two_word_asn(&tokens[next..]))
            .or_else(|| range_of_two(text, &tokens[next..]))
            .or_else(|| grouped_fingerprint(&tokens[next..]))
            .or_else(|| single(token));
        match hit {
            Some(hit) => {
                next += tokens[next..].iter().take_while(|token| token.start < hit.end).count().max(1);
                found.push(hit);
            }
            None => next += 1,
        }
    }
    found
}

/// The kind of a text that is one identifier from its first to its last sign.
pub(super) fn whole(text: &str) -> Option<Found> {
    let mut found = scan(text);
    let only = found.pop()?;
    (found.is_empty() && only.start == 0 && only.end == text.len()).then_some(only)
}

fn single(token: &Token<'_>) -> Option<Found> {
    let (kind, value) = forms::of(token.text)?;
    Some(Found { start: token.start, end: token.end(), kind, value })
}

/// A label of one to three words, then a value of the form that such a label has: `KvK-nr. 00000000`.
fn labelled(text: &str, tokens: &[Token<'_>]) -> Option<Found> {
    let first = tokens.first().filter(|token| token.text.starts_with(char::is_alphabetic))?;
    for words in (1..=3.min(tokens.len() - 1)).rev() {
        let last = &tokens[words - 1];
        let Some(Field::Identifier(kind)) = Field::of(&text[first.start..last.end()]) else { continue };
        let value = &tokens[words];
        // Nothing but the end of the label may stand between it and its value.
        let between = &text[last.end()..value.start];
        if !between.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '=' | '.' | '#')) {
            continue;
        }
        if let Some(end) = end_of_value(kind, text, &tokens[words..]) {
            let value = text[value.start..end].to_owned();
            return Some(Found { start: first.start, end, kind, value });
        }
    }
    None
}

/// Where the value after a label ends, if it has the form for the label.
fn end_of_value(kind: IdentifierKind, text: &str, tokens: &[Token<'_>]) -> Option<usize> {
    use IdentifierKind::{
        Icq, Lei, PgpFingerprint, Phone, RegisterNumber, Session, TelegramId, Tox, VatNumber, Xmpp,
    };
    let value = tokens.first()?;
    let digits = value.text.bytes().filter(u8::is_ascii_digit).count();
    let fits = match kind {
        RegisterNumber | VatNumber => {
            digits >= 4 && digits * 2 >= value.text.len() && !value.text.contains(['@', '+'])
        }
        Lei => {
            value.text.len() == 20
                && digits >= 2
                && value.text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        Icq | TelegramId => digits >= 5 && digits == value.text.len(),
        Tox | Session => value.text.len() >= 64 && forms::is_hex(value.text),
        PgpFingerprint => value.text.len() >= 16 && forms::is_hex(value.text),
        Xmpp => value.text.contains('@'),
        Phone => return end_of_phone(text, value.start, 6),
        _ => false,
    };
    fits.then(|| value.end())
}

/// A phone number with its country code.
fn phone(text: &str, token: &Token<'_>) -> Option<Found> {
    if !token.text.starts_with('+') {
        return None;
    }
    let end = end_of_phone(text, token.start, 8)?;
    let value = text[token.start..end].to_owned();
    Some(Found { start: token.start, end, kind: IdentifierKind::Phone, value })
}

/// The end of a run of digits and the signs between them, with at least `least` and at most 15 digits.
fn end_of_phone(text: &str, start: usize, least: usize) -> Option<usize> {
    let (mut digits, mut end, mut blanks) = (0, start, 0);
    for (place, c) in text[start..].char_indices() {
        match c {
            '0'..='9' if digits == 15 => return None,
            '0'..='9' => {
                digits += 1;
                blanks = 0;
                end = start + place + 1;
            }
            '+' if place == 0 => {}
            // Several blanks set columns apart.
            ' ' if blanks == 0 => blanks = 1,
            '(' | ')' | '-' | '.' | '/' | '\u{a0}' => {}
            _ => break,
        }
    }
    let cut_in_word = text[end..].starts_with(|c: char| c.is_alphabetic());
    (digits >= least && !cut_in_word).then_some(end)
}

/// `AS 64500`, `ASN 64500`, `ASN: 64500`.
fn two_word_asn(tokens: &[Token<'_>]) -> Option<Found> {
    let [word, number, ..] = tokens else { return None };
    let is_number =
        (3..=10).contains(&number.text.len()) && number.text.bytes().all(|byte| byte.is_ascii_digit());
    (matches!(word.text, "AS" | "ASN") && is_number).then(|| Found {
        start: word.start,
        end: number.end(),
        kind: IdentifierKind::Asn,
        value: format!("AS{}", number.text),
    })
}

/// `192.0.2.0 - 192.0.2.9`, also with `t/m`, `tot` or `to` between.
fn range_of_two(text: &str, tokens: &[Token<'_>]) -> Option<Found> {
    let is_address = |token: &&Token<'_>| token.text.parse::<std::net::IpAddr>().is_ok();
    let first = tokens.first().filter(is_address)?;
    let second = tokens.iter().skip(1).take(4).find(is_address)?;
    let between = text[first.end()..second.start].trim();
    if !matches!(
        between,
        "-" | "\u{2013}" | "\u{2014}" | "t/m" | "tot" | "tot en met" | "to" | "through" | "until"
    ) {
        return None;
    }
    let value = format!("{} - {}", first.text, second.text);
    parse_ip_range(&value)?;
    Some(Found { start: first.start, end: second.end(), kind: IdentifierKind::IpRange, value })
}

/// A PGP fingerprint in ten groups of four.
fn grouped_fingerprint(tokens: &[Token<'_>]) -> Option<Found> {
    let groups = tokens.get(..10)?;
    if !groups.iter().all(|token| token.text.len() == 4 && forms::is_hex(token.text)) {
        return None;
    }
    let value: Vec<&str> = groups.iter().map(|token| token.text).collect();
    let (start, end) = (groups[0].start, groups[9].end());
    Some(Found { start, end, kind: IdentifierKind::PgpFingerprint, value: value.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<String> = scan(text)
            .into_iter()
            .map(|found| format!("{} {}", found.kind.wire_name(), found.value))
            .collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn mail_hosts_and_urls() {
        check(
            "sales@orchard.example, www.orchard.example (https://panel.orchard.example:8443/login).",
            "email sales@orchard.example | domain www.orchard.example | domain panel.orchard.example",
        );
        check(
            "https://forum.example/members/orchard.12",
            "forum_nick https://forum.example/members/orchard.12",
        );
        check(
            "https://t.me/orchard_nine and t.me/quay90 or @orchard_nine",
            "telegram_name orchard_nine | telegram_name quay90 | telegram_name @orchard_nine",
        );
        check(
            "@quay:matrix.example xmpp:quay@jabber.example",
            "matrix @quay:matrix.example | xmpp quay@jabber.example",
        );
    }

    #[test]
    fn names_are_no_domains() {
        check("Orchard B.V., Quay S.r.l. and Kade Co.Ltd, e.g. No.1 of 12.5 in v1.2", "");
    }

    #[test]
    fn networks() {
        check(
            "AS64500 ASN 64501 AS 64502 192.0.2.0/24, 192.0.2.7 198.51.100.0 - 198.51.100.9 203.0.113.0 t/m 203.0.113.9 2001:db8::/32",
            "asn AS64500 | asn AS64501 | asn AS64502 | ip_range 192.0.2.0/24 | ip_range 192.0.2.7 | \
             ip_range 198.51.100.0 - 198.51.100.9 | ip_range 203.0.113.0 - 203.0.113.9 | ip_range 2001:db8::/32",
        );
    }

    #[test]
    fn numbers_after_a_label() {
        check(
            "KvK-nr. 00000000, BTW: NL000000000B00; Tel. 010-000 00 00 ICQ 100000 tax id 000000000",
            "register_number 00000000 | vat_number NL000000000B00 | phone 010-000 00 00 | icq 100000 | vat_number 000000000",
        );
    }

    #[test]
    fn phones_begin_with_a_plus() {
        check(
            "+31 (0)10 000 00 00, +44.2000000000 and +1",
            "phone +31 (0)10 000 00 00 | phone +44.2000000000",
        );
    }

    #[test]
    fn wallets_and_keys() {
        let tox = "A".repeat(76);
        let session = format!("05{}", "b".repeat(64));
        check(&format!("{tox} {session}"), &format!("tox {tox} | session {session}"));
        check("bc1qexampleexampleexampleexample9", "wallet bc1qexampleexampleexampleexample9");
        check(
            "0x00000000000000000000000000000000000000aB",
            "wallet 0x00000000000000000000000000000000000000aB",
        );
        check("1ExampLeWaLLet9HavenMeester9Kade", "wallet 1ExampLeWaLLet9HavenMeester9Kade");
        check(
            "PGP 0000 1111 2222 3333 4444 5555 6666 7777 8888 9999",
            "pgp_fingerprint 0000 1111 2222 3333 4444 5555 6666 7777 8888 9999",
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_pieces_in_order(text: String) {
            let mut end = 0;
            for found in scan(&text) {
                proptest::prop_assert!(found.start >= end && text.get(found.start..found.end).is_some());
                end = found.end;
            }
        }

        #[test]
        fn text_made_of_pieces_does_not_panic(text in "(AS|ASN|KvK|tel|PGP|\\+31| |:|/|\\.|-|@|[0-9a-f]{1,5}|t/m|é|::|192\\.0\\.2\\.1){0,30}") {
            scan(&text);
        }
    }
}
