//! Addresses, prefixes and ranges as address plans and billing panels write them.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What one value of an address column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written<'a> {
    /// A single address, a prefix or a range, in a form everything behind this reads.
    Network(Cow<'a, str>),
    /// A host name, which panels also put where an address belongs.
    Host(&'a str),
    /// 0.0.0.0 or :: stands for "none".
    None,
    Unread,
}

/// The values of a cell. Blanks around a dash belong to a range: `192.0.2.10 - 192.0.2.14` is one value.
pub(super) fn values(cell: &str) -> Cow<'_, str> {
    let has_dash = cell.bytes().any(|byte| byte == b'-' || !byte.is_ascii());
    if !has_dash || !(cell.contains(" -") || cell.contains("- ") || cell.contains('–')) {
        return Cow::Borrowed(cell);
    }
    let mut joined = cell.replace('–', "-");
    while joined.contains(" -") || joined.contains("- ") {
        joined = joined.replace(" -", "-").replace("- ", "-");
    }
    Cow::Owned(joined)
}

/// Reads one value.
pub(super) fn read(value: &str) -> Written<'_> {
    if let Ok(address) = value.parse::<IpAddr>() {
        return if address.is_unspecified() { Written::None } else { Written::Network(Cow::Borrowed(value)) };
    }
    if let Some((address, length)) = value.split_once('/') {
        return prefix(value, address, length);
    }
    if let Some((first, last)) = value.split_once('-')
        && let Ok(first_address) = first.parse::<IpAddr>()
    {
        return range(value, first_address, last);
    }
    if let Some(address) = decimal(value) {
        return Written::Network(Cow::Owned(address.to_string()));
    }
    // An address with its port.
    if let Some((address, port)) = value.rsplit_once(':')
        && port.parse::<u16>().is_ok()
        && let Ok(address) = address.trim_matches(['[', ']']).parse::<IpAddr>()
    {
        return Written::Network(Cow::Owned(address.to_string()));
    }
    if is_host(value) { Written::Host(value) } else { Written::Unread }
}

/// `192.0.2.0/24` is a prefix. `192.0.2.10/24` is a host that was written with the mask of its network
/// (NetBox does so): the network has other users, so only the address counts.
fn prefix<'a>(value: &'a str, address: &'a str, length: &str) -> Written<'a> {
    let (Ok(parsed), Some(bits)) = (address.parse::<IpAddr>(), mask_bits(length)) else {
        return Written::Unread;
    };
    let (width, host) = match parsed {
        IpAddr::V4(address) => (32, u128::from(u32::from(address)) & low_bits(32 - bits.min(32))),
        IpAddr::V6(address) => (128, u128::from(address) & low_bits(128 - bits.min(128))),
    };
    match () {
        () if bits > width => Written::Unread,
        // The whole address space belongs to nobody.
        () if bits == 0 && parsed.is_unspecified() => Written::Unread,
        () if host != 0 || bits == width => Written::Network(Cow::Borrowed(address)),
        () if length.contains('.') => Written::Network(Cow::Owned(format!("{address}/{bits}"))),
        () => Written::Network(Cow::Borrowed(value)),
    }
}

const fn low_bits(count: u32) -> u128 {
    if count >= 128 { u128::MAX } else { (1 << count) - 1 }
}

/// `24` or `255.255.255.0`.
fn mask_bits(length: &str) -> Option<u32> {
    if let Ok(mask) = length.parse::<Ipv4Addr>() {
        let mask = u32::from(mask);
        return (mask.leading_ones() + mask.trailing_zeros() >= 32).then(|| mask.leading_ones());
    }
    length.parse().ok().filter(|bits| *bits <= 128)
}

fn range<'a>(value: &'a str, first: IpAddr, last: &str) -> Written<'a> {
    if last.parse::<IpAddr>().is_ok() {
        return Written::Network(Cow::Borrowed(value));
    }
    // `192.0.2.10-14`
    let (IpAddr::V4(address), Ok(end)) = (first, last.parse::<u8>()) else { return Written::Unread };
    let [a, b, c, d] = address.octets();
    if end < d {
        return Written::Unread;
    }
    Written::Network(Cow::Owned(format!("{address}-{a}.{b}.{c}.{end}")))
}

/// phpIPAM and others keep addresses as decimal numbers. Numbers below 1.0.0.0 are counters, not addresses.
fn decimal(value: &str) -> Option<IpAddr> {
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u128 = value.parse().ok()?;
    match u32::try_from(number) {
        Ok(number) if number >= 1 << 24 => Some(Ipv4Addr::from(number).into()),
        Ok(_) => None,
        Err(_) => Some(Ipv6Addr::from(number).into()),
    }
}

/// A network whose address (dotted or decimal) and mask stand in two columns.
pub(super) fn subnet(address: &str, mask: &str) -> Option<String> {
    let address = address.parse::<IpAddr>().ok().or_else(|| decimal(address))?;
    let bits = mask_bits(mask.trim_start_matches('/'))?;
    Some(format!("{address}/{bits}"))
}

/// Whether the text is a host name: labels with a dot between them, the last one no number.
fn is_host(value: &str) -> bool {
    value.rsplit_once('.').is_some_and(|(name, end)| {
        !name.is_empty() && end.chars().any(char::is_alphabetic) && !value.contains(['@', ' ', ':'])
    })
}

/// The addresses that stand anywhere in a text (`IP Address: 203.0.113.77<br>`).
pub(crate) fn in_text(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !(sign.is_ascii_hexdigit() || matches!(sign, '.' | ':')))
        .map(|part| part.trim_matches('.'))
        .filter(|part| part.len() > 6 && part.parse::<IpAddr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let read = match read(&values(value)) {
            Written::Network(network) => network.into_owned(),
            Written::Host(host) => format!("host {host}"),
            Written::None => "none".to_owned(),
            Written::Unread => "unread".to_owned(),
        };
        assert_eq!(read, expected, "{value}");
    }

    #[test]
    fn address_values_are_read_as_their_programs_mean_them() {
        check("192.0.2.10", "192.0.2.10");
        check("192.0.2.10/24", "192.0.2.10");
        check("192.0.2.0/24", "192.0.2.0/24");
        check("192.0.2.0/255.255.255.0", "192.0.2.0/24");
        check("203.0.113.5/32", "203.0.113.5");
        check("2001:db8:10::1/64", "2001:db8:10::1");
        check("2001:db8::/32", "2001:db8::/32");
        check("192.0.2.10 - 192.0.2.14", "192.0.2.10-192.0.2.14");
        check("192.0.2.10–192.0.2.14", "192.0.2.10-192.0.2.14");
        check("192.0.2.10-14", "192.0.2.10-192.0.2.14");
        check("3325256704", "198.51.100.0");
        check("192.0.2.1:8080", "192.0.2.1");
        check("ams1.example.test", "host ams1.example.test");
        check("0.0.0.0", "none");
        check("0.0.0.0/0", "unread");
        check("192.0.2.999", "unread");
        check("12", "unread");
    }

    #[test]
    fn decimal_subnets_get_their_mask() {
        assert_eq!(subnet("3325256704", "28").as_deref(), Some("198.51.100.0/28"));
        assert_eq!(subnet("42540766411282592856903984951653826560", "/32").as_deref(), Some("2001:db8::/32"));
    }

    #[test]
    fn addresses_are_found_in_the_text_of_a_login() {
        let text = "Date: 12/03/2026 10:26<br>IP Address: 203.0.113.77<br>Host: ";
        assert_eq!(in_text(text).collect::<Vec<_>>(), ["203.0.113.77"]);
    }
}
