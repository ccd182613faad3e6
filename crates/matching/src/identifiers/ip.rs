//! Address space: single addresses, prefixes and ranges of IPv4 and IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use watchlist::{Strength, Validity};

use super::lists::lines;
use super::rejected::Why;
use super::sink::Sink;
use super::{domain, text};

/// A range of addresses, both ends in it. IPv4 stands in the IPv4-mapped part of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpSpan {
    pub first: u128,
    pub last: u128,
    /// Place in the party's identifiers, from 0.
    pub raw: u16,
    /// The network around an address that was written with its mask: the party may have the address only.
    pub around: bool,
    pub strength: Strength,
    pub validity: Validity,
}

const V4: u128 = 0xFFFF_0000_0000;

/// Widest spans that may point to somebody: /8 of IPv4, /16 of IPv6.
const WIDEST_V4: u128 = 1 << 24;
const WIDEST_V6: u128 = 1 << 112;

impl IpSpan {
    pub const fn is_v4(&self) -> bool {
        self.first >> 32 == V4 >> 32
    }

    /// Addresses in the span, less one: so that the whole space fits.
    pub const fn size_less_one(&self) -> u128 {
        self.last - self.first
    }

    pub const fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    pub const fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Bits of the shortest prefix length that holds the span's size, 0..=32 or 0..=128.
    pub fn prefix_len(&self) -> u32 {
        let width = if self.is_v4() { 32 } else { 128 };
        width - (128 - self.size_less_one().leading_zeros()).min(width)
    }

    /// The span as people write it: an address, a prefix, or both ends.
    pub fn written(&self) -> String {
        let (first, last) = (address(self.first), address(self.last));
        let size = self.size_less_one();
        match size {
            0 => first.to_string(),
            _ if (size & (size + 1)) == 0 && self.first & size == 0 => {
                format!("{first}/{}", self.prefix_len())
            }
            _ => format!("{first}-{last}"),
        }
    }
}

fn address(number: u128) -> IpAddr {
    if number >> 32 == V4 >> 32 {
        IpAddr::V4(Ipv4Addr::from(number as u32))
    } else {
        IpAddr::V6(Ipv6Addr::from(number))
    }
}

/// Adds the spans of a value.
pub(super) fn clean(value: &str, sink: &mut Sink<'_>) {
    let value = text::unwrapped(value);
    match spans(value) {
        Some((first, last, around)) => {
            let (narrow, wide) = (span(first, last, sink), around);
            // Beside the address itself its network is only a hint, so no refusal is told for it.
            if add(narrow, sink).is_ok()
                && let Some((first, last)) = wide
            {
                let strength = sink.cap.max(Strength::Weak);
                let network = IpSpan { around: true, strength, ..span(first, last, sink) };
                if refused(&network).is_none() {
                    sink.out.ranges.push(network);
                }
            }
        }
        None => sink.reject(Why::NotOfThisKind),
    }
}

fn span(first: u128, last: u128, sink: &Sink<'_>) -> IpSpan {
    let strength = sink.cap.max(Strength::Reusable);
    IpSpan { first, last, raw: sink.raw, around: false, strength, validity: sink.validity }
}

fn add(span: IpSpan, sink: &mut Sink<'_>) -> Result<(), ()> {
    if let Some(why) = refused(&span) {
        sink.reject(why);
        return Err(());
    }
    sink.out.ranges.push(span);
    Ok(())
}

/// Why a span points to nobody.
fn refused(span: &IpSpan) -> Option<Why> {
    let widest = if span.is_v4() { WIDEST_V4 } else { WIDEST_V6 };
    if span.size_less_one() >= widest {
        return Some(Why::TooWide);
    }
    SHARED.iter().find(|(first, last, _)| *first <= span.first && span.last <= *last).map(|(_, _, why)| *why)
}

