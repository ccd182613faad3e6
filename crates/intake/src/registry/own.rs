//! What belongs to the hoster: address space, AS numbers, maintainers and organisations.

use std::str::FromStr;

use rustc_hash::FxHashSet;

use super::span::Span;

/// What `--own` named.
#[derive(Clone, Debug, Default)]
pub struct Own {
    pub(super) spans: Vec<Span>,
    pub(super) origins: FxHashSet<u32>,
    /// Maintainers and organisations in capitals.
    pub(super) handles: FxHashSet<String>,
}

/// A value of `--own` that is neither.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no address range, AS number, maintainer or organisation")]
pub struct OwnError(pub String);

impl Own {
    /// Takes one value: `192.0.2.0/24`, `192.0.2.0-192.0.2.99`, `AS64500`, `EXAMPLE-MNT`, `ORG-EX1-RIPE`.
    pub fn add(&mut self, written: &str) -> Result<(), OwnError> {
        let text = written.trim();
        let is_handle = |text: &str| {
            let signs = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            signs && text.bytes().any(|byte| byte.is_ascii_alphabetic()) && text.contains('-')
        };
        if let Ok(span) = Span::from_str(text) {
            self.spans.push(span);
        } else if let Some(number) = origin(text) {
            self.origins.insert(number);
        } else if is_handle(text) {
            self.handles.insert(text.to_ascii_uppercase());
        } else {
            return Err(OwnError(text.to_owned()));
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.origins.is_empty() && self.handles.is_empty()
    }
}

/// `AS64500`.
pub(super) fn origin(text: &str) -> Option<u32> {
    let (sign, number) = text.trim().split_at_checked(2)?;
    if sign.eq_ignore_ascii_case("as") { number.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_things_are_told_apart_by_their_form() {
        let mut own = Own::default();
        for text in ["192.0.2.0/24", "2001:db8::/32", "as64500", "example-mnt", "ORG-EX1-RIPE"] {
            own.add(text).unwrap();
        }

        assert_eq!((own.spans.len(), own.origins.len(), own.handles.len()), (2, 1, 2));
        assert_eq!(own.add("whatever"), Err(OwnError("whatever".to_owned())));
        assert!(own.add("0.0.0.0/0").is_err());
    }
}
