//! What a value must look like to be taken into a list.
//!
//! The rules are few on purpose: they keep out what would hit everybody (`0.0.0.0/0`) or what is
//! plainly something else (a date in the place of an AS number). Cleaning, check digits and strength
//! belong to `matching`.

use std::net::IpAddr;

use crate::{IdentifierKind, Phrase};

/// Longest value or name in bytes. The longest honest values are SSH host keys (RSA with 16,384 bits:
/// about 2,800 bytes) and addresses in prose (under 300).
pub const MAX_VALUE_BYTES: usize = 4_096;

/// Shortest IPv4 prefix that a list may hold. A /8 is the largest block ever given to one holder.
pub const SHORTEST_IPV4_PREFIX: u32 = 8;

/// Shortest IPv6 prefix that a list may hold. Registries hold /12, no holder has more than a /16.
pub const SHORTEST_IPV6_PREFIX: u32 = 16;

/// Why a value is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub expected: Phrase,
    pub hint: Phrase,
}

const CORRECT_IT: Phrase = Phrase::new("correct the value in the list", "verbeter de waarde in de lijst");

/// Whether `value` can stand in a list as an identifier of this kind.
pub fn admit(kind: IdentifierKind, value: &str) -> Result<(), Refusal> {
    admit_text(value)?;
    match kind {
        IdentifierKind::IpRange => admit_ip_range(value),
        IdentifierKind::Asn => admit_asn(value),
        IdentifierKind::Email => admit_email(value),
        IdentifierKind::Domain | IdentifierKind::NameServer | IdentifierKind::Hostname => admit_host(value),
        _ => Ok(()),
    }
}

/// Whether `text` can stand in a list at all: as a name, an address or an identifier.
pub fn admit_text(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal {
            expected: Phrase::new("a text that is not empty", "een tekst die niet leeg is"),
            hint: Phrase::new("fill in the value or leave it out", "vul de waarde in of laat haar weg"),
        });
    }
    if text.len() > MAX_VALUE_BYTES {
        return Err(Refusal {
            expected: Phrase::new("at most 4,096 bytes", "hoogstens 4.096 bytes"),
            hint: Phrase::new(
                "look whether a quote is missing, so that several values became one",
                "kijk of er een aanhalingsteken ontbreekt, waardoor meer waarden er één werden",
            ),
        });
    }
    Ok(())
}

fn admit_ip_range(value: &str) -> Result<(), Refusal> {
    let Some((first, last)) = parse_ip_range(value) else {
        return Err(Refusal {
            expected: Phrase::new(
                "an IP address, a prefix such as `192.0.2.0/24` or a range such as `192.0.2.0 - 192.0.2.9`",
                "een IP-adres, een prefix zoals `192.0.2.0/24` of een reeks zoals `192.0.2.0 - 192.0.2.9`",
            ),
            hint: CORRECT_IT,
        });
    };
    let (too_wide, expected) = match first {
        IpAddr::V4(_) => (
            addresses_over(first, last, 32 - SHORTEST_IPV4_PREFIX),
            Phrase::new("an IPv4 prefix of /8 or longer", "een IPv4-prefix van /8 of langer"),
        ),
        IpAddr::V6(_) => (
            addresses_over(first, last, 128 - SHORTEST_IPV6_PREFIX),
            Phrase::new("an IPv6 prefix of /16 or longer", "een IPv6-prefix van /16 of langer"),
        ),
    };
    if too_wide || first.is_unspecified() {
        let hint = Phrase::new(
            "so wide a range would hit customers who have nothing to do with it; ask the issuer for the right one",
            "zo ruim een reeks zou klanten treffen die er niets mee te maken hebben; vraag de uitgever om de juiste",
        );
        return Err(Refusal { expected, hint });
    }
    Ok(())
}