static SHARED: LazyLock<Vec<(u128, u128, Why)>> = LazyLock::new(|| {
    let mut shared: Vec<_> = lines(include_str!("../../data/identifiers/shared_networks.tsv"))
        .filter_map(|line| {
            let (prefix, why) = line.split_once('\t')?;
            let (first, last, _) = spans(prefix)?;
            Some((first, last, if why == "shared" { Why::SharedNetwork } else { Why::NotPublic }))
        })
        .collect();
    shared.sort_unstable_by_key(|(first, _, _)| *first);
    shared
});

/// Whether a value in another column is an address or prefix.
pub(super) fn looks_like_address(value: &str) -> bool {
    let value = text::unwrapped(value);
    value.contains(['.', ':']) && spans(value).is_some()
}

type Ends = (u128, u128);

/// Both ends, and those of the network when host bits were set beside a mask.
fn spans(value: &str) -> Option<(u128, u128, Option<Ends>)> {
    if let Some(single) = one(value) {
        return Some((single, single, None));
    }
    let restored = domain::refang(value);
    let value = restored.trim_start_matches("AS:").trim();
    let value = value.strip_prefix("hxxp://").or_else(|| value.strip_prefix("http://")).unwrap_or(value);
    if let Some((address, len)) = value.split_once('/') {
        return prefix(address.trim(), len.trim());
    }
    if let Some((first, last)) = value.split_once(['-', '–', '—']) {
        return range(first.trim(), last.trim());
    }
    if let Some((address, mask)) = value.split_once(char::is_whitespace) {
        return prefix(address, mask.trim());
    }
    if let Some(start) = value.strip_suffix(".*") {
        return wildcard(start);
    }
    let single = one(value)?;
    Some((single, single, None))
}

fn prefix(address: &str, len: &str) -> Option<(u128, u128, Option<Ends>)> {
    // `/24` behind a blank belongs to the address before it.
    let len = len.trim_start_matches('/').trim_start();
    let number = one(address)?;
    let width = if number >> 32 == V4 >> 32 { 32 } else { 128 };
    let len = len.parse::<u32>().ok().filter(|len| *len <= 128).or_else(|| mask_len(len))?;
    // `::ffff:192.0.2.0/120` counts the bits of the mapped form.
    let len = if width == 32 && len > 32 { len.checked_sub(96)? } else { len };
    let host_bits = if len == 0 && width == 128 { u128::MAX } else { (1u128 << (width - len)) - 1 };
    let (first, last) = (number & !host_bits, number | host_bits);
    // A /31 or /127 has no network address: both are hosts, and so is each address of a point-to-point link.
    if number != first && host_bits > 1 {
        return Some((number, number, Some((first, last))));
    }
    Some((first, last, None))
}

fn mask_len(mask: &str) -> Option<u32> {
    let mask = u32::from(mask.parse::<Ipv4Addr>().ok()?);
    let len = mask.leading_ones();
    (mask.count_ones() == len && len > 0).then_some(len)
}

fn range(first: &str, last: &str) -> Option<(u128, u128, Option<Ends>)> {
    let start = one(first)?;
    let end = one(last).filter(|_| last.contains(['.', ':']) || !first.contains('.')).or_else(|| {
        // `192.0.2.10-20`
        let byte: u8 = last.parse().ok()?;
        (first.contains('.')).then_some((start & !0xFF) | u128::from(byte))
    })?;
    let is_v4 = |number: u128| number >> 32 == V4 >> 32;
    (start <= end && is_v4(start) == is_v4(end)).then_some((start, end, None))
}

fn wildcard(start: &str) -> Option<(u128, u128, Option<Ends>)> {
    let start = start.trim_end_matches(".*");
    let given = start.split('.').count() as u32;
    let padded = (given..4).fold(start.to_owned(), |text, _| text + ".0");
    prefix(&padded, &(given * 8).to_string())
}

