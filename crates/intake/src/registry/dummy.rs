//! Values that a registry puts in the place of personal data: they point to nobody.

use std::borrow::Cow;

/// A handle, unless it stands for one that was taken out (`DUMY-RIPE`).
pub(super) fn handle(value: &str) -> Option<String> {
    let handle = value.trim().to_ascii_uppercase();
    let is_dummy = handle.starts_with("DUMY-") || handle.starts_with("DUMMY-") || handle == "UNREAD";
    (!handle.is_empty() && !is_dummy).then_some(handle)
}

/// A mailbox that is left, or the domain of one whose name was taken out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mailbox<'a> {
    Whole(&'a str),
    /// `***@example.com`: the domain is real.
    DomainOf(&'a str),
}

pub(super) fn mailbox(value: &str) -> Option<Mailbox<'_>> {
    let (name, domain) = value.trim().rsplit_once('@')?;
    let filtered = domain.contains('*') || domain.is_empty();
    let placeholder = name.eq_ignore_ascii_case("unread") && domain.eq_ignore_ascii_case("ripe.net");
    match () {
        () if filtered || placeholder => None,
        () if name.contains('*') => Some(Mailbox::DomainOf(domain)),
        () => Some(Mailbox::Whole(value.trim())),
    }
}

/// A number with all its digits: the registry writes dots or stars for those that it took out.
pub(super) fn phone(value: &str) -> Option<&str> {
    let value = value.trim();
    let hidden = value.contains("..") || value.contains('*');
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let zeros = value.bytes().filter(|byte| *byte == b'0').count();
    (!hidden && digits >= 6 && zeros + 4 < digits + 2).then_some(value)
}

/// A text, unless it is the registry's own.
pub(super) fn text(value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let placeholder = ["placeholder", "name removed", "dummy ", "filtered", "not disclosed"]
        .iter()
        .any(|start| lower.starts_with(start));
    let hidden = value.chars().all(|sign| !sign.is_alphanumeric());
    (!placeholder && !hidden).then_some(Cow::Borrowed(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_values() {
        assert_eq!(handle("DUMY-RIPE"), None);
        assert_eq!(handle("ab1-test").as_deref(), Some("AB1-TEST"));
        assert_eq!(mailbox("***@relay.example"), Some(Mailbox::DomainOf("relay.example")));
        assert_eq!(mailbox("abuse@relay.example"), Some(Mailbox::Whole("abuse@relay.example")));
        let placeholder = ["unread", "ripe.net"].join("@");
        assert_eq!(mailbox(&placeholder), None);
        assert_eq!(mailbox("***"), None);
        assert_eq!(phone("+31 20 ... ...."), None);
        assert_eq!(phone("+31000000000"), None);
        assert_eq!(phone("+31 20 555 0150"), Some("+31 20 555 0150"));
        assert_eq!(text("***"), None);
        assert_eq!(text("Placeholder Person Object"), None);
        assert_eq!(text("Quay Street 1").as_deref(), Some("Quay Street 1"));
    }
}
