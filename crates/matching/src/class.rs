//! The class of a pair.

/// What a pair amounts to. Everything but `None` is a hit at the shipped threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    None,
    Weak,
    Probable,
    Strong,
}

impl Class {
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Weak => "weak",
            Self::Probable => "probable",
            Self::Strong => "strong",
        }
    }
}
