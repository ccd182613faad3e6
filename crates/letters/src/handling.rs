//! Who may see a document: the labels of TLP 2.0.

/// Traffic Light Protocol 2.0 (FIRST, 2022).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Handling {
    Red,
    AmberStrict,
    Amber,
    Green,
    Clear,
}

impl Handling {
    pub const ALL: &[Self] = &[Self::Red, Self::AmberStrict, Self::Amber, Self::Green, Self::Clear];

    /// The label as TLP 2.0 writes it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Red => "TLP:RED",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Amber => "TLP:AMBER",
            Self::Green => "TLP:GREEN",
            Self::Clear => "TLP:CLEAR",
        }
    }

    /// Reads a label, whatever its case. None if it is not one of TLP 2.0.
    pub fn from_label(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|handling| handling.label().eq_ignore_ascii_case(text.trim()))
    }

    /// Colour of the letters on black, as TLP 2.0 gives it.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Red => "#FF2B2B",
            Self::AmberStrict | Self::Amber => "#FFC000",
            Self::Green => "#33FF00",
            Self::Clear => "#FFFFFF",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_they_are_written() {
        for handling in Handling::ALL {
            assert_eq!(Handling::from_label(&handling.label().to_lowercase()), Some(*handling));
        }
        assert_eq!(Handling::from_label("TLP:WHITE"), None);
    }
}
