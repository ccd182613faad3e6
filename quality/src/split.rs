//! Which half of the labelled data a pair belongs to: weights are fitted on one, figures reported on the other.
//!
//! The half depends only on the entity, so that all pairs of one entity stay together and the answer is
//! the same in every program that can compute FNV-1a.

/// A half of the labelled data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Half {
    /// Weights and thresholds may look at it.
    Training,
    /// Only for reporting.
    Rest,
}

impl Half {
    /// The half of an entity: the highest bit of its FNV-1a hash (64 bits, over the UTF-8 bytes) after mixing.
    ///
    /// Without the mixing neighbouring numbers would mostly fall into the same half.
    pub fn of(entity: &str) -> Self {
        let hash = fnv1a(entity.as_bytes());
        let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if mixed >> 63 == 0 { Self::Training } else { Self::Rest }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Rest => "rest",
        }
    }
}

/// FNV-1a with 64 bits.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn the_halves_are_about_equal() {
        let training = (0..10_000).filter(|n| Half::of(&format!("entity-{n}")) == Half::Training).count();

        assert!((4_800..5_200).contains(&training), "{training} of 10,000");
    }
}
