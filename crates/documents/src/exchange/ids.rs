//! Ids that are the same whenever the same thing is written: UUID version 5 (RFC 9562).

use uuid::Uuid;

/// Names of things within this are ours alone.
const SPACE: Uuid = Uuid::from_u128(0x6f0e_6d5c_8a55_5d0e_9a3f_51c5_7a3b_1e21);

/// The space that STIX 2.1 sets for cyber observables (section 2.9).
const STIX_OBSERVABLES: Uuid = Uuid::from_u128(0x00ab_edb4_aa42_466c_9c01_fed2_3315_a9b7);

/// An id made from the parts that tell the thing apart. Their lengths are part of it, so that `ab`, `c`
/// and `a`, `bc` are two.
pub(super) fn of(parts: &[&str]) -> Uuid {
    let mut name = String::new();
    for part in parts {
        name.push_str(&format!("{}:{part};", part.len()));
    }
    Uuid::new_v5(&SPACE, name.as_bytes())
}

/// The id of an observable from its contributing properties as canonical JSON (RFC 8785).
pub(super) fn of_observable(canonical: &str) -> Uuid {
    Uuid::new_v5(&STIX_OBSERVABLES, canonical.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_eq!(of(&[]).get_version_num(), 5);
    }
}
