//! No delivery with one changed, missing, repeated or swapped byte or part is accepted.
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod kit;
#[path = "kit/mutate.rs"]
mod mutate;

use delivery::publish::Release;
use delivery::source::OneFile;
use delivery::{Refusal, Trust};
use kit::{Hoster, Issuer, Key, at, edition, published};
use mutate::{ALL, mutate};
use proptest::prelude::*;
use std::sync::LazyLock;

struct Scene {
    north: Hoster,
    release: Release,
    other: Release,
    whole: Vec<u8>,
}

/// A delivery with two roots, offered to a partner who trusts the first.
static SCENE: LazyLock<Scene> = LazyLock::new(|| {
    let mut issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let first = issuer.roots.current_file().to_vec();
    let signers = [Key::new(delivery::Role::Root, 100), Key::new(delivery::Role::Root, 102)];
    issuer.rotate(&signers.each_ref(), |_| ());
    north.trust = Trust::of_root(&first, north.id.clone(), published()).unwrap();
    let release = issuer.publish(&edition(12, 10), &north, 5);
    let other = issuer.publish(&edition(13, 10), &north, 6);
    let whole = release.one_file();
    Scene { north, release, other, whole }
});

fn receive(file: &[u8]) -> Result<u32, Refusal> {
    SCENE.north.look(&OneFile::read(file)?, at("2026-03-02")).map(|edition| edition.number())
}

#[test]
fn the_unchanged_delivery_is_accepted() {
    assert_eq!(receive(&SCENE.whole).unwrap(), 12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_mutation_is_accepted(seed in any::<u64>()) {
        let Some((mutation, file)) =
            mutate(SCENE.release.files(), SCENE.other.files(), &SCENE.whole, seed) else { return Ok(()) };
        let accepted = receive(&file);
        prop_assert!(accepted.is_err(), "{mutation:?} with seed {seed} was accepted");
    }
}

#[test]
fn every_byte_of_the_signed_files_counts() {
    for (name, bytes) in SCENE.release.files().iter().filter(|(name, _)| name.starts_with("metadata/")) {
        for place in 0..bytes.len() {
            let mut files = SCENE.release.files().clone();
            files.get_mut(name).unwrap()[place] ^= 1 << (place % 8);
            let accepted = receive(&delivery::container::pack(&files));
            assert!(accepted.is_err(), "byte {place} of {name}");
        }
    }
}

#[test]
fn every_kind_of_mutation_is_tried() {
    let tried: std::collections::BTreeSet<String> = (0..500)
        .filter_map(|seed| mutate(SCENE.release.files(), SCENE.other.files(), &SCENE.whole, seed))
        .map(|(mutation, _)| format!("{mutation:?}"))
        .collect();
    assert_eq!(tried.len(), ALL.len(), "{tried:?}");
}
