//! Ranges of addresses, IPv4 and IPv6 in one order, and sets of them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A range of addresses, both ends included. IPv4 addresses stand where IPv6 maps them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) first: u128,
    pub(super) last: u128,
}

const MAPPED: u128 = 0xffff << 32;

impl Span {
    pub(super) const fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    pub(super) const fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The whole address space, or a good part of it, belongs to nobody.
    const fn is_everything(&self) -> bool {
        self.last - self.first >= 1 << 120 || (self.first == MAPPED && self.last == MAPPED | 0xffff_ffff)
    }

    /// `bits` of the address are the network.
    pub(super) fn of_prefix(address: IpAddr, bits: u32) -> Option<Self> {
        let (start, width) = (number(address), if address.is_ipv4() { 32 } else { 128 });
        let host = width - Some(bits).filter(|bits| *bits <= width)?;
        let mask = if host == 128 { u128::MAX } else { (1 << host) - 1 };
        Some(Self { first: start & !mask, last: start | mask })
    }

    /// Bits of the network, where the range is one.
    fn prefix(&self) -> Option<u32> {
        let size = (self.last - self.first).checked_add(1)?;
        let aligned = size.is_power_of_two() && self.first & (size - 1) == 0;
        aligned.then(|| if self.is_v4() { 32 } else { 128 } - size.trailing_zeros())
    }

    const fn is_v4(&self) -> bool {
        self.first >> 32 == 0xffff
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => MAPPED | u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

fn address(number: u128) -> IpAddr {
    if number >> 32 == 0xffff {
        IpAddr::V4(Ipv4Addr::from(number as u32))
    } else {
        IpAddr::V6(Ipv6Addr::from(number))
    }
}

/// `192.0.2.0 - 192.0.2.31`, `192.0.2.0/27`, `2001:db8::/32`, or one address.
impl FromStr for Span {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let span = if let Some((first, last)) = text.split_once('-') {
            let (first, last): (IpAddr, IpAddr) = both(first.trim().parse(), last.trim().parse())?;
            if first.is_ipv4() != last.is_ipv4() {
                return Err(());
            }
            Self { first: number(first), last: number(last) }
        } else if let Some((start, bits)) = text.split_once('/') {
            let (start, bits) = both(start.trim().parse(), bits.trim().parse())?;
            Self::of_prefix(start, bits).ok_or(())?
        } else {
            let one = number(text.parse().map_err(|_| ())?);
            Self { first: one, last: one }
        };
        if span.first > span.last || span.is_everything() { Err(()) } else { Ok(span) }
    }
}

fn both<A, B, E, F>(a: Result<A, E>, b: Result<B, F>) -> Result<(A, B), ()> {
    Ok((a.map_err(|_| ())?, b.map_err(|_| ())?))
}

/// A prefix where it is one, otherwise both ends.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.prefix() {
            Some(bits) => write!(f, "{}/{bits}", address(self.first)),
            None => write!(f, "{}-{}", address(self.first), address(self.last)),
        }
    }
}

/// Shows nothing: ranges of customers are confidential.
impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Span(..)")
    }
}

/// Address space as ranges that do not touch, so that one look finds the range of an address.
#[derive(Clone, Debug, Default)]
pub(super) struct Space(Vec<Span>);

impl Space {
    pub(super) fn of(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(before) if span.first <= before.last.saturating_add(1) => {
                    before.last = before.last.max(span.last);
                }
                _ => joined.push(span),
            }
        }
        Self(joined)
    }

    /// Whether all of `span` lies in the space.
    pub(super) fn contains(&self, span: &Span) -> bool {
        let behind = self.0.partition_point(|one| one.first <= span.first);
        behind > 0 && self.0[behind - 1].contains(span)
    }

    pub(super) fn overlaps(&self, span: &Span) -> bool {
        let behind = self.0.partition_point(|one| one.first <= span.last);
        behind > 0 && self.0[behind - 1].overlaps(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let read = written.parse::<Span>().map_or_else(|()| "unread".to_owned(), |span| span.to_string());
        assert_eq!(read, expected, "{written}");
    }

    #[test]
    fn ranges_are_read_as_registries_write_them() {
        check("192.0.2.0 - 192.0.2.31", "192.0.2.0/27");
        check("192.0.2.1 - 192.0.2.9", "192.0.2.1-192.0.2.9");
        check("192.0.2.64/26", "192.0.2.64/26");
        check("2001:db8:10::/48", "2001:db8:10::/48");
        check("192.0.2.7", "192.0.2.7/32");
        check("192.0.2.9 - 192.0.2.1", "unread");
        check("192.0.2.0 - 2001:db8::1", "unread");
        check("192.0.2.0/33", "unread");
        check("0.0.0.0 - 255.255.255.255", "unread");
        check("::/0", "unread");
    }

    #[test]
    fn ranges_side_by_side_are_one_space() {
        let spans = ["192.0.2.128/25", "192.0.2.0/25"].map(|text| text.parse().unwrap());
        let space = Space::of(spans.to_vec());

        assert!(space.contains(&"192.0.2.100-192.0.2.200".parse().unwrap()));
        assert!(!space.contains(&"192.0.1.0/24".parse().unwrap()));
        assert!(space.overlaps(&"192.0.0.0/16".parse().unwrap()));
    }
}