/// First and last address of an address, a prefix (`/24` or `/255.255.255.0`) or a range with a dash.
///
/// Host bits in a prefix are allowed and cleared. Answers nothing for any other text, for mixed
/// families and for ranges that run backwards.
pub fn parse_ip_range(value: &str) -> Option<(IpAddr, IpAddr)> {
    let value = value.trim();
    if let Some((address, length)) = value.split_once('/') {
        return parse_prefix(address.trim_end(), length.trim_start());
    }
    if let Some((first, last)) = value.split_once(['-', '\u{2013}']) {
        let (first, last): (IpAddr, IpAddr) =
            (first.trim_end().parse().ok()?, last.trim_start().parse().ok()?);
        return (first.is_ipv4() == last.is_ipv4() && first <= last).then_some((first, last));
    }
    let address = value.parse().ok()?;
    Some((address, address))
}

fn parse_prefix(address: &str, length: &str) -> Option<(IpAddr, IpAddr)> {
    match address.parse().ok()? {
        IpAddr::V4(address) => {
            let host_mask = ipv4_host_mask(length)?;
            let bits = address.to_bits();
            Some((IpAddr::V4((bits & !host_mask).into()), IpAddr::V4((bits | host_mask).into())))
        }
        IpAddr::V6(address) => {
            let length: u32 = length.parse().ok().filter(|length| *length <= 128)?;
            let host_mask = u128::MAX.checked_shr(length).unwrap_or(0);
            let bits = address.to_bits();
            Some((IpAddr::V6((bits & !host_mask).into()), IpAddr::V6((bits | host_mask).into())))
        }
    }
}

/// The host part of an IPv4 mask, written as a length or as an address.
fn ipv4_host_mask(length: &str) -> Option<u32> {
    if let Ok(mask) = length.parse::<std::net::Ipv4Addr>() {
        let host_mask = !mask.to_bits();
        // A network mask has all its ones on the left, so its complement plus one is a power of two.
        return (host_mask & host_mask.wrapping_add(1) == 0).then_some(host_mask);
    }
    let length: u32 = length.parse().ok().filter(|length| *length <= 32)?;
    Some(u32::MAX.checked_shr(length).unwrap_or(0))
}

/// Whether the range holds more than 2^`host_bits` addresses.
fn addresses_over(first: IpAddr, last: IpAddr, host_bits: u32) -> bool {
    let number = |address| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    };
    (number(last) - number(first)) >> host_bits != 0
}

fn admit_asn(value: &str) -> Result<(), Refusal> {
    let expected =
        Phrase::new("an AS number such as `AS64500` or `64500`", "een AS-nummer zoals `AS64500` of `64500`");
    if looks_like_date(value) {
        let hint = Phrase::new(
            "this is a date: a spreadsheet may have changed the cell; format the column as text and enter it again",
            "dit is een datum: een rekenblad kan de cel hebben veranderd; maak de kolom op als tekst en vul hem opnieuw in",
        );
        return Err(Refusal { expected, hint });
    }
    match parse_asn(value) {
        Some(0) | None => Err(Refusal { expected, hint: CORRECT_IT }),
        Some(_) => Ok(()),
    }
}

/// The number in `AS64500`, `ASN 64500`, `64500` or, in the notation with a dot, `1.10`.
pub fn parse_asn(value: &str) -> Option<u32> {
    let value = value.trim();
    let without = |word: &str| {
        let (start, rest) = value.split_at_checked(word.len())?;
        start.eq_ignore_ascii_case(word).then(|| rest.trim_start_matches([' ', ':', '-', '#']))
    };
    let value = without("asn").or_else(|| without("as")).unwrap_or(value);
    if !value.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match value.split_once('.') {
        None => value.parse().ok(),
        Some((high, low)) => {
            let (high, low): (u16, u16) = (high.parse().ok()?, low.parse().ok()?);
            Some(u32::from(high) << 16 | u32::from(low))
        }
    }
}

