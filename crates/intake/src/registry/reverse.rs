//! Which addresses a reverse zone is about.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::span::Span;

/// `2.0.192.in-addr.arpa`, `64-127.2.0.192.in-addr.arpa` (RFC 2317), `8.b.d.0.1.0.0.2.ip6.arpa`.
pub(super) fn span(zone: &str) -> Option<Span> {
    let zone = zone.trim_end_matches('.').to_ascii_lowercase();
    if let Some(labels) = zone.strip_suffix(".in-addr.arpa") {
        return v4(labels);
    }
    v6(zone.strip_suffix(".ip6.arpa")?)
}

fn v4(labels: &str) -> Option<Span> {
    let labels: Vec<&str> = labels.rsplit('.').collect();
    let mut octets = [0u8; 4];
    for (place, label) in labels.iter().enumerate() {
        let octet = octets.get_mut(place)?;
        if let Some((first, last)) = label.split_once('-').filter(|_| place == 3) {
            let [a, b, c, _] = octets;
            return format!("{a}.{b}.{c}.{first}-{a}.{b}.{c}.{last}").parse().ok();
        }
        if let Some((first, bits)) = label.split_once('/').filter(|_| place == 3) {
            *octet = first.parse().ok()?;
            return Span::of_prefix(IpAddr::V4(Ipv4Addr::from(octets)), bits.parse().ok()?);
        }
        *octet = label.parse().ok()?;
    }
    Span::of_prefix(IpAddr::V4(Ipv4Addr::from(octets)), 8 * labels.len() as u32)
}

fn v6(labels: &str) -> Option<Span> {
    let (mut value, mut count) = (0u128, 0u32);
    for label in labels.rsplit('.') {
        let digit = label.chars().next().filter(|_| label.len() == 1)?.to_digit(16)?;
        if count == 32 {
            return None;
        }
        value = value << 4 | u128::from(digit);
        count += 1;
    }
    let address = value.checked_shl(128 - 4 * count)?;
    Span::of_prefix(IpAddr::V6(Ipv6Addr::from(address)), 4 * count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zone: &str, expected: &str) {
        let read = span(zone).map_or_else(|| "none".to_owned(), |span| span.to_string());
        assert_eq!(read, expected, "{zone}");
    }

    #[test]
    fn zones_are_read_as_their_addresses() {
        check("2.0.192.in-addr.arpa", "192.0.2.0/24");
        check("64-127.2.0.192.IN-ADDR.ARPA.", "192.0.2.64/26");
        check("64/26.2.0.192.in-addr.arpa", "192.0.2.64/26");
        check("0.1.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "2001:db8:10::/48");
        check("example.com", "none");
        check("1.2.3.4.5.in-addr.arpa", "none");
    }
}
