//! Which half of the labelled data a pair belongs to: weights are fitted on one, figures reported on the other.
//!
//! The half depends only on the entity, so that all pairs of one entity stay together. `quality/fit.py` has
//! the same rule.

use flate2::Crc;

/// A half of the labelled data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Half {
    /// Weights and thresholds may look at it.
    Training,
    /// Only for reporting.
    Rest,
}

impl Half {
    /// The half of an entity: training where the CRC-32 of its UTF-8 bytes is even.
    pub fn of(entity: &str) -> Self {
        let mut sum = Crc::new();
        sum.update(entity.as_bytes());
        if sum.sum() & 1 == 0 { Self::Training } else { Self::Rest }
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
        // zlib.crc32: "123456789" is 0xcbf43926, "a" is 0xe8b7be43.
        assert_eq!(Half::of("123456789"), Half::Training);
        assert_eq!(Half::of("a"), Half::Rest);
    }

    #[test]
    fn the_halves_are_about_equal() {
        let training = (0..10_000).filter(|n| Half::of(&format!("entity-{n}")) == Half::Training).count();

        assert!((4_800..=5_200).contains(&training), "{training} of 10,000");
    }
}
