//! Where the cleaning of one value puts its forms.

use watchlist::{Identifier, IdentifierKind, Strength, Validity};

use super::CleanIdentifiers;
use super::country::Country;
use super::form::{Form, Origin, Space, key};
use super::rejected::{Place, Rejected, Why};

/// Adds forms and refusals of one identifier.
pub(super) struct Sink<'a> {
    pub(super) out: &'a mut CleanIdentifiers,
    pub(super) raw: u16,
    pub(super) kind: IdentifierKind,
    pub(super) validity: Validity,
    /// What the source says of the strength; forms can be weaker, never stronger.
    pub(super) cap: Strength,
    /// Country of the identifier, or else of the party.
    pub(super) country: Option<Country>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(out: &'a mut CleanIdentifiers, raw: u16, identifier: &Identifier) -> Self {
        let country = identifier.country.as_deref().and_then(Country::read).or(out.country);
        Self {
            out,
            raw,
            kind: identifier.kind,
            validity: identifier.validity,
            cap: identifier.strength.unwrap_or(Strength::Distinctive),
            country,
        }
    }

    /// A form whose key is its text.
    pub(super) fn add(&mut self, space: Space, origin: Origin, strength: Strength, text: &str) {
        self.add_keyed(space, origin, strength, text, text);
    }

    /// A form that is found under another text than it is compared with.
    pub(super) fn add_keyed(
        &mut self,
        space: Space,
        origin: Origin,
        strength: Strength,
        text: &str,
        found_by: &str,
    ) {
        let Ok(len) = u16::try_from(text.len()) else { return self.reject(Why::NotOfThisKind) };
        let strength = strength.max(self.cap);
        let start = self.out.text.len() as u32;
        self.out.text.push_str(text);
        self.out.forms.push(Form {
            key: key(space, found_by),
            start,
            len,
            raw: self.raw,
            space,
            origin,
            kind: self.kind,
            strength,
            indexed: strength != Strength::NonDistinctive,
            country: self.country,
            validity: self.validity,
        });
    }

    pub(super) fn reject(&mut self, why: Why) {
        self.out.rejected.push(Rejected { place: Place::Identifier(self.raw), why });
    }
}
