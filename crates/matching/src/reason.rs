//! A reason: one feature that speaks for or against, naming both values, raw and as cleaned.

use crate::identifiers::Part;

/// One side of a comparison.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// As found in the source.
    pub raw: String,
    /// As compared.
    pub clean: String,
}

/// What else a reader must know of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The identifier's validity ended before the customer began, or before the day of the screening.
    Ended(jiff::civil::Date),
    /// The identifier was not valid yet while the customer had it.
    NotYet(jiff::civil::Date),
    /// Only the form of the value was recognised: no check digit could confirm it.
    Unchecked,
}

/// One feature of one comparison. `feature` is the name in [`crate::FEATURES`].
#[derive(Clone, PartialEq)]
pub struct Reason {
    pub feature: &'static str,
    /// Log-likelihood ratio (natural logarithm): above 0 speaks for the same party, below 0 against.
    pub weight: f64,
    pub customer: Side,
    pub entry: Side,
    pub remark: Option<Remark>,
}

/// A reason before anybody reads it: what it says by its name in [`crate::FEATURES`], and both values by their
/// places in the two parties. It holds no text, so making the causes of a pair costs little more than its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cause {
    pub feature: &'static str,
    /// As in [`Reason::weight`].
    pub weight: f64,
    pub about: About,
    pub remark: Option<Remark>,
}

/// Which two values a [`Cause`] is about: the customer's, the entry's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Places in [`crate::Party::names`].
    Names(u16, u16),
    /// Parts of [`crate::Party::identifiers`].
    Identifiers(Part, Part),
}

/// Shows feature and weight only: both values are confidential.
impl std::fmt::Debug for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:+.2} {}", self.weight, self.feature)
    }
}