/// One address: dotted, IPv6 with or without brackets and port, mapped, or a decimal number.
fn one(text: &str) -> Option<u128> {
    let text = text.trim();
    match *text.as_bytes().first()? {
        b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b':' | b'[' => {}
        _ => return None,
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(number(address));
    }
    if let Ok(address) = text.parse::<std::net::SocketAddr>() {
        return Some(number(address.ip()));
    }
    let inner = text.trim_start_matches('[').trim_end_matches(']').split('%').next().unwrap_or(text);
    if let Ok(address) = inner.parse::<IpAddr>() {
        return Some(number(address));
    }
    // Some systems store addresses as decimal numbers in text; IPv4 from 1.0.0.0 on, so that ports
    // and short ids are not taken for addresses.
    if text.len() >= 8
        && text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(decimal) = text.parse::<u128>()
    {
        return match decimal {
            0..0x0100_0000 => None,
            0x0100_0000..=0xFFFF_FFFF => Some(V4 | decimal),
            _ if decimal >> 125 == 1 => Some(decimal),
            _ => None,
        };
    }
    padded(text)
}

/// `192.000.002.001`: three digits for each byte, decimal.
fn padded(text: &str) -> Option<u128> {
    let mut bytes = text.split('.').map(|part| (part.len() <= 3).then(|| part.parse::<u8>().ok()).flatten());
    let address = [bytes.next()??, bytes.next()??, bytes.next()??, bytes.next()??];
    bytes.next().is_none().then(|| V4 | u128::from(u32::from(Ipv4Addr::from(address))))
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => V4 | u128::from(u32::from(v4)),
        IpAddr::V6(v6) => u128::from(v6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let span = |first, last| IpSpan {
            first,
            last,
            raw: 0,
            around: false,
            strength: Strength::Reusable,
            validity: Validity::default(),
        };
        let found = match spans(value) {
            None => "-".to_owned(),
            Some((first, last, around)) => {
                let own = span(first, last);
                let why = refused(&own).map_or(String::new(), |why| format!(" {why:?}"));
                let around = around
                    .map_or(String::new(), |(first, last)| format!(" in {}", span(first, last).written()));
                format!("{}{around}{why}", own.written())
            }
        };
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn address_space_is_found_in_what_people_write() {
        check("192.0.2.1", "192.0.2.1");
        check("192[.]0[.]2[.]1", "192.0.2.1");
        check("192.0.2.0/24", "192.0.2.0/24");
        check("192.0.2.0 /24", "192.0.2.0/24");
        check("192.0.2.5/24", "192.0.2.5 in 192.0.2.0/24");
        check("192.0.2.0 255.255.255.0", "192.0.2.0/24");
        check("192.0.2.16 - 192.0.2.31", "192.0.2.16/28");
        check("192.0.2.16-40", "192.0.2.16-192.0.2.40");
        check("192.0.2.*", "192.0.2.0/24");
        check("192.0.2.1:8443", "192.0.2.1");
        check("::ffff:192.0.2.1", "192.0.2.1");
        check("3221225985", "192.0.2.1");
        check("192.000.002.001", "192.0.2.1");
        check("2001:DB8::/32", "2001:db8::/32");
        check("[2001:db8::1]:443", "2001:db8::1");
        check("42540766411282592856903984951653826561", "2001:db8::1");
        check("192.0.2.300", "-");
        check("12345", "-");
        check("192.0.2.9-192.0.2.1", "-");
    }

    #[test]
    fn the_prefixes_of_the_data_file_do_not_overlap() {
        assert!(SHARED.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(SHARED.len() > 60);
    }

    #[test]
    fn space_that_points_to_nobody_is_refused() {
        check("0.0.0.0/0", "0.0.0.0/0 TooWide");
        check("96.0.0.0/7", "96.0.0.0/7 TooWide");
        check("::/0", "::/0 TooWide");
        check("10.1.2.3", "10.1.2.3 NotPublic");
        check("127.0.0.1", "127.0.0.1 NotPublic");
        check("fe80::1", "fe80::1 NotPublic");
        check("104.16.1.1", "104.16.1.1 SharedNetwork");
    }
}
