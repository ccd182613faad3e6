//! Keys, certificates and other fingerprints: compared as exact texts of a known form.

use watchlist::{IdentifierKind, Strength};

use super::form::{Origin, Space};
use super::rejected::Why;
use super::sink::Sink;
use super::text;

/// Adds a fingerprint of the sink's kind.
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    use IdentifierKind as Kind;
    let value = text::unwrapped(value);
    match sink.kind {
        Kind::Tox => match hex(value) {
            // The last 12 digits are a changing part and a checksum; the first 64 are the key.
            Some(hex) if hex.len() == 76 || hex.len() == 64 => distinctive(Space::Tox, &hex[..64], sink),
            _ => sink.reject(Why::NotOfThisKind),
        },
        Kind::Session => match hex(value) {
            Some(hex) if hex.len() == 66 && hex.starts_with("05") => distinctive(Space::Session, &hex, sink),
            None if is_session_name(value) => {
                sink.add(Space::Session, Origin::Itself, Strength::Reusable, &value.to_lowercase());
            }
            _ => sink.reject(Why::NotOfThisKind),
        },
        Kind::PgpFingerprint => pgp(value, sink),
        Kind::TlsCertificateSha256 => sha256(Space::Certificate, value, sink),
        Kind::TlsSpkiSha256 => sha256(Space::TlsKey, value, sink),
        Kind::Jarm => match hex(value) {
            Some(hex) if hex.len() == 62 && hex.bytes().any(|b| b != b'0') => {
                sink.add(Space::Jarm, Origin::Itself, Strength::Weak, &hex);
            }
            _ => sink.reject(Why::NotOfThisKind),
        },
        Kind::FaviconHash => favicon(value, sink),
        Kind::SshHostKey => ssh(value, sink),
        Kind::Matrix => matrix(value, sink),
        _ => sink.reject(Why::NotOfThisKind),
    }
}

fn distinctive(space: Space, text: &str, sink: &mut Sink<'_>) {
    if text::is_dummy_number(text) {
        return sink.reject(Why::Dummy);
    }
    sink.add(space, Origin::Itself, Strength::Distinctive, text);
}

/// 40 digits (version 4) or 64 (version 6); what is shorter is a key id that several keys can have.
fn pgp(value: &str, sink: &mut Sink<'_>) {
    let value = value.strip_prefix("0x").or_else(|| value.strip_prefix("0X")).unwrap_or(value);
    let value = value.rsplit_once("fpr:").map_or(value, |(_, rest)| rest);
    match hex(value) {
        Some(hex) if hex.len() == 40 || hex.len() == 64 => distinctive(Space::Pgp, &hex, sink),
        Some(hex) if hex.len() == 8 || hex.len() == 16 => sink.reject(Why::ShortKeyId),
        _ => sink.reject(Why::NotOfThisKind),
    }
}

/// 64 hex digits, or the Base64 text of 32 bytes as browsers and pins write it.
fn sha256(space: Space, value: &str, sink: &mut Sink<'_>) {
    let value = after_prefix(value, &["sha256//", "sha256/", "sha256:", "sha-256:", "sha256 "]);
    if let Some(hex) = hex(value).filter(|hex| hex.len() == 64) {
        return distinctive(space, &hex, sink);
    }
    match base64_32(value) {
        Some(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            distinctive(space, &hex, sink);
        }
        None => sink.reject(Why::NotOfThisKind),
    }
}

/// `SHA256:` and 43 Base64 characters, with or without padding.
fn ssh(value: &str, sink: &mut Sink<'_>) {
    let token = value
        .split_whitespace()
        .find(|word| word.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sha256:")))
        .unwrap_or(value);
    let digest = after_prefix(token, &["sha256:"]).trim_end_matches('=');
    if base64_32(digest).is_some() {
        return distinctive(Space::SshKey, digest, sink);
    }
    match hex(token) {
        Some(hex) if hex.len() == 32 => {
            sink.add(Space::SshKey, Origin::Itself, Strength::Reusable, &hex);
        }
        _ => sink.reject(Why::NotOfThisKind),
    }
}

/// The 32-bit number that host search engines use, or a hex digest.
fn favicon(value: &str, sink: &mut Sink<'_>) {
    let value = after_prefix(value, &["http.favicon.hash:", "mmh3:", "hash:"]);
    let number = value.parse::<i64>().ok().map(|number| number.to_string());
    match number.or_else(|| hex(value).filter(|hex| hex.len() >= 32)) {
        Some(text) if text.len() >= 5 => sink.add(Space::Favicon, Origin::Itself, Strength::Weak, &text),
        _ => sink.reject(Why::NotOfThisKind),
    }
}

/// `@user:server`, also inside a `matrix.to` link.
fn matrix(value: &str, sink: &mut Sink<'_>) {
    let value = value.rsplit_once("#/").map_or(value, |(_, rest)| rest);
    let value = value.strip_prefix("matrix:u/").or_else(|| value.strip_prefix("matrix:")).unwrap_or(value);
    let lower = value.trim_start_matches('@').to_lowercase();
    match lower.split_once(':') {
        Some((user, server)) if !user.is_empty() && server.contains('.') && !lower.contains(' ') => {
            sink.add(Space::Matrix, Origin::Itself, Strength::Reusable, &lower);
        }
        _ => sink.reject(Why::NotOfThisKind),
    }
}

fn is_session_name(value: &str) -> bool {
    (3..=64).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn after_prefix<'v>(value: &'v str, prefixes: &[&str]) -> &'v str {
    prefixes
        .iter()
        .find(|prefix| value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)))
        .map_or(value, |prefix| &value[prefix.len()..])
}

/// Hex digits in lower case; colons, blanks and dashes between them are left out.
fn hex(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b':' | b' ' | b'-' | b'\t' => {}
            _ if byte.is_ascii_hexdigit() => out.push(byte.to_ascii_lowercase() as char),
            _ => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// 32 bytes in standard Base64, with or without padding. Small and strict, so that no crate is needed.
fn base64_32(value: &str) -> Option<[u8; 32]> {
    let value = value.trim_end_matches('=');
    if value.len() != 43 {
        return None;
    }
    let (mut out, mut filled, mut bits, mut held) = ([0u8; 32], 0, 0u32, 0);
    for byte in value.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            *out.get_mut(filled)? = (bits >> held) as u8;
            filled += 1;
        }
    }
    Some(out)
}
