//! Handles and net names of the regional registries.

use watchlist::Strength;

use super::form::{Origin, Space};
use super::lists::{SHARED_HANDLES, is_generic};
use super::rejected::Why;
use super::sink::Sink;
use super::text;

/// Adds an organisation, person, role or maintainer handle. Its ending names the registry.
pub(super) fn clean_handle(value: &str, sink: &mut Sink<'_>) {
    let handle = text::unwrapped(value).to_ascii_uppercase();
    let plausible = (4..=60).contains(&handle.len())
        && handle.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && handle.contains('-');
    if !plausible {
        return sink.reject(Why::NotOfThisKind);
    }
    if SHARED_HANDLES.contains(handle.as_str()) {
        return sink.reject(Why::SharedService);
    }
    sink.add(Space::RipeHandle, Origin::Itself, Strength::Reusable, &handle);
}

/// Adds a `netname` or `as-name`: capitals only, since numbers and signs change from net to net.
pub(super) fn clean_net_name(value: &str, sink: &mut Sink<'_>) {
    let name = text::unwrapped(value);
    let letters: String =
        name.bytes().filter(u8::is_ascii_alphabetic).map(|b| b.to_ascii_uppercase() as char).collect();
    if letters.len() < 4 {
        return sink.reject(Why::TooShort);
    }
    if is_generic(&letters.to_ascii_lowercase()) || SHARED_HANDLES.contains(name) {
        return sink.reject(Why::GenericWord);
    }
    sink.add(Space::NetName, Origin::Itself, Strength::Weak, &letters);
}
