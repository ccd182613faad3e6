//! From when to when a fact held.

use jiff::civil::Date;

/// A period in which an identifier pointed to its party. An open end means: not known to have ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Validity {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Validity {
    /// Whether the period covers some day of the other one. Unknown ends count as open.
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_before_end = |start: Option<Date>, end: Option<Date>| match (start, end) {
            (Some(start), Some(end)) => start <= end,
            _ => true,
        };
        starts_before_end(self.from, other.to) && starts_before_end(other.from, self.to)
    }

    /// Whether the period had already ended on `day`.
    pub fn ended_before(&self, day: Date) -> bool {
        self.to.is_some_and(|end| end < day)
    }
}
