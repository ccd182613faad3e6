//! Which portion of the labelled data a pair belongs to: models are fitted on one, figures reported on the other.
//!
//! The portion depends only on the entity, so that all pairs of one entity stay together. `quality/fit.py` has
//! the same rule.

use flate2::Crc;

/// The entities are dealt out to so many parts; the last one is only reported.
const PARTS: u32 = 5;

/// A portion of the labelled data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Portion {
    /// Models and thresholds may look at it: four fifths.
    Training,
    /// Only for reporting: one fifth.
    Rest,
}

impl Portion {
    /// The portion of an entity: the rest where the CRC-32 of its UTF-8 bytes leaves 4 when divided by 5.
    pub fn of(entity: &str) -> Self {
        let mut sum = Crc::new();
        sum.update(entity.as_bytes());
        if sum.sum() % PARTS == PARTS - 1 { Self::Rest } else { Self::Training }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Rest => "rest",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_the_one_of_the_fitting_script() {
        // zlib.crc32 of "123456789" leaves 2, of "e" 4.
        assert_eq!(Portion::of("123456789"), Portion::Training);
        assert_eq!(Portion::of("e"), Portion::Rest);
    }

    #[test]
    fn the_rest_is_about_a_fifth() {
        let rest = (0..10_000).filter(|n| Portion::of(&format!("entity-{n}")) == Portion::Rest).count();

        assert!((1_850..=2_150).contains(&rest), "{rest} of 10,000");
    }
}
