//! A postal address as it was written, in the parts that the source knew.

/// A postal address. Every part may be empty; nothing is cleaned here.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Address {
    /// Street and house number, or the whole address where the source does not split it.
    pub street: String,
    pub postcode: String,
    pub city: String,
    /// ISO 3166-1 alpha-2 code where known, otherwise the source's text.
    pub country: String,
}

impl Address {
    pub fn is_empty(&self) -> bool {
        self.street.is_empty() && self.postcode.is_empty() && self.city.is_empty()
    }

    /// The address in one line, as a person would write it.
    pub fn one_line(&self) -> String {
        let town = [self.postcode.as_str(), self.city.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        [self.street.as_str(), town.as_str(), self.country.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Shows no content: addresses are confidential wherever they come from.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(..)")
    }
}
