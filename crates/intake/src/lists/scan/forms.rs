//! The form of a single word: which identifier it is, if any.

use watchlist::IdentifierKind;
use watchlist::format::admission::{parse_asn, parse_ip_range};

use super::hosts;

/// Kind and value of a word that is an identifier by its form.
pub(super) fn of(word: &str) -> Option<(IdentifierKind, String)> {
    // The longest form is a Monero address with a payment id.
    if word.len() < 3 || word.len() > 2_000 {
        return None;
    }
    None.or_else(|| hosts::url(word))
        .or_else(|| hosts::account(word))
        .or_else(|| network(word))
        .or_else(|| key(word))
        .or_else(|| wallet(word))
        .or_else(|| registry(word))
        .or_else(|| hosts::domain(word))
}

fn own(kind: IdentifierKind, word: &str) -> Option<(IdentifierKind, String)> {
    Some((kind, word.to_owned()))
}

/// `AS64500`, an address, a prefix or a range without blanks. A lone number is none of these.
fn network(word: &str) -> Option<(IdentifierKind, String)> {
    let named = word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("as"));
    let number = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if named && number.starts_with(|c: char| c.is_ascii_digit()) && parse_asn(word).is_some() {
        return own(IdentifierKind::Asn, word);
    }
    let looks_like_ip =
        word.bytes().filter(|byte| *byte == b'.').count() >= 3 || word.matches(':').count() >= 2;
    if looks_like_ip && parse_ip_range(word).is_some() {
        return own(IdentifierKind::IpRange, word);
    }
    None
}

/// Long hexadecimal numbers have one meaning for each length. 64 digits have several: these need a label.
fn key(word: &str) -> Option<(IdentifierKind, String)> {
    if !is_hex(word) {
        return None;
    }
    match word.len() {
        76 => own(IdentifierKind::Tox, word),
        66 if word.starts_with("05") => own(IdentifierKind::Session, word),
        40 => own(IdentifierKind::PgpFingerprint, word),
        _ => None,
    }
}

/// Addresses of Bitcoin, Litecoin, TRON, Ethereum and Monero by their form. Checksums are for `matching`.
fn wallet(word: &str) -> Option<(IdentifierKind, String)> {
    let lower = word.to_ascii_lowercase();
    let is_ethereum = lower.strip_prefix("0x").is_some_and(|hex| hex.len() == 40 && is_hex(hex));
    let bech32 = ["bc1", "ltc1"].iter().any(|start| lower.starts_with(start));
    let is_bech32 = bech32
        && (26..=90).contains(&word.len())
        && lower.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (word == lower || word == word.to_ascii_uppercase());
    let is_base58 = match word.as_bytes()[0] {
        b'1' | b'3' => (26..=35).contains(&word.len()),
        b'L' | b'M' => (33..=34).contains(&word.len()),
        b'T' => word.len() == 34,
        b'4' | b'8' => matches!(word.len(), 95 | 106),
        _ => false,
    };
    let is_mixed = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    let is_base58 = is_base58
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l'))
        && is_mixed(u8::is_ascii_digit)
        && is_mixed(u8::is_ascii_uppercase)
        && is_mixed(u8::is_ascii_lowercase);
    if is_ethereum || is_bech32 || is_base58 { own(IdentifierKind::Wallet, word) } else { None }
}

/// Handles of the regional registries and Dutch VAT numbers.
fn registry(word: &str) -> Option<(IdentifierKind, String)> {
    let upper = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    let registries = ["-RIPE", "-ARIN", "-AP", "-LACNIC", "-AFRINIC", "-MNT"];
    if upper && (registries.iter().any(|end| word.ends_with(end)) || word.starts_with("MNT-")) {
        return own(IdentifierKind::RipeHandle, word);
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if upper && word.len() == 14 && word.starts_with("NL") && &word[11..12] == "B" && digits(&word[2..11]) {
        return own(IdentifierKind::VatNumber, word);
    }
    None
}

pub(super) fn is_hex(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_hexdigit())
}