/// Whether a text is a date rather than an AS number: three groups of digits, or `YYYYMMDD`.
///
/// The numbers 19,000,101 to 20,991,231 are not given out as AS numbers by IANA, so nothing is lost.
fn looks_like_date(value: &str) -> bool {
    let value = value.trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if value.len() == 8 && digits(value) {
        let (month, day) = (&value[4..6], &value[6..]);
        return matches!(&value[..2], "19" | "20")
            && ("01"..="12").contains(&month)
            && ("01"..="31").contains(&day);
    }
    let day = value.split([' ', 'T']).next().unwrap_or(value);
    ['-', '/', '.'].iter().any(|separator| {
        let groups: Vec<&str> = day.split(*separator).collect();
        groups.len() == 3 && groups.iter().all(|group| digits(group) && group.len() <= 4)
    })
}

fn admit_email(value: &str) -> Result<(), Refusal> {
    let plain =
        ["@", "[at]", "(at)", "{at}", " at "].iter().any(|sign| value.to_ascii_lowercase().contains(sign));
    if plain {
        return Ok(());
    }
    Err(Refusal {
        expected: Phrase::new(
            "an e-mail address such as `name@domain.example`",
            "een e-mailadres zoals `naam@domein.example`",
        ),
        hint: CORRECT_IT,
    })
}

/// A host name has a dot (also a defanged or a full-width one) and no blank inside.
fn admit_host(value: &str) -> Result<(), Refusal> {
    let value = value.trim();
    let dotted = value.contains(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'])
        || value.to_ascii_lowercase().contains("dot");
    if dotted && !value.contains(char::is_whitespace) {
        return Ok(());
    }
    Err(Refusal {
        expected: Phrase::new("a domain such as `name.example`", "een domein zoals `naam.example`"),
        hint: CORRECT_IT,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: IdentifierKind, good: &[&str], bad: &[&str]) {
        for value in good {
            assert_eq!(admit(kind, value), Ok(()), "`{value}` should be taken");
        }
        for value in bad {
            assert!(admit(kind, value).is_err(), "`{value}` should be refused");
        }
    }

    #[test]
    fn ranges_that_would_hit_everybody_are_refused() {
        check(
            IdentifierKind::IpRange,
            &[
                "192.0.2.0/24",
                "192.0.2.7",
                "192.0.2.0/255.255.255.0",
                "10.0.0.0/8",
                "2001:db8::/32",
                "2001::/16",
            ],
            &["0.0.0.0/0", "128.0.0.0/7", "::/0", "2000::/15", "0.0.0.0", "::", "0.0.0.0 - 255.255.255.255"],
        );
    }

    #[test]
    fn ranges_are_whole_addresses_in_the_right_order() {
        check(
            IdentifierKind::IpRange,
            &["192.0.2.0-192.0.2.9", "192.0.2.0 – 192.0.2.9", " 192.0.2.1/24 "],
            &[
                "192.0.2.9-192.0.2.0",
                "192.0.2.0/33",
                "192.0.2",
                "192.0.2.0/255.0.255.0",
                "192.0.2.1-2001:db8::1",
                "x",
            ],
        );
    }

    #[test]
    fn an_asn_is_a_number_and_not_a_date() {
        check(
            IdentifierKind::Asn,
            &["64500", "AS64500", "as 64500", "ASN 64500", "ASN:64500", "1.10", "4294967295"],
            &[
                "2025-02-11",
                "11-02-2025",
                "11.02.2025",
                "2025-02-11 00:00:00",
                "20250211",
                "0",
                "AS",
                "4294967296",
                "feb-25",
                "-5",
            ],
        );
    }

    #[test]
    fn mail_addresses_and_hosts_have_their_signs() {
        check(IdentifierKind::Email, &["a@b.example", "a[at]b.example"], &["a.b.example", ""]);
        check(IdentifierKind::Domain, &["b.example", "b[.]example"], &["localhost", "b. example"]);
    }

    #[test]
    fn a_value_of_ten_megabytes_is_refused() {
        let long = "x".repeat(10_000_000);

        check(IdentifierKind::Handle, &["nick"], &[&long, " "]);
    }
}
